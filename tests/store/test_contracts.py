"""Rows of one contract are put side by side."""

import typing
from datetime import date

import pytest
from sqlalchemy import Engine

from tracer.model.evidence import Contract
from tracer.model.paper import PartyRow
from tracer.model.period import Period
from tracer.store.evidence import fetch_evidence

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

YEAR = ("2023-01-01", "2023-12-31")
HALF = ("2023-07-01", "2023-12-31")
CODE = "91420100MA4KABCD1X"


def seen(engine: Engine, number: str = "10687415") -> tuple[Contract, ...]:
    with engine.connect() as conn:
        return fetch_evidence(conn, number).contracts


def days(contract: Contract) -> tuple[str, str]:
    return (str(contract.term.first), str(contract.term.last))


def test_a_contract_comes_back_as_its_paper_says(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract(
            "HT-1",
            "甲",
            "乙",
            "10687415XXXX、10655",
            title="题",
            kind="类",
            right="权",
            signed_on=date(2022, 1, 1),
            unit_price=7,
            unit_price_raw="价",
            sublease_clause="allowed",
            approval_no="批",
            amends="主",
            region="区",
            purpose="用",
            source_ref="卷",
        ),
    )
    (found,) = seen(engine)
    assert found == Contract(
        ref=found.ref,
        contract_no="HT-1",
        upstream="甲",
        downstream="乙",
        segments=found.segments,
        term=Period(date(2023, 1, 1), date(2023, 12, 31)),
        start_stated=True,
        end_stated=True,
        title="题",
        kind="类",
        right="权",
        signed_on=date(2022, 1, 1),
        unit_price=7,
        unit_price_raw="价",
        sublease_clause="allowed",
        approval_no="批",
        amends="主",
        region="区",
        purpose="用",
        source_ref="卷",
        conflicting=False,
        document=None,
    )
    assert [(s.prefix, s.stated) for s in found.segments] == [
        ("10655", "10655"),
        ("10687415", "10687415XXXX"),
    ]
    assert (found.ref.path, found.ref.row, found.ref.table) == ("file0.csv", 2, "contracts")


def test_a_silent_row_takes_the_term_its_contract_states(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", "1068741501", days=None),
        clerk.contract("HT-1", "甲", "乙", "1068741502", days=YEAR),
    )
    first, second = seen(engine)
    assert days(first) == days(second) == YEAR
    assert (first.start_stated, first.end_stated) == (True, True)
    assert not first.conflicting
    assert not second.conflicting
    assert [c.segments[0].prefix for c in (first, second)] == ["1068741501", "1068741502"]


def test_the_stated_term_may_stand_in_another_file_out_of_scope(
    clerk: "Clerk", engine: Engine
) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "甲公司", uscc=CODE))
    clerk.load("contracts", clerk.contract("HT-1", "甲公司", "乙", "10687415", days=None))
    stated = clerk.load("contracts", clerk.contract("ＨＴ-1", CODE, "乙", "10655", days=YEAR))
    (only,) = seen(engine)
    assert days(only) == YEAR
    clerk.retract(stated)
    (only,) = seen(engine)
    assert only.term == Period()
    assert (only.start_stated, only.end_stated) == (False, False)


def test_a_silent_row_takes_every_term_stated(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", "10687415", days=None),
        clerk.contract("HT-1", "甲", "乙", "10655", days=YEAR),
        clerk.contract("HT-1", "甲", "乙", "10655", days=HALF),
    )
    first, second = seen(engine)
    assert [days(first), days(second)] == [YEAR, HALF]
    assert first.ref == second.ref
    assert first.conflicting
    assert second.conflicting


def test_silent_rows_alone_stay_open(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", days=None),
        clerk.contract("HT-1", "甲", "乙", days=None),
    )
    assert [c.term for c in seen(engine)] == [Period(), Period()]
    assert not any(c.conflicting for c in seen(engine))


