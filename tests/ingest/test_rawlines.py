"""Lines found by their bytes are the lines a reader of the whole file finds."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import rawlines
from tracer.ingest.rawlines import NotByLines, find_lines

LINES = ["号码,名称", "10687415,甲公司", "10690001,乙", "", "丙,10687415", "1068,丁"]


def found(file: Path, needle: str, encoding: str, first: int = 2, last: int = 99) -> dict[int, str]:
    places = {"encoding": encoding, "delimiter": ","}
    lines = find_lines(file, needle, **places, first=first, last=last)
    return {line: str(text).strip() for line, text in lines}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk", [1 << 24, 16])
def test_lines_with_a_number(
    tmp_path: Path, encoding: str, end: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rawlines, "_CHUNK", chunk)
    file = tmp_path / "a.csv"
    for tail in ("", end):
        file.write_bytes((end.join(LINES) + tail).encode(encoding))
        assert found(file, "10687415", encoding) == {2: "10687415,甲公司", 5: "丙,10687415"}
        assert found(file, "10687415", encoding, first=3) == {5: "丙,10687415"}
        assert found(file, "10687415", encoding, last=4) == {2: "10687415,甲公司"}
        assert found(file, "999", encoding) == {}


def test_compressed(tmp_path: Path) -> None:
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress("\n".join(LINES).encode()))
    assert list(found(file, "1068", "utf-8")) == [2, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        'a,"10687415\n10687415",b\n',
        '"10687415,b\n',
        "a,10687415\rb,10687415\n",
        'a"b,"10687415\nx",c\n',
    ],
)
def test_where_a_line_may_be_no_record_it_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(f"号码,名称\n{text}".encode())
    with pytest.raises(NotByLines):
        found(file, "10687415", "utf-8")


def test_plain_quotes_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes('"号码","名称"\n"10687415","甲 ""一"" 公司"\n"1069","10687415"\n'.encode())
    assert list(found(file, "10687415", "utf-8")) == [2, 3]


def test_other_encodings_are_left_to_others(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("10687415,é\n".encode("latin-1"))
    with pytest.raises(NotByLines):
        found(file, "10687415", "latin-1")


def test_a_line_that_cannot_be_decoded_comes_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"10687415,\xff\n10687415,a\0b\n")
    lines = [text for _, text in find_lines(
        file, "10687415", encoding="utf-8", delimiter=",", first=1, last=9
    )]  # fmt: skip
    assert lines == [b"10687415,\xff\n", b"10687415,a\0b\n"]


@given(
    st.lists(st.text("1068甲乙,\u3a31\U00020000 ", max_size=12), max_size=20),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
    st.integers(1, 64),
    st.integers(1, 12),
    st.integers(0, 12),
)
def test_as_a_reader_of_the_whole_file(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    encoding: str,
    chunk: int,
    first: int,
    more: int,
) -> None:
    file = tmp_path_factory.getbasetemp() / "lines.csv"
    file.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    wanted = {
        number: line.strip()
        for number, line in enumerate(lines, 1)
        if "106" in line and first <= number <= first + more
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rawlines, "_CHUNK", chunk)
        told = found(file, "106", encoding, first, first + more)
    # other bytes may look the same, so there may be more; there are never fewer, nor others
    assert wanted.items() <= told.items()
    assert all(lines[number - 1].strip() == text for number, text in told.items())
