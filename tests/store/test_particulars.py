"""What is on record beside contracts and logs: each table, and that both ways of reading agree."""

import re
import typing
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from tracer.model.paper import (
    AllocationRow,
    CheckRow,
    IncidentRow,
    OpeningRow,
    PaperRow,
    PartyRow,
    PaymentRow,
    RelationRow,
)
from tracer.model.particulars import Particulars
from tracer.model.period import Period
from tracer.model.segment import parse_segments
from tracer.store.evidence import look_up
from tracer.store.particulars import ParticularsReader

from .test_indexes import plans

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Clerk

pytestmark = pytest.mark.usefixtures("engine")
CODES = ("91330100MA27XXXX0A", "91330100MA27XXXX1B")


@pytest.fixture(params=["lean", "known", "preload"])
def read(request: pytest.FixtureRequest, engine: Engine) -> "Callable[..., Particulars]":
    """Give each way to read the particulars of a number."""

    def of(number: str = "10687415", *, is_exact: bool = False) -> Particulars:
        with engine.connect() as conn:
            evidence, archive = look_up(conn, number)
            reader = {
                "lean": ParticularsReader(conn),
                "known": ParticularsReader(conn, known=archive.known),
                "preload": ParticularsReader(conn, preload=True),
            }[request.param]
            return reader.of(evidence, is_exact=is_exact)

    return of


Read = typing.Callable[..., Particulars]


def allocate(clerk: "Clerk", segments: str) -> AllocationRow:
    return AllocationRow(clerk.nowhere, parse_segments(segments), "甲")


def test_nothing_on_record_is_nothing_beside(read: Read) -> None:
    assert read() == Particulars()


def test_classes_are_those_of_every_allocation_that_counts(clerk: "Clerk", read: Read) -> None:
    clerk.load("allocations", allocate(clerk, "10687415、10687416、1068999、95001、955"))
    clerk.load("allocations", allocate(clerk, "106"), allocate(clerk, "1069"))
    wrong = clerk.load("allocations", allocate(clerk, "1065"), allocate(clerk, "9999"))
    clerk.retract(wrong)
    assert read("12345").classes == {"106", "1068", "1069", "9500", "955"}


def test_profiles_say_each_value_with_its_row(clerk: "Clerk", read: Read) -> None:
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙公司"))
    term = Period(date(2022, 1, 1), date(2022, 12, 31))
    clerk.load(
        "parties",
        PartyRow(
            clerk.nowhere, "甲 公司", licence_no="B2-1", licence_term=term, has_licence_column=True
        ),
        PartyRow(clerk.nowhere, "甲公司", phone="0571-1", address=" ", has_licence_column=True),
        PartyRow(clerk.nowhere, "丙公司", phone="0571-9"),
        path="a.csv",
    )
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", legal_representative="张三", address="某路1号"),
        path="b.csv",
    )
    profiles = read().profiles
    assert list(profiles) == ["甲公司"]
    found = profiles["甲公司"]
    said = sorted((licence.number or "", licence.ref.row) for licence in found.licences)
    assert said == [("", 3), ("B2-1", 2)]
    assert {licence.term for licence in found.licences if licence.number} == {term}
    assert [(value, ref.path, ref.row) for value, ref in found.phones] == [("0571-1", "a.csv", 3)]
    assert [value for value, _ in found.addresses] == ["某路1号"]
    assert [(value, ref.path) for value, ref in found.representatives] == [("张三", "b.csv")]


def test_of_one_name_and_two_codes_each_has_its_own_row(clerk: "Clerk", read: Read) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲公司", "乙公司", upstream_uscc=CODES[0]),
        clerk.contract("2", "甲公司", "丙公司", upstream_uscc=CODES[1]),
        clerk.contract("3", "甲公司", "丁公司", ""),
        clerk.contract("4", "甲公司", "乙公司", "", upstream_uscc=CODES[0]),
    )
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", uscc=CODES[0], phone="1"),
        PartyRow(clerk.nowhere, "甲公司", uscc=CODES[1], phone="2"),
    )
    found = read()
    phones = {name: [v for v, _ in each.phones] for name, each in found.profiles.items()}
    assert phones == {f"甲公司（{CODES[0]}）": ["1"], f"甲公司（{CODES[1]}）": ["2"]}
    assert list(found.unsegmented) == [(f"甲公司（{CODES[0]}）", "乙公司")]


