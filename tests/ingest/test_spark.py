import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tracer.ingest import spark_tables
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import open_file
from tracer.ingest.spark_session import SparkHost
from tracer.model.case import Account

from .spark_logs import (
    ACCOUNTS,
    FULL,
    QUICK_JAVA,
    Outcome,
    messy_rows,
    outcome,
    read_by_both,
    spark_lane,
    why_no_spark,
)
from .traffic_logs import HEADER, ROW, Cells, open_sheet, write_csv

WHY = why_no_spark()
pytestmark = [
    pytest.mark.skipif(WHY is not None, reason=str(WHY)),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkHost]:
    started = SparkHost("spark", tmp_path_factory.mktemp("spark"), QUICK_JAVA)
    yield started
    started.close()


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """Give a scratch folder; nothing may be left in it."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


def reasons(outcomes: Sequence[Outcome]) -> set[str]:
    return {item.reason for found in outcomes for item in found.rejected}


def test_messy_logs_in_all_encodings_with_repeats_across_them(
    host: SparkHost, tmp_path: Path, scratch: Path
) -> None:
    files = []
    for number, encoding in enumerate(["utf-8", "gb18030", "utf-16", "utf-8-sig"]):
        rows = messy_rows(number % 3, 72)  # the last is the first again
        ends = "\n" if number % 2 else "\r\n"
        files.append(write_csv(tmp_path / f"{number}.csv", rows, encoding=encoding, ends=ends))
    with files[1].open("ab") as stream:
        stream.write(b"\xff\xff,1\n")  # no GB18030
    sheets = [open_sheet(file, reporter="默认方") for file in files[:2]]
    sheets += [open_sheet(file) for file in files[2:]]
    found = read_by_both(host, scratch, sheets, ACCOUNTS, forgotten=[1])
    assert reasons(found) >= {
        "bad_time", "no_such_time", "blank", "scientific", "not_digits", "number_too_long",
        "ambiguous_account", "same_party", "too_small", "bad_integer", "wrong_width",
        "total_line", "repeated_header", "undecodable",
    }  # fmt: skip
    assert all(one.rows for one in found)
    assert any(one.notes for one in found)
    assert sum(one.duplicates for one in found[1:]) > found[0].duplicates > 0
    assert {row.reporter for row in found[0].rows} == {"默认方", "甲公司", "丙公司"}
    assert None in {row.reporter for row in found[2].rows}
    assert any(row.number.endswith("07") and row.downstream == "丁公司" for row in found[0].rows)
    assert any("138****0001" in item.raw or "〔" in item.raw for item in found[0].rejected)


def test_what_cannot_be_cut_is_read_here(host: SparkHost, tmp_path: Path, scratch: Path) -> None:
    rows = [
        (*row[:-1], f"{row[-1]}\n两行") if len(row) == len(FULL) else row
        for row in messy_rows(7, 25)
    ]
    quoted = write_csv(tmp_path / "quoted.csv", [FULL, *rows[1:]])
    plain = messy_rows(8, 25)
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress(write_csv(tmp_path / "log.csv", plain).read_bytes()))
    whole = [row for row in messy_rows(9, 30)[1:] if len(row) == len(FULL)]
    columns = [pa.array(column) for column in zip(*whole, strict=True)]
    table = tmp_path / "log.parquet"
    pq.write_table(pa.Table.from_arrays(columns, names=list(FULL)), table, row_group_size=7)
    sheets = [open_sheet(file) for file in (quoted, packed, table)]
    found = read_by_both(host, scratch, sheets, ACCOUNTS)
    assert [one.read > 10 for one in found] == [True] * 3


def test_a_gateways_own_log(host: SparkHost, tmp_path: Path, scratch: Path) -> None:
    rows: list[Cells] = [
        ("msgid", "source_connector", "routed_cid", "source_addr", "destination_addr", "rate",
         "pdu_count", "short_message", "binary_message", "status", "uid", "trials", "created_at",
         "status_at")
    ]  # fmt: skip
    for number in range(12):
        status = "ESME_ROK" if number % 3 else "ESME_RTHROTTLED"
        rows.append(
            (f"m{number % 9}", "smppsapi", f"cid{number % 3}", "10687415", "13800000001", "0", "2",
             "您好", "", status, f"u{number % 3}", "1", f"2023-07-05 10:00:{number % 9:02}", "")
        )  # fmt: skip
    rows.append(
        ("m99", "", "cid0", "x", "13800000001", "0", "2", "您好", "", "", "u1", "1", "bad", "")
    )
    file = write_csv(tmp_path / "submit_log.csv", rows)
    settings = FileSettings(profile="jasmin-submit-log", reporter="甲公司")
    sheets = open_file(file, file.name, settings)
    accounts = [Account("甲公司", "u1", "乙公司"), Account("甲公司", "cid0", "丙公司", appends="5")]
    [found] = read_by_both(host, scratch, sheets, accounts)
    assert {row.part for row in found.rows} == {"", "up"}
    assert (found.read, found.duplicates, len(found.rejected)) == (13, 3, 1)
    assert sum(row.blocked for row in found.rows) > 0


def test_a_log_without_rows_and_one_without_good_rows(
    host: SparkHost, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are named as seen from a folder that tasks do not run in."""
    monkeypatch.chdir(tmp_path)
    empty = write_csv(Path("empty.csv"), [FULL])
    bad = write_csv(Path("bad.csv"), [HEADER, ROW[:2], ("x", *ROW[1:])])
    found = read_by_both(host, Path(scratch.name), [open_sheet(empty), open_sheet(bad)])
    assert [(one.read, one.loaded, len(one.rejected)) for one in found] == [(0, 0, 0), (2, 0, 2)]


def test_many_rows_are_sorted_in_parallel(
    host: SparkHost, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", messy_rows(4, 72)))
    monkeypatch.setattr(spark_tables, "FEW_ROWS", 0)
    [found] = read_by_both(host, scratch, [sheet], span=500)
    assert len(found.rows) > 10
    assert len(found.rejected) > 10


def test_a_result_is_walked_until_the_lane_reads_on(
    host: SparkHost, tmp_path: Path, scratch: Path
) -> None:
    told: list[tuple[int, int]] = []
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [(*HEADER, "消息ID"), (*ROW, "a"), ROW]))
    with spark_lane(host, scratch) as lane:
        result = lane.read(sheet, sheet.settings, lambda rows, size: told.append((rows, size)))
        lane.rollback()
        assert outcome(result) == outcome(result)
        again = lane.read(sheet, sheet.settings)
        assert (result.duplicates, again.duplicates) == (0, 0)
        with pytest.raises(RuntimeError):
            list(result.totals)
    with pytest.raises(RuntimeError):
        list(again.rejected)
    below = sheet.file.stat().st_size - len((",".join((*HEADER, "消息ID")) + "\r\n").encode())
    assert told[-1] == (2, below)
    assert told == sorted(told)