@pytest.mark.parametrize(
    ("one", "other", "conflicting"),
    [
        ({}, {}, False),
        ({"days": HALF}, {}, True),
        ({"unit_price": 1}, {"unit_price": 2}, True),
        ({"unit_price": 1}, {"unit_price": 1}, False),
        ({"unit_price": 1}, {}, False),
        ({"sublease_clause": "forbidden"}, {"sublease_clause": "allowed"}, True),
        ({"sublease_clause": "forbidden"}, {}, False),
        ({"purpose": "通知"}, {"purpose": "营销"}, False),
    ],
)
def test_rows_of_one_contract_that_differ_are_marked(
    clerk: "Clerk",
    engine: Engine,
    one: dict[str, typing.Any],
    other: dict[str, typing.Any],
    conflicting: bool,
) -> None:
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", **one))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", **other))
    assert [c.conflicting for c in seen(engine)] == [conflicting, conflicting]


def test_a_row_that_states_no_price_does_not_differ_in_price(
    clerk: "Clerk", engine: Engine
) -> None:
    rows = [clerk.contract("HT-1", "甲", "乙", unit_price=price) for price in (None, 1, 2)]
    clerk.load("contracts", *rows)
    assert [c.conflicting for c in seen(engine)] == [False, True, True]


def test_equal_numbers_of_other_parties_are_other_contracts(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", days=None),
        clerk.contract("1", "甲", "丙", days=HALF),
        clerk.contract("1", "丁", "乙", "10655", days=YEAR),
        clerk.contract("1", "乙", "甲", "10655", days=YEAR),
    )
    found = {(c.upstream, c.downstream): c for c in seen(engine)}
    assert found["甲", "乙"].term == Period()
    assert days(found["甲", "丙"]) == HALF
    assert not any(c.conflicting for c in found.values())


def test_a_row_without_segments_beside_rows_with_them(clerk: "Clerk", engine: Engine) -> None:
    from tracer.store.evidence import fetch_leads, fetch_unsegmented

    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", ""),
        clerk.contract("HT-1", "甲", "乙", "10687415"),
        clerk.contract("HT-2", "甲", "乙", "", days=HALF),
        clerk.contract("HT-2", "甲", "乙", "10687415"),
        clerk.contract("HT-3", "甲", "乙", ""),
    )
    with engine.connect() as conn:
        unsegmented = fetch_unsegmented(conn, ["甲", "乙"])
        leads = fetch_leads(conn, ["乙"]).contracts
    # HT-1 says nothing more; HT-2 states a term of its own, under which no segment is named.
    assert [c.contract_no for c in unsegmented] == ["HT-2", "HT-3"]
    assert [(c.contract_no, c.names_segment) for c in leads] == [
        ("HT-1", True),
        ("HT-2", False),
        ("HT-2", True),
        ("HT-3", False),
    ]


def test_a_lead_stands_for_each_term_its_row_may_have(clerk: "Clerk", engine: Engine) -> None:
    from tracer.store.evidence import fetch_leads

    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", days=None),
        clerk.contract("HT-1", "甲", "乙", "10687416", days=HALF),
        clerk.contract("HT-1", "甲", "乙", "10687417", days=YEAR),
        clerk.contract("HT-2", "甲", "乙", days=None),
        clerk.contract("HT-3", "乙", "乙", days=YEAR),
        clerk.contract("HT-4", "甲", "乙", "", days=None),
        clerk.contract("HT-4", "甲", "乙", days=YEAR),
        clerk.contract("HT-5", "甲", "乙", "", days=None, unit_price=1),
        clerk.contract("HT-5", "甲", "乙", days=YEAR, unit_price=2),
    )
    with engine.connect() as conn:
        leads = fetch_leads(conn, ["乙"]).contracts
        contracts = fetch_evidence(conn, "106").contracts
    told = [(lead.contract_no, lead.ref.row) for lead in leads if lead.names_segment]
    assert told == [(c.contract_no, c.ref.row) for c in contracts]
    assert [no for no, _ in told] == ["HT-1"] * 4 + ["HT-2", "HT-4", "HT-5"]
    # HT-4 says nothing without its other row; rows of HT-5 differ, so either may be another deal.
    assert [lead.contract_no for lead in leads if not lead.names_segment] == ["HT-5"]
