"""What a log row is and what becomes of it: one Ibis expression, whatever engine runs it.

A row of `raw` holds keys where a file holds texts: every distinct text was read once, by the
parsers of the paper lane, and what it says stands in a small table under that key (`Mappings`).
The expression joins them back, finds the first fault of each row in column order, drops
duplicates and sums the rest. It uses nothing but joins, grouping and plain arithmetic.
"""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "SCHEMAS",
    "TOO_LONG",
    "TOTALS",
    "Mappings",
    "judge",
    "rejected_rows",
    "repeated_rows",
    "routing_totals",
    "unbound",
    "unknown_accounts",
]

TOO_LONG: Final = 0
"""Fault of a number that is too long once the digits of the account are appended."""

_MAX_DIGITS = 20

RAW: Final = {
    "sheet": "int32",
    "row": "int64",
    "moment": "int32",
    "past": "int64",
    "source": "int32",
    "hop": "int32",
    "amount": "int32",
    "status": "int32",
    "reporter": "int32",
    "message_id": "string",
    "message_hash": "int64",
    "suspect": "boolean",
}
"""`past`: microseconds after the moment. `message_hash`: equal for equal ids. `suspect`: false
only where no key of the row carries a fault."""

SCHEMAS: Final[dict[str, dict[str, str]]] = {
    "raw": RAW,
    "moments": {"moment": "int32", "day": "int32", "at": "int64", "moment_fault": "int32"},
    "sources": {"source": "int32", "digits": "string", "source_fault": "int32"},
    "hops": {
        "hop": "int32",
        "first_day": "int32",
        "last_day": "int32",
        "ends": "int32",
        "appends": "string",
        "hop_fault": "int32",
    },
    "ends": {
        "ends": "int32",
        "upstream": "string",
        "downstream": "string",
        "account": "string",
        "upstream_id": "int32",
        "downstream_id": "int32",
        "unknown": "boolean",
    },
    "amounts": {"amount": "int32", "messages": "int64", "parts": "int64", "amount_fault": "int32"},
    "statuses": {"status": "int32", "is_blocked": "boolean"},
    "reporters": {"reporter": "int32", "reporter_name": "string", "reporter_id": "int32"},
}
"""Columns of the tables the expression reads."""

TOTALS: Final = {
    "upstream": "string",
    "downstream": "string",
    "number": "string",
    "day": "int32",
    "reporter": "string",
    "account": "string",
    "messages": "int64",
    "blocked": "int64",
    "parts": "int64",
    "rows": "int64",
    "first_row": "int64",
    "last_row": "int64",
    "first_at": "int64",
    "last_at": "int64",
    "unknown": "boolean",
}
"""Columns of the totals; a blank text stands for none."""


@dataclass(frozen=True)
class Mappings:
    """What the texts of a log say, by key.

    Parameters
    ----------
    moments : Table
        Day and time of `sent_at`; a bad one has day 0.
    sources : Table
        Number with its extension.
    hops : Table
        Who submitted to whom, per run of days: the runs of one hop cover all days once.
    ends : Table
        Names of both ends, and the account.
    amounts : Table
        Messages and parts.
    statuses, reporters : Table
        Whether the platform stopped the message; whose log it is.
    """

    moments: "ir.Table"
    sources: "ir.Table"
    hops: "ir.Table"
    ends: "ir.Table"
    amounts: "ir.Table"
    statuses: "ir.Table"
    reporters: "ir.Table"


def unbound(suffix: str = "") -> "tuple[ir.Table, Mappings]":
    """Name the tables without an engine: `raw` and its mappings, their names ending in `suffix`."""
    import ibis

    tables = {name: ibis.table(schema, name=name + suffix) for name, schema in SCHEMAS.items()}
    return tables["raw"], Mappings(**{item.name: tables[item.name] for item in fields(Mappings)})


