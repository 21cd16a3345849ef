"""Cells of an XLSX that hold an error (#N/A) or a formula never computed.

The spreadsheet reader gives both as blank; a blank that is none must not pass for one.
"""

import html
import posixpath
import re
import zipfile
from pathlib import Path

__all__ = ["column_index", "find_cell_faults", "sheet_parts"]

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")

UNCOMPUTED = "="
"""Shown for a formula that was never computed."""


def find_cell_faults(file: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Find the error cells of a workbook, by sheet, then (row, column) from 0.

    Returns
    -------
    dict
        Sheet name -> place -> what the cell shows (`#N/A`, `=` for a formula not computed).
        Empty for a file that is no XLSX.
    """
    faults: dict[str, dict[tuple[int, int], str]] = {}
    if not zipfile.is_zipfile(file):
        return faults
    try:
        with zipfile.ZipFile(file) as archive:
            for sheet, part in sheet_parts(archive):
                found = _read_part(archive.read(part))
                if found:
                    faults[sheet] = found
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return faults
    return faults


def _attributes(element: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(element)
    }


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name the sheets of an XLSX, each with its part of the archive."""
    targets = {}
    for element in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        relation = _attributes(element)
        targets[relation.get("Id", "")] = relation.get("Target", "")
    parts = []
    for element in _SHEET.findall(archive.read("xl/workbook.xml")):
        sheet = _attributes(element)
        target = next((targets.get(v, "") for k, v in sheet.items() if k.endswith(":id")), "")
        if target:
            parts.append((sheet.get("name", ""), _part_name(target)))
    return parts


def _part_name(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join("xl", target))


def _read_part(xml: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    if b'"e"' not in xml and b"'e'" not in xml and not _FORMULA.search(xml):
        return found
    for head, body in _CELL.findall(xml):
        is_error = b'"e"' in head or b"'e'" in head
        if not is_error and not _FORMULA.search(body):
            continue
        value = _VALUE.search(body)
        attributes = _attributes(head)
        if not (is_error and attributes.get("t") == "e") and (
            value or attributes.get("t") in {"inlineStr", "str"}
        ):
            continue
        if place := _PLACE.fullmatch(attributes.get("r", "")):
            shown = value[1].decode("utf-8", "replace") if value else UNCOMPUTED
            found[int(place[2]) - 1, column_index(place[1])] = shown
    return found


def column_index(letters: str) -> int:
    """Count the columns before one.

    Examples
    --------
    >>> column_index("A"), column_index("AA")
    (0, 26)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
