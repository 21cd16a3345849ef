"""Allocations looked up by digits, against a look at each."""

import hypothesis.strategies as st
from hypothesis import given

from tracer.model.evidence import Allocation, Contract
from tracer.model.period import ALL_DAYS
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.rules.allocations import Allocations, coded_pieces

digits = st.text("01", min_size=3, max_size=7)


def ref(row: int) -> RecordRef:
    return RecordRef("allocations", "ab" * 32, "allocations.csv", 0, None, row, row)


def rows(found: list[Allocation]) -> list[int]:
    return sorted(allocation.ref.row for allocation in found)


@given(st.lists(digits, max_size=8), digits)
def test_what_covers_and_what_overlaps(prefixes: list[str], asked: str) -> None:
    records = [Allocation(ref(n), Segment(p), "甲", ALL_DAYS) for n, p in enumerate(prefixes)]
    index = Allocations(reversed(records))
    assert rows(index.covering(asked)) == rows([a for a in records if a.segment.covers(asked)])
    assert rows(index.overlapping(asked)) == rows([a for a in records if a.segment.overlaps(asked)])
    by_segment = list(index.by_segment())
    assert [prefix for prefix, _ in by_segment] == sorted(set(prefixes))
    assert rows([a for _, found in by_segment for a in found]) == rows(records)
    assert all(a.segment.prefix == prefix for prefix, found in by_segment for a in found)


def test_pieces_of_a_contract_lie_in_the_scope() -> None:
    segments = tuple(map(Segment, ("1069", "10690001", "1069000101", "1069000201", "10690002")))
    contract = Contract(ref(2), "HT", "A", "B", segments, ALL_DAYS)
    assert coded_pieces(contract, "10690001") == ["10690001", "1069000101"]
    assert coded_pieces(contract, "106900010") == ["106900010", "1069000101"]
    assert coded_pieces(contract, "10690003") == []
    assert coded_pieces(contract, "106") == sorted(s.prefix for s in segments)
