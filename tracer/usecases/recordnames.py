"""A record asked for by its name, or by where it stands."""

import re
from typing import Final

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.store.rowplaces import records_at

__all__ = ["find_record_name", "is_record_name"]

_RECORD: Final = re.compile(r"[a-z]+:[0-9a-f]{16}(?:/\d+)?:\d+(?:\..+)?")
_FILE: Final = re.compile(
    r".+\.(?:csv|tsv|txt|log|xls[xm]?|ods|parquet|gz|zst)\s*[:：［\[\s第].*\d.*", re.IGNORECASE
)
_LISTED: Final = 5


def is_record_name(text: str) -> bool:
    """Tell whether a text has the form of a record's stable name."""
    return _RECORD.fullmatch(text) is not None


def find_record_name(conn: Connection, text: str) -> str | None:
    """Give the stable name of the record meant; None where the text names no place on record.

    Parameters
    ----------
    text : str
        A stable name, which is taken as it is; else a place (`records_at`).

    Raises
    ------
    UsageError
        If several records stand there, none that counts, or the file is none on record.
    """
    if is_record_name(text):
        return text
    found = records_at(conn, text)
    if found is None:
        if _FILE.fullmatch(text):
            raise UsageError("place_no_file", place=text)
        return None
    if not found:
        raise UsageError("place_empty", place=text)
    if len(found) > 1:
        listed = [f"{ref.record_id} ({_place(ref.path, ref.sheet)})" for ref in found[:_LISTED]]
        more = [f"… +{len(found) - _LISTED}"] if len(found) > _LISTED else []
        raise UsageError("place_several", place=text, records=" / ".join([*listed, *more]))
    return found[0].record_id


def _place(path: str, sheet: str | None) -> str:
    return path if sheet is None else f"{path} [{sheet}]"
