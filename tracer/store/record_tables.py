"""The tables of the records: one per input table, and one for the segments of three of them.

Every row says where it stands (source sheet, row, part), what its cells read (`raw`, JSON), and
holds the typed values beside. Names stand in `spellings` and are referenced; money is in
millionths of a yuan; a term is `term_first` … `term_last`, NULL where open.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from tracer.store.tables import DIGITS, ROW_ID, metadata

__all__ = [
    "RECORD_TABLES",
    "accounts",
    "allocation_segments",
    "allocations",
    "checks",
    "contract_segments",
    "contracts",
    "incidents",
    "metadata",
    "opening_segments",
    "openings",
    "parties",
    "payments",
    "relations",
    "routing",
]


def _record_table(name: str, *columns: SchemaItem) -> Table:
    """Make a table of the paper lane: where the record stands, then what it says."""
    return Table(
        name,
        metadata,
        Column("id", ROW_ID, primary_key=True, autoincrement=False),
        Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), nullable=False),
        Column("row", BigInteger, nullable=False),
        Column("part", String(20), nullable=False),
        Column("raw", Text, nullable=False),
        Column("document_id", ROW_ID, ForeignKey("documents.id")),
        Column("page", Text),
        Column("obtained_from", Text),
        Column("obtained_on", Date),
        *columns,
        UniqueConstraint("source_id", "row", "part"),
    )


def _party(name: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    """Make a column that holds a party: a name as the papers spell it."""
    return Column(name, ROW_ID, ForeignKey("spellings.id"), nullable=nullable, index=index)


def _segment_table(name: str, owner: Table, column: str) -> Table:
    """Make the table of the segments that the rows of `owner` name."""
    return Table(
        name,
        metadata,
        Column(column, ROW_ID, ForeignKey(owner.c.id), primary_key=True),
        Column("prefix", DIGITS, primary_key=True),
        Column("stated", Text, nullable=False),
        Index(None, "prefix", column),
        sqlite_with_rowid=False,
    )


parties = _record_table(
    "parties",
    _party("name_id"),
    Column("uscc", String(18)),
    Column("former_names", Text, nullable=False),
    Column("kind", Text),
    Column("legal_representative", Text),
    Column("address", Text),
    Column("phone", Text),
    Column("licence_no", Text),
    Column("licence_first", Date),
    Column("licence_last", Date),
    Column("has_licence_column", Boolean, nullable=False),
    Column("status", Text),
    Column("role", Text),
)

allocations = _record_table(
    "allocations",
    _party("holder_id"),
    Column("holder_uscc", String(18)),
    Column("authority", Text),
    Column("certificate_no", Text),
    Column("purpose", Text),
    Column("region", Text),
    Column("term_first", Date),
    Column("term_last", Date),
    Column("source_ref", Text),
)
allocation_segments = _segment_table("allocation_segments", allocations, "allocation_id")

contracts = _record_table(
    "contracts",
    Column("contract_no", Text, nullable=False),
    Column("contract_key", Text, nullable=False),
    _party("upstream_id", index=False),
    _party("downstream_id"),
    Column("upstream_uscc", String(18)),
    Column("downstream_uscc", String(18)),
    Column("segment_count", Integer, nullable=False),
    Column("title", Text),
    Column("kind", Text),
    Column("right_granted", Text),
    Column("signed_on", Date),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("terminated_on", Date),
    Column("renews", Boolean),
    Column("term_first", Date),
    Column("term_last", Date),
    Column("start_stated", Boolean, nullable=False),
    Column("end_stated", Boolean, nullable=False),
    Column("unit_price", BigInteger),
    Column("unit_price_raw", Text),
    Column("sublease_clause", String(20)),
    Column("approval_no", Text),
    Column("amends", Text),
    Column("region", Text),
    Column("purpose", Text),
    Column("source_ref", Text),
    Index(None, "contract_key", "upstream_id"),
    # Few contracts name no segment: their own index finds them beside a million that do.
    Index(
        "ix_contracts_unsegmented",
        "downstream_id",
        "upstream_id",
        # PostgreSQL indexes every row: naming its dialect here would import it at every start
        sqlite_where=text("segment_count = 0"),
    ),
)
contract_segments = _segment_table("contract_segments", contracts, "contract_id")

accounts = _record_table(
    "accounts",
    _party("platform_id"),
    Column("account", Text, nullable=False),
    _party("party_id"),
    Column("appends", Text),
    Column("term_first", Date),
    Column("term_last", Date),
)

incidents = _record_table(
    "incidents",
    Column("number", DIGITS, nullable=False, index=True),
    Column("received_at", String(32), nullable=False),
    Column("victim", Text),
    Column("victim_hash", String(64)),
    Column("recipient", Text),
    Column("recipient_hash", String(64)),
    Column("loss", BigInteger),
    Column("content", Text),
    Column("case_no", Text),
    Column("reported_at", String(32)),
    _party("notified_party_id", nullable=True),
    Column("notified_on", Date),
)

checks = _record_table(
    "checks",
    _party("upstream_id"),
    _party("downstream_id"),
    Column("kind", String(20), nullable=False),
    Column("done_on", Date),
    Column("result", Text),
    Column("source_ref", Text),
)

openings = _record_table(
    "openings",
    _party("carrier_id"),
    _party("user_id"),
    Column("opened_on", Date),
    Column("closed_on", Date),
    Column("purpose", Text),
    Column("region", Text),
)
opening_segments = _segment_table("opening_segments", openings, "opening_id")

payments = _record_table(
    "payments",
    _party("payer_id"),
    _party("payee_id"),
    Column("amount", BigInteger, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("period_first", Date),
    Column("period_last", Date),
    Column("messages", BigInteger),
    Column("contract_no", Text),
    Column("source_ref", Text),
)

relations = _record_table(
    "relations",
    _party("party_a_id"),
    _party("party_b_id"),
    Column("kind", Text, nullable=False),
    Column("share", Text),
    Column("term_first", Date),
    Column("term_last", Date),
    Column("source_ref", Text),
)

# Totals of the log lane: their raw rows stay in the file, so no raw cells stand here. There may be
# tens of millions: an index that no look-up uses would cost more than the rows. `first_at` and
# `last_at` are microseconds since 1970-01-01T00:00 of the case's local time.
routing = Table(
    "routing",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), nullable=False),
    Column("row", BigInteger, nullable=False),
    Column("last_row", BigInteger, nullable=False),
    Column("part", String(20), nullable=False),
    Column("delivery_id", ROW_ID, ForeignKey("deliveries.id"), nullable=False),
    _party("upstream_id", index=False),
    _party("downstream_id"),
    Column("number", DIGITS, nullable=False),
    Column("day", Date, nullable=False),
    _party("reporter_id", nullable=True, index=False),
    Column("account", Text),
    Column("messages", BigInteger, nullable=False),
    Column("blocked", BigInteger, nullable=False),
    Column("parts", BigInteger),
    Column("unit", String(10), nullable=False),
    Column("rows_summed", BigInteger, nullable=False),
    Column("first_at", BigInteger),
    Column("last_at", BigInteger),
    Index(None, "number", "day"),
)

RECORD_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        parties,
        allocations,
        contracts,
        accounts,
        routing,
        incidents,
        checks,
        openings,
        payments,
        relations,
    )
}
"""By name of the input table."""
