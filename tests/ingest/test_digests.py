import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.errors import UsageError
from tracer.ingest.digests import ComingDigests, digest_file, new_sm3
from tracer.ingest.sm3 import SM3

ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
LONG = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
HAS_SM3 = "sm3" in hashlib.algorithms_available


def test_the_vectors_of_the_standard() -> None:
    assert SM3(b"abc").hexdigest() == ABC
    assert SM3(b"abcd" * 16).hexdigest() == LONG


def test_asking_for_the_digest_changes_nothing() -> None:
    running = SM3(b"a")
    assert running.hexdigest() == running.hexdigest()
    running.update(b"bc")
    assert running.hexdigest() == ABC


@pytest.mark.skipif(not HAS_SM3, reason="this OpenSSL has no SM3 to compare with")
@given(st.lists(st.binary(max_size=200), max_size=4))
def test_ours_equals_that_of_openssl_in_any_pieces(pieces: list[bytes]) -> None:
    ours, theirs = SM3(), hashlib.new("sm3")
    for piece in pieces:
        ours.update(piece)
        theirs.update(piece)
    assert ours.hexdigest() == theirs.hexdigest() == SM3(b"".join(pieces)).hexdigest()


def test_ours_stands_in_where_openssl_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> object:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", refuse)
    stand_in = new_sm3()
    stand_in.update(b"abc")
    assert isinstance(stand_in, SM3)
    assert stand_in.hexdigest() == ABC


def test_a_file_is_hashed_whole(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"abc")
    found = digest_file(file)
    assert found.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert (found.sm3, found.size) == (ABC, 3)


def test_a_file_of_many_pieces_is_hashed_in_order(tmp_path: Path) -> None:
    content = b"".join(bytes([number % 251]) * 700_001 for number in range(5))
    file = tmp_path / "f"
    file.write_bytes(content)
    found = digest_file(file)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    running = new_sm3()
    running.update(content)
    assert found.sm3 == running.hexdigest()


def test_digests_in_the_making_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"abc")
    coming = ComingDigests(file, "f")
    coming.begin()
    assert coming.settled() == digest_file(file)
    file.write_bytes(b"another")
    assert (coming.sm3, coming.size) == (ABC, 3)
    assert coming.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_a_file_that_cannot_be_read_is_told_whoever_asks_and_as_often_as_he_asks(
    tmp_path: Path,
) -> None:
    coming = ComingDigests(tmp_path / "none", "案/none")
    for _ in range(2):
        with pytest.raises(UsageError, match="案/none"):
            _ = coming.sha256
