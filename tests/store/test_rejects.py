"""Rejected rows are kept whole."""

import typing

from sqlalchemy import Engine

from tracer.model.diagnostic import Diagnostic
from tracer.store.rejects import read_rejects

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

TOTAL = Diagnostic(9, None, "合计,,,12", "not_a_record", {"word": "合计"})
PRICE = Diagnostic(4, "单价", "x元", "bad_money", {"text": "x元", "count": 2})


def test_rejects_come_back_by_row(clerk: "Clerk", engine: Engine) -> None:
    clerk.reject(TOTAL, PRICE, path="b.csv")
    with engine.connect() as conn:
        found = list(read_rejects(conn))
    assert [row.diagnostic for row in found] == [PRICE, TOTAL]
    assert {(row.path, row.sheet) for row in found} == {("b.csv", None)}


def test_rejects_of_one_source(clerk: "Clerk", engine: Engine) -> None:
    clerk.reject(TOTAL)
    second = clerk.reject(PRICE)
    with engine.connect() as conn:
        assert [row.diagnostic for row in read_rejects(conn, second)] == [PRICE]
        assert len(list(read_rejects(conn))) == 2


def test_rejects_of_a_retracted_source_are_shown_only_when_asked_for(
    clerk: "Clerk", engine: Engine
) -> None:
    source = clerk.reject(TOTAL)
    clerk.retract(source)
    with engine.connect() as conn:
        assert list(read_rejects(conn)) == []
        assert [row.diagnostic for row in read_rejects(conn, source)] == [TOTAL]


def test_more_rejects_than_one_batch(clerk: "Clerk", engine: Engine) -> None:
    many = [Diagnostic(row, None, f"行{row}", "blank_row") for row in range(2, 7002)]
    clerk.reject(*many)
    with engine.connect() as conn:
        assert [row.diagnostic for row in read_rejects(conn)] == many
