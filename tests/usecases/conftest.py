"""Small cases on disk, and a database to load them into."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracer import Case, open_case

AT = datetime(2026, 1, 1, tzinfo=UTC)
Rows = Sequence[Sequence[object]]
WriteTable = Callable[..., Path]


@pytest.fixture
def write_table(tmp_path: Path) -> WriteTable:
    """Write a table under a name of the case folder: CSV in any encoding, or XLSX by its ending."""

    def write(name: str, rows: Rows, encoding: str = "utf-8", folder: str = "case") -> Path:
        file = tmp_path / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".xlsx":
            book = Workbook()
            assert book.active is not None
            for row in rows:
                book.active.append([None if cell == "" else cell for cell in row])
            book.save(file)
        else:
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            file.write_bytes(text.getvalue().encode(encoding))
        return file

    return write


@pytest.fixture
def case(database: str) -> Iterator[Case]:
    with open_case(database, now=lambda: AT) as opened:
        yield opened
