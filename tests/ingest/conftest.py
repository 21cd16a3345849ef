"""Fixtures that turn a few lines of text into files, sheets and records."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.reading import OpenSheet, open_file
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import PaperRow

OpenText = Callable[..., OpenSheet]
ReadTable = Callable[..., tuple[list[PaperRow], list[Diagnostic], list[Note]]]
WriteBook = Callable[..., Path]


@pytest.fixture
def masker() -> Masker:
    return Masker(b"a key of the tests", keep=False)


@pytest.fixture
def open_text(tmp_path: Path) -> OpenText:
    """Write a text file and open its one sheet."""

    def open_it(
        content: str | bytes, settings: FileSettings | None = None, name: str = "table.csv"
    ) -> OpenSheet:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        (sheet,) = open_file(file, name, settings or FileSettings())
        return sheet

    return open_it


@pytest.fixture
def read_table(open_text: OpenText, masker: Masker) -> ReadTable:
    """Write a text file and read its records, rejects and notes."""

    def read(
        content: str | bytes, settings: FileSettings | None = None, keep: bool = False
    ) -> tuple[list[PaperRow], list[Diagnostic], list[Note]]:
        sheet = open_text(content, settings)
        notes: list[Note] = []
        found = list(
            read_paper(sheet, sheet.settings, Masker(b"k", keep) if keep else masker, notes)
        )
        rejects = [row for row in found if isinstance(row, Diagnostic)]
        records = [row for row in found if not isinstance(row, Diagnostic)]
        return records, rejects, notes

    return read


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """Write an XLSX of the sheets given: name -> rows of cells."""

    def write(
        sheets: dict[str, Sequence[Sequence[object]]],
        merges: dict[str, Sequence[str]] | None = None,
        name: str = "book.xlsx",
    ) -> Path:
        from openpyxl import Workbook

        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for span in (merges or {}).get(title, ()):
                sheet.merge_cells(span)
        file = tmp_path / name
        workbook.save(file)
        return file

    return write
