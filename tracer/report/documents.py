"""How every JSON and CSV document of ours is written."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tracer.messages import Language, text
from tracer.model.diagnostic import Diagnostic, Note

__all__ = ["csv_text", "dump", "note_text", "reason_text", "shown_cell"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM: Final = "\ufeff"


def dump(document: Mapping[str, object]) -> str:
    r"""Write a document as JSON: indented, Chinese as it is, ended by a line break.

    Examples
    --------
    >>> dump({"name": "甲"})
    '{\n  "name": "甲"\n}\n'
    """
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table as CSV that a spreadsheet opens rightly and cannot be tricked by.

    It begins with a byte order mark, without which Excel in China reads UTF-8 as GBK; cells that
    a spreadsheet would take for a formula get a leading apostrophe. Lines end as RFC 4180 says.

    Parameters
    ----------
    header : Sequence of str
        Names of the columns.
    rows : Iterable of Sequence
        Cells; None is a blank one.

    Examples
    --------
    >>> csv_text(["name", "messages"], [["=1+1", 7], ["甲", None]])
    "\ufeffname,messages\r\n'=1+1,7\r\n甲,\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([shown_cell(value) for value in row] for row in rows)
    return _BOM + out.getvalue()


def shown_cell(value: object) -> str:
    """Write one cell; a text that begins like a formula is made harmless."""
    if value is None:
        return ""
    shown = str(value)
    return f"'{shown}" if isinstance(value, str) and shown.startswith(_FORMULA) else shown


def note_text(note: Note, lang: Language) -> str:
    """Say a remark in a language."""
    return text(f"note.{note.key}", lang, **note.values)


def reason_text(diagnostic: Diagnostic, lang: Language) -> str:
    """Say in a language why a row was rejected."""
    return text(f"reason.{diagnostic.reason}", lang, **diagnostic.values)
