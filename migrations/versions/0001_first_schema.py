"""The first schema: custody, spellings, and a table per input table.

Revision 0001. Frozen once released: it says what the schema was, so it imports nothing of tracer.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DIGITS = sa.String(20).with_variant(sa.String(20, collation="C"), "postgresql")
DIGEST = sa.String(64)


def number(name: str = "id") -> "sa.Column[int]":
    return sa.Column(name, ROW_ID, autoincrement=False, nullable=False)


def reference(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, ROW_ID, nullable=nullable)


def day(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Date())


def words(name: str, *, nullable: bool = True) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def create(
    name: str,
    *columns: SchemaItem,
    key: tuple[str, ...] = ("id",),
    refers: dict[str, str] | None = None,
    unique: tuple[str, ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
    with_rowid: bool = True,
) -> None:
    """Create a table with its named constraints and indexes."""
    constraints: list[SchemaItem] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")]
    for column, target in (refers or {}).items():
        table = target.partition(".")[0]
        constraints.append(
            sa.ForeignKeyConstraint([column], [target], name=f"fk_{name}_{column}_{table}")
        )
    if unique:
        constraints.append(sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"))
    op.create_table(name, *columns, *constraints, sqlite_with_rowid=with_rowid)
    for index in indexes:
        op.create_index(f"ix_{name}_{'_'.join(index)}", name, list(index))


def create_records(
    name: str,
    *columns: SchemaItem,
    parties: tuple[str, ...],
    indexes: tuple[tuple[str, ...], ...] = (),
) -> None:
    """Create a table of the paper lane; its party columns are among `columns`."""
    create(
        name,
        number(),
        reference("source_id"),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        words("raw", nullable=False),
        reference("document_id", nullable=True),
        words("page"),
        words("obtained_from"),
        day("obtained_on"),
        *columns,
        refers={
            "source_id": "source_sheets.id",
            "document_id": "documents.id",
            **dict.fromkeys(parties, "spellings.id"),
        },
        unique=("source_id", "row", "part"),
        indexes=(*((party,) for party in parties), *indexes),
    )


def create_segments(name: str, owner: str, column: str) -> None:
    """Create the table of the segments that the rows of a table name."""
    create(
        name,
        reference(column),
        sa.Column("prefix", DIGITS, nullable=False),
        words("stated", nullable=False),
        key=(column, "prefix"),
        refers={column: f"{owner}.id"},
        indexes=(("prefix", column),),
        with_rowid=False,
    )


def upgrade() -> None:
    create_custody()
    create_register()
    create_contracts()
    create_routing()
    create_other_papers()


def create_custody() -> None:
    """Create what keeps custody: spellings, events, deliveries, sources, documents, rejects."""
    create(
        "spellings",
        number(),
        words("raw", nullable=False),
        words("folded", nullable=False),
        unique=("raw",),
        indexes=(("folded",),),
    )
    create(
        "events",
        number("seq"),
        sa.Column("at", sa.String(40), nullable=False),
        words("operator", nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        words("params", nullable=False),
        sa.Column("previous", DIGEST, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        key=("seq",),
        indexes=(("action",),),
    )
    create(
        "deliveries",
        number(),
        words("operator", nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    create(
        "source_files",
        number(),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("sm3", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        words("path", nullable=False),
        unique=("sha256", "path"),
    )
    create(
        "source_sheets",
        number(),
        reference("file_id"),
        sa.Column("sheet_no", sa.Integer(), nullable=False),
        words("sheet"),
        sa.Column("input_table", sa.String(20), nullable=False),
        sa.Column("encoding", sa.String(40)),
        sa.Column("header_row", sa.Integer(), nullable=False),
        words("settings", nullable=False),
        reference("delivery_id", nullable=True),
        refers={"file_id": "source_files.id", "delivery_id": "deliveries.id"},
        indexes=(("file_id",), ("delivery_id",)),
    )
    create(
        "source_totals",
        number("source_id"),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("rows_loaded", sa.BigInteger(), nullable=False),
        sa.Column("rows_rejected", sa.BigInteger(), nullable=False),
        sa.Column("rows_duplicate", sa.BigInteger(), nullable=False),
        words("notes", nullable=False),
        key=("source_id",),
        refers={"source_id": "source_sheets.id"},
    )
    create(
        "retractions",
        number("source_id"),
        reference("event_seq"),
        key=("source_id",),
        refers={"source_id": "source_sheets.id", "event_seq": "events.seq"},
        indexes=(("event_seq",),),
    )
    create(
        "source_spellings",
        reference("spelling_id"),
        reference("source_id"),
        key=("spelling_id", "source_id"),
        refers={"spelling_id": "spellings.id", "source_id": "source_sheets.id"},
        indexes=(("source_id",),),
        with_rowid=False,
    )
    create(
        "source_usccs",
        reference("spelling_id"),
        sa.Column("uscc", sa.String(18), nullable=False),
        reference("source_id"),
        key=("spelling_id", "uscc", "source_id"),
        refers={"spelling_id": "spellings.id", "source_id": "source_sheets.id"},
        indexes=(("source_id",), ("uscc",)),
        with_rowid=False,
    )
    create(
        "documents",
        number(),
        words("path", nullable=False),
        sa.Column("sha256", DIGEST),
        sa.Column("sm3", DIGEST),
        sa.Column("size", sa.BigInteger()),
        indexes=(("path",),),
    )
    create(
        "rejected_rows",
        number(),
        reference("source_id"),
        sa.Column("row", sa.BigInteger(), nullable=False),
        words("printed_column"),
        words("raw", nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        words("reason_values", nullable=False),
        refers={"source_id": "source_sheets.id"},
        indexes=(("source_id",),),
    )


def create_register() -> None:
    """Create what tells who is who: parties, allocations, accounts."""
    create_records(
        "parties",
        reference("name_id"),
        sa.Column("uscc", sa.String(18)),
        words("former_names", nullable=False),
        words("kind"),
        words("legal_representative"),
        words("address"),
        words("phone"),
        words("licence_no"),
        day("licence_first"),
        day("licence_last"),
        sa.Column("has_licence_column", sa.Boolean(), nullable=False),
        words("status"),
        words("role"),
        parties=("name_id",),
    )
    create_records(
        "allocations",
        reference("holder_id"),
        sa.Column("holder_uscc", sa.String(18)),
        words("authority"),
        words("certificate_no"),
        words("purpose"),
        words("region"),
        day("term_first"),
        day("term_last"),
        words("source_ref"),
        parties=("holder_id",),
    )
    create_segments("allocation_segments", "allocations", "allocation_id")
    create_records(
        "accounts",
        reference("platform_id"),
        words("account", nullable=False),
        reference("party_id"),
        words("appends"),
        day("term_first"),
        day("term_last"),
        parties=("platform_id", "party_id"),
    )


def create_contracts() -> None:
    """Create the contracts and their segments."""
    create_records(
        "contracts",
        words("contract_no", nullable=False),
        words("contract_key", nullable=False),
        reference("upstream_id"),
        reference("downstream_id"),
        sa.Column("upstream_uscc", sa.String(18)),
        sa.Column("downstream_uscc", sa.String(18)),
        sa.Column("segment_count", sa.Integer(), nullable=False),
        words("title"),
        words("kind"),
        words("right_granted"),
        day("signed_on"),
        day("valid_from"),
        day("valid_to"),
        day("terminated_on"),
        sa.Column("renews", sa.Boolean()),
        day("term_first"),
        day("term_last"),
        sa.Column("start_stated", sa.Boolean(), nullable=False),
        sa.Column("end_stated", sa.Boolean(), nullable=False),
        sa.Column("unit_price", sa.BigInteger()),
        words("unit_price_raw"),
        sa.Column("sublease_clause", sa.String(20)),
        words("approval_no"),
        words("amends"),
        words("region"),
        words("purpose"),
        words("source_ref"),
        parties=("upstream_id", "downstream_id"),
        indexes=(("contract_key", "upstream_id"),),
    )
    unsegmented = sa.text("segment_count = 0")
    op.create_index(
        "ix_contracts_unsegmented",
        "contracts",
        ["upstream_id", "downstream_id"],
        sqlite_where=unsegmented,
    )
    create_segments("contract_segments", "contracts", "contract_id")


def create_routing() -> None:
    """Create the totals of the log lane."""
    create(
        "routing",
        number(),
        reference("source_id"),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("last_row", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        reference("delivery_id"),
        reference("upstream_id"),
        reference("downstream_id"),
        sa.Column("number", DIGITS, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        reference("reporter_id", nullable=True),
        words("account"),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("blocked", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.BigInteger()),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.Column("rows_summed", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.String(32)),
        sa.Column("last_at", sa.String(32)),
        refers={
            "source_id": "source_sheets.id",
            "delivery_id": "deliveries.id",
            "upstream_id": "spellings.id",
            "downstream_id": "spellings.id",
            "reporter_id": "spellings.id",
        },
        unique=("source_id", "row", "part"),
        indexes=(
            ("delivery_id",),
            ("upstream_id",),
            ("downstream_id",),
            ("reporter_id",),
            ("number", "day"),
        ),
    )


def create_other_papers() -> None:
    """Create incidents, checks, openings, payments, relations."""
    create_records(
        "incidents",
        sa.Column("number", DIGITS, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        words("victim"),
        sa.Column("victim_hash", DIGEST),
        words("recipient"),
        sa.Column("recipient_hash", DIGEST),
        sa.Column("loss", sa.BigInteger()),
        words("content"),
        words("case_no"),
        sa.Column("reported_at", sa.String(32)),
        reference("notified_party_id", nullable=True),
        day("notified_on"),
        parties=("notified_party_id",),
        indexes=(("number",),),
    )
    create_records(
        "checks",
        reference("upstream_id"),
        reference("downstream_id"),
        sa.Column("kind", sa.String(20), nullable=False),
        day("done_on"),
        words("result"),
        words("source_ref"),
        parties=("upstream_id", "downstream_id"),
    )
    create_records(
        "openings",
        reference("carrier_id"),
        reference("user_id"),
        day("opened_on"),
        day("closed_on"),
        words("purpose"),
        words("region"),
        parties=("carrier_id", "user_id"),
    )
    create_segments("opening_segments", "openings", "opening_id")
    create_records(
        "payments",
        reference("payer_id"),
        reference("payee_id"),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        day("period_first"),
        day("period_last"),
        sa.Column("messages", sa.BigInteger()),
        words("contract_no"),
        words("source_ref"),
        parties=("payer_id", "payee_id"),
    )
    create_records(
        "relations",
        reference("party_a_id"),
        reference("party_b_id"),
        words("kind", nullable=False),
        words("share"),
        day("term_first"),
        day("term_last"),
        words("source_ref"),
        parties=("party_a_id", "party_b_id"),
    )


def downgrade() -> None:
    # Leaf tables first; evidence is never dropped by the program itself.
    for name in (
        "relations",
        "payments",
        "opening_segments",
        "openings",
        "checks",
        "incidents",
        "routing",
        "contract_segments",
        "contracts",
        "accounts",
        "allocation_segments",
        "allocations",
        "parties",
        "rejected_rows",
        "documents",
        "source_usccs",
        "source_spellings",
        "retractions",
        "source_totals",
        "source_sheets",
        "source_files",
        "deliveries",
        "events",
        "spellings",
    ):
        op.drop_table(name)
