"""The database itself: its schema, its soundness, what it holds."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tracer.model.diagnostic import Note
from tracer.store import check as soundness
from tracer.store.engine import schema_version, shown
from tracer.store.sources import list_sources

__all__ = ["DatabaseInfo", "check", "info", "upgrade"]


@dataclass(frozen=True, slots=True)
class DatabaseInfo:
    """What a database is and holds.

    Parameters
    ----------
    url : str
        Without password.
    dialect : str
        `sqlite` ….
    schema : str or None
        Version of its tables; None when there are none.
    counts : tuple of (str, int)
        By input table, the rows loaded from sources that stand.
    """

    url: str
    dialect: str
    schema: str | None
    counts: tuple[tuple[str, int], ...]


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Bring the schema to the newest version; give the version before and after."""
    from tracer.store.upgrade import upgrade as bring_up

    return bring_up(engine)


def check(engine: Engine) -> tuple[Note, ...]:
    """Check schema, references, counts, custody log and the source files that are still there."""
    return soundness.check(engine, Path())


def info(engine: Engine) -> DatabaseInfo:
    """Describe a database."""
    schema = schema_version(engine)
    counts: Counter[str] = Counter()
    if schema is not None:
        with engine.connect() as conn:
            for entry in list_sources(conn):
                if entry.retraction is None:
                    counts[entry.sheet.table] += entry.report.loaded
    return DatabaseInfo(shown(engine), engine.dialect.name, schema, tuple(sorted(counts.items())))
