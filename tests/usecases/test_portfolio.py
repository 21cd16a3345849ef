"""The portfolio: every code with the figures its own trace gives."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tracer import Case, NothingOnRecord, open_case
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.model.period import ALL_DAYS, Period
from tracer.store.engine import open_engine
from tracer.store.scan import ALL_DETAILS
from tracer.usecases import workers as sharing
from tracer.usecases.audit_part import RULE_DETAILS
from tracer.usecases.portfolio import (
    FIGURE_DETAILS,
    TracedCode,
    list_codes,
    scan_portfolio,
    walk_codes,
)
from tracer.usecases.trace import trace_number

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = datetime(2026, 1, 1, tzinfo=UTC)
WINDOWS = (ALL_DAYS, Period(date(2023, 7, 1), date(2023, 7, 31)), Period(None, date(2022, 12, 31)))
WriteTable = Callable[..., Path]


@pytest.fixture(scope="module", params=["audit", "hangzhou"])
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    file = tmp_path_factory.mktemp("portfolio") / "case.db"
    with open_case(file, now=lambda: AT) as case:
        case.load([EXAMPLES / request.param])
    engine = open_engine(str(file))
    yield engine
    engine.dispose()


def assert_equal_to_trace(engine: Engine, entry: TracedCode, window: Period, most: int) -> None:
    figures = entry.figures
    with engine.connect() as conn:
        try:
            trace = trace_number(conn, entry.code, window, max_chains=most)
        except NothingOnRecord:
            assert (figures.parties, figures.hops, figures.senders) == (0, 0, ())
            assert not figures.truncated
            return
    assert figures.parties == len(trace.parties)
    assert figures.depth == max((p.layer for p in trace.parties if p.layer), default=0)
    assert (figures.hops, figures.access) == (len(trace.hops), len(trace.access))
    assert figures.senders == trace.senders
    assert figures.messages == sum(p.originated for p in trace.parties)
    assert (figures.incidents, figures.loss) == (trace.incidents.count, trace.incidents.loss)
    assert figures.gaps == len(trace.gaps)
    assert figures.truncated == trace.truncated
    assert set(figures.holders) <= {p.name for p in trace.parties if p.layer == 0}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("most", [1, DEFAULT_MAX_CHAINS])
def test_every_code_has_the_figures_of_its_trace(
    example: Engine, window: Period, most: int
) -> None:
    with example.connect() as conn:
        found = list(scan_portfolio(conn, window, max_chains=most))
    assert found
    assert [entry.code for entry in found] == sorted(entry.code for entry in found)
    for entry in found:
        assert not entry.is_exact
        assert_equal_to_trace(example, entry, window, most)


@pytest.mark.parametrize("details", [FIGURE_DETAILS, RULE_DETAILS, frozenset()])
def test_contracts_tell_what_is_asked_for_and_all_else(
    example: Engine, details: frozenset[str]
) -> None:
    with example.connect() as conn:
        whole, some = (
            list(walk_codes(conn, list_codes(conn), each)) for each in (ALL_DETAILS, details)
        )
    left_out: dict[str, Any] = dict.fromkeys(set(ALL_DETAILS) - details)
    stated = set()
    for (code, evidence), (same, without) in zip(whole, some, strict=True):
        assert code == same
        assert replace(evidence, contracts=()) == replace(without, contracts=())
        for contract in evidence.contracts:
            stated |= {name for name in left_out if getattr(contract, name) is not None}
        assert without.contracts == tuple(c._replace(**left_out) for c in evidence.contracts)
    assert stated or details is RULE_DETAILS, "otherwise nothing would be left out"


def test_two_processes_give_what_one_does(example: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "CODES_DEALT", 1)
    told: list[tuple[int, int]] = []
    workers = sharing.Workers(str(example.url.database), 2)
    with example.connect() as conn:
        alone = list(scan_portfolio(conn, max_chains=2))
        shared = list(
            scan_portfolio(
                conn, max_chains=2, workers=workers, progress=lambda *at: told.append(at)
            )
        )
    assert repr(shared) == repr(alone)
    assert len(alone) > 1
    assert (told[0], told[-1]) == ((0, len(alone)), (len(alone), len(alone)))


def test_codes_come_one_by_one_and_progress_is_told(example: Engine) -> None:
    told: list[tuple[int, int]] = []
    with example.connect() as conn:
        stream = scan_portfolio(conn, progress=lambda done, of: told.append((done, of)))
        first = next(stream)
        assert told == [(0, told[0][1])], "nothing is traced ahead of what is asked for"
        rest = list(stream)
    codes = 1 + len(rest)
    assert told == [(done, codes) for done in range(codes + 1)]
    assert first.code < rest[0].code


def test_what_only_incidents_name_is_a_code_without_parties(
    case: Case, database: str, write_table: WriteTable
) -> None:
    write_table("a.csv", [["码号", "持有人"], ["10687415", "H"]])
    home = write_table(
        "i.csv",
        [
            ["涉诈号码", "收到时间", "损失金额", "案号"],
            ["1068741501", "2023-07-05 09:00:00", "100", "案1"],
            ["10690002", "2023-07-05 09:00:00", "250", "案2"],
        ],
    ).parent
    case.load([home])
    engine = open_engine(database)
    with engine.connect() as conn:
        held, unheld = scan_portfolio(conn)
    engine.dispose()
    assert (held.code, held.figures.holders, held.figures.incidents) == ("10687415", ("H",), 1)
    assert (unheld.code, unheld.figures.parties) == ("10690002", 0)
    assert (unheld.figures.incidents, unheld.figures.loss) == (1, 250_000_000)


def test_the_order_of_rows_does_not_matter(write_table: WriteTable, tmp_path: Path) -> None:
    rows = [
        ["HT-1", "H", "A", "10687415", "2023-01-01", "2023-12-31"],
        ["HT-2", "A", "B", "1068741501", "2023-07-01", "2023-08-31"],
        ["HT-3", "C", "D", "106874150101", "2023-07-01", "2023-08-31"],
        ["HT-4", "D", "C", "106874150101", "2023-07-01", "2023-08-31"],
        ["HT-5", "X", "Y", "1069", "", ""],
    ]
    header = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
    found = []
    for name, order in (("one", rows), ("two", rows[::-1])):
        write_table("a.csv", [["码号", "持有人"], ["10687415", "H"]], folder=name)
        home = write_table("c.csv", [header, *order], folder=name).parent
        file = tmp_path / f"{name}.db"
        with open_case(file, now=lambda: AT) as opened:
            opened.load([home])
        engine = open_engine(str(file))
        with engine.connect() as conn:
            found.append(list(scan_portfolio(conn)))
        engine.dispose()
    assert found[0] == found[1]
    assert [(e.code, e.figures.hops, e.figures.gaps) for e in found[0]] == [
        ("10687415", 4, 1), ("1069", 1, 0),
    ]  # fmt: skip
