"""Deliveries, sources, retractions."""

import typing

import pytest
from sqlalchemy import Engine

from tracer.errors import UsageError
from tracer.model.diagnostic import Note
from tracer.model.load import SourceReport, SourceSheet
from tracer.store.engine import begin_writing
from tracer.store.sources import (
    KnownSource,
    Retraction,
    add_delivery,
    add_source,
    delivery_exists,
    find_source,
    finish_source,
    list_sources,
)

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

SHEET = SourceSheet(
    path="案卷/合同.xlsx",
    sheet_no=2,
    sheet="合同",
    sha256="ab" * 32,
    sm3="cd" * 32,
    size=1234,
    table="contracts",
    encoding=None,
    header_row=3,
    settings=(("party_a", "upstream"), ("price_unit", "分/条")),
)
REPORT = SourceReport(
    path="案卷/合同.xlsx",
    sheet="合同",
    sha256="ab" * 32,
    sm3="cd" * 32,
    table="contracts",
    encoding=None,
    rows=10,
    loaded=7,
    rejected=2,
    duplicates=1,
    notes=(Note("price_without_unit", {"row": 5}), Note("plain")),
)


def test_deliveries_are_numbered_from_one(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        assert [add_delivery(conn, "甲", "2026") for _ in range(3)] == [1, 2, 3]
        assert delivery_exists(conn, 3)
        assert not delivery_exists(conn, 4)


def test_a_source_comes_back_as_it_was_recorded(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        delivery = add_delivery(conn, "检察官助理", "2026-01-01T09:00:00+08:00")
        source = add_source(conn, SHEET, delivery)
        finish_source(conn, source, REPORT)
    with engine.connect() as conn:
        (entry,) = list_sources(conn)
    assert entry.id == source
    assert entry.sheet == SHEET
    assert entry.report == REPORT
    assert (entry.delivery, entry.operator) == (delivery, "检察官助理")
    assert entry.at == "2026-01-01T09:00:00+08:00"
    assert entry.retraction is None


def test_the_same_bytes_are_found_whatever_the_path(engine: Engine) -> None:
    with begin_writing(engine) as conn:
        source = add_source(conn, SHEET, None)
        finish_source(conn, source, REPORT)
        assert find_source(conn, SHEET.sha256, 2) == KnownSource(source, REPORT)
        assert find_source(conn, SHEET.sha256, 1) is None
        assert find_source(conn, "00" * 32, 2) is None


def test_sheets_of_one_workbook_share_its_file(engine: Engine) -> None:
    second = SourceSheet(
        "案卷/合同.xlsx", 3, "核配", "ab" * 32, "cd" * 32, 1, "allocations", None, 1
    )
    with begin_writing(engine) as conn:
        add_source(conn, SHEET, None)
        add_source(conn, second, None)
        files = conn.exec_driver_sql("SELECT count(*) FROM source_files").scalar()
    assert files == 1


def test_a_retracted_source_is_listed_and_no_longer_found(engine: Engine, clerk: "Clerk") -> None:
    source = clerk.load("contracts", clerk.contract("HT-1", "甲公司", "乙公司"), path="a.csv")
    clerk.retract(source, "交错了文件")
    with engine.connect() as conn:
        (entry,) = list_sources(conn)
        assert find_source(conn, entry.sheet.sha256, 0) is None
    assert entry.retraction == Retraction(1, "2026-01-01T00:00:00+08:00", "tester", "交错了文件")


def test_retracted_bytes_can_be_loaded_again(engine: Engine, clerk: "Clerk") -> None:
    row = clerk.contract("HT-1", "甲公司", "乙公司")
    clerk.retract(clerk.load("contracts", row, path="a.csv"))
    again = clerk.load("contracts", row, path="a.csv")
    with engine.connect() as conn:
        entries = list_sources(conn)
        known = find_source(conn, entries[0].sheet.sha256, 0)
    assert known is not None
    assert known.id == again
    assert [entry.retraction is None for entry in entries] == [False, True]


def test_what_cannot_be_retracted(clerk: "Clerk", engine: Engine) -> None:
    source = clerk.load("contracts", clerk.contract("HT-1", "甲公司", "乙公司"))
    clerk.retract(source)
    with pytest.raises(UsageError, match="retracted already"):
        clerk.retract(source)
    with pytest.raises(UsageError, match="no source 99"):
        clerk.retract(99)
    with engine.connect() as conn:
        events = conn.exec_driver_sql("SELECT count(*) FROM events").scalar()
    assert events == 1
