"""Files made to exhaust memory or time: refused by name, in a moment."""

import gzip
import zipfile
from collections.abc import Iterable
from pathlib import Path
from time import process_time

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import open_file

_HEADER = "合同编号,上游,下游,号段\n".encode()
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
_SECONDS = 60


def refused(file: Path) -> str:
    """Open a file that cannot be used; give the key of the error."""
    before = process_time()
    with pytest.raises(UsageError) as caught:
        open_file(file, file.name, FileSettings())
    assert process_time() - before < _SECONDS
    assert len(caught.value.message("en")) < 1000
    return caught.value.key


def workbook(file: Path, sheet: Iterable[bytes]) -> Path:
    """Write a workbook of one sheet, its XML given."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKED}"><Relationship Id="r" Type="{_RELS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets><sheet name="S" sheetId="1"'
            ' r:id="r"/></sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKED}"><Relationship Id="r" Type="{_RELS}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with out.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in sheet:
                part.write(piece)
    return file


def test_a_cell_of_hundreds_of_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "cell.csv"
    with file.open("wb") as out:
        out.write(_HEADER + b'X-1,"')
        for _ in range(64):
            out.write(b"a" * (1 << 20))
        out.write(b'",x,10687415\n')
    assert refused(file) == "line_too_long"


def test_a_cell_of_hundreds_of_megabytes_packed_into_few(tmp_path: Path) -> None:
    file = tmp_path / "cell.csv.gz"
    with gzip.open(file, "wb") as out:
        out.write(_HEADER)
        for _ in range(64):
            out.write(b"\x20" * (1 << 20))
    assert file.stat().st_size < 1 << 17
    assert refused(file) == "line_too_long"


def test_a_million_columns(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text(",".join(f"c{n}" for n in range(1_000_000)) + "\n")
    assert refused(file) == "nothing_matches"


def test_a_workbook_that_unfolds_beyond_proportion(tmp_path: Path) -> None:
    def sheet() -> Iterable[bytes]:
        yield f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr">'.encode()
        yield b"<is><t>"
        for _ in range(300):
            yield b"a" * (1 << 20)
        yield b"</t></is></c></row></sheetData></worksheet>"

    assert refused(workbook(tmp_path / "bomb.xlsx", sheet())) == "workbook_bomb"


def test_xml_a_million_elements_deep(tmp_path: Path) -> None:
    def sheet() -> Iterable[bytes]:
        yield f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
        yield b"<a>" * 1_000_000
        yield b"</a>" * 1_000_000
        yield b"</sheetData></worksheet>"

    assert refused(workbook(tmp_path / "deep.xlsx", sheet())) == "nothing_matches"


def test_entities_that_multiply(tmp_path: Path) -> None:
    sheet = (
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'.encode(),
        b"<t>&b;</t></is></c></row></sheetData></worksheet>",
    )
    assert refused(workbook(tmp_path / "entities.xlsx", sheet)) == "broken_workbook"


def test_one_cell_in_the_last_row_and_column(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'.encode(),
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    )
    assert refused(workbook(tmp_path / "far.xlsx", sheet)) == "stray_cell"
