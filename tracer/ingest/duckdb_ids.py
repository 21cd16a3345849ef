"""Message ids on disk: written once as they are read, and looked up again for a few rows.

Few ids occur twice. Their hashes, eight bytes a row, tell which may; only the rows concerned are
compared in full.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["IdFile", "find_often_seen"]

_AT_ONCE: Final = 1 << 24
"""Hashes sorted in memory at a time."""
_SLOT_BITS: Final = 20


class IdFile:
    """The message ids of one sheet, by physical row.

    Parameters
    ----------
    file : pathlib.Path
        Where they are written; it must not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: Any = None
        self._sink: Any = None
        self.rows = 0

    def add(self, rows: "pa.Array", hashes: "pa.Array", ids: "pa.Array") -> None:
        """Write the ids of a block, with their hashes; rows without one are left out."""
        import pyarrow as pa

        if ids.null_count:
            is_there = ids.is_valid()
            rows, hashes, ids = (item.filter(is_there) for item in (rows, hashes, ids))
        batch = pa.record_batch([rows, hashes, ids], names=["row", "hash", "message_id"])
        if self._writer is None:
            self._sink = pa.OSFile(str(self._file), "wb")
            self._writer = pa.ipc.new_file(self._sink, batch.schema)
        self._writer.write_batch(batch)
        self.rows += len(rows)

    def close(self) -> None:
        """End writing; ids can be looked up from now on."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.close()
            finally:
                self._sink.close()

    def remove(self) -> None:
        """Throw the ids away."""
        with suppress(OSError):  # what a full disk kept from being written is not wanted
            self.close()
        self._file.unlink(missing_ok=True)
        self.rows = 0

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """Give `row`, `hash` and `message_id` of all rows; they lie in the file, not in memory."""
        import pyarrow as pa

        if not self.rows:
            return
        with pa.memory_map(str(self._file)) as source, pa.ipc.open_file(source) as reader:
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)


def find_often_seen(files: Mapping[int, IdFile]) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Give sheet, and `row` and `message_id`, of the rows whose hash is not the only one.

    Parameters
    ----------
    files : dict of int to IdFile
        By sheet.
    """
    import numpy as np

    total = sum(file.rows for file in files.values())
    bits = max(0, (total - 1) // _AT_ONCE).bit_length()
    for part in range(1 << bits):
        often = _repeated_hashes(files, part, bits, total)
        if not len(often):
            continue
        may_be = np.zeros(1 << _SLOT_BITS, dtype=np.bool_)
        may_be[_slots(often, _SLOT_BITS)] = True
        for sheet, file in files.items():
            for batch in file.batches():
                hashes = batch.column("hash").to_numpy()
                places = np.flatnonzero(may_be[_slots(hashes, _SLOT_BITS)])
                places = places[np.isin(hashes[places], often)]
                if len(places):
                    yield sheet, batch.select(["row", "message_id"]).take(places)


def _repeated_hashes(
    files: Mapping[int, IdFile], part: int, bits: int, total: int
) -> "np.ndarray[Any, Any]":
    """Sort the hashes whose first bits are `part`, and give those that stand side by side."""
    import numpy as np

    kept = np.empty(total if not bits else 0, dtype=np.int64)
    pieces, end = [], 0
    for file in files.values():
        for batch in file.batches():
            hashes = batch.column("hash").to_numpy()
            if bits:
                pieces.append(hashes[_slots(hashes, bits) == part])
            else:
                kept[end : end + len(hashes)] = hashes
                end += len(hashes)
    if bits:
        kept = np.concatenate(pieces)
    kept.sort()
    return np.unique(kept[1:][kept[1:] == kept[:-1]])


def _slots(hashes: "np.ndarray[Any, Any]", bits: int) -> "np.ndarray[Any, Any]":
    import numpy as np

    return (hashes.view(np.uint64) >> np.uint64(64 - bits)).view(np.int64)
