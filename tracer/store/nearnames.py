"""Names on record that are written much like one of which nothing is on record."""

import difflib
import heapq
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, exists, select

from tracer.model.party import fold_party, is_uscc
from tracer.store.places import counts
from tracer.store.tables import source_spellings, source_usccs, spellings

__all__ = ["near_names"]

_LEAST_ALIKE: Final = 0.6
_COMPARED: Final = 50
"""Names compared letter by letter: those that share most pairs of letters with the one asked."""
_WRONG_DIGITS: Final = 2
_LEAST_TOLD: Final = 3
"""Letters by which a name may be told that holds them; 公司 is in all of them."""

_NAMES: Final = select(spellings.c.raw, spellings.c.folded).where(
    exists().where(source_spellings.c.spelling_id == spellings.c.id).where(counts(source_spellings))
)
_CODES: Final = select(source_usccs.c.uscc).where(counts(source_usccs)).distinct()


def near_names(conn: Connection, text: str, most: int = 3) -> tuple[str, ...]:
    """Give names on record, as printed, that are most like a text; or credit codes like a code.

    Parameters
    ----------
    text : str
        A name or a credit code of which nothing is on record.
    most : int
        How many at most.

    Returns
    -------
    tuple of str
        Most alike first, then by name; of one name in several spellings the first.
    """
    asked = fold_party(text)
    if is_uscc(asked):
        codes = (code for (code,) in conn.execute(_CODES))
        return tuple(sorted(code for code in codes if _misread(asked, code)))[:most]
    pairs = _pairs(asked)
    known: dict[str, str] = {}
    for raw, folded in conn.execute(_NAMES):
        if asked in folded or folded in asked or pairs & _pairs(folded):
            known[folded] = min(raw, known.get(folded, raw))
    likely = heapq.nlargest(_COMPARED, sorted(known), lambda name: _shared(pairs, name))
    scored = [(_likeness(asked, name), known[name]) for name in likely]
    near = sorted((-score, name) for score, name in scored if score >= _LEAST_ALIKE)
    return tuple(name for _, name in near)[:most]


def _pairs(folded: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(folded))


def _shared(pairs: Collection[str], name: str) -> float:
    theirs = _pairs(name)
    return 2 * len(theirs.intersection(pairs)) / (len(theirs) + len(pairs) or 1)


def _likeness(asked: str, name: str) -> float:
    """Tell how alike two names are; one that holds the other is as like as can be."""
    if min(len(asked), len(name)) >= _LEAST_TOLD and (asked in name or name in asked):
        return 1.0
    return difflib.SequenceMatcher(None, asked, name).ratio()


def _misread(asked: str, code: str) -> bool:
    different = sum(a != b for a, b in zip(asked, code, strict=False))
    return len(asked) == len(code) and different <= _WRONG_DIGITS
