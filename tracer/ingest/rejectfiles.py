"""Rejected rows beyond those kept in the database: a Parquet file beside it.

Equal rows give equal bytes. A file is written under a temporary name, synced and renamed, so that
what carries its name is whole.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracer.errors import UsageError
from tracer.ingest.digests import digest_file
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.rejectfile import RejectFile

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["find_reject_fault", "read_reject_file", "write_reject_file"]

_GROUP: Final = 10_000


def _schema() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("row", pa.int64(), nullable=False),
            pa.field("column", pa.string()),
            pa.field("raw", pa.string(), nullable=False),
            pa.field("reason", pa.string(), nullable=False),
            pa.field("values", pa.string(), nullable=False),
        ]
    )


def write_reject_file(
    folder: Path, source_sha256: str, sheet_no: int, rows: Iterable[Diagnostic]
) -> RejectFile:
    """Write rejected rows, their raw text masked already, into a file of their own.

    It is called after the source's digest and sheet. A file of that name with other content (the
    source was loaded before, with other settings, and withdrawn) stays; this one gets a number.

    Parameters
    ----------
    folder : pathlib.Path
        Where the files of the database lie; made if it is missing.
    source_sha256, sheet_no : str, int
        Of the source.
    rows : iterable of Diagnostic
        In the order of their rows.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    stem = f"{source_sha256[:16]}-{sheet_no}"
    draft = folder / f"{stem}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        count = _write(draft, rows)
        digests = digest_file(draft)
        name = _settle(draft, stem, digests.sha256)
    except OSError as fault:
        detail = fault.strerror or str(fault)
        raise UsageError("unwritable", path=folder.as_posix(), detail=detail) from fault
    finally:
        with suppress(OSError):
            draft.unlink()
    return RejectFile(name, digests.sha256, digests.size, count)


def _write(file: Path, rows: Iterable[Diagnostic]) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    schema, count, stream = _schema(), 0, iter(rows)
    with file.open("wb") as out:
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            while batch := list(islice(stream, _GROUP)):
                columns = [
                    [found.row for found in batch],
                    [found.column for found in batch],
                    [found.raw for found in batch],
                    [found.reason for found in batch],
                    [_written(found) for found in batch],
                ]
                writer.write_table(pa.table(columns, schema=schema))
                count += len(batch)
        out.flush()
        os.fsync(out.fileno())
    return count


def _written(found: Diagnostic) -> str:
    return json.dumps(dict(found.values), ensure_ascii=False, sort_keys=True)


def _settle(draft: Path, stem: str, sha256: str) -> str:
    """Give the draft its name, unless a file of this very content has it."""
    number = 1
    while True:
        name = f"{stem}.parquet" if number == 1 else f"{stem}.{number}.parquet"
        target = draft.with_name(name)
        if not target.exists():
            break
        if digest_file(target).sha256 == sha256:
            return name
        number += 1
    draft.replace(target)
    _sync_folder(draft.parent)
    return name


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and need not be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def find_reject_fault(folder: Path | None, recorded: RejectFile) -> Note | None:
    """Tell what is amiss with a file of rejected rows; None if it is what was written."""
    path = recorded.name if folder is None else (folder / recorded.name).as_posix()
    values: dict[str, str | int] = {
        "path": path,
        "digest": recorded.sha256,
        "rows": recorded.rows,
    }
    try:
        if folder is not None and digest_file(folder / recorded.name).sha256 == recorded.sha256:
            return None
    except OSError:
        return Note("rejects_file_missing", values)
    return Note("rejects_file_missing" if folder is None else "rejects_file_changed", values)


def read_reject_file(file: Path) -> Iterator[Diagnostic]:
    """Read what `write_reject_file` wrote."""
    from pyarrow import parquet

    with parquet.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=_GROUP):
            columns = [column.to_pylist() for column in batch.columns]
            for row, column, raw, reason, values in zip(*columns, strict=True):
                yield Diagnostic(row, column, raw, reason, json.loads(values))
