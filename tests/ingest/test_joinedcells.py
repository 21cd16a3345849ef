import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.joinedcells import CellLayout, JoinedCells, join_columns, join_texts

TEXTS = st.text(st.sampled_from("a,\0\1"), max_size=2)


def cells_of(joined: JoinedCells) -> list[tuple[str, ...]]:
    split = joined.layout.split(joined.texts.to_list())
    return list(zip(*split.values(), strict=True))


def column(texts: list[str], *, coded: bool) -> pa.Array:
    plain = pa.array(texts, pa.string())
    if not coded:
        return plain
    spare = pa.array(["nobody's", *texts], pa.string()).dictionary_encode()
    return spare.slice(1)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=12), coded=st.booleans())
def test_rows_have_one_text_exactly_where_all_cells_are_equal(
    rows: list[tuple[str, str, str]], coded: bool
) -> None:
    names = ("x", "y", "z")
    columns = {name: column([row[n] for row in rows], coded=coded) for n, name in enumerate(names)}
    joined = join_texts(columns, len(rows))
    assert joined.layout.names == names
    assert cells_of(joined) == rows
    assert joined.texts.n_unique() == len(set(rows))


def test_what_separates_cells_is_in_none_of_them() -> None:
    joined = join_columns({"x": pl.Series(["a", "\1"]), "y": pl.Series(["", "b"])}, 2)
    assert joined.layout == CellLayout(("x", "y"), "\0")
    joined = join_columns({"x": pl.Series(["a\0", "\1"]), "y": pl.Series(["", "b"])}, 2)
    assert joined.layout == CellLayout(("x", "y"), "\2")


def test_no_columns_are_one_blank_text() -> None:
    joined = join_columns({}, 3)
    assert joined.texts.to_list() == ["", "", ""]
    assert joined.layout.split(joined.texts.to_list()) == {}
    assert join_columns({}, 0).texts.to_list() == []


def test_rows_are_kept_by_a_mask() -> None:
    joined = join_columns({"x": pl.Series(["1", "2", "1"])}, 3)
    kept = joined.filter(pl.Series([True, False, True]))
    assert kept.texts.to_list() == ["1", "1"]


def test_texts_of_another_layout_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        CellLayout(("x", "y"), ",").split(["1"])
