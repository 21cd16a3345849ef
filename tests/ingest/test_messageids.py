import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.logcells import is_no_message_id
from tracer.ingest.messageids import MessageIds, hash_texts
from tracer.ingest.values import CellError


@given(st.lists(st.text(st.sampled_from("ab1甲 \u3000-#/NA无"), max_size=20), max_size=30))
def test_ids_are_trimmed_and_signs_for_none_dropped(texts: list[str]) -> None:
    ids, hashes, refused = MessageIds(None).encode(pa.array(texts, pa.string()), len(texts))
    assert not refused
    for text, found, hashed in zip(texts, ids.to_pylist(), hashes.to_pylist(), strict=True):
        assert (found is None) == (hashed is None)
        if found is None:
            assert is_no_message_id(text.strip())
        else:
            assert found == text.strip()
    seen = dict(zip(ids.to_pylist(), hashes.to_pylist(), strict=True))
    assert all(seen[i] == h for i, h in zip(ids.to_pylist(), hashes.to_pylist(), strict=True))


@pytest.mark.parametrize("text", ["", "-", "NULL", "无", "#N/A", "#REF!"])
def test_signs_for_none(text: str) -> None:
    ids, hashes, _ = MessageIds(None).encode(pa.array([text, "a" * 17]), 2)
    assert (ids.to_pylist(), hashes.is_valid().to_pylist()) == ([None, "a" * 17], [False, True])


def test_a_log_without_ids_has_none() -> None:
    ids, hashes, refused = MessageIds(None).encode(None, 2)
    assert (ids.null_count, hashes.null_count, refused) == (2, 2, [])


@given(st.lists(st.text(max_size=40), min_size=1, max_size=30), st.integers(0, 5))
def test_equal_texts_hash_alike_wherever_they_stand(texts: list[str], skip: int) -> None:
    column = pa.array(texts, pa.string())
    hashes = hash_texts(column).tolist()
    alone = [hash_texts(pa.array([text], pa.string())).tolist()[0] for text in texts]
    assert hashes == alone
    assert hash_texts(column.slice(skip)).tolist() == hashes[skip:]
    assert len(set(hashes)) == len(set(texts))


def test_different_ids_hardly_ever_hash_alike() -> None:
    texts = [f"{number:014d}" for number in range(100_000)]
    assert len(set(hash_texts(pa.array(texts)).tolist())) == len(texts)
    assert len(set(hash_texts(pa.array([text[-5:] for text in texts])).tolist())) == len(texts)


def test_very_long_ids() -> None:
    long = "x" * 1000
    one, two, three = hash_texts(pa.array([long, long + "y", "z" + long])).tolist()
    assert len({one, two, three}) == 3


def test_what_a_profile_refuses_is_told_by_place() -> None:
    def reshape(text: str) -> str:
        if text == "?":
            raise CellError("bad_integer", text)
        return text.upper()

    ids, _, refused = MessageIds(reshape).encode(pa.array(["a", "?", "b"]), 3)
    assert ids.to_pylist() == ["A", None, "B"]
    assert [(place, error.reason) for place, error in refused] == [(1, "bad_integer")]


@pytest.mark.parametrize("lost", ["7.0512E+21", " 3.55E+07", "7E+21", "7.05E+21/2"])
def test_ids_a_spreadsheet_has_shortened_are_told_by_place(lost: str) -> None:
    ids, hashes, refused = MessageIds(None).encode(pa.array(["m1", lost, "m2", lost]), 4)
    assert ids.to_pylist() == ["m1", None, "m2", None]
    assert hashes.is_valid().to_pylist() == [True, False, True, False]
    assert [(place, error.reason, error.text) for place, error in refused] == [
        (1, "scientific", lost.strip()),
        (3, "scientific", lost.strip()),
    ]


@pytest.mark.parametrize("whole", ["3550e803", "1E7", "7.05e+21x", "xE+5", "12.5E+07", "1E+7b"])
def test_ids_that_only_look_like_it_are_whole(whole: str) -> None:
    ids, _, refused = MessageIds(None).encode(pa.array([whole]), 1)
    assert (ids.to_pylist(), refused) == ([whole], [])
