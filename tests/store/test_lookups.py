"""Look-ups against the plainest reading of the same records, on random cases."""

import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, select, text

from tests.effort import tries
from tracer.model.paper import ContractRow, Provenance
from tracer.model.party import fold_name, fold_party
from tracer.model.period import Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.store import records, sources, traffic
from tracer.store.engine import begin_writing, open_engine
from tracer.store.evidence import fetch_evidence, nearest_segments
from tracer.store.spellings import SpellingBook
from tracer.store.tables import deliveries, source_spellings, spellings
from tracer.store.writing import BATCH, insert_rows, next_number

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

# Few digits, so that prefixes of one another come up all the time; 0 and 9 are the ends.
numbers = st.text("019", min_size=3, max_size=7)
names = st.text("甲乙()（） ", min_size=1, max_size=4).filter(fold_name)


def shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


@pytest.fixture(scope="module")
def blank(
    make_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Open one database for all cases of a test; each is rolled back."""
    engine = open_engine(make_database(tmp_path_factory.mktemp("blank")))
    yield engine
    engine.dispose()


@settings(max_examples=tries(200))
@given(st.lists(st.lists(numbers, unique=True, max_size=3), max_size=8), numbers)
def test_contracts_of_a_number_are_those_with_an_overlapping_segment(
    blank: Engine, cells: list[list[str]], number: str
) -> None:
    with blank.connect() as conn:
        load(conn, [(str(at), "甲", "乙", prefixes) for at, prefixes in enumerate(cells)])
        found = {
            c.contract_no: {s.prefix for s in c.segments}
            for c in fetch_evidence(conn, number).contracts
        }
        nearest = nearest_segments(conn, number, limit=3)
    assert found == {
        str(at): set(prefixes)
        for at, prefixes in enumerate(cells)
        if any(Segment(prefix).overlaps(number) for prefix in prefixes)
    }
    near = {p for prefixes in cells for p in prefixes if shared(p, number) >= 3}
    assert list(nearest) == sorted(near, key=lambda p: (-shared(p, number), p))[:3]


@settings(max_examples=tries(200))
@given(st.lists(st.tuples(names, names), min_size=1, max_size=8))
def test_ends_are_named_by_the_shortest_then_least_spelling(
    blank: Engine, hops: list[tuple[str, str]]
) -> None:
    with blank.connect() as conn:
        load(conn, [(str(at), up, down, ["10687415"]) for at, (up, down) in enumerate(hops)])
        evidence = fetch_evidence(conn, "10687415")
    raws = {raw for hop in hops for raw in hop}

    def canonical(raw: str) -> str:
        alike = [other for other in raws if fold_name(other) == fold_name(raw)]
        return min(alike, key=lambda other: (len(other), other))

    expected = {
        str(at): (canonical(up), canonical(down))
        for at, (up, down) in enumerate(hops)
        if fold_name(up) != fold_name(down)
    }
    assert {c.contract_no: (c.upstream, c.downstream) for c in evidence.contracts} == expected
    assert set(evidence.parties) == {canonical(raw) for raw in raws}
    assert len(evidence.notes) == len(hops) - len(expected)
    for name, party in evidence.parties.items():
        assert set(party.spellings) == {raw for raw in raws if canonical(raw) == name}


def load(conn: Connection, rows: list[tuple[str, str, str, list[str]]]) -> None:
    from tracer.model.load import SourceSheet

    digest = "ab" * 32
    sheet = SourceSheet("a.csv", 0, None, digest, digest, 1, "contracts", "utf-8", 1)
    made = [
        ContractRow(
            Provenance(RecordRef("contracts", digest, "a.csv", 0, None, at, at)),
            number,
            upstream,
            downstream,
            segments=tuple(Segment(prefix, prefix) for prefix in sorted(prefixes)),
            term=Period(),
        )
        for at, (number, upstream, downstream, prefixes) in enumerate(rows, start=2)
    ]
    records.add_records(conn, sources.add_source(conn, sheet, None), made)


def test_more_names_than_one_look_up_takes(clerk: "Clerk", engine: Engine) -> None:
    count = BATCH + 10
    clerk.load("contracts", *(clerk.contract(str(n), f"上{n}", "乙") for n in range(count)))
    with engine.connect() as conn:
        evidence = fetch_evidence(conn, "10687415")
    assert len(evidence.contracts) == count
    assert len(evidence.parties) == count + 1


def test_equal_contract_numbers_elsewhere_join_nothing(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("无", "甲", "乙", days=None),
        *(clerk.contract("无", f"上{n}", f"下{n}", "10655") for n in range(300)),
    )
    with engine.connect() as conn:
        (found,) = fetch_evidence(conn, "10687415").contracts
    assert (found.term, found.conflicting) == (Period(), False)


def test_spellings_known_before_keep_their_numbers(clerk: "Clerk", engine: Engine) -> None:
    source = clerk.load("contracts", clerk.contract("1", "甲", "乙"))
    with begin_writing(engine) as conn:
        before = dict(conn.execute(select(spellings.c.raw, spellings.c.id)).all())
        book = SpellingBook(conn, source)
        book.learn(["丙", "甲", "丙", "Ｃ公司"])
        assert book["甲"] == before["甲"]
        book.close()
        book.close()
        after = conn.execute(select(spellings).order_by(spellings.c.id)).all()
        used = conn.execute(select(source_spellings.c.spelling_id)).scalars().all()
    assert [(row.raw, row.folded) for row in after[2:]] == [("丙", "丙"), ("Ｃ公司", "C公司")]
    assert sorted(used) == [1, 2, 3, 4]
    assert fold_party("Ｃ公司") == "C公司"


def test_rows_go_in_by_name_and_by_place_alike(engine: Engine) -> None:
    columns = ("at", "id", "operator")
    rows = [("2026", 7, "甲"), ("2027", 9, "o'x")]
    with begin_writing(engine) as conn:
        assert next_number(conn, deliveries) == 1
        insert_rows(conn, deliveries, columns, [])
        insert_rows(conn, deliveries, columns, rows)
        assert next_number(conn, deliveries) == 10
        placed = conn.execute(select(deliveries).order_by(deliveries.c.id)).all()
        conn.execute(text("DELETE FROM deliveries"))
        conn.execute(insert(deliveries), [dict(zip(columns, r, strict=True)) for r in rows])
        assert conn.execute(select(deliveries).order_by(deliveries.c.id)).all() == placed


def test_totals_keep_their_order_whatever_the_source(clerk: "Clerk", engine: Engine) -> None:
    totals = [
        clerk.total(up, "丁", number, row, reporter=reporter)
        for row, (number, up, reporter) in enumerate(
            [
                ("1069", "乙", None),
                ("1068", "乙", "丁"),
                ("1068", "乙", None),
                ("1068", "丙", None),
            ],
            start=2,
        )
    ]
    with begin_writing(engine) as conn:
        delivery = sources.add_delivery(conn, "甲", "2026")
        for total in totals:
            sheet = replace(clerk.sheet("routing"), sheet_no=1, sheet="日志")
            source = sources.add_source(conn, sheet, delivery)
            assert traffic.add_routing(conn, source, delivery, [clerk.batch(total)]).count == 1
        found = fetch_evidence(conn, "106").routing
    assert [(r.number, r.upstream, r.reporter) for r in found] == [
        ("1068", "丙", None),
        ("1068", "乙", None),
        ("1068", "乙", "丁"),
        ("1069", "乙", None),
    ]
    assert {(r.ref.sheet_no, r.ref.sheet) for r in found} == {(1, "日志")}
    assert all(r.ref.record_id.startswith("routing:") and "/1:" in r.ref.record_id for r in found)
