"""The file of a party, and the codes it is on record in."""

import typing
from datetime import date

import pytest
from sqlalchemy import Engine

from tracer.model.paper import (
    AccountRow,
    AllocationRow,
    CheckRow,
    OpeningRow,
    PartyRow,
    PaymentRow,
    RelationRow,
)
from tracer.model.partyfile import PartyFile
from tracer.model.segment import parse_segments
from tracer.store.codes import Code
from tracer.store.partycodes import codes_of_parties
from tracer.store.partyfiles import read_party_files

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

DAY = date(2023, 7, 31)
CODES = ("91330100MA27XXXX0A", "91330100MA27XXXX1B")


@pytest.fixture
def files(engine: Engine) -> typing.Callable[..., typing.Mapping[str, PartyFile]]:
    def read(*names: str) -> typing.Mapping[str, PartyFile]:
        with engine.connect() as conn:
            return read_party_files(conn, names)

    return read


Files = typing.Callable[..., typing.Mapping[str, PartyFile]]


def test_nothing_is_asked_and_nothing_is_on_record(files: Files) -> None:
    assert files() == {}
    assert files("甲公司") == {"甲公司": PartyFile("甲公司")}


def test_every_table_in_which_a_party_stands_at_either_end(clerk: "Clerk", files: Files) -> None:
    at = clerk.nowhere
    clerk.load(
        "payments", PaymentRow(at, "甲 公司", "乙", 5, DAY), PaymentRow(at, "乙", "丙", 6, DAY)
    )
    clerk.load("relations", RelationRow(at, "张三", "甲公司", "股东", "60%"))
    clerk.load("checks", CheckRow(at, "乙", "甲公司", "identity", DAY, "passed"))
    clerk.load("accounts", AccountRow(at, "甲公司", "k1", "乙"), AccountRow(at, "丙", "k2", "丁"))
    found = files("甲公司", "丙")
    one = found["甲公司"]
    assert [(p.payer, p.payee, p.amount) for p in one.payments] == [("甲公司", "乙", 5)]
    assert [(r.party_a, r.party_b, r.share) for r in one.relations] == [("张三", "甲公司", "60%")]
    assert [(c.upstream, c.downstream) for c in one.checks] == [("乙", "甲公司")]
    assert [(a.platform, a.party) for a in one.accounts] == [("甲公司", "乙")]
    other = found["丙"]
    assert [(p.payer, p.payee) for p in other.payments] == [("乙", "丙")]
    assert [(a.platform, a.account, a.party) for a in other.accounts] == [("丙", "k2", "丁")]
    assert list(found) == ["丙", "甲公司"]


def test_payments_come_by_day(clerk: "Clerk", files: Files) -> None:
    days = (date(2023, 9, 1), date(2023, 7, 1), date(2023, 8, 1))
    clerk.load("payments", *(PaymentRow(clerk.nowhere, "甲", "乙", 1, day) for day in days))
    assert [p.paid_on for p in files("甲")["甲"].payments] == sorted(days)


def test_sources_that_are_retracted_do_not_count(clerk: "Clerk", files: Files) -> None:
    clerk.load("relations", RelationRow(clerk.nowhere, "甲", "丙", "控制"))
    wrong = clerk.load("payments", PaymentRow(clerk.nowhere, "甲", "乙", 5, DAY))
    clerk.retract(wrong)
    assert files("甲")["甲"].payments == ()


def test_rows_of_the_register_and_who_has_the_name_as_a_former_one(
    clerk: "Clerk", files: Files
) -> None:
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", status="注销", role="被告", licence_no="B2-1",
                 has_licence_column=True),
        PartyRow(clerk.nowhere, "新公司", former_names=("甲 公司", "老公司")),
        PartyRow(clerk.nowhere, "别公司", former_names=("甲公司分公司",)),
    )  # fmt: skip
    found = files("甲公司")["甲公司"]
    [entry] = found.entries
    assert (entry.name, entry.status, entry.role) == ("甲公司", "注销", "被告")
    assert entry.licence is not None
    assert entry.licence.number == "B2-1"
    assert [e.name for e in found.successors] == ["新公司"]
    assert files("新公司")["新公司"].successors == ()


def test_two_companies_of_one_name(clerk: "Clerk", files: Files) -> None:
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", uscc=CODES[0], phone="1"),
        PartyRow(clerk.nowhere, "甲公司", uscc=CODES[1], phone="2"),
    )
    told = [f"甲公司（{code}）" for code in CODES]
    found = files(*told)
    assert [[e.phone for e in found[name].entries] for name in told] == [["1"], ["2"]]


def codes(engine: Engine, *names: str) -> tuple[Code, ...]:
    with engine.connect() as conn:
        return codes_of_parties(conn, names)


def test_codes_by_every_kind_of_record(clerk: "Clerk", engine: Engine) -> None:
    at = clerk.nowhere
    register = [AllocationRow(at, parse_segments(f"1068000{n}"), "持") for n in range(1, 7)]
    clerk.load("allocations", *register)
    clerk.load(
        "contracts",
        clerk.contract("1", "上", "中", "1068000101"),
        clerk.contract("2", "中", "下", "10680002"),
        clerk.contract("3", "旁", "别", "10680006"),
    )
    clerk.log(clerk.total("中", "下", "106800030001"))
    clerk.log(clerk.total("上", "中", "106800040001"))
    clerk.load("openings", OpeningRow(at, "运", parse_segments("10680005"), "中"))
    assert codes(engine, "中") == tuple(Code(f"1068000{n}") for n in range(1, 6))
    assert codes(engine, "上") == (Code("10680001"), Code("10680004"))
    assert codes(engine, "别") == (Code("10680006"),)
    assert codes(engine, "持") == tuple(Code(f"1068000{n}") for n in range(1, 7))
    assert codes(engine, "谁") == ()


def test_a_segment_above_codes_is_of_each_of_them(clerk: "Clerk", engine: Engine) -> None:
    at = clerk.nowhere
    clerk.load(
        "allocations", *(AllocationRow(at, parse_segments(f"106800{n}"), "持") for n in (1, 2))
    )
    clerk.load("contracts", clerk.contract("1", "上", "下", "1068"))
    clerk.log(clerk.total("上", "丙", "10680"))
    assert codes(engine, "下") == (Code("10680", is_exact=True), Code("1068001"), Code("1068002"))
    assert codes(engine, "丙") == (Code("10680", is_exact=True),)
