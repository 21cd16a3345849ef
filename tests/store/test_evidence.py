"""The evidence of a number: what is in scope, and that nothing else decides the answer."""

import random
import typing
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Engine

from tracer.model.diagnostic import Note
from tracer.model.evidence import Document, Evidence
from tracer.model.paper import AllocationRow, IncidentRow, PaperRow, PartyRow
from tracer.model.period import Period
from tracer.model.segment import Segment, parse_segments
from tracer.store.documents import add_document
from tracer.store.engine import begin_writing
from tracer.store.evidence import (
    StoredArchive,
    fetch_evidence,
    fetch_leads,
    fetch_unsegmented,
    nearest_segments,
)

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Clerk

CODE = "91420100MA4KABCD1X"


def seen(engine: Engine, number: str) -> Evidence:
    with engine.connect() as conn:
        return fetch_evidence(conn, number)


def incident(clerk: "Clerk", at: str, **said: typing.Any) -> IncidentRow:
    number = said.pop("number", "106874150101")
    return IncidentRow(clerk.nowhere, number, datetime.fromisoformat(at), **said)


def test_nothing_on_record_is_empty_evidence(engine: Engine) -> None:
    assert seen(engine, "10687415") == Evidence("10687415")


def test_segments_in_scope_are_those_that_overlap(clerk: "Clerk", engine: Engine) -> None:
    prefixes = ["106", "1068", "10687415", "1068741501", "10687415019999999999"]
    beside = ["10687414", "10687416", "1068742", "107", "10687415" + "02"]
    rows = [clerk.contract(prefix, "甲", "乙", prefix) for prefix in (*prefixes, *beside)]
    clerk.load("contracts", *rows)
    found = [c.contract_no for c in seen(engine, "1068741501").contracts]
    assert found == sorted(prefixes)
    found = [c.contract_no for c in seen(engine, "10687415").contracts]
    assert found == sorted([*prefixes, "1068741502"])
    assert [c.contract_no for c in seen(engine, "106").contracts] == sorted(
        {*prefixes, *beside} - {"107"}
    )


