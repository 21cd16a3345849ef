"""What a page tells of each item and row, as numbers into one list of texts.

A large case says most things many times; each text stands in the page once, and the script puts
together what is asked for. Nothing is shortened.
"""

from collections.abc import Sequence
from typing import Any

from tracer.report.details import Citation, Fact, Item
from tracer.report.textfit import printable
from tracer.report.wording import Said

__all__ = ["Words", "coded_item", "coded_rows", "pair"]

_Coded = list[Any]
Cells = Sequence[tuple[Said, str]]
"""Of each cell what is said, and what it is sorted by."""


class Words:
    """The texts of a panel, each once, in the order in which they were first said."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}

    def of(self, said: Said) -> int:
        """Give the place of a text."""
        places = self._places
        return places.setdefault((said.zh, said.en), len(places))

    def listed(self) -> list[list[str] | str]:
        """Give all texts: one string where both languages say the same."""
        return [zh if zh == en else [zh, en] for zh, en in self._places]


def pair(said: Said) -> list[str] | str:
    """Give a text as a page holds it: one string where both languages say the same."""
    return said.zh if said.zh == said.en else [said.zh, said.en]


def coded_item(item: Item, words: Words) -> _Coded:
    """Give all that is told of an item, in the order `items.js` reads it."""
    of = words.of
    return [
        item.id,
        of(item.kind),
        of(item.title),
        _facts(item.facts, words),
        [[of(block.heading), *_facts(block.facts, words)] for block in item.blocks],
        item.related,
        item.findings,
        item.cited,
        item.boxes,
        _citation(item.citation, words),
        printable(" ".join(part for part in item.search if part)).casefold(),
    ]


def coded_rows(rows: Sequence[tuple[str, Cells]], words: Words) -> list[_Coded]:
    """Give rows: the id, then of each cell what is said and its place in its column's order."""
    columns = zip(*([key for _, key in cells] for _, cells in rows), strict=True)
    orders = [{key: at for at, key in enumerate(sorted(set(column)))} for column in columns]
    return [
        [
            row,
            *(
                number
                for (said, key), order in zip(cells, orders, strict=True)
                for number in (words.of(said), order[key])
            ),
        ]
        for row, cells in rows
    ]


def _facts(facts: Sequence[Fact], words: Words) -> list[int]:
    of = words.of
    return [place for fact in facts for place in (of(fact.label), of(fact.value))]


def _citation(citation: Citation | Said | None, words: Words) -> _Coded | int | None:
    if citation is None:
        return None
    of = words.of
    if isinstance(citation, Said):
        return of(citation)
    parts = (
        citation.no, citation.kind, citation.title, citation.ends, citation.segments, citation.term,
    )  # fmt: skip
    stands = [place for where, digest in citation.sources for place in (of(where), of(digest))]
    return [*map(of, parts), *stands]