def test_checks_are_those_between_parties_and_kinds_those_of_anyone(
    clerk: "Clerk", read: Read
) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙"))
    clerk.load(
        "checks",
        CheckRow(clerk.nowhere, "甲", "乙", "identity", date(2023, 1, 2), "passed"),
        CheckRow(clerk.nowhere, "甲", "乙", "identity", None, None),
        CheckRow(clerk.nowhere, "甲", "乙", "identity", date(2023, 1, 1), "failed"),
        CheckRow(clerk.nowhere, "甲", "丙", "content"),
        CheckRow(clerk.nowhere, "丙", "乙", "contract"),
    )
    wrong = clerk.load("checks", CheckRow(clerk.nowhere, "甲", "乙", "contract"))
    clerk.retract(wrong)
    found = read()
    assert list(found.checks) == [("甲", "乙")]
    assert [(c.done_on, c.result, c.ref.row) for c in found.checks["甲", "乙"]] == [
        (date(2023, 1, 1), "failed", 4), (date(2023, 1, 2), "passed", 2), (None, None, 3),
    ]  # fmt: skip
    assert found.checking == {"甲": {"identity", "content"}}


def test_openings_are_those_whose_segment_overlaps(clerk: "Clerk", read: Read) -> None:
    def opened(segments: str, user: str = "乙", **said: typing.Any) -> OpeningRow:
        return OpeningRow(clerk.nowhere, "中国移动", parse_segments(segments), user, **said)

    clerk.load("contracts", clerk.contract("1", "甲", "乙 "))
    clerk.load(
        "openings",
        opened("106874150101、10687416", opened_on=date(2022, 1, 1), purpose="通知", region="全国"),
        opened("1068", "戊", closed_on=date(2022, 1, 1)),
        opened("10687415"),
        opened("10687414"),
    )
    found = read().openings
    assert [(o.segment.prefix, o.user) for o in found] == [
        ("1068", "戊"), ("10687415", "乙"), ("106874150101", "乙"),
    ]  # fmt: skip
    assert (found[0].carrier, found[0].term) == ("中国移动", Period(None, date(2022, 1, 1)))
    assert (found[2].purpose, found[2].region, found[2].ref.row) == ("通知", "全国", 2)
    exact = read(is_exact=True).openings
    assert [o.segment.prefix for o in exact] == ["1068", "10687415"]


def test_payments_and_relations_are_those_between_parties(clerk: "Clerk", read: Read) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙"), clerk.contract("9", "丙", "丁", "955"))
    days = Period(date(2023, 1, 1), date(2023, 1, 31))
    clerk.load(
        "payments",
        PaymentRow(clerk.nowhere, "乙", "甲", 5_000_000, date(2023, 2, 2), days, 100, "HT-1"),
        PaymentRow(clerk.nowhere, "乙", "甲", 6_000_000, date(2023, 1, 2)),
        PaymentRow(clerk.nowhere, "丙", "甲", 7, date(2023, 1, 2)),
        PaymentRow(clerk.nowhere, "乙", "乙 ", 7, date(2023, 1, 2)),
    )
    clerk.load(
        "relations",
        RelationRow(clerk.nowhere, "甲", "乙", "持股", "51%", days),
        RelationRow(clerk.nowhere, "乙", "甲", "同一控制人"),
        RelationRow(clerk.nowhere, "甲", "丙", "持股"),
        RelationRow(clerk.nowhere, "甲", "甲 ", "持股"),
    )
    found = read()
    assert list(found.payments) == [("乙", "甲")]
    first, second = found.payments["乙", "甲"]
    assert (first.amount, first.paid_on) == (6_000_000, date(2023, 1, 2))
    assert (second.period, second.messages, second.contract_no) == (days, 100, "HT-1")
    assert [(r.party_a, r.party_b, r.kind, r.share, r.term) for r in found.relations] == [
        ("甲", "乙", "持股", "51%", days), ("乙", "甲", "同一控制人", None, Period()),
    ]  # fmt: skip


