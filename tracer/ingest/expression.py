"""What a log row is and what becomes of it: one Ibis expression, whatever engine runs it.

A row of `raw` holds keys where a file holds texts: every distinct text was read once, by the
parsers of the paper lane (`coding`), and what it says stands in a small table under that key
(`Mappings`). The expression joins them back, finds the first fault of each row in column order,
drops duplicates and sums the rest. It uses nothing but joins, grouping and plain arithmetic.

An engine makes `raw` and the mappings, then `rejected_rows`; where there are message ids
`often_seen` over all sheets so far and `repeated_rows` over the rows that have one of these
hashes; then `sum_rows` over what is left (`single_rows`, or runs of rows with the same keys that
it has counted itself), and `name_totals` over the sums.
"""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from tracer.ingest.logschema import PARTS, SCHEMAS, SUMMED, SUMS, TOTALS

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "TOO_LONG",
    "TOO_LONG_ABOVE",
    "Mappings",
    "judge",
    "name_totals",
    "often_seen",
    "rejected_rows",
    "repeated_rows",
    "single_rows",
    "sum_rows",
    "unbound",
    "unknown_accounts",
]

TOO_LONG: Final = 0
"""Fault of a number that is too long once the digits of the account are appended."""
TOO_LONG_ABOVE: Final = 1
"""The same once the digits of the connector are appended, too."""

_MAX_DIGITS = 20


