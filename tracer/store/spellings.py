"""Names as the papers spell them: each spelling once, referenced by number."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Table, bindparam, select

from tracer.model.party import fold_party
from tracer.store.copying import visible_nul
from tracer.store.tables import source_spellings, source_usccs, spellings
from tracer.store.writing import batches, check_references, insert_rows, next_number

__all__ = ["SpellingBook"]

_ASKED = 500
"""Spellings looked up at a time; older SQLite takes 999 values with a statement."""

_KNOWN = select(spellings.c.raw, spellings.c.id).where(
    spellings.c.raw.in_(bindparam("raws", expanding=True))
)


class SpellingBook:
    """The spellings one source uses, by number; new ones are written as they come.

    Parameters
    ----------
    conn : Connection
        Holds the write lock.
    source_id : int
        The source whose names are looked up.
    """

    def __init__(self, conn: Connection, source_id: int) -> None:
        self._conn = conn
        self._source_id = source_id
        self._numbers: dict[str, int] = {}
        self._codes: set[tuple[int, str]] = set()

    def learn(self, raws: Iterable[str]) -> None:
        """Find or write these spellings, so that they can be looked up; new ones in this order."""
        unknown = dict.fromkeys(raw for raw in raws if raw not in self._numbers)
        for batch in batches(unknown):
            kept = dict(zip(batch, map(self._as_kept, batch), strict=True))
            known = self._find(set(kept.values()))
            if missing := [raw for raw in dict.fromkeys(kept.values()) if raw not in known]:
                known |= self._write(missing)
            self._numbers |= {raw: known[written] for raw, written in kept.items()}

    def __getitem__(self, raw: str) -> int:
        return self._numbers[raw]

    def find(self, raw: str | None) -> int | None:
        """Give the number of a spelling that was learnt; None for none."""
        return None if raw is None else self._numbers[raw]

    def note_code(self, raw: str, uscc: str | None) -> None:
        """Remember that the source gives the party spelled so this credit code."""
        if uscc:
            self._codes.add((self._numbers[raw], uscc.upper()))

    def close(self) -> None:
        """Write which spellings and credit codes the source uses."""
        used = ((number, self._source_id) for number in sorted(set(self._numbers.values())))
        self._write_new(source_spellings, ("spelling_id", "source_id"), used)
        codes = ((number, uscc, self._source_id) for number, uscc in sorted(self._codes))
        self._write_new(source_usccs, ("spelling_id", "uscc", "source_id"), codes)

    def _as_kept(self, raw: str) -> str:
        return visible_nul(raw) if self._conn.dialect.name == "postgresql" else raw

    def _find(self, raws: Collection[str]) -> dict[str, int]:
        if self._conn.dialect.paramstyle != "qmark":
            return dict(self._conn.execute(_KNOWN, {"raws": list(raws)}).all())
        found: dict[str, int] = {}
        for asked in batches(raws, _ASKED):  # written out: half the time of a statement compiled
            marks = ", ".join("?" * len(asked))
            statement = f"SELECT raw, id FROM spellings WHERE raw IN ({marks})"  # noqa: S608 - marks
            found |= dict(self._conn.exec_driver_sql(statement, tuple(asked)).all())
        return found

    def _write(self, raws: list[str]) -> dict[str, int]:
        """Write spellings that are new, and give their numbers."""
        first = next_number(self._conn, spellings)
        rows = [(first + place, raw, fold_party(raw)) for place, raw in enumerate(raws)]
        insert_rows(self._conn, spellings, ("id", "raw", "folded"), rows)
        return {raw: number for number, raw, _ in rows}

    def _write_new(
        self,
        table: Table,
        columns: tuple[str, ...],
        rows: Iterable[tuple[int | str, ...]],
    ) -> None:
        """Insert what is not there yet: a source may be written in several goes."""
        # a trace writes nothing, and these two take longer to import than it takes to run
        from sqlalchemy.dialects import postgresql, sqlite

        module = postgresql if self._conn.dialect.name == "postgresql" else sqlite
        statement = module.insert(table).on_conflict_do_nothing()
        for batch in batches(rows):
            named = zip(columns, zip(*batch, strict=True), strict=True)
            check_references(self._conn, table, dict(named))
            self._conn.execute(statement, [dict(zip(columns, row, strict=True)) for row in batch])
