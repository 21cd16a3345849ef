"""Contracts that name no segment are looked up by their downstream.

Revision 0003, after 0002. Frozen once released: it says what the schema was, so it imports nothing
of tracer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX = "ix_contracts_unsegmented"


def upgrade() -> None:
    replace_index("downstream_id", "upstream_id")


def downgrade() -> None:
    replace_index("upstream_id", "downstream_id")


def replace_index(*columns: str) -> None:
    op.drop_index(INDEX, "contracts")
    op.create_index(INDEX, "contracts", list(columns), sqlite_where=sa.text("segment_count = 0"))
