"""The answer as the file stood: what had been loaded, decided and corrected by then."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from typer.testing import CliRunner

from tracer import NothingOnRecord, UsageError
from tracer.cli.app import build_app
from tracer.dossier.requests import list_requests
from tracer.model.diagnostic import Note
from tracer.model.period import ALL_DAYS
from tracer.report.factor_json import factors_json
from tracer.report.party_json import links_json, party_json
from tracer.report.requests import requests_json
from tracer.report.trace_json import trace_document
from tracer.rules.audited import AuditFilter
from tracer.store.asof import connect_as_of
from tracer.store.engine import open_engine
from tracer.store.sources import counting_files, list_sources
from tracer.usecases import correcting, parties
from tracer.usecases.audit import audit_codes
from tracer.usecases.commenting import comment
from tracer.usecases.factors import weigh_factors
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.party import compile_party, link_parties
from tracer.usecases.sources import retract
from tracer.usecases.trace import examine_number
from tracer.usecases.undo import undo

NUMBER = "10687415"
HEADS = ["合同编号", "上游", "上游信用代码", "下游", "号段", "生效日期", "终止日期"]
TERM = [NUMBER, "2023-01-01", "2023-12-31"]
CODE, OTHER = "91420100MA4KABCD1A", "91330100MA4KABCD2T"
WriteTable = Callable[..., Path]
Told = dict[str, object]


class Clock:
    """Goes on by a day with every event."""

    def __init__(self) -> None:
        self.day = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.day

    def tick(self) -> datetime:
        self.day += timedelta(days=1)
        return self.day


def told(engine: Engine, moment: datetime | None = None) -> Told:
    with connect_as_of(engine, moment) as conn:
        answer = examine_number(conn, NUMBER, ALL_DAYS)
        audit = audit_codes(conn, ALL_DAYS, AuditFilter())
    document = trace_document(answer.trace, answer.findings)
    notes = document["notes"]
    assert isinstance(notes, list)
    document["notes"] = [note for note in notes if note["note"] != "as_of"]
    listed = [(each.code, each.findings) for each in audit.codes]
    return {"trace": document, "audit": listed, **dossiers(engine, moment)}


def dossiers(engine: Engine, moment: datetime | None) -> Told:
    """Tell what the commands on parties say, or why they say nothing."""
    with connect_as_of(engine, moment) as conn:
        asked: dict[str, Callable[[], str]] = {
            "party": lambda: party_json(compile_party(conn, "乙厂", ALL_DAYS)),
            "links": lambda: links_json(link_parties(conn, ["甲公司", "丙公司"], ALL_DAYS)),
            "factors": lambda: factors_json(weigh_factors(conn, [NUMBER], ALL_DAYS)),
            "requests": lambda: requests_json(
                list_requests(examine_number(conn, NUMBER, ALL_DAYS))
            ),
        }
        return {name: _document(ask) for name, ask in asked.items()}


def _document(ask: Callable[[], str]) -> object:
    try:
        document = json.loads(ask())
    except NothingOnRecord as nothing:
        return str(nothing)
    document["notes"] = [note for note in document["notes"] if note["note"] != "as_of"]
    return document


@pytest.fixture
def steps(database: str, write_table: WriteTable) -> Iterator[tuple[Engine, list[Told], Clock]]:
    """Do one thing a day, and write down each evening what the case says."""
    engine, clock = open_engine(database), Clock()
    evenings: list[Told] = []

    def load(name: str, rows: list[list[str]]) -> None:
        load_paths(engine, [write_table(name, rows, folder=name)], LoadOptions(), now=clock)
        close()

    def close() -> None:
        evenings.append(told(engine))
        clock.tick()

    load("a.csv", [["码号", "持有人"], [NUMBER, "甲公司"]])
    load(
        "c.csv",
        [HEADS, ["C1", "甲公司", "", "乙公司", *TERM], ["C2", "乙厂", CODE, "丙公司", *TERM]],
    )
    merged = parties.merge(engine, ["乙公司", "乙厂"], None, "同一", "张", clock).event
    close()
    with engine.connect() as conn:
        sources = list_sources(conn)
        contracts = examine_number(conn, NUMBER, ALL_DAYS).trace.evidence.contracts
    record = next(each.ref.record_id for each in contracts if each.contract_no == "C2")
    fixed = correcting.correct(engine, record, "号段", "1069", "误读", "张", clock).event
    close()
    again = correcting.correct(engine, record, "上游信用代码", OTHER, "误读", "张", clock).event
    close()
    comment(engine, "甲公司", "持证", "张", clock)
    close()
    load("d.csv", [HEADS, ["C3", "乙厂", "", "丁公司", *TERM]])
    undo(engine, again, "错", "张", clock)
    close()
    undo(engine, fixed, "错", "张", clock)
    close()
    undo(engine, merged, "错", "张", clock)
    close()
    retract(engine, sources[1].id, "错", "张", clock)
    close()
    yield engine, evenings, clock
    engine.dispose()


def test_every_evening_is_told_as_it_was_told_then(
    steps: tuple[Engine, list[Told], Clock],
) -> None:
    engine, evenings, _ = steps
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert len({str(evening) for evening in evenings}) >= len(evenings) - 1
    for day, evening in enumerate(evenings):
        assert told(engine, begin + timedelta(days=day)) == evening, day
    assert told(engine) == evenings[-1]


def test_a_time_before_everything_is_refused_and_the_answer_says_when(
    steps: tuple[Engine, list[Told], Clock], database: str
) -> None:
    engine, _, _ = steps
    with (
        pytest.raises(UsageError) as refused,
        connect_as_of(engine, datetime(2025, 1, 1, tzinfo=UTC)),
    ):
        pass
    assert refused.value.message("en") == (
        "Nothing had been recorded by 2025-01-01T08:00:00+08:00;"
        " the first entry is of 2026-01-01T20:00:00+08:00."
    )
    moment = datetime(2026, 1, 3, 12, tzinfo=UTC)
    with connect_as_of(engine, moment) as conn:
        notes = examine_number(conn, NUMBER, ALL_DAYS).trace.notes
    assert Note("as_of", {"moment": "2026-01-03T20:00:00+08:00", "event": 3}) in notes
    run, app = CliRunner(), build_app("zh")
    said = run.invoke(app, ["--db", database, "trace", NUMBER, "--as-of", "2026-01-03"])
    assert "按 2026-01-03T23:59:59+08:00 时的状态（保管记录第 3 条为止）" in said.stdout
    assert "丙公司" in said.stdout
    # a time given in another zone is told as a clock of the case shows it
    utc = run.invoke(app, ["--db", database, "trace", NUMBER, "--as-of", "2026-01-03T12:00Z"])
    assert "按 2026-01-03T20:00:00+08:00 时的状态" in utc.stdout
    bad = run.invoke(app, ["--db", database, "trace", NUMBER, "--as-of", "昨天"])
    assert bad.exit_code != 0


def test_the_files_that_count_are_those_that_counted_then(
    steps: tuple[Engine, list[Told], Clock],
) -> None:
    engine, evenings, _ = steps
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def files(evening: int) -> list[str]:
        with connect_as_of(engine, begin + timedelta(days=evening)) as conn:
            return [path.rpartition("/")[2] for path, _ in counting_files(conn)]

    # corrected records stand in sheets of their own, of the same file
    assert [files(evening) for evening in (0, 1, 4)] == [["a.csv"], *[["a.csv", "c.csv"]] * 2]
    assert files(len(evenings) - 2) == ["a.csv", "c.csv", "d.csv"]
    with engine.connect() as conn:
        assert [path.rpartition("/")[2] for path, _ in counting_files(conn)] == ["a.csv", "d.csv"]


ASKED = (
    ("audit",),
    ("party", "乙厂"),
    ("links", "甲公司", "丙公司"),
    ("factors", NUMBER),
    ("requests", NUMBER),
)


def test_commands_on_parties_say_as_of_when(
    steps: tuple[Engine, list[Told], Clock],
    database: str,
    tmp_path: Path,
) -> None:
    run, app = CliRunner(), build_app("en")
    stood = "As the file stood at 2026-01-04T23:59:59+08:00 (up to event 4 of the custody log)."
    for words in ASKED:
        asked = ["--db", database, *words, "--as-of", "2026-01-04"]
        said = run.invoke(app, asked)
        assert said.exit_code == 0, said.stderr
        assert said.stdout.count(stood) == 1, words
        assert stood in said.stdout.splitlines()[1]
        document = json.loads(run.invoke(app, [*asked, "--format", "json"]).stdout)
        assert document["notes"][0]["note"] == "as_of"
        book = tmp_path / f"{words[0]}.xlsx"
        assert run.invoke(app, [*asked, "--out", str(book)]).exit_code == 0
        assert stood in _cells(book)
        assert "As the file stood" not in run.invoke(app, ["--db", database, *words]).stdout


def _cells(book: Path) -> set[object]:
    return {
        cell
        for sheet in load_workbook(book).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