def judge(raw: "ir.Table", maps: Mappings) -> "ir.Table":
    """Say of every row what it means, and its first fault in column order (null: none)."""
    import ibis

    # Every key is in its table; left joins keep an optimiser from crossing two small tables.
    known = (
        raw.left_join(maps.moments, "moment")
        .left_join(maps.sources, "source")
        .left_join(maps.amounts, "amount")
        .left_join(maps.statuses, "status")
    )
    known = known.left_join(
        maps.hops,
        [
            known.hop == maps.hops.hop,
            known.day >= maps.hops.first_day,
            known.day <= maps.hops.last_day,
        ],
    )
    too_long = known.digits.length() + known.appends.length() > _MAX_DIGITS
    return known.mutate(
        number=known.digits + known.appends,
        at=known.at + known.past,
        fault=ibis.coalesce(
            known.moment_fault,
            known.source_fault,
            known.hop_fault,
            ibis.ifelse(too_long, ibis.literal(TOO_LONG, "int32"), ibis.null("int32")),
            known.amount_fault,
        ),
    )


def rejected_rows(raw: "ir.Table", maps: Mappings) -> "ir.Table":
    """Give row and fault of the rows at fault."""
    judged = judge(raw.filter(raw.suspect), maps)
    return judged.filter(judged.fault.notnull()).select("row", "fault")


def repeated_rows(everything: "ir.Table", now: "ir.Table", maps: Mappings) -> "ir.Table":
    """Give the rows of the sheet at hand that repeat an earlier one of the same load.

    Parameters
    ----------
    everything, now : Table
        `raw` of all sheets up to the one at hand, and of that one alone.
    maps : Mappings
        Those of all sheets.
    """
    import ibis

    # Few ids occur twice: a narrow count of hashes finds them, and only they are compared in full.
    hashes = everything.filter(everything.message_hash.notnull())
    seen_often = hashes.group_by("message_hash").agg(
        times=hashes.count(), last_sheet=hashes.sheet.max()
    )
    current = now.sheet.max().as_scalar()
    suspects = seen_often.filter(
        (seen_often.times > 1) & (seen_often.last_sheet == current)
    ).select("message_hash")
    judged = judge(everything.semi_join(suspects, "message_hash"), maps)
    judged = (
        judged.filter(judged.fault.isnull())
        .join(maps.reporters, "reporter")
        .join(maps.ends, "ends")
    )
    window = ibis.window(
        group_by=[
            judged.message_id,
            judged.reporter_id,
            judged.number,
            judged.upstream_id,
            judged.downstream_id,
            judged.day,
            ibis.coalesce(judged.at, ibis.literal(-1, "int64")),
        ],
        order_by=[judged.sheet, judged.row],
    )
    ranked = judged.mutate(place=ibis.row_number().over(window))
    return ranked.filter((ranked.place > 0) & (ranked.sheet == current)).select("row")


def routing_totals(raw: "ir.Table", maps: Mappings, repeats: "ir.Table") -> "ir.Table":
    """Sum the rows that are neither at fault nor duplicates (columns `TOTALS`).

    Parameters
    ----------
    raw : Table
        Rows of one sheet.
    maps : Mappings
        What their texts say.
    repeats : Table
        Its duplicates, by `row`.
    """
    import ibis

    judged = judge(raw, maps)
    rows = judged.filter(judged.fault.isnull()).anti_join(repeats, "row")
    summed = rows.group_by("ends", "number", "day", "reporter").agg(
        messages=ibis.ifelse(rows.is_blocked, 0, rows.messages).sum().cast("int64"),
        blocked=ibis.ifelse(rows.is_blocked, rows.messages, 0).sum().cast("int64"),
        parts=ibis.ifelse(rows.is_blocked, ibis.null("int64"), rows.parts).sum().cast("int64"),
        rows=rows.count(),
        first_row=rows.row.min(),
        last_row=rows.row.max(),
        first_at=rows["at"].min(),
        last_at=rows["at"].max(),
    )
    named = summed.join(maps.ends, "ends").join(maps.reporters, "reporter")
    return named.drop("reporter").rename(reporter="reporter_name").select(*TOTALS)


def unknown_accounts(totals: "ir.Table") -> "ir.Table":
    """Count, per account that resolved to nobody, the rows and messages under it."""
    unknown = totals.filter(totals.unknown)
    return (
        unknown.group_by("upstream", "account")
        .agg(
            rows=unknown.rows.sum().cast("int64"),
            messages=(unknown.messages + unknown.blocked).sum().cast("int64"),
        )
        .order_by("upstream", "account")
    )
