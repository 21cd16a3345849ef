"""Columns of the tables that the log lane reads, sums and hands on, with their types in Ibis."""

from typing import Final

__all__ = ["PARTS", "RAW", "SCHEMAS", "SUMMED", "SUMS", "TOTALS"]

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
    "id_fault": "int32",
    "suspect": "boolean",
}
"""`past`: microseconds after the moment. `message_id`: trimmed, null where there is none.
`message_hash`: equal for equal ids, null without one. `id_fault`: fault of the message id, mostly
null. `suspect`: false only where no key of the row carries a fault."""

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
        "above": "int32",
        "above_appends": "string",
        "hop_fault": "int32",
    },
    "ends": {
        "ends": "int32",
        "upstream": "string",
        "downstream": "string",
        "account": "string",
        "part": "string",
        "upstream_id": "int32",
        "downstream_id": "int32",
        "unknown": "boolean",
    },
    "amounts": {"amount": "int32", "messages": "int64", "parts": "int64", "amount_fault": "int32"},
    "statuses": {"status": "int32", "is_blocked": "boolean", "status_fault": "int32"},
    "reporters": {
        "reporter": "int32",
        "reporter_name": "string",
        "reporter_id": "int32",
        "reporter_fault": "int32",
    },
}
"""Columns of the tables the expression reads."""

PARTS: Final = {
    "moment": "int32",
    "source": "int32",
    "hop": "int32",
    "amount": "int32",
    "status": "int32",
    "reporter": "int32",
    "rows": "int64",
    "first_row": "int64",
    "last_row": "int64",
    "first_past": "int64",
    "last_past": "int64",
}
"""Columns of what `sum_rows` sums: rows with the same keys, their number and their range."""

SUMMED: Final = {
    "messages": "int64",
    "blocked": "int64",
    "parts": "int64",
    "rows": "int64",
    "first_row": "int64",
    "last_row": "int64",
    "first_at": "int64",
    "last_at": "int64",
}

SUMS: Final = {
    "ends": "int32",
    "source": "int32",
    "added": "string",
    "day": "int32",
    "reporter": "int32",
    **SUMMED,
}
"""Columns of `sum_rows`: totals per keys; `added` are the digits that accounts append."""

TOTALS: Final = {
    "upstream": "string",
    "downstream": "string",
    "number": "string",
    "day": "int32",
    "reporter": "string",
    "account": "string",
    "part": "string",
    **SUMMED,
    "unknown": "boolean",
}
"""Columns of `name_totals`; a blank text stands for none, a day is its ordinal."""
