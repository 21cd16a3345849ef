"""The papers that records and comments rest on."""

from dataclasses import dataclass

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A scanned paper that a record names."""

    path: str
    digest: str | None
    page: str | None = None
