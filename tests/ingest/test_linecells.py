import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.linecells import LineCells, TooLong

CELLS = st.text(st.sampled_from("1甲 é\ufeff"), max_size=9)


def lines_of(rows: list[list[str]], delimiter: str, end: str) -> bytes:
    return "".join(delimiter.join(row) + end for row in rows).encode()


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12),
    delimiter=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\n", "\r\n"]),
    wanted=st.sets(st.integers(0, 3), min_size=1),
)
def test_cells_are_what_stands_between_delimiters(
    rows: list[list[str]], delimiter: str, end: str, wanted: set[int]
) -> None:
    cells = LineCells(lines_of(rows, delimiter, end), delimiter, 4)
    right = [row for row in rows if len(row) == 4]
    assert cells.lines == len(rows)
    assert len(cells) == len(right)
    assert cells.wrong.tolist() == [n for n, row in enumerate(rows) if len(row) != 4]
    for place in range(4):
        texts = cells.texts(place)
        texts.validate(full=True)
        assert texts.to_pylist() == [row[place] for row in right]
    joined = cells.joined({f"c{place}": place for place in wanted})
    assert joined.layout.names == tuple(f"c{place}" for place in sorted(wanted))
    joined.texts.dictionary.validate(full=True)
    split = joined.layout.split(joined.texts.cast(pa.string()))
    for place in wanted:
        assert list(split[f"c{place}"]) == [row[place] for row in right]
    assert len(joined.texts.dictionary) == len({tuple(row[n] for n in wanted) for row in right})


def test_some_lines_may_end_otherwise() -> None:
    cells = LineCells(b"1,2\r\n3,\n4,\r\n", ",", 2)
    assert cells.texts(1).to_pylist() == ["2", "", ""]
    assert cells.joined({"a": 0, "b": 1}).texts.to_pylist() == ["1,2", "3,", "4,"]


def test_a_cell_longer_than_all_others_together_is_cut_out_alone() -> None:
    rows = [["x", "1"]] * 9 + [["長" * 400, "2"]]
    cells = LineCells(lines_of(rows, ",", "\n"), ",", 2)
    assert cells.texts(0).to_pylist() == [row[0] for row in rows]
    with pytest.raises(TooLong):
        cells.joined({"a": 0})
    assert cells.joined({"b": 1}).texts.to_pylist() == [row[1] for row in rows]


def test_no_lines_have_no_cells() -> None:
    cells = LineCells(b"1\n\n", ",", 2)
    assert (len(cells), cells.wrong.tolist()) == (0, [0, 1])
    assert cells.texts(0).to_pylist() == []
    assert cells.joined({"a": 0, "b": 1}).texts.to_pylist() == []


def test_neighbours_that_differ_by_where_a_delimiter_stands_differ() -> None:
    cells = LineCells(b"1,,x,\n1,x,,\n,1,x,\n", ",", 4)
    joined = cells.joined({"a": 0, "b": 1, "d": 3})
    assert joined.texts.to_pylist() == ["1,,", "1,x,", ",1,"]
