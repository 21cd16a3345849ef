from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import textfiles
from tracer.ingest.textfiles import (
    Broken,
    Record,
    detect_encoding,
    find_codec,
    presume_encoding,
    read_lines,
    read_records,
)

TEXT = "合同编号,上游\r\nHT-1,甲公司\n\nHT-2,乙公司"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_are_told_by_the_bytes(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "f"
    file.write_bytes(TEXT.encode(encoding))
    assert detect_encoding(file) == encoding
    assert "".join(str(line) for line in read_lines(file, encoding)) == TEXT


def test_gbk_is_read_as_gb18030(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(TEXT.encode("gbk"))
    assert detect_encoding(file) == "gb18030"


def test_big_endian_with_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert detect_encoding(file) == "utf-16"
    assert list(read_lines(file, "utf-16"))[1] == "HT-1,甲公司\n"


def test_one_broken_line_does_not_change_the_encoding(tmp_path: Path) -> None:
    file = tmp_path / "f"
    lines = [f"HT-{n},甲公司\n".encode() for n in range(9)]
    lines[4] = b"HT-4,\xff\xfe\n"
    file.write_bytes(b"".join(lines))
    assert detect_encoding(file) == "utf-8"
    found = list(read_lines(file, "utf-8"))
    assert found[4] == lines[4]
    assert found[5] == "HT-5,甲公司\n"
    gb = [f"HT-{n},甲公司\n".encode("gb18030") for n in range(9)]
    gb[4] = b"HT-4,\xff\xff\n"
    file.write_bytes(b"".join(gb))
    assert detect_encoding(file) == "gb18030"
    assert list(read_lines(file, "gb18030"))[4] == gb[4]


def test_half_a_utf16_character_costs_its_line(tmp_path: Path) -> None:
    file = tmp_path / "f"
    content = "a\n".encode("utf-16-le") + b"\x00\xd8" + "b\nc\n".encode("utf-16-le")
    file.write_bytes(content + b"x")
    lines = list(read_lines(file, "utf-16-le"))
    assert lines[0] == "a\n"
    assert isinstance(lines[1], bytes)
    assert isinstance(lines[2], bytes)
    assert len(lines) == 3


def test_a_nul_makes_a_line_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"a,b\nc\0,d\ne,f\n")
    assert list(read_lines(file, "utf-8")) == ["a,b\n", b"c\0,d\n", "e,f\n"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_may(tmp_path: Path, end: str) -> None:
    file = tmp_path / "f"
    file.write_bytes(end.join(["甲", "乙", "丙"]).encode("gb18030"))
    assert [str(line).strip() for line in read_lines(file, "gb18030")] == ["甲", "乙", "丙"]


def test_blocks_join_without_a_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracer.ingest import textfiles

    file = tmp_path / "f"
    file.write_bytes(TEXT.encode("utf-8-sig"))
    for size in range(1, 20):
        monkeypatch.setattr(textfiles, "_CHUNK", size)
        assert "".join(map(str, read_lines(file, "utf-8-sig"))) == TEXT


def test_codecs_by_name() -> None:
    assert find_codec("GB18030") == "gb18030"
    assert find_codec("hex") is None
    assert find_codec("no such thing") is None
    assert find_codec("\0") is None


def read(*lines: str | bytes, width: int | None = None) -> list[Record | Broken]:
    return list(read_records(lines, ",", width=width))


def test_rows_count_physical_lines() -> None:
    assert read("a,b\n", "\n", " , \n", 'c,"d\n', 'e"\n', "f,g") == [
        Record(1, 1, ["a", "b"]),
        Record(4, 5, ["c", "d\ne"]),
        Record(6, 6, ["f", "g"]),
    ]


def test_a_line_that_cannot_be_decoded_is_told_where_it_stands() -> None:
    assert read("a\n", b"b,\xff\n", "c\n") == [
        Record(1, 1, ["a"]),
        Broken(2, "b,\\xff", "undecodable"),
        Record(3, 3, ["c"]),
    ]


def test_a_stray_quote_costs_one_line_not_the_rest() -> None:
    found = read('a,"b\n', "c,d\n", "e,f\n", width=2)
    assert found == [
        Broken(1, 'a,"b', "unclosed_quote"),
        Record(2, 2, ["c", "d"]),
        Record(3, 3, ["e", "f"]),
    ]
    between = read('a,"b\n', "c,d\n", 'e,"f\n', "g,h\n", width=2)
    assert [item.row for item in between] == [1, 2, 3, 4]
    assert sum(isinstance(item, Record) for item in between) == 2


def test_a_record_of_several_lines_and_another_width_is_one_record() -> None:
    assert read('"a\n', 'b"\n', "c,d\n", width=2) == [
        Record(1, 2, ["a\nb"]),
        Record(3, 3, ["c", "d"]),
    ]


def test_quotes_out_of_place_are_told() -> None:
    assert read('a,"b"c\n', "d,e\n") == [
        Broken(1, 'a,"b"c', "bad_quoting"),
        Record(2, 2, ["d", "e"]),
    ]


def test_an_unreadable_line_inside_quotes_is_not_dropped() -> None:
    found = read('a,"b\n', b"\xff\n", 'c"\n', width=2)
    assert [(item.row, isinstance(item, Broken)) for item in found] == [
        (1, True),
        (2, True),
        (3, False),
    ]


def test_a_quote_is_not_looked_for_without_end() -> None:
    lines = ['a,"b\n', *(f"c{n},d\n" for n in range(1500))]
    found = list(read_records(lines, ",", width=2))
    assert isinstance(found[0], Broken)
    assert len(found) == 1501


CELLS = st.lists(st.lists(st.text('a甲",\n 1', max_size=4), min_size=2, max_size=2), max_size=6)


@given(CELLS)
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    lines = list(io.StringIO(out.getvalue(), newline=""))
    found = list(read_records(lines, ",", width=2))
    assert [r.cells for r in found if isinstance(r, Record)] == [
        row for row in rows if any(cell.strip() for cell in row)
    ]
    assert len(found) == sum(1 for row in rows if any(cell.strip() for cell in row))


@given(st.lists(st.text('a,"', max_size=6), max_size=8))
def test_every_line_is_accounted_for(texts: list[str]) -> None:
    lines = [f"{text}\n" for text in texts]
    covered: set[int] = set()
    for item in read_records(lines, ",", width=2):
        rows = range(item.row, (item.last_row if isinstance(item, Record) else item.row) + 1)
        assert covered.isdisjoint(rows)
        covered.update(rows)
    blank = {n for n, text in enumerate(texts, start=1) if not text.strip(', "')}
    assert set(range(1, len(texts) + 1)) - covered <= blank


LINES = ("源号码,上游", "10687415,甲公司", "plain,ascii", "", "鄂㐀,𠀀")


@given(
    st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(["utf-8", "gb18030", "latin-1"])),
        max_size=12,
    )
)
def test_what_is_presumed_holds_where_every_line_can_be_read(lines: list[tuple[str, str]]) -> None:
    content = b"".join(text.encode(codec, "replace") + b"\n" for text, codec in lines)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        file = Path(folder) / "a.csv"
        file.write_bytes(content)
        patch.setattr(textfiles, "_BEGINNING", 40)
        presumed = presume_encoding(file)
        if presumed is None:
            return
        found = list(read_lines(file, presumed))
        if all(isinstance(line, str) for line in found):
            assert detect_encoding(file) == presumed


@pytest.mark.parametrize(
    ("content", "presumed"),
    [
        ("源号码\n1\n".encode(), "utf-8"),
        ("源号码\n1\n".encode("gb18030"), "gb18030"),
        (b"\xef\xbb\xbf1,2\n", None),
        ("源号码\n".encode("utf-16"), None),
        ("源号码\n1\n".encode("utf-16-le"), None),
        (b"\xff\xff\xff\n", None),
        (b"no line end", None),
        (b"", None),
    ],
)
def test_the_beginning_of_a_file_tells_its_encoding_or_does_not(
    tmp_path: Path, content: bytes, presumed: str | None
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    assert presume_encoding(file) == presumed
