"""Rows with message ids on disk: written once as they are read, and read again for the sums.

Few ids occur twice. Their hashes, eight bytes a row, tell which may; only the rows concerned are
compared in full. Once it is known which rows are duplicates, the others can be summed.
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
    """The rows of one sheet, with their message ids.

    Parameters
    ----------
    file : pathlib.Path
        Where they are written; it must not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: Any = None
        self._sink: Any = None
        self.ids = 0

    def add(self, coded: "pa.Table") -> None:
        """Write the rows of a block: `row`, `message_hash`, `message_id` and what else is there."""
        import pyarrow as pa

        if self._writer is None:
            self._sink = pa.OSFile(str(self._file), "wb")
            self._writer = pa.ipc.new_file(self._sink, coded.schema)
        self._writer.write_table(coded)
        self.ids += coded.num_rows - coded.column("message_id").null_count

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
        self.ids = 0

    def batches(self, *columns: str) -> "Iterator[pa.RecordBatch]":
        """Give all rows, a block at a time: these columns, or all of them."""
        import pyarrow as pa

        if not self._file.exists():
            return
        with pa.OSFile(str(self._file)) as source:
            schema = pa.ipc.open_file(source).schema
            places = sorted(schema.get_field_index(name) for name in columns)
            options = pa.ipc.IpcReadOptions(included_fields=places)
            reader = pa.ipc.open_file(source, options=options)
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)

    def hashes(self) -> "Iterator[np.ndarray[Any, Any]]":
        """Give the hashes of the ids, a block at a time, without rows that have none."""
        for batch in self.batches("message_hash"):
            yield batch.column(0).drop_null().to_numpy()


def find_often_seen(files: Mapping[int, IdFile]) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Give sheet and rows of the ids whose hash is not the only one.

    Parameters
    ----------
    files : dict of int to IdFile
        By sheet.
    """
    import numpy as np

    total = sum(file.ids for file in files.values())
    bits = max(0, (total - 1) // _AT_ONCE).bit_length()
    for part in range(1 << bits):
        often = _repeated_hashes(files, part, bits, total)
        if not len(often):
            continue
        may_be = np.zeros(1 << _SLOT_BITS, dtype=np.bool_)
        may_be[_slots(often, _SLOT_BITS)] = True
        for sheet, file in files.items():
            for batch in file.batches():
                column = batch.column("message_hash")
                hashes = column.fill_null(0).to_numpy()
                places = np.flatnonzero(may_be[_slots(hashes, _SLOT_BITS)])
                places = places[np.isin(hashes[places], often)]
                if column.null_count:
                    places = places[column.is_valid().to_numpy(zero_copy_only=False)[places]]
                if len(places):
                    yield sheet, batch.take(places)


def _repeated_hashes(
    files: Mapping[int, IdFile], part: int, bits: int, total: int
) -> "np.ndarray[Any, Any]":
    """Sort the hashes whose first bits are `part`, and give those that stand side by side."""
    import numpy as np

    kept = np.empty(total if not bits else 0, dtype=np.int64)
    pieces, end = [], 0
    for file in files.values():
        for hashes in file.hashes():
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
