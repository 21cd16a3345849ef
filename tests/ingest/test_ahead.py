"""A thread reads on: in order, no further than it may, and never longer than somebody listens."""

import threading
from collections.abc import Iterator

import pytest

from tracer.ingest.ahead import read_ahead


def readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


def test_all_comes_in_its_order() -> None:
    assert list(read_ahead(iter(range(1000)))) == list(range(1000))
    assert list(read_ahead(iter(()))) == []
    assert list(read_ahead(iter([None, None]))) == [None, None]
    assert readers() == []


def test_what_stops_the_stream_is_raised_after_all_that_came_before() -> None:
    def stream() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("far away")

    seen: list[int] = []
    with pytest.raises(LookupError, match="far away"):
        seen.extend(read_ahead(stream()))
    assert seen == [1, 2]
    assert readers() == []


def test_it_stays_only_a_little_ahead_and_ends_when_nobody_listens() -> None:
    read: list[int] = []

    def stream() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    ahead = read_ahead(stream())
    assert next(ahead) == 0
    assert len(readers()) == 1
    ahead.close()
    assert readers() == []
    assert len(read) < 10
