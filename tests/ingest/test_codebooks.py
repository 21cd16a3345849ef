import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest import codebooks
from tracer.ingest.codebooks import Codebook

TEXTS = st.text(st.sampled_from("abAB "), max_size=2)


def fold(*texts: str) -> tuple[str, ...]:
    return tuple(text.strip().lower() for text in texts)


def column(texts: list[str], *, coded: bool) -> pa.Array:
    plain = pa.array(texts, pa.string())
    if not coded:
        return plain
    spare = pa.array(["nobody's", *texts], pa.string()).dictionary_encode()
    return spare.slice(1)


@given(
    blocks=st.lists(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=12), max_size=5),
    width=st.integers(1, 3),
    missing=st.booleans(),
    coded=st.booleans(),
    first=st.sampled_from([0, 100]),
)
def test_rows_that_say_the_same_have_one_key(
    blocks: list[list[tuple[str, str, str]]],
    width: int,
    missing: bool,
    coded: bool,
    first: int,
) -> None:
    calls: list[tuple[str, ...]] = []

    def read(*texts: str) -> tuple[str, ...]:
        calls.append(texts)
        return fold(*texts)

    book: Codebook[tuple[str, ...]] = Codebook(read, first, lambda value: value[0] == "a")
    expected: dict[tuple[str, ...], int] = {}
    for block in blocks:
        rows = [row[:width] for row in block]
        columns = [column([row[n] for row in rows], coded=coded) for n in range(width)]
        keys = book.encode([*columns, None] if missing else columns, len(rows))
        full = [(*row, "") if missing else row for row in rows]
        for key, row in zip(keys.tolist(), full, strict=True):
            assert expected.setdefault(fold(*row), key) == key
            assert book.values[key - first] == fold(*row)
        odd = book.odd(keys)
        odds = [fold(*row)[0] == "a" for row in full]
        assert (odd.tolist() if odd is not None else [False] * len(odds)) == odds
        assert book.keys(full).tolist() == keys.tolist()
    assert len(calls) == len(set(calls))
    assert [key for key, _ in book.numbered()] == list(range(first, first + len(expected)))


def test_only_blanks() -> None:
    book: Codebook[tuple[str, ...]] = Codebook(fold, 0, lambda _: False)
    assert book.encode([None, None], 3).tolist() == [0, 0, 0]
    assert book.encode([None, None], 0).tolist() == []
    assert book.values == [("", "")]
    assert book.odd(book.encode([None, None], 2)) is None


def test_many_texts_in_many_columns() -> None:
    book: Codebook[tuple[str, ...]] = Codebook(fold, 0, lambda _: False)
    count = 5000
    columns = [
        pa.array([f"{n * step % count}" for n in range(count)]) for step in (1, 7, 11, 13, 17, 19)
    ]
    keys = book.encode(columns, count)
    assert sorted(keys.tolist()) == list(range(count))
    assert book.encode(columns, count).tolist() == keys.tolist()
    backwards = [item.take(pa.array(range(count - 1, -1, -1))) for item in columns]
    assert book.encode(backwards, count).tolist() == keys.tolist()[::-1]
    assert count**6 > codebooks._MOST_COMBINED
