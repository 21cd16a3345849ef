"""The files that are measured: the same every time, and bad only where they say."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tracer import open_case

from .generate_contracts import LARGE_CODES, Market, party_name
from .generate_logs import BAD_KINDS, Planted, write_logs, write_without_ids
from .stage import Stage

MARKET = Market(2000)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    write_logs(MARKET, 20_000, folder)
    return folder


def test_equal_seeds_give_equal_files(tmp_path: Path, logs: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_logs(Market(2000), 20_000, again)
    MARKET.write_contracts(tmp_path / "one.csv")
    Market(2000).write_contracts(tmp_path / "two.csv")
    for first, second in (
        (logs / "log.csv", again / "log.csv"),
        (logs / "log_gb18030.csv", again / "log_gb18030.csv"),
        (logs / "log.planted.json", again / "log.planted.json"),
        (tmp_path / "one.csv", tmp_path / "two.csv"),
    ):
        digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (first, second)}
        assert len(digests) == 1


def test_the_large_market_is_shaped_as_it_is_said() -> None:
    market = Market(1_000_000)
    assert (market.parties, market.codes, sum(market.sizes)) == (50_000, 5_000, 1_000_000)
    assert max(market.sizes) == LARGE_CODES[0]
    assert set(LARGE_CODES) <= set(market.sizes)
    assert 100 <= sorted(market.sizes)[2500] <= 150
    assert len({party_name(n) for n in range(60_000)}) == 60_000
    assert len({market.code(n) for n in range(5_000)}) == 5_000


def test_hops_of_a_market() -> None:
    hops = list(MARKET.hops())
    assert len(hops) == 2000
    assert all(upstream != downstream for upstream, downstream, *_ in hops)
    assert max(depth for *_, depth in hops) <= 21
    code = MARKET.code_of_size(124)
    number = MARKET.number_in(code)
    assert number.startswith(code)
    assert len(number) == 18
    assert any(number.startswith(segment) for _, _, segment, _ in hops if segment != code)


def test_contracts_load_whole(tmp_path: Path) -> None:
    MARKET.write_contracts(tmp_path / "contracts.csv")
    MARKET.write_allocations(tmp_path / "allocations.csv")
    with open_case(tmp_path / "t.db") as case:
        report = case.load([tmp_path / "contracts.csv", tmp_path / "allocations.csv"])
        assert (report.loaded, report.rejected) == (2000 + MARKET.codes, 0)
        trace = case.trace(MARKET.number_in(MARKET.code_of_size(124)))
        assert max(party.layer or 0 for party in trace.parties) >= 1


def test_bad_rows_stand_where_it_is_said(logs: Path) -> None:
    planted = Planted.load(logs / "log.planted.json")
    assert {kind: len(lines) for kind, lines in planted.bad.items()} == dict.fromkeys(BAD_KINDS, 5)
    assert len(planted.duplicates) == 10
    with (logs / "log.csv").open(encoding="utf-8", newline="") as stream:
        rows = dict(enumerate(csv.reader(stream), start=1))
    assert len(rows) == 20_001
    for line in planted.bad["short_row"]:
        assert len(rows[line]) < 7
    for line in planted.bad["empty_party"]:
        assert "" in rows[line][2:4]
    seen = Counter(row[4] for row in rows.values() if len(row) > 4)
    assert sum(count - 1 for count in seen.values()) == 10
    first: dict[tuple[str, ...], int] = {}
    for line, row in rows.items():
        first.setdefault(tuple(row), line)
    for line in planted.duplicates:
        assert first[tuple(rows[line])] < line
    assert (logs / "log_gb18030.csv").read_bytes().decode("gb18030") == (
        logs / "log.csv"
    ).read_bytes().decode()
    assert pq.read_metadata(logs / "log.parquet").num_rows == 20_000


def test_the_first_rows_of_a_log(logs: Path) -> None:
    planted = Planted.load(logs / "log.planted.json")
    half = planted.upto(10_000)
    assert half.bad_lines == [line for line in planted.bad_lines if line <= 10_001]
    assert half.rows == 10_000


def test_the_program_finds_every_planted_row(tmp_path: Path, logs: Path) -> None:
    planted = Planted.load(logs / "log.planted.json")
    for name in ("log.csv", "log_gb18030.csv"):
        with open_case(tmp_path / f"{name}.db") as case:
            report = case.load([logs / name])
            assert (report.rows, report.duplicates) == (20_000, 10)
            assert [reject.diagnostic.row for reject in case.rejects()] == planted.bad_lines


def test_without_ids_no_row_repeats_another(tmp_path: Path, logs: Path) -> None:
    planted = Planted.load(logs / "log.planted.json")
    write_without_ids(logs / "log.csv", tmp_path / "log.csv")
    for before, after in zip(
        (logs / "log.csv").read_text("utf-8").splitlines(),
        (tmp_path / "log.csv").read_text("utf-8").splitlines(),
        strict=True,
    ):
        cells = before.split(",")
        assert after.split(",") == cells[:4] + cells[5:]
    with open_case(tmp_path / "log.db") as case:
        report = case.load([tmp_path / "log.csv"])
        assert (report.rows, report.duplicates) == (20_000, 0)
        assert [reject.diagnostic.row for reject in case.rejects()] == planted.bad_lines


def test_a_stage_makes_a_file_once(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "out")
    market, contracts, _ = stage.market(1000)
    assert market.contracts == 1000
    before = contracts.stat().st_mtime_ns
    assert stage.market(1000)[1].stat().st_mtime_ns == before
    database = stage.fresh("x")
    database.touch()
    Path(f"{database}.rejects").mkdir()
    assert not stage.fresh("x").exists()
    assert not Path(f"{database}.rejects").exists()