def test_a_contract_in_scope_keeps_its_segments_beyond(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙", "10687415、10684500"))
    (found,) = seen(engine, "1068741501").contracts
    assert [s.prefix for s in found.segments] == ["10684500", "10687415"]


def test_an_allocation_of_several_segments_is_one_for_each(clerk: "Clerk", engine: Engine) -> None:
    term = Period(date(2020, 1, 1), None)
    row = AllocationRow(
        clerk.nowhere,
        parse_segments("10687415XXXX；10687416；1068741501"),
        "持有人",
        authority="某省通信管理局",
        certificate_no="号〔2020〕1",
        purpose="通知",
        region="全国",
        term=term,
        source_ref="卷1",
    )
    clerk.load("allocations", row)
    first, second = seen(engine, "10687415").allocations
    assert [a.segment.prefix for a in (first, second)] == ["10687415", "1068741501"]
    assert first.segment.stated == "10687415XXXX"
    assert first.ref == second.ref
    assert (first.holder, first.term, first.authority) == ("持有人", term, "某省通信管理局")
    assert (first.certificate_no, first.purpose) == ("号〔2020〕1", "通知")
    assert (first.region, first.source_ref) == ("全国", "卷1")


def test_routing_is_exact_and_shorter_numbers_are_kept_apart(
    clerk: "Clerk", engine: Engine
) -> None:
    numbers = ["10687415", "106874150101", "1068741502", "10687416", "106874"]
    clerk.log(*(clerk.total("甲", "乙", n, row) for row, n in enumerate(numbers, start=2)))
    evidence = seen(engine, "10687415")
    assert [total.number for total in evidence.routing] == sorted(numbers[:3])
    assert [total.number for total in evidence.shorter_routing] == ["106874"]
    assert list(evidence.parties) == ["乙", "甲"]


def test_a_total_comes_back_as_it_was_written(clerk: "Clerk", engine: Engine) -> None:
    clerk.log(
        clerk.total(
            "甲",
            "乙",
            "10687415",
            reporter="乙 ",
            messages=5,
            blocked=2,
            parts=9,
            unit="parts",
            rows=4,
            first_row=3,
            last_row=11,
            part="b",
            day=date(2023, 8, 1),
        ),
        clerk.total("甲", "乙", "10687415", row=2),
    )
    second, first = seen(engine, "10687415").routing
    assert (first.messages, first.blocked, first.parts, first.unit) == (5, 2, 9, "parts")
    assert (first.reporter, first.delivery, first.rows) == ("乙", 1, 4)
    assert (first.ref.row, first.ref.last_row, first.ref.part) == (3, 11, "b")
    assert first.day == date(2023, 8, 1)
    assert (second.reporter, second.parts, second.unit) == (None, None, "messages")


def test_equal_incidents_come_out_once(clerk: "Clerk", engine: Engine) -> None:
    at = "2023-07-05 23:59:59"
    clerk.load(
        "incidents",
        incident(clerk, at, victim_hash="v1", recipient_hash="r1", case_no="A1", loss=5_000_000),
        incident(clerk, at, victim_hash="v1", case_no="A1", loss=8_000_000),
        incident(clerk, at, victim_hash="v1", case_no="A1"),
        incident(clerk, at, victim_hash="v1", case_no="A2", loss=1),
        incident(clerk, at, recipient_hash="r1", victim="张某", case_no="A1"),
        incident(clerk, at, victim="张某", case_no="A1"),
        incident(clerk, "2023-07-06 00:00:00", victim_hash="v1", case_no="A1"),
        incident(clerk, at, number="10687416"),
        path="i.csv",
    )
    evidence = seen(engine, "10687415")
    found = [(i.received_at, i.case_no, i.victim, i.loss, i.ref.row) for i in evidence.incidents]
    assert found == [
        (at, "A1", "r1", None, 6),
        (at, "A1", "v1", 8_000_000, 3),
        (at, "A1", "张某", None, 7),
        (at, "A2", "v1", 1, 5),
        ("2023-07-06 00:00:00", "A1", "v1", None, 8),
    ]
    assert [i.day for i in evidence.incidents][-2:] == [date(2023, 7, 5), date(2023, 7, 6)]
    (note,) = evidence.notes
    assert note.key == "incident_losses_differ"
    assert note.values["losses"] == "5.00、8.00"


def test_a_document_is_shown_with_its_page(clerk: "Clerk", engine: Engine) -> None:
    with begin_writing(engine) as conn:
        add_document(conn, "扫描/1.pdf", "d" * 64, "e" * 64, 10)
    place = replace(clerk.nowhere, document="扫描/1.pdf", page="4-5")
    clerk.load("contracts", replace(clerk.contract("1", "甲", "乙"), provenance=place))
    clerk.load(
        "allocations",
        AllocationRow(place, (Segment("10687415"),), "甲"),
    )
    evidence = seen(engine, "10687415")
    expected = Document("扫描/1.pdf", "d" * 64, "4-5")
    assert evidence.contracts[0].document == expected
    assert evidence.allocations[0].document == expected


def test_retracted_sources_are_in_no_result(clerk: "Clerk", engine: Engine) -> None:
    segments = parse_segments("10687415")
    sources = [
        clerk.load("allocations", AllocationRow(clerk.nowhere, segments, "甲")),
        clerk.load("contracts", clerk.contract("1", "甲", "乙")),
        clerk.load("contracts", clerk.contract("2", "甲", "乙", "")),
        clerk.load("incidents", incident(clerk, "2023-07-05 10:00:00")),
        clerk.log(clerk.total("甲", "乙", "10687415"), clerk.total("甲", "乙", "106874", row=3)),
    ]
    with engine.connect() as conn:
        assert len(fetch_unsegmented(conn, ["甲", "乙"])) == 1
        assert nearest_segments(conn, "10687") == ("10687415",)
    for source in sources:
        clerk.retract(source)
    assert seen(engine, "10687415") == Evidence("10687415")
    with engine.connect() as conn:
        assert fetch_unsegmented(conn, ["甲", "乙"]) == ()
        assert nearest_segments(conn, "10687") == ()
        leads = fetch_leads(conn, ["乙"])
    assert (leads.contracts, leads.routing) == ((), ())


def messy_case(clerk: "Clerk") -> list[tuple[str, list[PaperRow]]]:
    def incidents() -> list[PaperRow]:
        at = "2023-07-05 10:00:00"
        return [incident(clerk, at, victim_hash=v, loss=n) for n in (3, 1, 2) for v in "ab"]

    return [
        (
            "parties",
            [
                PartyRow(clerk.nowhere, "甲 公司", uscc=CODE, kind="代理商"),
                PartyRow(clerk.nowhere, "甲公司", kind="运营商"),
                PartyRow(clerk.nowhere, "己公司", uscc=CODE.replace("X", "Y")),
                PartyRow(clerk.nowhere, "庚公司", uscc=CODE.replace("X", "Y")),
            ],
        ),
        (
            "contracts",
            [
                clerk.contract("1", "甲公司", "乙（总）", days=None),
                clerk.contract("1", CODE, "乙(总)", "1068741501", unit_price=1),
                clerk.contract("1", "甲公司", "乙(总)", "10655", ("2022-01-01", "2022-12-31")),
                clerk.contract("2", "乙(总)", "己公司", "1068741501、10655", unit_price=2),
                clerk.contract("2", "乙（总）", "己公司", sublease_clause="silent"),
                clerk.contract("3", "甲公司", CODE),
            ],
        ),
        (
            "allocations",
            [
                AllocationRow(clerk.nowhere, parse_segments("10687415、1068741501"), CODE),
                AllocationRow(clerk.nowhere, parse_segments("106874"), "乙（总）"),
            ],
        ),
        ("incidents", incidents()),
    ]


def stripped(evidence: Evidence) -> Evidence:
    """Take away the places, which differ with the order of the rows, and nothing else."""
    nowhere = None

    def bare(records: typing.Any) -> tuple[typing.Any, ...]:
        return tuple(sorted((r._replace(ref=nowhere) for r in records), key=repr))

    notes = tuple(
        Note(n.key, {key: value for key, value in n.values.items() if key != "record"})
        for n in evidence.notes
    )
    return replace(
        evidence,
        allocations=bare(evidence.allocations),
        contracts=bare(evidence.contracts),
        routing=bare(evidence.routing),
        incidents=bare(evidence.incidents),
        notes=notes,
    )


def test_the_order_of_rows_and_files_decides_nothing(
    clerk: "Clerk", new_clerk: "Callable[[], Clerk]"
) -> None:
    def load(hand: "Clerk", shuffle: random.Random | None) -> Evidence:
        case = messy_case(hand)
        totals = [
            hand.total(up, down, number, row, reporter=reporter, messages=row)
            for row, (up, down, number, reporter) in enumerate(
                [
                    ("甲公司", "乙（总）", "106874150101", "甲公司"),
                    ("甲公司", "乙(总)", "106874150101", CODE),
                    (CODE, "乙(总)", "10687415", None),
                ],
                start=2,
            )
        ]
        if shuffle:
            shuffle.shuffle(case)
            shuffle.shuffle(totals)
            for _, rows in case:
                shuffle.shuffle(rows)
        hand.log(*totals, path="log.csv")
        for table, rows in case:
            hand.load(table, *rows, path=f"{table}.csv")
        return seen(hand.engine, "10687415")

    expected = load(clerk, None)
    assert expected.contracts
    assert len(expected.notes) == 5
    for seed in range(4):
        assert stripped(load(new_clerk(), random.Random(seed))) == stripped(expected)


def test_equal_files_loaded_in_another_order_are_equal_evidence(
    clerk: "Clerk", new_clerk: "Callable[[], Clerk]"
) -> None:
    other = new_clerk()
    for table, rows in messy_case(clerk):
        clerk.load(table, *rows, path=f"{table}.csv")
    for table, rows in reversed(messy_case(other)):
        other.load(table, *rows, path=f"{table}.csv")
    assert seen(other.engine, "10687415") == seen(clerk.engine, "10687415")


def test_leads_are_what_leads_to_a_party(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "丙公司", uscc=CODE))
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "丙 公司", "10655"),
        clerk.contract("2", "乙", CODE, ""),
        clerk.contract("3", "丙公司", "甲"),
    )
    clerk.log(clerk.total("甲", "丙公司", "10655"), clerk.total("丙公司", "甲", "10655", row=3))
    with engine.connect() as conn:
        leads = StoredArchive(conn).leads(["丙公司", "无此公司"])
        assert fetch_leads(conn, []).contracts == ()
    assert [(c.contract_no, c.downstream) for c in leads.contracts] == [
        ("1", "丙公司"),
        ("2", "丙公司"),
    ]
    assert [(r.upstream, r.downstream) for r in leads.routing] == [("甲", "丙公司")]


