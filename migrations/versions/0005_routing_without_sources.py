"""Totals of logs are no longer looked up by their source: an index less to make for millions.

Revision 0005. Frozen once released: it imports nothing of tracer.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_routing_source_id", "routing")


def downgrade() -> None:
    op.create_index("ix_routing_source_id", "routing", ["source_id"])
