"""Refused rows of contract tables are found by the parties they name."""

import typing

from sqlalchemy import Engine

from tracer.model.diagnostic import Diagnostic
from tracer.model.particulars import RefusedRow
from tracer.store.particulars import ParticularsReader
from tracer.store.refused import read_refused

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

CODE = "91330108MA00000001"


def refused(row: int, raw: str) -> Diagnostic:
    return Diagnostic(row, "终止日期", raw, "no_such_date", {})


def test_a_cell_names_a_party_by_a_name_of_it_or_its_code(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙公司", upstream_uscc=CODE))
    clerk.load("contracts", clerk.contract("2", "甲旧名", "丙公司", upstream_uscc=CODE))
    clerk.reject(
        refused(5, "HT-1 | 甲 公司 | 丁公司 | 10687415 | 2023-02-30"),
        refused(6, f"HT-2 | {CODE} | 乙公司（杭州） | 10687415 | 2023-02-30"),
        refused(9, "HT-3 | 甲旧名 |  | 10687415 | "),
        path="合同.csv",
    )
    with engine.connect() as conn:
        found = read_refused(conn)
        rows = {row: RefusedRow("合同.csv", "", row) for row in (5, 6, 9)}
        assert found == {"甲公司": (rows[5], rows[6]), "甲旧名": (rows[6], rows[9])}
        reader = ParticularsReader(conn)
        assert reader.refused({"甲公司", "乙公司"}) == {"甲公司": (rows[5], rows[6])}
        assert reader.refused({"乙公司"}) == {}


def test_rows_of_a_retracted_source_are_none(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙公司"))
    source = clerk.reject(refused(5, "HT-1 | 甲公司 | 乙公司"))
    with engine.connect() as conn:
        assert sorted(read_refused(conn)) == ["乙公司", "甲公司"]
    clerk.retract(source)
    with engine.connect() as conn:
        assert read_refused(conn) == {}
