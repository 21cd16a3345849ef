"""The list of electronic data (电子数据清单): every file a case was loaded from, with its digests.

Columns as investigators hand such a list over; who holds a file and which office it came from is
known to whoever hands it over, and left blank.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

from tracer.messages import Language, text
from tracer.report.workbook import Cell

__all__ = ["ListedFile", "data_list"]

COLUMNS: Final = (
    "no",
    "file",
    "class",
    "form",
    "size",
    "sha256",
    "sm3",
    "origin",
    "received",
    "method",
    "receiver",
    "owner",
    "remark",
)


class ListedFile(Protocol):
    """A file of the case, as the list needs it."""

    @property
    def path(self) -> str:
        """As it was given when it was loaded."""

    @property
    def kind(self) -> str:
        """`source`, `document` or `beside`."""

    @property
    def sha256(self) -> str | None:
        """Digest; None for a document that was not there."""

    @property
    def sm3(self) -> str | None:
        """Digest."""

    @property
    def size(self) -> int | None:
        """Bytes."""

    @property
    def place(self) -> str | None:
        """Where it stands in the package; None when it is not packed."""


class Received(Protocol):
    """When and how a file came in."""

    @property
    def at(self) -> str:
        """Time with zone."""

    @property
    def operator(self) -> str:
        """Who loaded it."""

    @property
    def remark(self) -> str:
        """What became of its rows."""


def data_list(
    files: Iterable[ListedFile], received: Mapping[str, Received], lang: Language
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Give the list of electronic data: its column heads, and its rows.

    Parameters
    ----------
    files : iterable of ListedFile
        In order.
    received : Mapping of str to Received
        By SHA-256.
    """
    header = tuple(text(f"data_list.head.{name}", lang) for name in COLUMNS)
    return header, list(_rows(files, received, lang))


def _rows(
    files: Iterable[ListedFile], received: Mapping[str, Received], lang: Language
) -> Iterator[tuple[Cell, ...]]:
    for number, each in enumerate(files, start=1):
        came = received.get(each.sha256 or "")
        remarks = [came.remark] if came and came.remark else []
        if each.sha256 is None:
            remarks.append(text("data_list.absent", lang))
        if each.place is not None:
            remarks.append(f"data/{each.place}")
        ending = each.path.rpartition("/")[2].rpartition(".")
        yield (
            number,
            each.path,
            text(f"data_list.kind.{each.kind}", lang),
            ending[2].casefold() if ending[1] else None,
            each.size,
            each.sha256,
            each.sm3,
            None,
            came.at if came else None,
            text("data_list.method", lang) if came else None,
            came.operator if came else None,
            None,
            "；".join(remarks) if lang == "zh" else "; ".join(remarks),
        )
