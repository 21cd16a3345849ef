"""Corrected records, each in a sheet of its own that takes the place of a record.

Revision 0004. Frozen once released: it imports nothing of tracer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLACE = ("of_source_id", "row", "part")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("source_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("of_source_id", ROW_ID, nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("root_id", ROW_ID, nullable=False),
        sa.Column("event_seq", ROW_ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=f"fk_corrections_{column}_{target.partition('.')[0]}"
            )
            for column, target in (
                ("source_id", "source_sheets.id"),
                ("of_source_id", "source_sheets.id"),
                ("root_id", "source_sheets.id"),
                ("event_seq", "events.seq"),
            )
        ),
        sa.PrimaryKeyConstraint("source_id", name="pk_corrections"),
        sa.UniqueConstraint(*PLACE, name="uq_corrections_of_source_id_row_part"),
    )
    op.create_index("ix_corrections_root_id", "corrections", ["root_id"])
    op.create_index("ix_corrections_event_seq", "corrections", ["event_seq"])
    op.create_table(
        "unstated",
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.Column("spelling_id", ROW_ID, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("event_seq", ROW_ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=f"fk_unstated_{column}_{target.partition('.')[0]}"
            )
            for column, target in (
                ("source_id", "source_sheets.id"),
                ("spelling_id", "spellings.id"),
                ("event_seq", "events.seq"),
            )
        ),
        sa.PrimaryKeyConstraint("source_id", "spelling_id", "uscc", name="pk_unstated"),
    )
    op.create_index("ix_unstated_spelling_id", "unstated", ["spelling_id"])
    op.create_index("ix_unstated_event_seq", "unstated", ["event_seq"])


def downgrade() -> None:
    op.drop_table("unstated")
    op.drop_table("corrections")
