"""Routing totals written by the million, and rejected rows kept in files beside the database.

Revision 0002. Times of routing become microseconds, since 1970-01-01T00:00 of the case's local
time; the indexes no look-up uses go. Frozen once released: it imports nothing of tracer.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Time = sa.types.TypeEngine[Any]

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DIGITS = sa.String(20).with_variant(sa.String(20, collation="C"), "postgresql")
DIGEST = sa.String(64)

UNUSED = (("delivery_id",), ("upstream_id",), ("reporter_id",))
KEPT = (("downstream_id",), ("number", "day"))
COLUMNS = (
    "id, source_id, row, last_row, part, delivery_id, upstream_id, downstream_id, number, day,"
    " reporter_id, account, messages, blocked, parts, unit, rows_summed"
)

# A text is 2023-07-05T10:00:00 or 2023-07-05T10:00:00.123456.
MICROSECONDS = {
    "sqlite": (
        "CAST(strftime('%s', substr({0}, 1, 19)) AS INTEGER) * 1000000"
        " + CAST(substr(substr({0}, 21) || '000000', 1, 6) AS INTEGER)"
    ),
    "postgresql": "(extract(epoch FROM CAST({0} AS timestamp)) * 1000000)::bigint",
}
# The remainder is made positive first: a time before 1970 counts back from its second.
TEXT = {
    "sqlite": (
        "strftime('%Y-%m-%dT%H:%M:%S',"
        " ({0} - (({0} % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch')"
        " || CASE WHEN {0} % 1000000 = 0 THEN ''"
        " ELSE printf('.%06d', (({0} % 1000000) + 1000000) % 1000000) END"
    ),
    "postgresql": (
        "to_char(timestamp '1970-01-01' + {0} * interval '1 microsecond',"
        " CASE WHEN mod({0}, 1000000) = 0 THEN 'YYYY-MM-DD\"T\"HH24:MI:SS'"
        " ELSE 'YYYY-MM-DD\"T\"HH24:MI:SS.US' END)"
    ),
}


def upgrade() -> None:
    op.drop_index("ix_contracts_upstream_id", "contracts")
    op.create_table(
        "rejected_files",
        sa.Column("source_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_rejected_files"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source_sheets.id"], name="fk_rejected_files_source_id_source_sheets"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        rebuild_routing(sa.BigInteger(), MICROSECONDS["sqlite"])
        create_indexes((*KEPT, ("source_id",)))
        return
    for columns in UNUSED:
        op.drop_index(index_name(columns), "routing")
    op.drop_constraint("uq_routing_source_id_row_part", "routing")
    change_times(sa.String(32), sa.BigInteger(), MICROSECONDS["postgresql"])
    create_indexes((("source_id",),))


def downgrade() -> None:
    op.create_index("ix_contracts_upstream_id", "contracts", ["upstream_id"])
    op.drop_table("rejected_files")
    unique = sa.UniqueConstraint("source_id", "row", "part", name="uq_routing_source_id_row_part")
    if op.get_bind().dialect.name == "sqlite":
        rebuild_routing(sa.String(32), TEXT["sqlite"], unique)
        create_indexes((*KEPT, *UNUSED))
        return
    op.drop_index(index_name(("source_id",)), "routing")
    change_times(sa.BigInteger(), sa.String(32), TEXT["postgresql"])
    op.create_unique_constraint(str(unique.name), "routing", ["source_id", "row", "part"])
    create_indexes(UNUSED)


def rebuild_routing(time: Time, expression: str, *constraints: SchemaItem) -> None:
    """Make the table anew and move its rows over: SQLite can change neither type nor constraint."""
    op.rename_table("routing", "routing_before")
    op.create_table("routing", *routing_columns(time), *references(), *constraints)
    first, last = expression.format("first_at"), expression.format("last_at")
    op.execute(
        sa.text(
            f"INSERT INTO routing ({COLUMNS}, first_at, last_at)"  # noqa: S608 - words of ours
            f" SELECT {COLUMNS}, {escaped(first)}, {escaped(last)} FROM routing_before ORDER BY id"
        )
    )
    op.drop_table("routing_before")


def change_times(old: Time, new: Time, expression: str) -> None:
    """Change the type of both times in place."""
    for column in ("first_at", "last_at"):
        op.alter_column(
            "routing",
            column,
            existing_type=old,
            existing_nullable=True,
            type_=new,
            postgresql_using=expression.format(column),
        )


def escaped(expression: str) -> str:
    """Keep the colons of a time format from being taken for parameters."""
    return expression.replace(":", "\\:")


def index_name(columns: tuple[str, ...]) -> str:
    return f"ix_routing_{'_'.join(columns)}"


def create_indexes(indexes: tuple[tuple[str, ...], ...]) -> None:
    for columns in indexes:
        op.create_index(index_name(columns), "routing", list(columns))


def routing_columns(time: Time) -> list[SchemaItem]:
    return [
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("last_row", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("delivery_id", ROW_ID, nullable=False),
        sa.Column("upstream_id", ROW_ID, nullable=False),
        sa.Column("downstream_id", ROW_ID, nullable=False),
        sa.Column("number", DIGITS, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reporter_id", ROW_ID),
        sa.Column("account", sa.Text()),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("blocked", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.BigInteger()),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.Column("rows_summed", sa.BigInteger(), nullable=False),
        sa.Column("first_at", time),
        sa.Column("last_at", time),
    ]


def references() -> list[SchemaItem]:
    targets = {
        "source_id": "source_sheets",
        "delivery_id": "deliveries",
        "upstream_id": "spellings",
        "downstream_id": "spellings",
        "reporter_id": "spellings",
    }
    return [
        sa.PrimaryKeyConstraint("id", name="pk_routing"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_routing_{column}_{table}")
            for column, table in targets.items()
        ),
    ]
