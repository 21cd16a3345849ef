"""The papers that records and comments rest on."""

from typing import NamedTuple

__all__ = ["Document"]


class Document(NamedTuple):
    """A scanned paper that a record names."""

    path: str
    digest: str | None
    page: str | None = None
