from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import duckdb_parts
from tracer.ingest.duckdb_ids import IdFile
from tracer.ingest.duckdb_parts import join_kept, join_rows
from tracer.ingest.logschema import PARTS

KEYS = ("moment", "source", "hop", "amount", "status", "reporter")
ROWS = st.lists(
    st.tuples(
        st.tuples(*(st.integers(0, 2) for _ in KEYS[:-1]), st.sampled_from([7, 2**31 - 1])),
        st.integers(0, 86_399_999_999),
        st.booleans(),
    ),
    max_size=40,
)


def coded(rows: list[Any], first: int = 2) -> pa.Table:
    columns = {
        name: pa.array([keys[place] for keys, _, _ in rows], pa.int32())
        for place, name in enumerate(KEYS)
    }
    columns["row"] = pa.array(range(first, first + len(rows)), pa.int64())
    columns["past"] = pa.array([past for _, past, _ in rows], pa.int64())
    columns["suspect"] = pa.array([suspect for _, _, suspect in rows], pa.bool_())
    columns["message_id"] = pa.array([None] * len(rows), pa.string())
    return pa.table(columns)


def expected(rows: list[Any], first: int = 2, without: frozenset[int] = frozenset()) -> Any:
    groups = defaultdict(list)
    for row, (keys, past, suspect) in enumerate(rows, start=first):
        if not suspect and row not in without:
            groups[keys].append((row, past))
    return {
        (
            *keys,
            len(found),
            min(row for row, _ in found),
            max(row for row, _ in found),
            min(past for _, past in found),
            max(past for _, past in found),
        )
        for keys, found in groups.items()
    }


def tuples(table: pa.Table) -> list[tuple[int, ...]]:
    return [tuple(row[name] for name in PARTS) for row in table.to_pylist()]


@given(ROWS)
def test_rows_with_the_same_keys_become_one(rows: list[Any]) -> None:
    wanted = ~np.array([suspect for _, _, suspect in rows], dtype=np.bool_)
    for most in (1 << 62, 1 << 31):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(duckdb_parts, "_MOST_SLOTS", most)
            found = tuples(join_rows(coded(rows), wanted))
        assert len(found) == len(set(found))
        assert set(found) == expected(rows)


def test_duplicates_and_suspects_stay_out(tmp_path: Path) -> None:
    keys = (1, 2, 3, 4, 0, 0)
    first = [(keys, 5, False), (keys, 3, False), (keys, 9, True), (keys, 1, False)]
    second = [(keys, 7, False), (keys, 8, False)]
    ids = IdFile(tmp_path / "ids")
    ids.add(coded(first))
    ids.add(coded(second, first=10))
    ids.close()
    one, other = join_kept(ids, np.array([5, 10]))
    assert tuples(one) == [(*keys, 2, 2, 3, 3, 5)]
    assert tuples(other) == [(*keys, 1, 11, 11, 8, 8)]
    assert sum(part.num_rows for part in join_kept(ids, np.array([2, 3, 5, 10, 11]))) == 0
    ids.remove()
    assert list(join_kept(ids, np.array([], dtype=np.int64))) == []
