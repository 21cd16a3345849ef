"""Reading on while what was read is written: a thread stays one step ahead."""

from collections.abc import Generator, Iterator
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread
from typing import Final, TypeVar

__all__ = ["read_ahead"]

T = TypeVar("T")

_AHEAD: Final = 1
_MOMENT: Final = 0.01


def read_ahead(stream: Iterator[T]) -> Generator[T, None, None]:
    """Give what a stream gives, in its order, read by a thread that stays ahead of who takes it.

    Parameters
    ----------
    stream : iterator
        Used by that thread alone until this one is closed.

    Raises
    ------
    BaseException
        What the stream raised, where it raised it.

    Examples
    --------
    >>> list(read_ahead(iter("甲乙")))
    ['甲', '乙']
    """
    queue: Queue[tuple[T] | None] = Queue(_AHEAD)
    given_up = Event()
    raised: list[BaseException] = []

    def run() -> None:
        try:
            for found in stream:
                queue.put((found,))
                if given_up.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised to whom it concerns
            raised.append(error)
        finally:
            queue.put(None)

    thread = Thread(target=run, name="read-ahead", daemon=True)
    thread.start()
    try:
        while (found := queue.get()) is not None:
            yield found[0]
        if raised:
            raise raised[0]
    finally:
        given_up.set()
        while thread.is_alive():  # it may be waiting for room
            with suppress(Empty):
                queue.get(timeout=_MOMENT)