def test_notices_are_incidents_that_were_reported(clerk: "Clerk", read: Read) -> None:
    at = datetime.fromisoformat("2023-07-05 09:00:00")

    def incident(number: str, reported: str | None = None, **said: typing.Any) -> IncidentRow:
        moment = datetime.fromisoformat(reported) if reported else None
        return IncidentRow(clerk.nowhere, number, at, reported_at=moment, **said)

    clerk.load(
        "incidents",
        incident("106874150101", "2023-07-06 01:00:00+00:00"),
        incident("106874150101"),
        incident("10687415", notified_party="乙 公司", notified_on=date(2023, 7, 8)),
        incident("10687416", "2023-07-06 01:00:00"),
        incident("1068", "2023-07-06 01:00:00"),
    )
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙公司"))
    found = read().notices
    assert [(n.number, n.reported_on, n.notified, n.notified_on) for n in found] == [
        ("10687415", None, "乙公司", date(2023, 7, 8)),
        ("106874150101", date(2023, 7, 6), None, None),
    ]
    assert [n.number for n in read(is_exact=True).notices] == ["10687415"]


def test_contracts_without_segment_may_explain_a_hop(clerk: "Clerk", read: Read) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙"),
        clerk.contract("3", "甲", "乙", "", days=("2020-01-01", "2020-12-31")),
        clerk.contract("2", "甲", "乙", ""),
        clerk.contract("1", "甲", "乙", ""),  # its other row names the segment
        clerk.contract("4", "甲", "丙", ""),
        clerk.contract("5", "丁", "乙", ""),  # may be the title of a party of the scope
        clerk.contract("6", "丁", "丙", ""),
    )
    found = read().unsegmented
    assert list(found) == [("丁", "乙"), ("甲", "乙")]
    assert [c.contract_no for c in found["甲", "乙"]] == ["2", "3"]


def test_contracts_between_pairs_are_of_any_number_and_day(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("2", "甲", "乙", "95001、10687415"),
        clerk.contract("1", "甲 ", "乙", "10650", days=("2010-01-01", "2010-12-31")),
        clerk.contract("3", "甲", "乙", ""),
        clerk.contract("4", "甲", "丙"),
        clerk.contract("5", "丁", "乙"),
        clerk.contract("6", "丁", "丙"),
    )
    wrong = clerk.load("contracts", clerk.contract("7", "甲", "乙"))
    clerk.retract(wrong)
    with engine.connect() as conn:
        for reader in (ParticularsReader(conn), ParticularsReader(conn, preload=True)):
            found = reader.between([("甲", "乙"), ("丁", "丙")])
            assert [c.contract_no for c in found] == ["1", "2", "6"]
            assert [s.prefix for s in found[1].segments] == ["10687415", "95001"]
            assert reader.between([]) == ()
            assert reader.between([("乙", "甲")]) == ()


def test_supplements_that_allow_subletting_are_of_any_number_and_day(
    clerk: "Clerk", engine: Engine
) -> None:
    def amending(
        number: str, upstream: str, downstream: str, segments: str, clause: str
    ) -> PaperRow:
        days = ("2010-01-01", "2010-12-31")
        ends = (upstream, downstream)
        said = {"amends": "1", "sublease_clause": clause}
        return clerk.contract(number, *ends, segments, days, **said)

    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", sublease_clause="allowed"),
        amending("2", "甲", "乙", "95001", "allowed"),
        amending("3", "甲 ", "乙", "10687415", "with_consent"),
        amending("4", "甲", "乙", "10687415", "forbidden"),
        amending("5", "甲", "乙", "", "allowed"),
        amending("6", "乙", "丙", "10687415", "allowed"),
    )
    clerk.retract(clerk.load("contracts", amending("7", "甲", "乙", "10687415", "allowed")))
    with engine.connect() as conn:
        for reader in (ParticularsReader(conn), ParticularsReader(conn, preload=True)):
            assert [c.contract_no for c in reader.supplements([("甲", "乙")])] == ["2", "3"]
            assert reader.supplements([]) == reader.supplements([("乙", "甲")]) == ()


