"""Whatever bytes a file holds: rows, rejects or one `UsageError`."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings, read_case_file
from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.reading import OpenSheet, open_file
from tracer.messages import LANGUAGES, text
from tracer.model.diagnostic import Diagnostic

FUZZ = settings(
    max_examples=tries(300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HEADER = "合同编号,上游,下游,号段\n"
MARKS = [b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff"]
NAMES = st.sampled_from(["f.csv", "f.xlsx", "f.xls", "f.parquet", "f.tsv"])


def read_all(file: Path, encoding: str | None = None) -> int:
    """Read a file to its end; tell how many rows came of it, -1 where it cannot be used."""
    try:
        return count_rows(open_file(file, file.name, FileSettings(encoding=encoding)))
    except UsageError as error:
        return -1 if all("\n" not in error.message(lang) for lang in LANGUAGES) else -2


def count_rows(sheets: list[OpenSheet]) -> int:
    rows = 0
    for sheet in sheets:
        if sheet.header is None or sheet.header.table == "routing":
            continue
        for row in read_paper(sheet, sheet.settings, Masker(b"k", keep=False)):
            rows += 1
            if isinstance(row, Diagnostic):
                assert text(f"reason.{row.reason}", "zh", **row.values)
    return rows


@FUZZ
@given(st.sampled_from(MARKS), st.binary(max_size=300), NAMES)
def test_any_bytes(tmp_path: Path, mark: bytes, content: bytes, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(mark + content)
    assert read_all(file) >= -1


@FUZZ
@given(
    st.binary(max_size=200),
    st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "cp037"]),
    st.booleans(),
)
def test_any_bytes_below_a_header(
    tmp_path: Path, content: bytes, encoding: str, said: bool
) -> None:
    file = tmp_path / "f.csv"
    head = HEADER.encode(encoding, "replace")
    file.write_bytes(head + content)
    rows = read_all(file, encoding if said else None)
    if encoding in {"utf-8", "gb18030"} and said:
        assert rows >= 0


@FUZZ
@given(st.text(max_size=60))
def test_any_text_below_a_header_is_accounted_for(tmp_path: Path, content: str) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes((HEADER + content).encode("utf-8", "surrogatepass"))
    lines = io.StringIO(content, newline="")
    written = sum(1 for line in lines if line.strip(',"' + " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f"))
    assert read_all(file, "utf-8") <= max(written, content.count('"') + content.count("\n") + 1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (HEADER.strip().split(","), ["HT-1", "甲", "乙", 10687415], ["合计", "", "", 1]):
        sheet.append(row)
    sheet.merge_cells("A3:B3")
    file = tmp_path_factory.mktemp("book") / "f.xlsx"
    workbook.save(file)
    return file.read_bytes()


@FUZZ
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_workbooks(
    tmp_path: Path, book: bytes, place: int, damage: bytes, cut: bool
) -> None:
    at = place % len(book)
    content = book[:at] if cut else book[:at] + damage + book[at + len(damage) :]
    file = tmp_path / "f.xlsx"
    file.write_bytes(content)
    assert read_all(file) >= -1


@pytest.fixture(scope="module")
def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: ["HT-1", "甲"] for name in HEADER.strip().split(",")}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@FUZZ
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_parquet(
    tmp_path: Path, parquet: bytes, place: int, damage: bytes, cut: bool
) -> None:
    at = place % len(parquet)
    content = parquet[:at] if cut else parquet[:at] + damage + parquet[at + len(damage) :]
    file = tmp_path / "f.parquet"
    file.write_bytes(content)
    assert read_all(file) >= -1


@FUZZ
@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)))
def test_any_case_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "case.toml"
    file.write_bytes(content)
    try:
        outcome = read_case_file(file).folder.name
    except UsageError as error:
        outcome = error.key
    assert outcome == tmp_path.name or outcome.startswith("case_")
