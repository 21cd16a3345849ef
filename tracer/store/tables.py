"""The tables that keep custody: sources, deliveries, documents, rejects, events, spellings.

Nothing is ever updated in place or deleted: what becomes of a source later (its totals, its
retraction) is a row of its own. The tables of the records stand in `record_tables`.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "DIGITS",
    "ROW_ID",
    "corrections",
    "deliveries",
    "documents",
    "events",
    "metadata",
    "rejected_files",
    "rejected_rows",
    "retractions",
    "source_files",
    "source_sheets",
    "source_spellings",
    "source_totals",
    "source_usccs",
    "spellings",
    "unstated",
]

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Segments are looked up by ranges that hold only where digits compare bytewise: in the ICU
# collations of PostgreSQL '10636052099' < '10636052:' is false.
DIGITS: Final = String(20).with_variant(String(20, collation="C"), "postgresql")
ROW_ID: Final = BigInteger().with_variant(Integer(), "sqlite")
_DIGEST: Final = String(64)


def _key(name: str = "id") -> Column[Any]:
    """Make the number of a row, given out by `numbering` under the write lock."""
    return Column(name, ROW_ID, primary_key=True, autoincrement=False)


spellings = Table(
    "spellings",
    metadata,
    _key(),
    Column("raw", Text, nullable=False, unique=True),
    Column("folded", Text, nullable=False, index=True),
)

events = Table(
    "events",
    metadata,
    _key("seq"),
    Column("at", String(40), nullable=False),
    Column("operator", Text, nullable=False),
    Column("action", String(40), nullable=False, index=True),
    Column("params", Text, nullable=False),
    Column("previous", _DIGEST, nullable=False),
    Column("digest", _DIGEST, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    _key(),
    Column("operator", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

source_files = Table(
    "source_files",
    metadata,
    _key(),
    Column("sha256", _DIGEST, nullable=False),
    Column("sm3", _DIGEST, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("path", Text, nullable=False),
    UniqueConstraint("sha256", "path"),
)

source_sheets = Table(
    "source_sheets",
    metadata,
    _key(),
    Column("file_id", ROW_ID, ForeignKey("source_files.id"), nullable=False, index=True),
    Column("sheet_no", Integer, nullable=False),
    Column("sheet", Text),
    Column("input_table", String(20), nullable=False),
    Column("encoding", String(40)),
    Column("header_row", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    Column("delivery_id", ROW_ID, ForeignKey("deliveries.id"), index=True),
)

source_totals = Table(
    "source_totals",
    metadata,
    Column(
        "source_id",
        ROW_ID,
        ForeignKey("source_sheets.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("rows_read", BigInteger, nullable=False),
    Column("rows_loaded", BigInteger, nullable=False),
    Column("rows_rejected", BigInteger, nullable=False),
    Column("rows_duplicate", BigInteger, nullable=False),
    Column("notes", Text, nullable=False),
)

retractions = Table(
    "retractions",
    metadata,
    Column(
        "source_id",
        ROW_ID,
        ForeignKey("source_sheets.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("event_seq", ROW_ID, ForeignKey("events.seq"), nullable=False, index=True),
)

# A corrected record stands in a sheet of its own, which takes the place of the record; so does the
# record put back. `root_id` is the sheet that was loaded. What a sheet states no more since, of
# names (uscc '') and codes, is `unstated`.
corrections = Table(
    "corrections",
    metadata,
    Column(
        "source_id",
        ROW_ID,
        ForeignKey("source_sheets.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("of_source_id", ROW_ID, ForeignKey("source_sheets.id"), nullable=False),
    Column("row", BigInteger, nullable=False),
    Column("part", String(20), nullable=False),
    Column("root_id", ROW_ID, ForeignKey("source_sheets.id"), nullable=False, index=True),
    Column("event_seq", ROW_ID, ForeignKey("events.seq"), nullable=False, index=True),
    UniqueConstraint("of_source_id", "row", "part"),
)

unstated = Table(
    "unstated",
    metadata,
    Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), primary_key=True),
    Column("spelling_id", ROW_ID, ForeignKey("spellings.id"), primary_key=True, index=True),
    Column("uscc", String(18), primary_key=True),
    Column("event_seq", ROW_ID, ForeignKey("events.seq"), nullable=False, index=True),
)

# Which names a source uses, and which credit codes it gives them: so that names can be resolved
# from the sources that are not retracted without a walk over every record table.
source_spellings = Table(
    "source_spellings",
    metadata,
    Column("spelling_id", ROW_ID, ForeignKey("spellings.id"), primary_key=True),
    Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), primary_key=True),
    Index(None, "source_id"),
    sqlite_with_rowid=False,
)

source_usccs = Table(
    "source_usccs",
    metadata,
    Column("spelling_id", ROW_ID, ForeignKey("spellings.id"), primary_key=True),
    Column("uscc", String(18), primary_key=True, index=True),
    Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

documents = Table(
    "documents",
    metadata,
    _key(),
    Column("path", Text, nullable=False, index=True),
    Column("sha256", _DIGEST),
    Column("sm3", _DIGEST),
    Column("size", BigInteger),
)

rejected_rows = Table(
    "rejected_rows",
    metadata,
    _key(),
    Column("source_id", ROW_ID, ForeignKey("source_sheets.id"), nullable=False, index=True),
    Column("row", BigInteger, nullable=False),
    Column("printed_column", Text),
    Column("raw", Text, nullable=False),
    Column("reason", String(60), nullable=False),
    Column("reason_values", Text, nullable=False),
)

# Rejected rows of one source beyond those kept above stand in a file beside the database.
rejected_files = Table(
    "rejected_files",
    metadata,
    Column(
        "source_id",
        ROW_ID,
        ForeignKey("source_sheets.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("path", Text, nullable=False),
    Column("sha256", _DIGEST, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
)