def test_contracts_between_parties_of_one_name_are_told_by_their_codes(
    clerk: "Clerk", engine: Engine
) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲公司", "乙公司", upstream_uscc=CODES[0]),
        clerk.contract("2", "甲公司", "乙公司", upstream_uscc=CODES[1]),
        clerk.contract("3", "甲公司", "乙公司"),
    )
    with engine.connect() as conn:
        reader = ParticularsReader(conn)
        for name, number in ((f"甲公司（{CODES[0]}）", "1"), ("甲公司", "3")):
            assert [c.contract_no for c in reader.between([(name, "乙公司")])] == [number]


names = st.sampled_from(("甲", "乙", "甲 ", "丙"))
digits = st.sampled_from(("1069", "10690", "106901", "10691", "955"))
Drawn = list[tuple[str, str, str, str, int]]
KINDS = ("parties", "checks", "openings", "payments", "relations", "incidents", "contracts")


def paper(clerk: "Clerk", drawn: tuple[str, str, str, str, int]) -> PaperRow:
    kind, one, other, number, more = drawn
    day = date(2023, 1, 1 + more)
    made: dict[str, Callable[[], PaperRow]] = {
        "parties": lambda: PartyRow(
            clerk.nowhere, one, uscc=(None, *CODES)[more], phone=other, has_licence_column=more > 0
        ),
        "checks": lambda: CheckRow(
            clerk.nowhere, one, other, ("identity", "content", "contract")[more], day
        ),
        "openings": lambda: OpeningRow(clerk.nowhere, one, parse_segments(number), other),
        "payments": lambda: PaymentRow(clerk.nowhere, one, other, more, day),
        "relations": lambda: RelationRow(clerk.nowhere, one, other, str(more)),
        "incidents": lambda: IncidentRow(
            clerk.nowhere,
            number,
            datetime(2023, 1, 1),  # noqa: DTZ001 - local time
            notified_party=one if more else None,
        ),
        "contracts": lambda: clerk.contract(
            str(more), one, other, number if more else "", upstream_uscc=(None, *CODES)[more]
        ),
    }
    return made[kind]()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(st.sampled_from(KINDS), names, names, digits, st.integers(0, 2)), max_size=14
    ),
    number=digits,
    is_exact=st.booleans(),
)
def test_all_ways_of_reading_agree(
    new_clerk: "Callable[[], Clerk]", drawn: Drawn, number: str, is_exact: bool
) -> None:
    clerk = new_clerk()
    for kind in KINDS:
        rows = [paper(clerk, each) for each in drawn if each[0] == kind]
        if rows:
            clerk.load(kind, *rows)
    with clerk.engine.connect() as conn:
        evidence, archive = look_up(conn, number)
        lean = ParticularsReader(conn).of(evidence, is_exact=is_exact)
        assert ParticularsReader(conn, known=archive.known).of(evidence, is_exact=is_exact) == lean
        whole = ParticularsReader(conn, preload=True).of(evidence, is_exact=is_exact)
    assert whole == lean
    for field in ("profiles", "checks", "checking", "payments", "unsegmented"):
        assert list(getattr(whole, field)) == sorted(getattr(lean, field)), field
    clerk.engine.dispose()


@pytest.mark.sqlite_only("a plan of PostgreSQL depends on how many rows there are")
def test_no_look_up_of_a_scope_walks_a_table(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙"), clerk.contract("1", "甲", "乙", ""))
    clerk.load("allocations", allocate(clerk, "10687415"))

    def ask(conn: Connection) -> None:
        evidence, archive = look_up(conn, "10687415")
        reader = ParticularsReader(conn, known=archive.known)
        reader.of(evidence)
        reader.between([("甲", "乙")])

    with engine.connect() as conn:
        found = plans(conn, ask)
    assert len(found) > 10
    assert any("WITH RECURSIVE" in statement for statement, _ in found)
    few = r"CONSTANT|\(subquery|json_each |found\b|(?:retractions|corrections)\b"
    for statement, steps in found:
        walks = [step for step in steps if re.match(rf"SCAN (?!{few})", step)]
        assert not walks, (statement, steps)