@dataclass(frozen=True)
class Mappings:
    """What the texts of a log say, by key.

    Parameters
    ----------
    moments : Table
        Day and time of `sent_at`; a bad one has day 1.
    sources : Table
        Number with its extension.
    hops : Table
        Who submitted to whom, per run of days: the runs of one hop cover all days once. `above`
        are the ends of the hop above it, where the row names a connector.
    ends : Table
        Names of both ends, the account, and the `part` of the row the hop is.
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
    known = _join_hops(_join_words(_join_times(raw, maps), maps), maps)
    return known.mutate(at=known.at + known.past, fault=_first_fault(known, known.id_fault))


def _join_times(rows: "ir.Table", maps: Mappings) -> "ir.Table":
    """Join what is added up; every key is in its table."""
    # Left joins keep an optimiser from crossing two small tables.
    known = rows.left_join(maps.moments, "moment").left_join(maps.amounts, "amount")
    return known.left_join(maps.statuses, "status")


def _join_words(rows: "ir.Table", maps: Mappings) -> "ir.Table":
    return rows.left_join(maps.sources, "source").left_join(maps.reporters, "reporter")


def _join_hops(known: "ir.Table", maps: Mappings) -> "ir.Table":
    return known.left_join(
        maps.hops,
        [
            known.hop == maps.hops.hop,
            known.day >= maps.hops.first_day,
            known.day <= maps.hops.last_day,
        ],
    )


def _first_fault(known: "ir.Table", id_fault: "ir.Value") -> "ir.Value":
    import ibis

    below = known.digits.length() + known.appends.length()
    return ibis.coalesce(
        known.moment_fault,
        known.source_fault,
        known.hop_fault,
        _fault_if(below > _MAX_DIGITS, TOO_LONG),
        _fault_if(below + known.above_appends.length() > _MAX_DIGITS, TOO_LONG_ABOVE),
        known.amount_fault,
        id_fault,
        known.status_fault,
        known.reporter_fault,
    )


def _fault_if(condition: "ir.BooleanValue", fault: int) -> "ir.Value":
    import ibis

    return ibis.ifelse(condition, ibis.literal(fault, "int32"), ibis.null("int32"))


def rejected_rows(raw: "ir.Table", maps: Mappings) -> "ir.Table":
    """Give row and fault of the rows at fault."""
    judged = judge(raw.filter(raw.suspect), maps)
    return judged.filter(judged.fault.notnull()).select("row", "fault")


def often_seen(everything: "ir.Table") -> "ir.Table":
    """Give the hashes of message ids that occur more than once.

    Few ids do: a narrow count of hashes finds them, and only their rows are compared in full.
    """
    hashes = everything.filter(everything.message_hash.notnull())
    seen = hashes.group_by("message_hash").agg(times=hashes.count())
    return seen.filter(seen.times > 1).select("message_hash")


def repeated_rows(rows: "ir.Table", maps: Mappings) -> "ir.Table":
    """Give `sheet` and `row` of the rows that repeat an earlier one of the same load.

    Parameters
    ----------
    rows : Table
        Like `raw`, of all sheets so far: at least every row whose message hash is `often_seen`.
    maps : Mappings
        Those of all these sheets.
    """
    import ibis

    judged = judge(rows.filter(rows.message_id.notnull()), maps)
    judged = judged.filter(judged.fault.isnull()).join(maps.ends, "ends")
    above = maps.ends.select(
        above="ends", above_id="upstream_id", above_downstream_id="downstream_id"
    )
    judged = judged.left_join(above, "above")
    none = ibis.literal(-1, "int64")
    window = ibis.window(
        group_by=[
            judged.message_id,
            judged.reporter_id,
            judged.digits + judged.appends,
            judged.upstream_id,
            judged.downstream_id,
            # Both hops of a row are its identity: one over another connector is no repetition.
            ibis.coalesce(judged.above_id.cast("int64"), none),
            judged.above_appends,
            judged.day,
            ibis.coalesce(judged.at, none),
        ],
        order_by=[judged.sheet, judged.row],
    )
    ranked = judged.mutate(place=ibis.row_number().over(window))
    return ranked.filter(ranked.place > 0).select("sheet", "row")


def single_rows(raw: "ir.Table", *excluded: "ir.Table") -> "ir.Table":
    """Give rows one by one to `sum_rows` (columns `PARTS`).

    Parameters
    ----------
    raw : Table
        Rows of one sheet.
    excluded : Table
        Those that are not summed, by `row`: duplicates, perhaps those at fault.
    """
    import ibis

    rows = raw.filter(raw.id_fault.isnull())
    for table in excluded:
        rows = rows.anti_join(table, "row")
    return rows.mutate(
        rows=ibis.literal(1, "int64"),
        first_row=rows.row,
        last_row=rows.row,
        first_past=rows.past,
        last_past=rows.past,
    ).select(*PARTS)


def sum_rows(
    parts: "ir.Table",
    maps: Mappings,
    *,
    has_connectors: bool,
    has_appends: bool = True,
    is_judged: bool = False,
) -> "ir.Table":
    """Sum the rows that are not at fault (columns `SUMS`).

    Parameters
    ----------
    parts : Table
        Rows of one sheet (columns `PARTS`) without duplicates, and without faults of the id.
    maps : Mappings
        What their texts say.
    has_connectors : bool
        Whether a row may give a second hop.
    has_appends : bool
        Whether digits may be appended to a number.
    is_judged : bool
        Whether no row at fault is among them.
    """
    import ibis

    rows = _join_times(parts, maps)
    if is_judged:
        rows = _join_hops(rows, maps)
    else:
        rows = _join_hops(_join_words(rows, maps), maps)
        rows = rows.filter(_first_fault(rows, ibis.null("int32")).isnull())
    rows = rows.mutate(
        added=rows.appends,
        all_messages=rows.messages * rows.rows,
        all_parts=rows.parts * rows.rows,
        first_at=rows["at"] + rows.first_past,
        last_at=rows["at"] + rows.last_past,
    )
    carried = ["source", "day", "reporter", "is_blocked", "all_messages", "all_parts", "rows"]
    carried += ["first_row", "last_row", "first_at", "last_at"]
    lower = rows.select("ends", "added", *carried)
    if has_connectors:
        upper = rows.filter(rows.above.notnull())
        lower = lower.union(
            upper.select(ends="above", added=upper.added + upper.above_appends, **_same(carried))
        )
    none = ibis.null("int64")
    rows = lower
    keys = [name for name in SUMS if name not in SUMMED and (has_appends or name != "added")]
    summed = rows.group_by(keys).agg(
        messages=ibis.ifelse(rows.is_blocked, 0, rows.all_messages).sum().cast("int64"),
        blocked=ibis.ifelse(rows.is_blocked, rows.all_messages, 0).sum().cast("int64"),
        parts=ibis.ifelse(rows.is_blocked, none, rows.all_parts).sum().cast("int64"),
        rows=rows.rows.sum().cast("int64"),
        first_row=rows.first_row.min(),
        last_row=rows.last_row.max(),
        first_at=rows.first_at.min(),
        last_at=rows.last_at.max(),
    )
    return (summed if has_appends else summed.mutate(added=ibis.literal(""))).select(*SUMS)


def _same(names: list[str]) -> dict[str, str]:
    return {name: name for name in names}


def name_totals(sums: "ir.Table", maps: Mappings) -> "ir.Table":
    """Put names and numbers for the keys of `sum_rows` (columns `TOTALS`).

    Different sources may come to one number by what is appended, so they are summed once more.
    """
    known = sums.join(maps.sources, "source")
    known = known.mutate(number=known.digits + known.added)
    totals = known.group_by("ends", "number", "day", "reporter").agg(
        messages=known.messages.sum().cast("int64"),
        blocked=known.blocked.sum().cast("int64"),
        parts=known.parts.sum().cast("int64"),
        rows=known.rows.sum().cast("int64"),
        first_row=known.first_row.min(),
        last_row=known.last_row.max(),
        first_at=known.first_at.min(),
        last_at=known.last_at.max(),
    )
    named = totals.join(maps.ends, "ends").join(maps.reporters, "reporter")
    return named.drop("reporter").rename(reporter="reporter_name").select(*TOTALS)


def unknown_accounts(sums: "ir.Table", maps: Mappings) -> "ir.Table":
    """Count, per platform and account that resolved to nobody, the rows and messages under it.

    The platform is who keeps the account: the upstream, but for a connector, which is the
    account of the downstream with its upstream.
    """
    import ibis

    named = sums.join(maps.ends.filter(maps.ends.unknown), "ends")
    named = named.mutate(platform=ibis.ifelse(named.part == "", named.upstream, named.downstream))
    return (
        named.group_by("platform", "account")
        .agg(
            rows=named.rows.sum().cast("int64"),
            messages=(named.messages + named.blocked).sum().cast("int64"),
        )
        .order_by("platform", "account")
    )
