import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.blocks import Irregular, TextBlock, read_blocks
from tracer.ingest.textfiles import Broken, Record, read_lines, read_records

WANTED = {"b": 1, "a": 0}


def read(
    file: Path,
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    size: int = 64,
    header_row: int = 1,
) -> list[TextBlock]:
    return list(
        read_blocks(
            file,
            encoding=encoding,
            delimiter=delimiter,
            header_row=header_row,
            width=3,
            wanted=WANTED,
            block_bytes=size,
        )
    )


def rows(blocks: list[TextBlock]) -> list[tuple[int, str, str]]:
    return [
        (int(line), row["a"], row["b"])
        for block in blocks
        for line, row in zip(block.lines, block.table.to_pylist(), strict=True)
    ]


def write(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    return file


def test_columns_asked_for_and_physical_lines(tmp_path: Path) -> None:
    file = write(tmp_path, b"title\nx,y,z\n1,2,3\r\n\n4,5,6")
    blocks = read(file, header_row=2)
    assert rows(blocks) == [(3, "1", "2"), (4, "", ""), (5, "4", "5")]
    assert blocks[0].table.column_names == ["b", "a"]
    assert blocks[0].record(4) is None
    assert blocks[-1].record(5) == Record(5, 5, ["4", "5", "6"])


def test_lines_of_another_width_are_told_apart(tmp_path: Path) -> None:
    file = write(tmp_path, b"x,y,z\n1,2\n3,4,5\n6,7,8,9\n,\n")
    [block] = read(file)
    assert rows([block]) == [(3, "3", "4")]
    assert block.odd == {2: Record(2, 2, ["1", "2"]), 4: Record(4, 4, ["6", "7", "8", "9"])}


@pytest.mark.parametrize("size", [1, 5, 16, 1000])
def test_lines_that_cannot_be_decoded_cost_themselves_only(tmp_path: Path, size: int) -> None:
    content = "x,y,z\n甲,2,3\n".encode("gb18030") + b"\xff\xff,2,3\n4,\0,6\n" + b"7,8,9\n"
    blocks = read(write(tmp_path, content), encoding="gb18030", size=size)
    assert rows(blocks) == [(2, "甲", "2"), (3, "", ""), (4, "", ""), (5, "7", "8")]
    odd = {line: item for block in blocks for line, item in block.odd.items()}
    assert {line: item.reason for line, item in odd.items() if isinstance(item, Broken)} == {
        3: "undecodable",
        4: "undecodable",
    }


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
@pytest.mark.parametrize("size", [1, 7, 64, 4096])
def test_every_encoding_at_every_block_size(tmp_path: Path, encoding: str, size: int) -> None:
    text = "时间,号码,备注\n" + "".join(f"甲{i},乙ऊ{i},\n" for i in range(30))
    if encoding == "gbk":
        text = text.replace("ऊ", "丙")
    blocks = read(write(tmp_path, text.encode(encoding)), encoding=encoding, size=size)
    mark = "丙" if encoding == "gbk" else "ऊ"
    assert rows(blocks) == [(i + 2, f"甲{i}", f"乙{mark}{i}") for i in range(30)]


@pytest.mark.parametrize(
    "content",
    [
        b'x,y,z\n1,"2\n3",4\n',
        b'x,y,z\n1,"2,3\n',
        b'x,y,z\n1,"2"3,4\n',
        b'x,y,z\n1,""2,4\n',
        b"x,y,z\n1,2,3\r4,5,6\n",
        b"x,y,z\n1,2,\xff\r4,5,6\n",
    ],
)
def test_what_csv_would_read_otherwise_is_irregular(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Irregular):
        read(write(tmp_path, content))


@pytest.mark.parametrize("encoding", ["utf-32", "latin-1", "utf-7"])
def test_other_encodings_are_irregular(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(Irregular):
        read(write(tmp_path, "x,y,z\n1,2,3\n".encode(encoding)), encoding=encoding)


def test_half_a_character_in_utf16_is_irregular(tmp_path: Path) -> None:
    content = "x,y,z\n1,2,3\n".encode("utf-16-le")
    with pytest.raises(Irregular):
        read(write(tmp_path, content + b"\x00\xd8\n\x00"), encoding="utf-16-le")


def test_quotes_within_one_line_are_fine(tmp_path: Path) -> None:
    file = write(tmp_path, b'x,y,z\n"1,1","2 ""two""",3\n4 "four",5,"6"\n')
    assert rows(read(file)) == [(2, "1,1", '2 "two"'), (3, '4 "four"', "5")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = ["xyz", ["甲", f"a{delimiter}b", "3"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(lines)
    file = write(tmp_path, stream.getvalue().encode("gb18030"))
    assert rows(read(file, encoding="gb18030", delimiter=delimiter)) == [
        (2, "甲", f"a{delimiter}b")
    ]


def test_a_file_that_ends_with_its_header_has_no_blocks(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"x,y,z")) == []
    assert read(write(tmp_path, b"x,y,z\n")) == []


PIECES = st.sampled_from(
    ["1", "甲", ",", ",", ",", '"', '""', "\n", "\n", "\r\n", " ", "\t", "NA", "\ufeff", "'"]
)


@given(pieces=st.lists(PIECES, max_size=40), size=st.integers(1, 50))
def test_blocks_say_what_the_line_reader_says(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], size: int
) -> None:
    file = tmp_path_factory.mktemp("blocks") / "log.csv"
    file.write_bytes(("x,y,z\n" + "".join(pieces)).encode())
    expected: dict[int, list[str] | None] = {}
    lines = list(read_lines(file, "utf-8"))[1:]
    for item in read_records(lines, ",", first_line=2, width=3):
        expected[item.row] = item.cells if isinstance(item, Record) else None
    try:
        blocks = read(file, size=size)
    except Irregular:
        return
    found: dict[int, list[str] | None] = {}
    for block in blocks:
        for line, a, b in rows([block]):
            record = block.record(line)
            if record is not None:
                assert isinstance(record, Record)
                assert record.cells[:2] == [a, b]
                found[line] = record.cells
        for line, item in block.odd.items():
            found[line] = item.cells if isinstance(item, Record) else None
    assert found == expected


@given(pieces=st.lists(PIECES, max_size=40), size=st.integers(1, 50))
def test_joined_columns_say_what_single_ones_say(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], size: int
) -> None:
    file = tmp_path_factory.mktemp("joined") / "log.csv"
    file.write_bytes(("x,y,z\n" + "".join(pieces)).encode())
    wanted = {"c": 2, "a": 0, "b": 1}

    def said(joined: tuple[frozenset[str], ...]) -> object:
        rows: dict[int, dict[str, str]] = {}
        odd: dict[int, object] = {}
        try:
            blocks = list(
                read_blocks(
                    file,
                    encoding="utf-8",
                    delimiter=",",
                    header_row=1,
                    width=3,
                    wanted=wanted,
                    joined=joined,
                    block_bytes=size,
                )
            )
        except Irregular:
            return "irregular"
        for block in blocks:
            odd |= block.odd
            cells = block.table.to_pydict()
            for group in block.joined:
                cells |= group.layout.split(group.texts.to_list())
            for place, line in enumerate(block.lines.tolist()):
                row = {name: column[place] for name, column in cells.items()}
                if block.record(line) is not None:  # a blank line is no row, or a blank one
                    rows[line] = row
        return rows, {line: item for line, item in odd.items() if item is not None}

    assert said((frozenset({"b", "c"}), frozenset({"d"}))) == said(())
    assert said((frozenset({"c"}),)) == said(())
