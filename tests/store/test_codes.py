"""The codes on record hold every record, and the scan gives each what a look-up would."""

import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from tests.effort import tries
from tracer.model.evidence import Evidence
from tracer.model.paper import AllocationRow, IncidentRow, OpeningRow
from tracer.model.period import Period
from tracer.model.segment import parse_segments
from tracer.store import scan
from tracer.store.codes import Code, codes_on_record
from tracer.store.engine import open_engine
from tracer.store.evidence import fetch_evidence
from tracer.store.scan import scan_evidence

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

AT = datetime(2023, 7, 5, 9, tzinfo=UTC)
prefixes = st.text("01", min_size=3, max_size=6)
parties = st.sampled_from(("甲", "乙", "丙", "丁"))


def allocate(clerk: "Clerk", prefix: str, holder: str = "甲") -> AllocationRow:
    return AllocationRow(clerk.nowhere, parse_segments(prefix), holder)


def report(clerk: "Clerk", number: str) -> IncidentRow:
    return IncidentRow(clerk.nowhere, number, AT)


def codes(clerk: "Clerk") -> list[tuple[str, bool]]:
    with clerk.engine.connect() as conn:
        return [(code.digits, code.is_exact) for code in codes_on_record(conn)]


def test_a_code_is_an_allocated_segment_under_no_other(clerk: "Clerk") -> None:
    clerk.load("allocations", allocate(clerk, "1069"), allocate(clerk, "106901"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", "10690155、1069"))
    clerk.log(clerk.total("甲", "乙", "106999"))
    assert codes(clerk) == [("1069", False)]


def test_what_nobody_is_allocated_is_known_by_its_shortest_segment_or_number(
    clerk: "Clerk",
) -> None:
    clerk.load("allocations", allocate(clerk, "1069"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", "10650、1065012"))
    clerk.log(clerk.total("甲", "乙", "106501"), clerk.total("甲", "乙", "10671", row=3))
    clerk.load("incidents", report(clerk, "106710"), report(clerk, "10680"))
    clerk.load("openings", OpeningRow(clerk.nowhere, "中国移动", parse_segments("10666"), "甲"))
    assert codes(clerk) == [
        ("10650", False), ("10666", False), ("10671", False), ("10680", False), ("1069", False),
    ]  # fmt: skip


def test_a_wider_segment_belongs_to_each_code_under_it(clerk: "Clerk") -> None:
    clerk.load("allocations", allocate(clerk, "10690"), allocate(clerk, "10691", "乙"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "丙", "1069"))
    assert codes(clerk) == [("10690", False), ("10691", False)]
    with clerk.engine.connect() as conn:
        found = dict(scan_evidence(conn, codes_on_record(conn)))
    assert [len(evidence.contracts) for evidence in found.values()] == [1, 1]


def test_a_number_shorter_than_a_code_stands_for_itself_alone(clerk: "Clerk") -> None:
    clerk.load("allocations", allocate(clerk, "10690"))
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲", "乙", "1069"),
        clerk.contract("HT-2", "甲", "丙", "106901"),
    )
    clerk.log(clerk.total("甲", "乙", "1069"), clerk.total("甲", "丙", "106901", row=3))
    assert codes(clerk) == [("1069", True), ("10690", False)]
    with clerk.engine.connect() as conn:
        (_, exact), (_, whole) = scan_evidence(conn, codes_on_record(conn))
    assert [c.contract_no for c in exact.contracts] == ["HT-1"]
    assert [r.number for r in exact.routing] == ["1069"]
    assert exact.allocations == ()
    assert [c.contract_no for c in whole.contracts] == ["HT-1", "HT-2"]
    assert [r.number for r in whole.routing] == ["106901"]
    assert [r.number for r in whole.shorter_routing] == ["1069"]


def test_retracted_sources_name_no_code(clerk: "Clerk") -> None:
    wrong = clerk.load("allocations", allocate(clerk, "1069"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", "106901"))
    clerk.retract(wrong)
    assert codes(clerk) == [("106901", False)]


def test_an_empty_database_has_no_code(clerk: "Clerk") -> None:
    assert codes(clerk) == []
    with clerk.engine.connect() as conn:
        assert list(scan_evidence(conn, ())) == []


@pytest.fixture(scope="module")
def shelf(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Engine]]:
    opened: list[Engine] = []

    def make() -> Engine:
        home = tmp_path_factory.mktemp("codes")
        opened.append(open_engine(str(home / "case.db")))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()


Drawn = tuple[list[str], list[tuple[str, str, str]], list[str], list[str]]


@st.composite
def papers(draw: st.DrawFn) -> Drawn:
    """Allocated segments, contracts, routed numbers, numbers reported: short, so they nest."""
    some = partial(st.lists, max_size=4, unique=True)
    contracts = draw(st.lists(st.tuples(parties, parties, prefixes), max_size=5))
    return draw(some(prefixes)), contracts, draw(some(prefixes)), draw(some(prefixes))


def fill(clerk: "Clerk", drawn: Drawn) -> None:
    allocated, contracts, routed, reported = drawn
    clerk.load("allocations", *(allocate(clerk, prefix) for prefix in allocated))
    clerk.load(
        "contracts",
        *(
            clerk.contract(f"HT-{number % 3}", one, other, prefix)
            for number, (one, other, prefix) in enumerate(contracts)
        ),
    )
    for row, number in enumerate(routed, start=2):
        clerk.log(clerk.total("甲", "乙", number, row=row))
    clerk.load("incidents", *(report(clerk, number) for number in reported))


def narrowed(evidence: Evidence) -> Evidence:
    """What is said of the one number, without what begins with it."""
    number = evidence.number
    return replace(
        evidence,
        allocations=tuple(a for a in evidence.allocations if a.segment.covers(number)),
        contracts=tuple(c for c in evidence.contracts if any(s.covers(number) for s in c.segments)),
        routing=tuple(r for r in evidence.routing if r.number == number),
        incidents=tuple(i for i in evidence.incidents if i.number == number),
    )


def assert_scanned(conn: Connection, found: Sequence[tuple[Code, Evidence]]) -> None:
    for code, evidence in found:
        wanted = fetch_evidence(conn, code.digits)
        if code.is_exact:
            wanted = narrowed(wanted)
        for part in ("number", "allocations", "contracts", "routing", "shorter_routing"):
            assert getattr(evidence, part) == getattr(wanted, part), (code, part)
        assert evidence.incidents == wanted.incidents
        assert evidence.parties.items() <= wanted.parties.items()


@settings(
    max_examples=tries(60),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(drawn=papers(), at_a_time=st.integers(1, 3), kept=st.sampled_from([0, 3, 1000]))
def test_nothing_is_lost_and_codes_have_what_look_ups_find(
    clerk: "Clerk",
    shelf: Callable[[], Engine],
    drawn: Drawn,
    at_a_time: int,
    kept: int,
) -> None:
    other = type(clerk)(shelf())
    fill(other, drawn)
    with pytest.MonkeyPatch.context() as patch, other.engine.connect() as conn:
        patch.setattr(scan, "CODES_AT_A_TIME", at_a_time)
        patch.setattr(scan, "SPELLINGS_KEPT", kept)
        found = list(scan_evidence(conn, codes_on_record(conn)))
        assert_scanned(conn, found)
    allocated, contracts, routed, reported = drawn
    in_scope = [evidence for _, evidence in found]
    assert {a.segment.prefix for e in in_scope for a in e.allocations} == set(allocated)
    signed = {(one, to, prefix) for one, to, prefix in contracts if one != to}
    assert {
        (c.upstream, c.downstream, s.prefix)
        for e in in_scope
        for c in e.contracts
        for s in c.segments
    } == signed
    whole = sorted(r.number for e in in_scope for r in e.routing)
    assert whole == sorted(routed), "each in exactly one code"
    assert sorted(i.number for e in in_scope for i in e.incidents) == sorted(reported)
    plain = [code.digits for code, _ in found if not code.is_exact]
    assert not any(a != b and b.startswith(a) for a in plain for b in plain)
    assert [code for code, _ in found] == sorted(code for code, _ in found)


def test_a_contract_that_covers_a_single_number_is_there_once(clerk: "Clerk") -> None:
    """Found by chance: the number stood under the contract both as covered and as longer."""
    clerk.load("allocations", allocate(clerk, "106901"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", "1069"))
    clerk.load("incidents", report(clerk, "10690"))
    with clerk.engine.connect() as conn:
        found = list(scan_evidence(conn, codes_on_record(conn)))
        assert_scanned(conn, found)
    assert [(code.digits, len(evidence.contracts)) for code, evidence in found] == [
        ("10690", 1),
        ("106901", 1),
    ]


def test_contracts_of_all_kinds_are_those_that_a_trace_reads(clerk: "Clerk") -> None:
    """Rows alone, rows of one contract, of several segments, with papers, of two kinds of name."""
    clerk.load("allocations", allocate(clerk, "10690"), allocate(clerk, "10691"))
    said: dict[str, typing.Any] = {
        "title": "码号使用合同",
        "kind": "终端客户服务",
        "right": "转租",
        "source_ref": "页3",
        "signed_on": date(2022, 5, 1),
        "unit_price": 30_000,
        "unit_price_raw": "0.03",
        "sublease_clause": "forbidden",
        "approval_no": "批1",
        "amends": "HT-0",
        "region": "浙江",
        "purpose": "验证码",
    }
    clerk.load(
        "contracts",
        clerk.contract("HT-9", "甲", "乙", "106900", **said),
        clerk.contract("HT-1", "甲", "乙", "106901", ("2023-03-01", "2023-05-31")),
        clerk.contract("HT-1", "甲", "乙", "106902", None),
        clerk.contract("HT-1", "甲", "丙", "106902", None, unit_price=1),
        clerk.contract("HT-2", "乙", "丙", "106900、106911", **said),
        clerk.contract("HT-3", "乙", "乙", "106900"),
        clerk.contract("HT-4", "丙", "丁", "1069", **said),
        clerk.contract("HT-5", "丙", "丁", "106911", None),
        clerk.contract("ＨＴ-5", "丙", "丁", "106912"),
    )
    with clerk.engine.connect() as conn:
        found = list(scan_evidence(conn, codes_on_record(conn)))
        assert_scanned(conn, found)
    numbers = [c.contract_no for c in found[0][1].contracts]
    assert numbers == ["HT-1", "HT-1", "HT-1", "HT-2", "HT-4", "HT-9"]
    assert {c.term.first for c in found[0][1].contracts[:2]} == {date(2023, 3, 1)}


def test_a_contract_of_two_codes_is_in_both_once(clerk: "Clerk") -> None:
    clerk.load("allocations", allocate(clerk, "10690"), allocate(clerk, "10691"))
    clerk.load("contracts", clerk.contract("HT-1", "甲", "乙", "106900、106901、106911"))
    with clerk.engine.connect() as conn:
        found = [evidence for _, evidence in scan_evidence(conn, codes_on_record(conn))]
    assert [len(evidence.contracts) for evidence in found] == [1, 1]
    assert found[0].contracts == found[1].contracts
    assert found[0].contracts[0].term == Period(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize("kept", [0, 4, 1000])
@pytest.mark.parametrize("at_a_time", [1, 2, 50])
def test_parties_met_in_several_codes_are_the_same_in_each(
    clerk: "Clerk", monkeypatch: pytest.MonkeyPatch, kept: int, at_a_time: int
) -> None:
    one, two = "91330100MA27XXXX0A", "91330100MA27XXXX1B"
    clerk.load(
        "contracts",
        clerk.contract("1", "甲公司", "乙公司", "10690"),
        clerk.contract("2", "甲 公司", one, "10691"),
        clerk.contract("3", "丁公司", "丙公司", "10691", upstream_uscc=one),
        clerk.contract("4", "乙公司", "戊公司", "10692", downstream_uscc=one),
        clerk.contract("5", "乙 公司", "戊公司", "10693", downstream_uscc=two),
        clerk.contract("6", "戊公司", two, "10694"),
        clerk.contract("7", "己公司", "甲公司", "10694", upstream_uscc="91330100MA27XXXX2C"),
        clerk.contract("8", "91330100MA27XXXX2C", "甲公司", "10695"),
    )
    monkeypatch.setattr(scan, "CODES_AT_A_TIME", at_a_time)
    monkeypatch.setattr(scan, "SPELLINGS_KEPT", kept)
    with clerk.engine.connect() as conn:
        found = list(scan_evidence(conn, codes_on_record(conn)))
        assert len(found) == 6
        assert_scanned(conn, found)
    named = {c.contract_no: (c.upstream, c.downstream) for _, e in found for c in e.contracts}
    assert named["8"] == ("己公司", "甲公司")
    assert named["4"][1] != named["5"][1]
    assert {named[no][0] for no in "12"} == {"甲公司"}
