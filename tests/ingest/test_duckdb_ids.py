from pathlib import Path

import pyarrow as pa
import pytest

from tracer.ingest import duckdb_ids
from tracer.ingest.duckdb_ids import IdFile, find_often_seen
from tracer.ingest.messageids import hash_texts


def id_file(file: Path, *blocks: list[str | None]) -> IdFile:
    made = IdFile(file)
    row = 2
    for block in blocks:
        ids = pa.array(block, pa.string())
        rows = pa.array(range(row, row + len(block)), pa.int64())
        hashes = pa.array(hash_texts(ids.fill_null("")), mask=ids.is_null().to_numpy(False))
        made.add(pa.table({"row": rows, "message_id": ids, "message_hash": hashes}))
        row += len(block)
    made.close()
    return made


def found(files: dict[int, IdFile]) -> list[tuple[int, int, str]]:
    return sorted(
        (sheet, row["row"], row["message_id"])
        for sheet, batch in find_often_seen(files)
        for row in batch.to_pylist()
    )


@pytest.mark.parametrize("at_once", [1 << 24, 3, 1])
def test_rows_whose_id_stands_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(duckdb_ids, "_AT_ONCE", at_once)
    files = {
        1: id_file(tmp_path / "1", ["a", "b", None], ["c", None, "d"]),
        2: id_file(tmp_path / "2", ["e", "c"], ["f"]),
        3: id_file(tmp_path / "3"),
        4: id_file(tmp_path / "4", ["g", "g"], ["g", None]),
    }
    expected = [(1, 5, "c"), (2, 3, "c"), (4, 2, "g"), (4, 3, "g"), (4, 4, "g")]
    assert found(files) == expected


def test_no_ids_at_all(tmp_path: Path) -> None:
    assert found({}) == []
    assert found({1: id_file(tmp_path / "1", [None, None])}) == []


def test_what_is_removed_leaves_nothing(tmp_path: Path) -> None:
    file = id_file(tmp_path / "1", ["a", "a"])
    file.remove()
    file.remove()
    assert not list(tmp_path.iterdir())
    assert found({1: file}) == []
