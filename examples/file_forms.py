"""Writes the example files in the forms companies hand over, the same bytes on every run."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from stdnum.cn import uscc

__all__ = [
    "credit_code",
    "parse_table",
    "write_parquet",
    "write_pdf",
    "write_text_table",
    "write_workbook",
]

_FIXED_TIME = (2024, 1, 1, 0, 0, 0)
_FIXED_STAMP = "2024-01-01T00:00:00Z"

Row = Sequence[object]


def parse_table(text: str) -> list[dict[str, str]]:
    r"""Read a table written with `|` between cells, its header first.

    Examples
    --------
    >>> parse_table("a | b\n1 | ")
    [{'a': '1', 'b': ''}]
    """
    lines = [
        [cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()
    ]
    header, *rows = lines
    return [dict(zip(header, row, strict=True)) for row in rows]


def credit_code(region: str, organisation: str) -> str:
    """Make a well-formed credit code (GB 32100) of a company that does not exist.

    Examples
    --------
    >>> credit_code("440000", "FAKE00001")
    '91440000FAKE00001T'
    """
    stem = f"91{region}{organisation}"
    return stem + uscc.calc_check_digit(stem)


def write_text_table(
    path: Path, rows: Iterable[Row], *, encoding: str = "utf-8", delimiter: str = ","
) -> None:
    """Write a CSV or TSV with the line ends of Windows; UTF-16 gets a byte order mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    path.write_bytes(mark + text.getvalue().encode(encoding))


def write_workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Row]],
    *,
    merged: Mapping[str, Sequence[str]] | None = None,
    widths: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Write a workbook, a row a sequence of cells; `merged` and `widths` are by sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for span in (merged or {}).get(name, ()):
            sheet.merge_cells(span)
        for column, width in enumerate((widths or {}).get(name, ())):
            sheet.column_dimensions[chr(ord("A") + column)].width = width
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(_without_clock(buffer.getvalue()))


def _without_clock(data: bytes) -> bytes:
    """Set every time in a workbook's archive to a fixed one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _FIXED_STAMP.encode(), content
                )
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def write_parquet(path: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a Parquet file: times as timestamps, counts as integers, the rest as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {datetime: pa.timestamp("ms"), int: pa.int64(), str: pa.string()}
    arrays = [
        pa.array(list(cells), type=kinds[type(cells[0])]) for cells in zip(*rows, strict=True)
    ]
    pq.write_table(pa.table(dict(zip(header, arrays, strict=True))), path, compression="none")


def write_pdf(path: Path, lines: Sequence[str]) -> None:
    """Write a one-page PDF of ASCII lines, by hand: it stands for a scanned page."""
    shown = "\n".join(f"({line}) Tj T*" for line in (_escape(line) for line in lines))
    content = f"BT /F1 11 Tf 15 TL 60 780 Td\n{shown}\nET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + (
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    )
    path.write_bytes(data)


def _escape(line: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", line)
