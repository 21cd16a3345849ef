"""Rows of contract tables that could not be loaded, by the parties they name.

What a finding says of a contract that is not on record may be in one of them. Only those are
looked at that stand in the database: of a source, the first `rejects.REJECTS_KEPT`.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select

from tracer.model.particulars import RefusedRow
from tracer.model.party import fold_party
from tracer.store.among import among
from tracer.store.identities import identify
from tracer.store.tables import (
    rejected_rows,
    retractions,
    source_files,
    source_sheets,
    source_usccs,
    spellings,
)

__all__ = ["read_refused"]

_BETWEEN_CELLS: Final = " | "
_REFUSED: Final = (
    select(source_files.c.path, source_sheets.c.sheet, rejected_rows.c.row, rejected_rows.c.raw)
    .join(source_sheets, rejected_rows.c.source_id == source_sheets.c.id)
    .join(source_files, source_sheets.c.file_id == source_files.c.id)
    .outerjoin(retractions, retractions.c.source_id == source_sheets.c.id)
    .where(retractions.c.source_id.is_(None), source_sheets.c.input_table == "contracts")
)
_NAMED: Final = select(spellings.c.folded, spellings.c.id).where(among(spellings.c.folded, "texts"))
_CODED: Final = select(source_usccs.c.uscc, source_usccs.c.spelling_id).where(
    among(source_usccs.c.uscc, "texts")
)


def read_refused(conn: Connection) -> Mapping[str, tuple[RefusedRow, ...]]:
    """Read the refused rows of contract tables that count, by canonical name, in order.

    A row names a party where a cell of it is one of its names on record, or its credit code.
    """
    rows: dict[str, set[RefusedRow]] = defaultdict(set)
    for path, sheet, row, raw in conn.execute(_REFUSED):
        refused = RefusedRow(path, sheet or "", row)
        for cell in raw.split(_BETWEEN_CELLS):
            if folded := fold_party(cell):
                rows[folded].add(refused)
    if not rows:
        return {}
    texts = {"texts": sorted(rows)}
    met = {
        (text, spelling) for ask in (_NAMED, _CODED) for text, spelling in conn.execute(ask, texts)
    }
    names = identify(conn, {spelling for _, spelling in met}).names
    found: dict[str, set[RefusedRow]] = defaultdict(set)
    for text, spelling in met:
        if spelling in names:
            found[names[spelling]] |= rows[text]
    return {name: tuple(sorted(found[name])) for name in sorted(found)}
