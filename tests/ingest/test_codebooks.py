import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.codebooks import Codebook, TextMemory

TEXTS = st.text(st.sampled_from("abAB "), max_size=2)


def fold(*texts: str) -> tuple[str, ...]:
    return tuple(text.strip().lower() for text in texts)


@given(
    blocks=st.lists(st.lists(st.tuples(TEXTS, TEXTS), max_size=12), max_size=5),
    first=st.sampled_from([0, 100]),
)
def test_rows_that_say_the_same_have_one_key(
    blocks: list[list[tuple[str, ...]]], first: int
) -> None:
    calls: list[tuple[str, ...]] = []

    def read(*texts: str) -> tuple[str, ...]:
        calls.append(texts)
        return fold(*texts)

    book: Codebook[tuple[str, ...]] = Codebook(read, first, lambda value: value[0] == "a")
    expected: dict[tuple[str, ...], int] = {}
    for rows in blocks:
        keys = book.keys(rows)
        for key, row in zip(keys.tolist(), rows, strict=True):
            assert expected.setdefault(fold(*row), key) == key
            assert book.values[key - first] == fold(*row)
        odd = book.odd(keys)
        odds = [fold(*row)[0] == "a" for row in rows]
        assert (odd.tolist() if odd is not None else [False] * len(odds)) == odds
    assert len(calls) == len(set(calls))
    assert [key for key, _ in book.numbered()] == list(range(first, first + len(expected)))


def test_where_nothing_is_odd_nothing_is_told() -> None:
    book: Codebook[tuple[str, ...]] = Codebook(fold, 0, lambda _: False)
    assert book.odd(book.keys([("a",), ("b",)])) is None


@given(blocks=st.lists(st.lists(st.text(max_size=3), max_size=6), max_size=6))
def test_every_text_is_read_once_and_remembered(blocks: list[list[str]]) -> None:
    read: list[str] = []

    def numbers(texts: list[str]) -> list[list[int]]:
        read.extend(texts)
        return [[read.index(text) for text in texts], [7] * len(texts)]

    memory = TextMemory(2, numbers)  # type: ignore[arg-type]
    for block in blocks:
        places, sevens = memory.numbers(pl.Series(block, dtype=pl.String))
        assert [read[place] for place in places.tolist()] == block
        assert sevens.tolist() == [7] * len(block)
    assert read == list(dict.fromkeys(text for block in blocks for text in block))


def test_two_memories_know_nothing_of_each_other() -> None:
    one, other = (TextMemory(1, lambda texts: [[len(texts)] * len(texts)]) for _ in range(2))  # type: ignore[list-item]
    assert one.numbers(pl.Series(["a", "b"])).tolist() == [[2, 2]]
    assert other.numbers(pl.Series(["b"])).tolist() == [[1]]
