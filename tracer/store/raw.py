"""What the cells of records read, as the papers have them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, select

from tracer.model.source import RecordRef
from tracer.store.among import among
from tracer.store.record_tables import RECORD_TABLES
from tracer.store.tables import source_files, source_sheets

__all__ = ["raw_cells"]

_ROUTING: Final = "routing"


def raw_cells(conn: Connection, refs: Iterable[RecordRef]) -> Mapping[RecordRef, str]:
    """Give the cells of some records of the paper lane, as JSON, personal data masked.

    A routing total has none: its rows stay in the log.
    """
    wanted: dict[str, set[RecordRef]] = defaultdict(set)
    for ref in refs:
        if ref.table != _ROUTING:
            wanted[ref.table].add(ref)
    found: dict[RecordRef, str] = {}
    for name, asked in sorted(wanted.items()):
        table = RECORD_TABLES[name]
        places = {(ref.digest, ref.path, ref.sheet_no, ref.row, ref.part): ref for ref in asked}
        rows = conn.execute(
            select(
                source_files.c.sha256,
                source_files.c.path,
                source_sheets.c.sheet_no,
                table.c.row,
                table.c.part,
                table.c.raw,
            )
            .join(source_sheets, table.c.source_id == source_sheets.c.id)
            .join(source_files, source_sheets.c.file_id == source_files.c.id)
            .where(among(source_files.c.sha256, "digests"))
            .where(among(table.c.row, "rows")),
            {
                "digests": sorted({ref.digest for ref in asked}),
                "rows": sorted({ref.row for ref in asked}),
            },
        )
        for *place, raw in rows:
            wanted_ref = places.get(tuple(place))
            if wanted_ref is not None:
                found[wanted_ref] = raw
    return found
