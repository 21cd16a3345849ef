"""Likely same parties: what speaks for each two, and what against.

A question put to a person, never an answer. Equal credit codes, a former name and names that differ
in spelling alone are asked about whatever else is on record; names that are merely alike, or people
and places in common, only where no valid codes tell the two apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tracer.identity.blocks import block_up
from tracer.identity.names import FoldedName, look_alike
from tracer.identity.portraits import Portrait, portray
from tracer.model.party import is_uscc
from tracer.model.suggestion import KnownParty, Reason, Suggestion, Suggestions

__all__ = ["suggest"]

_STRONG: Final = frozenset({"uscc", "former_name", "spelling"})
_LIKELY: Final = frozenset({"uscc_typo", "form", "looks", "region", "branch"})
_NAMES_ALIKE: Final = frozenset({"trade", "alike", "masked"})
_COMMON: Final = frozenset({"phone", "address", "representative", "account"})
_TELLING: Final = frozenset({"phone", "address", "account"})
"""Of these, one in common is worth a question where names are alike; people share their names."""
_ALIKE: Final = 50
"""Per cent of likeness of the trade names that is meant by alike."""
_LEAST_TOLD: Final = 2
_ORDER: Final = ("strong", "likely", "possible")


def suggest(parties: Iterable[KnownParty]) -> Suggestions:
    """Find parties that may be one."""
    portraits = [portray(party) for party in sorted(parties, key=lambda party: party.name)]
    blocks, large = block_up(portraits)
    compared = {pair for block in blocks for pair in block.pairs()}
    found = [
        made
        for one, other in sorted(compared)
        if (made := _compare(portraits[one], portraits[other])) is not None
    ]
    found.sort(key=lambda each: (_ORDER.index(each.level), -each.likeness, each.one, each.other))
    told = tuple(
        (block.kind, block.key, len(block.places))
        for block in large
        if block.kind not in ("slip", "like")
    )
    return Suggestions(tuple(found), told)


def _compare(one: Portrait, other: Portrait) -> Suggestion | None:
    reasons = tuple(sorted(set(_reasons(one, other))))
    kinds = {reason.kind for reason in reasons}
    if not kinds:
        return None
    against = tuple(sorted(set(_against(one, other))))
    likeness = _likeness(one, other)
    level = _level(kinds, against, likeness)
    if level is None:
        return None
    return Suggestion(one.name, other.name, level, likeness, reasons, against)


def _level(kinds: set[str], against: Sequence[Reason], likeness: int) -> str | None:
    """Tell how much speaks for two being one; None for too little to ask."""
    apart = {reason.kind for reason in against}
    if kinds & _STRONG:
        return "possible" if "usccs" in apart else "strong"
    common = kinds & _COMMON
    if "usccs" in apart:  # codes that are valid and different: a like name is no reason to ask
        return "possible" if kinds & _LIKELY and common else None
    if kinds & _LIKELY:
        return "possible" if "regions" in apart else "likely"
    if kinds & _NAMES_ALIKE:
        if "regions" in apart and not common:
            return None
        return "likely" if common else "possible"
    is_alike = likeness >= _ALIKE and "regions" not in apart
    return "possible" if len(common) > 1 or (common & _TELLING and is_alike) else None


def _reasons(one: Portrait, other: Portrait) -> Iterator[Reason]:
    for code in one.codes & other.codes:
        yield Reason("uscc", code)
    for mine in one.codes - other.codes:
        for theirs in other.codes - one.codes:
            if not (mine in one.valid and theirs in other.valid) and _is_one_off(mine, theirs):
                yield Reason("uscc_typo", f"{mine} / {theirs}")
    for former in (
        *(one.former & other.folded),
        *(other.former & one.folded),
        *(one.former & other.former),
    ):
        yield Reason("former_name", former)
    yield from _name_reasons(one, other)
    for kind, mine_stated, theirs_stated in (
        ("phone", one.phones, other.phones),
        ("address", one.addresses, other.addresses),
        ("representative", one.persons, other.persons),
        ("account", one.accounts, other.accounts),
    ):
        for value in mine_stated & theirs_stated:
            yield Reason(kind, value)


def _name_reasons(one: Portrait, other: Portrait) -> Iterator[Reason]:
    """Say how two names are alike, by the closest of their spellings."""
    kinds = {
        kind
        for mine in one.names
        for theirs in other.names
        if (kind := _alike(mine, theirs)) is not None
    }
    for kind in ("spelling", "form", "looks", "region", "branch", "trade", "alike", "masked"):
        if kind in kinds:
            yield Reason(kind)
            return


def _alike(mine: FoldedName, theirs: FoldedName) -> str | None:
    if mine.whole == theirs.whole:
        return "spelling"
    if mine.company == theirs.company:
        return _same_company(mine, theirs)
    if look_alike(mine.whole) == look_alike(theirs.whole):
        return "looks"
    if mine.is_masked or theirs.is_masked or mine.branch != theirs.branch:
        return None
    if mine.trade_name == theirs.trade_name:
        return _same_trade_name(mine, theirs)
    same_rest = mine.trade == theirs.trade and bool(set(mine.region) & set(theirs.region))
    if same_rest and look_alike(mine.trade_name) == look_alike(theirs.trade_name):
        return "looks"
    is_long = min(len(mine.trade_name), len(theirs.trade_name)) > _LEAST_TOLD
    if same_rest and is_long and _is_one_off(mine.trade_name, theirs.trade_name):
        return "alike"  # of two characters, one makes another company
    return None


def _same_company(mine: FoldedName, theirs: FoldedName) -> str:
    if mine.branch != theirs.branch:
        return "branch"
    if mine.is_masked:
        return "masked"
    return "spelling" if mine.form == theirs.form else "form"


def _same_trade_name(mine: FoldedName, theirs: FoldedName) -> str | None:
    """Tell two of one trade name: a region left out, or words of the trade."""
    if mine.trade == theirs.trade:
        told = len(mine.trade_name) + len(mine.trade) > _LEAST_TOLD
        return "region" if told and not (mine.region and theirs.region) else None
    is_short = len(mine.trade_name) < _LEAST_TOLD
    shares = bool(mine.trade and theirs.trade) and (
        mine.trade in theirs.trade or theirs.trade in mine.trade
    )
    return "trade" if shares and not is_short else None


def _is_one_off(mine: str, theirs: str) -> bool:
    """Tell whether two texts differ in one character, or in two swapped."""
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(mine, theirs, score_cutoff=1) <= 1


def _against(one: Portrait, other: Portrait) -> Iterator[Reason]:
    if one.valid and other.valid and not one.valid & other.valid:
        yield Reason("usccs", _apart(one.valid, other.valid))
    if one.regions and other.regions and not one.regions & other.regions:
        yield Reason("regions", _apart(one.regions, other.regions))


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> str:
    return " / ".join("、".join(sorted(each)) for each in (mine, theirs))


def _likeness(one: Portrait, other: Portrait) -> int:
    """Give how alike the closest trade names are, in per cent; the rest many have in common."""
    from rapidfuzz import fuzz

    mine, theirs = (
        {look_alike(name.trade_name) for name in side.names if not is_uscc(name.whole.upper())}
        for side in (one, other)
    )
    return round(max((fuzz.ratio(a, b) for a in mine for b in theirs), default=0.0))
