"""Terms in the tables of dossiers: a blank last day is one that is not stated."""

from datetime import date

import pytest

from tests.dossier.written import CHAIN, code_of
from tracer.dossier.ties import TieEnd
from tracer.model.evidence import Allocation, Contract
from tracer.model.particulars import Opening
from tracer.model.partyfile import AccountRecord
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.report.dossier_tables import contracts_table
from tracer.report.papers import Table, shown
from tracer.report.tie_tables import (
    accounts_table,
    allocations_table,
    end_words,
    openings_table,
)

REF = RecordRef("relations", "ab" * 32, "r.csv", 0, None, 2, 2)
OPEN = Period(date(2020, 1, 1), None)


def last_of(made: Table) -> str:
    place = [title.zh for title in made.header].index("至")
    return shown(made.rows[0][place]).zh


def test_a_relation_without_an_end() -> None:
    end = TieEnd("甲", "持股", REF, "30%", OPEN)
    assert end_words(end).zh == "甲：持股 30%（2020-01-01 至 终止未载明）"
    assert end_words(end).en.endswith("(2020-01-01 – end not stated)")


@pytest.mark.parametrize(("last", "told"), [(None, "终止未载明"), (date(2021, 1, 1), "2021-01-01")])
def test_accounts_openings_and_allocations(last: date | None, told: str) -> None:
    days, segment = Period(OPEN.first, last), Segment("10687415", "10687415")
    assert last_of(accounts_table([AccountRecord(REF, "平台", "a", "甲", None, days)])) == told
    assert last_of(openings_table([Opening(REF, "运", segment, "甲", days)])) == told
    assert last_of(allocations_table([Allocation(REF, segment, "甲", days)])) == told


@pytest.mark.parametrize(("stated", "told"), [("true", "长期"), ("false", "终止未载明")])
def test_a_contract_is_open_ended_only_where_its_paper_says_so(stated: str, told: str) -> None:
    written = CHAIN.replace("clause: forbidden", f"clause: forbidden, end_stated: {stated}")
    contracts: list[Contract] = [
        c for hop in code_of(written).hops.values() for c in hop.contracts if c.contract_no == "C1"
    ]
    assert last_of(contracts_table(contracts)) == told
