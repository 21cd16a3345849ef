"""The database itself: its schema, its soundness, what it holds."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tracer.store import check as soundness
from tracer.store.check import Soundness
from tracer.store.engine import file_of, schema_version, shown
from tracer.store.sources import list_sources
from tracer.usecases.rejects import reject_faults, rejects_folder

__all__ = ["DatabaseInfo", "check", "home_of", "info", "upgrade"]


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


def check(engine: Engine) -> Soundness:
    """Check schema, references, counts, custody log, and the files that are still there.

    A source file that is gone is a remark; a file of rejected rows that is gone is a fault, for
    nowhere else are these rows.
    """
    found = soundness.check(engine, Path())
    with engine.connect() as conn:
        faults = reject_faults(conn, rejects_folder(home_of(engine)))
    return Soundness((*found.faults, *faults), found.remarks)


def home_of(engine: Engine) -> str | None:
    """Say what the files that belong to a database are called after.

    An SQLite file has them beside it; those of a database on a server lie in the working folder.
    """
    return file_of(engine) if engine.dialect.name == "sqlite" else "tracer"


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
