"""The same table in any dress: encoding, delimiter, line ends, workbook, Parquet."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.reading import OpenSheet, open_file
from tracer.model.diagnostic import Diagnostic

WriteBook = Callable[..., Path]

HEADER = ["合同编号", "上游", "下游", "号段", "签订日期", "到期日", "单价（元/条）", "备注"]
CELLS = [
    st.sampled_from(["HT-1", "HT-2", "合计", ""]),
    st.sampled_from(["甲公司", "乙（总部）公司", "某 公司", ""]),
    st.sampled_from(["甲公司", "丙公司", "丁\n公司", "……"]),
    st.sampled_from(["10687415", "1068741501、1068741502", "10687415XX", "1.0687E+19", ""]),
    st.sampled_from(["2023-07-01", "2023年7月1日", "2023/6/31", "45108", ""]),
    st.sampled_from(["长期", "2024-07-01", "2022.1.1", ""]),
    st.sampled_from(["0.035", "3.5分/条", "0.05元/条", "-", ""]),
    st.text("备注 ab,;|\"'\t1", max_size=6),
]
ROWS = st.lists(st.tuples(*CELLS).map(list), max_size=6)
FREE = settings(
    max_examples=tries(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def outcome(sheet: OpenSheet) -> list[tuple[object, ...]]:
    """What became of each row, without where it stands."""
    found: list[tuple[object, ...]] = []
    for row in read_paper(sheet, sheet.settings, Masker(b"k", keep=False)):
        if isinstance(row, Diagnostic):
            found.append((row.column, row.reason, dict(row.values), row.raw))
        else:
            slots = [getattr(row, name) for name in row.__slots__ if name != "provenance"]
            found.append((*slots, row.provenance.raw))
    return found


def as_text(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([HEADER, *rows])
    return out.getvalue()


def open_one(file: Path, content: bytes) -> OpenSheet:
    file.write_bytes(content)
    (sheet,) = open_file(file, file.name, FileSettings())
    return sheet


@FREE
@given(
    ROWS,
    st.sampled_from(["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_encoding_delimiter_and_line_ends_change_nothing(
    tmp_path: Path, rows: list[list[str]], encoding: str, delimiter: str, end: str
) -> None:
    plain = open_one(tmp_path / "a.csv", as_text(rows).encode())
    dressed = open_one(tmp_path / "b.csv", as_text(rows, delimiter, end).encode(encoding))
    assert (dressed.encoding, dressed.delimiter) == (encoding, delimiter)
    assert outcome(dressed) == outcome(plain)
    assert len(outcome(plain)) == sum(1 for row in rows if any(cell.strip() for cell in row))


@FREE
@given(ROWS)
def test_a_workbook_of_texts_is_the_same_table(
    tmp_path: Path, write_book: WriteBook, rows: list[list[str]]
) -> None:
    plain = open_one(tmp_path / "a.csv", as_text(rows).encode())
    (sheet,) = open_file(write_book({"台账": [HEADER, *rows]}), "f", FileSettings())
    assert outcome(sheet) == outcome(plain)


@FREE
@given(ROWS)
def test_a_parquet_of_texts_is_the_same_table(tmp_path: Path, rows: list[list[str]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = open_one(tmp_path / "a.csv", as_text(rows).encode())
    columns = {
        name: pa.array([row[place] for row in rows], pa.string())
        for place, name in enumerate(HEADER)
    }
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), file)
    (sheet,) = open_file(file, "a.parquet", FileSettings())
    assert outcome(sheet) == outcome(plain)


@FREE
@given(ROWS, st.integers(0, 5), st.booleans())
def test_titles_and_blank_lines_above_only_move_the_rows(
    tmp_path: Path, rows: list[list[str]], blanks: int, titled: bool
) -> None:
    above = ("2023年合同台账\n" if titled else "") + "\n" * blanks
    plain = open_one(tmp_path / "a.csv", as_text(rows).encode())
    moved = open_one(tmp_path / "b.csv", (above + as_text(rows)).encode())
    assert outcome(moved) == outcome(plain)
    lines = above.count("\n")
    assert [row.row - lines for row in moved.rows()] == [row.row for row in plain.rows()]


@FREE
@given(ROWS, st.lists(st.integers(0, 20), max_size=3))
def test_lines_of_foreign_bytes_cost_themselves_only(
    tmp_path: Path, rows: list[list[str]], places: list[int]
) -> None:
    flat = [[cell.replace("\n", "") for cell in row] for row in rows]
    lines = as_text(flat).encode().splitlines(keepends=True)
    plain = open_one(tmp_path / "a.csv", b"".join(lines))
    for place in places:
        lines.insert(1 + place % len(lines), b"HT-9,\xff\xfe,x\n")
    file = tmp_path / "b.csv"
    file.write_bytes(b"".join(lines))
    (broken,) = open_file(file, "b.csv", FileSettings(encoding="utf-8"))
    found = outcome(broken)
    assert sum(1 for row in found if row[1] == "undecodable") == len(places)
    assert [row for row in found if row[1] != "undecodable"] == outcome(plain)
