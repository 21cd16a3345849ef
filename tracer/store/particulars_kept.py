"""The particulars of every party kept in memory, cut to one scope after the other."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from tracer.model.particulars import Particulars
from tracer.model.segment import MIN_DIGITS

__all__ = ["KeptParticulars"]

_Record = TypeVar("_Record")
_ByPair = Mapping[tuple[str, str], tuple[_Record, ...]]


class KeptParticulars:
    """All that is on record, indexed by party and by digits.

    Parameters
    ----------
    whole : Particulars
        Of every party and number on record.
    """

    def __init__(self, whole: Particulars) -> None:
        self._whole = whole
        self._checks = _by_first(whole.checks)
        self._payments = _by_first(whole.payments)
        self._incoming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair in whole.unsegmented:
            self._incoming[pair[1]].append(pair)
        self._openings = [opening.segment.prefix for opening in whole.openings]
        self._notices = [notice.number for notice in whole.notices]
        self._related: dict[str, list[int]] = defaultdict(list)
        for place, relation in enumerate(whole.relations):
            self._related[relation.party_a].append(place)

    def cut(self, parties: Collection[str], number: str, *, is_exact: bool) -> Particulars:
        """Give what concerns some parties, and the numbers of a scope.

        Parameters
        ----------
        parties : collection of str
            Canonical names.
        number : str
            Digits the scope begins with.
        is_exact : bool
            Only this one number is meant.
        """
        whole, names = self._whole, sorted(parties)
        known = set(names)
        beyond = number + ("0" if is_exact else ":")
        shorter = [number[:length] for length in range(MIN_DIGITS, len(number))]
        under = _range(self._openings, number, beyond)
        over = [_range(self._openings, prefix, prefix + "0") for prefix in shorter]
        related = sorted(
            place
            for name in _among(names, self._related)
            for place in self._related[name]
            if whole.relations[place].party_b in known
        )
        incoming = sorted(
            pair for name in _among(names, self._incoming) for pair in self._incoming[name]
        )
        return Particulars(
            classes=whole.classes,
            profiles={name: whole.profiles[name] for name in _among(names, whole.profiles)},
            checks=dict(_within(self._checks, names, known)),
            checking={name: whole.checking[name] for name in _among(names, whole.checking)},
            openings=tuple(whole.openings[place] for span in (*over, under) for place in span),
            payments=dict(_within(self._payments, names, known)),
            relations=tuple(whole.relations[place] for place in related),
            notices=tuple(whole.notices[place] for place in _range(self._notices, number, beyond)),
            unsegmented={pair: whole.unsegmented[pair] for pair in incoming},
        )


def _among(names: Sequence[str], known: Collection[str]) -> Sequence[str]:
    """Leave the names of which something is known: of most kinds of papers there are few."""
    return [name for name in names if name in known] if known else ()


_ByFirst = dict[str, dict[str, tuple[_Record, ...]]]


def _by_first(records: _ByPair[_Record]) -> _ByFirst[_Record]:
    found: _ByFirst[_Record] = defaultdict(dict)
    for (first, second), some in records.items():
        found[first][second] = some
    return found


def _within(
    records: _ByFirst[_Record], names: Sequence[str], known: Collection[str]
) -> Iterator[tuple[tuple[str, str], tuple[_Record, ...]]]:
    """Give the pairs of which both ends are known, in order; the shorter list is walked."""
    for first in _among(names, records):
        of_first = records[first]
        if len(of_first) < len(names):
            seconds = [second for second in of_first if second in known]
        else:
            seconds = [second for second in names if second in of_first]
        for second in seconds:
            yield (first, second), of_first[second]


def _range(digits: Sequence[str], first: str, beyond: str) -> range:
    """Give the places of sorted digits from `first` up to, not including, `beyond`."""
    return range(bisect_left(digits, first), bisect_left(digits, beyond))
