import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.linecells import LineCells, cut_lines
from tracer.ingest.lineplaces import LinePlaces

CELLS = st.text(st.sampled_from("1甲 é\ufeff#"), max_size=9)


def lines_of(rows: list[list[str]], delimiter: str, end: str) -> bytes:
    return "".join(delimiter.join(row) + end for row in rows).encode()


def cut(text: bytes, delimiter: str, width: int, *wanted: int) -> LineCells | None:
    return cut_lines(text, LinePlaces(text), delimiter, width, wanted or range(width))


def cut_all(text: bytes, delimiter: str, width: int, *wanted: int) -> LineCells:
    cells = cut(text, delimiter, width, *wanted)
    assert cells is not None
    return cells


@given(
    first=st.lists(CELLS, min_size=4, max_size=6),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12),
    delimiter=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\n", "\r\n"]),
    wanted=st.sets(st.integers(0, 3), min_size=1),
    spare=st.integers(0, 120),
)
def test_cells_are_what_stands_between_delimiters(
    first: list[str],
    rows: list[list[str]],
    delimiter: str,
    end: str,
    wanted: set[int],
    spare: int,
) -> None:
    first[0] = "1" + first[0]  # no mark of byte order
    rows = [first, *[["1", "2", "3", "4"]] * spare, *rows]
    cells = cut_all(lines_of(rows, delimiter, end), delimiter, 4, *wanted)
    right = [row for row in rows if len(row) == 4]
    assert len(cells) == len(right)
    assert cells.wrong == [n for n, row in enumerate(rows) if len(row) != 4]
    for place in wanted:
        texts = cells.texts(place)
        texts.validate(full=True)
        assert texts.type == pa.string()
        assert texts.to_pylist() == [row[place] for row in right]
    joined = cells.joined({f"c{place}": place for place in wanted})
    assert joined.layout.names == tuple(f"c{place}" for place in sorted(wanted))
    split = joined.layout.split(joined.texts.to_list())
    for place in wanted:
        assert list(split[f"c{place}"]) == [row[place] for row in right]
    assert joined.texts.n_unique() == len({tuple(row[n] for n in wanted) for row in right})


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["1,2,3"] * 200, []),
        (["1,2,"] * 200, []),
        (["1,2,"] * 200 + ["1,2"] * 3, [200, 201, 202]),
        (["1,2,3"] * 200 + ["1,2", "1,2,3,4"], [200, 201]),
        (["1,2,3"] * 200 + ["1,2,3,"], [200]),
        (["1,2,3"] * 200 + ["1,2,3,,", "1,2,,"], [200, 201]),
        (["1,2,3,4", "1,2"] + ["1,2,3"] * 200, [0, 1]),
        (["1,2,"] * 3 + ["1,2", "1,2,3,4"], [3, 4]),
        (["1,2,3"] + ["", "1,2,3"] * 3, [1, 3, 5]),
    ],
)
def test_lines_of_another_width_are_found_though_they_balance(
    lines: list[str], wrong: list[int]
) -> None:
    cells = cut_all("".join(line + "\n" for line in lines).encode(), ",", 3)
    assert cells.wrong == wrong
    assert cells.texts(0).to_pylist() == ["1"] * (len(lines) - len(wrong))


@pytest.mark.parametrize("text", [b"1,2\n1,2,3\n", b"\n1,2,3\n", b"1,2,3\n\xff,2,3\n"])
def test_what_is_better_read_otherwise_is_left(text: bytes) -> None:
    assert cut(text, ",", 3) is None


def test_some_lines_may_end_otherwise() -> None:
    cells = cut_all(b"1,2\r\n3,\n4,\r\n", ",", 2)
    assert cells.texts(1).to_pylist() == ["2", "", ""]
    assert cells.joined({"a": 0, "b": 1}).texts.to_list() == ["1,2", "3,", "4,"]


def test_neighbours_that_differ_by_where_a_delimiter_stands_differ() -> None:
    cells = cut_all(b"1,,x,\n1,x,,\n,1,x,\n", ",", 4)
    assert cells.joined({"a": 0, "b": 1, "d": 3}).texts.to_list() == ["1,,", "1,x,", ",1,"]
