"""Bringing a schema up to date with Alembic, whose set-up is made here and not in a file."""

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from tracer.errors import IntegrityError, UsageError
from tracer.store.engine import HEAD, REVISIONS, begin_writing, schema_version, shown

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["alembic_config", "migrations_folder", "schema_differences", "upgrade"]


def migrations_folder(package: Path | None = None) -> Path:
    """Find the migrations: in the package where it was installed, beside it in a checkout.

    Parameters
    ----------
    package : Path, optional
        The folder of the package `tracer`; this one's by default.
    """
    home = package or Path(__file__).resolve().parent.parent
    installed = home / "migrations"
    return installed if (installed / "env.py").is_file() else home.parent / "migrations"


def alembic_config(connection: Connection | None = None) -> "Config":
    """Set Alembic up for the connection it is to work on."""
    from alembic.config import Config

    # Alembic would keep the stream that stood there when it was imported, closed or not by now
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Bring the schema of a database to the newest revision, in one transaction.

    Returns
    -------
    tuple of (str or None, str)
        The revision before (None: there was no schema), and the one now.

    Raises
    ------
    UsageError
        If its schema is not one this program knows, or it holds other tables.
    IntegrityError
        If rows would refer to rows that are not there; the database is left as it was.
    """
    version = schema_version(engine)
    if version == HEAD:
        return HEAD, HEAD
    if version is not None and version not in REVISIONS:
        raise UsageError("db_newer", database=shown(engine), version=version, head=HEAD)
    if engine.dialect.name == "sqlite":
        _upgrade_sqlite(engine)
    else:
        with begin_writing(engine) as conn:
            _run(conn)
    return version, HEAD


def _upgrade_sqlite(engine: Engine) -> None:
    options = {"tracer_begin": "BEGIN IMMEDIATE"}
    with engine.connect().execution_options(**options) as conn:
        driver = conn.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        # Neither pragma has effect inside a transaction. A batch migration makes a table anew
        # and drops the old one, which enforced foreign keys would forbid.
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with conn.begin():
                _run(conn)
                broken = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise IntegrityError("db_broken_reference", database=shown(engine))
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _run(conn: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(conn), "head")


def schema_differences(conn: Connection) -> tuple[str, ...]:
    """Compare the schema of a database with the tables of this program.

    Returns
    -------
    tuple of str
        One line per difference, as Alembic puts it; empty when there is none.
    """
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from tracer.store.record_tables import metadata

    context = MigrationContext.configure(conn, opts={"compare_type": True})
    return tuple(sorted(repr(found) for found in compare_metadata(context, metadata)))
