"""Alembic's environment: the tables of `tracer.store` are what migrations lead to.

The program hands over a connection (`tracer.store.upgrade`). For developers, `alembic check` and
`alembic revision --autogenerate` work on a database in memory that every revision so far has
been applied to: they need no database of their own, and cannot touch one.
"""

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from tracer.store.engine import plain_engine
from tracer.store.record_tables import metadata


def migrate(connection: Connection) -> None:
    """Run what Alembic was asked for on this connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def apply_all(connection: Connection) -> None:
    """Apply every revision, oldest first."""
    migration = MigrationContext.configure(connection)
    with Operations.context(migration):
        for revision in reversed(list(context.script.walk_revisions())):
            revision.module.upgrade()
    migration.stamp(context.script, "head")


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with plain_engine("sqlite://").begin() as blank:
        apply_all(blank)
        migrate(blank)