def test_unsegmented_contracts_are_between_two_of_the_parties(
    clerk: "Clerk", engine: Engine
) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", ""),
        clerk.contract("2", "乙", "甲", ""),
        clerk.contract("3", "甲", "丙", ""),
        clerk.contract("4", "甲", "乙", "10655"),
    )
    with engine.connect() as conn:
        found = StoredArchive(conn).unsegmented(["甲", "乙"])
    assert [c.contract_no for c in found] == ["1", "2"]


def test_the_nearest_segments_share_most_digits(clerk: "Clerk", engine: Engine) -> None:
    prefixes = ["106", "10680", "10687", "106874", "1068741", "10687499", "107", "20687415"]
    clerk.load("contracts", *(clerk.contract(p, "甲", "乙", p) for p in prefixes))
    clerk.load("allocations", AllocationRow(clerk.nowhere, (Segment("1068742"),), "甲"))
    clerk.log(clerk.total("甲", "乙", "10687415"))
    with engine.connect() as conn:
        assert nearest_segments(conn, "10687415") == (
            "1068741",
            "106874",
            "1068742",
            "10687499",
            "10687",
        )
        assert nearest_segments(conn, "10687415", limit=2) == ("1068741", "106874")
        assert nearest_segments(conn, "10699999", limit=9) == (
            "106",
            "10680",
            "10687",
            "106874",
            "1068741",
            "1068742",
            "10687499",
        )
        assert nearest_segments(conn, "999") == ()


def test_where_no_segment_is_near_a_routed_number_is_named(clerk: "Clerk", engine: Engine) -> None:
    clerk.log(clerk.total("甲", "乙", "10687415"))
    with engine.connect() as conn:
        assert nearest_segments(conn, "10687") == ("10687415",)


def test_notes_have_texts(clerk: "Clerk", engine: Engine) -> None:
    from tracer.messages import LANGUAGES, text

    for table, rows in messy_case(clerk):
        clerk.load(table, *rows)
    notes = seen(engine, "10687415").notes
    assert {note.key for note in notes} == {
        "incident_losses_differ",
        "party_kind_differs",
        "same_party_both_ends",
        "uscc_two_names",
    }
    for note in notes:
        for lang in LANGUAGES:
            said = text(f"note.{note.key}", lang, **note.values)
            assert all(str(value) in said for value in note.values.values())
