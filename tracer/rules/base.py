"""What a rule is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracer.model.finding import Finding, Value
from tracer.model.source import RecordRef

if TYPE_CHECKING:
    from tracer.model.evidence import Allocation, Contract
    from tracer.model.period import Period
    from tracer.rules.inspection import Inspection

__all__ = ["NO_DAYS", "Lead", "RegisterRule", "Rule", "Span", "make_finding", "some_names"]


class Lead(NamedTuple):
    """A finding that is not told yet: of millions that are only counted, none ever is.

    Parameters
    ----------
    subject : str
        The party it is about.
    parties : tuple of str
        Those it will name, in any order, each once.
    tell : callable
        Puts it together: its records, days, words.
    """

    subject: str
    parties: tuple[str, ...]
    tell: Callable[[], Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that looks at one scope: a trace, or one code of an audit.

    Parameters
    ----------
    code : str
        `TR201`; never used again for another rule.
    name : str
        `unapproved-sublease`; its file is `tr201_unapproved_sublease.py`.
    clauses : tuple of str
        Ids of the clauses it rests on (`clauses.toml`).
    check : callable
        Gives its findings, in any order; as leads where there may be one at every hop.
    """

    code: str
    name: str
    clauses: tuple[str, ...]
    check: "Callable[[Inspection], Iterable[Finding | Lead]]"

    def findings(self, case: "Inspection") -> Iterator[Finding]:
        """Give its findings, told; in any order."""
        for found in self.check(case):
            yield found.tell() if isinstance(found, Lead) else found


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """A rule that looks at the register of allocations as a whole: in an audit only.

    Parameters
    ----------
    code, name, clauses
        As of `Rule`.
    check : callable
        Gives its findings from the allocations on record, over the days of a window.
    """

    code: str
    name: str
    clauses: tuple[str, ...]
    check: "Callable[[Iterable[Allocation], Period], Iterable[Finding]]"


@dataclass(frozen=True, slots=True)
class Span:
    """The days a finding is about.

    Parameters
    ----------
    days : int or None
        How many; None when they have no beginning or no end.
    first, last : datetime.date or None
        Cut to the window; None where open.
    """

    days: int | None
    first: date | None
    last: date | None


NAMES_LISTED = 10
"""Names a sentence lists; the finding's parties or hops have them all."""

NO_DAYS = Span(None, None, None)
"""Of a finding that is about no days."""


def make_finding(
    rule: str,
    *,
    hops: Iterable[tuple[str, str]] = (),
    parties: Iterable[str] = (),
    contracts: "Iterable[Contract]" = (),
    refs: Iterable[RecordRef] = (),
    segment: str | None = None,
    span: Span = NO_DAYS,
    messages: int | None = None,
    amount: int | None = None,
    sentence: str | None = None,
    values: Mapping[str, Value] | None = None,
) -> Finding:
    """Put a finding together, everything in it sorted and each once.

    Parameters
    ----------
    rule : str
        Code of the rule.
    hops : iterable of (str, str)
        Hops concerned.
    parties : iterable of str
        Those concerned; the ends of the hops when left out.
    contracts : iterable of Contract
        Those it names; their rows are among its records.
    refs : iterable of RecordRef
        Its other records.
    sentence : str, optional
        Key of the sentence, without `finding.`; the rule's code when left out.
    """
    pairs = tuple(sorted(set(hops)))
    named = tuple(contracts)
    by_id = {ref.record_id: ref for ref in (*(c.ref for c in named), *refs)}
    return Finding(
        rule=rule,
        parties=tuple(sorted(set(parties) or {end for pair in pairs for end in pair})),
        hops=pairs,
        contracts=tuple(sorted({c.contract_no for c in named})),
        segment=segment,
        records=tuple(by_id[key] for key in sorted(by_id)),
        days=span.days,
        messages=messages,
        amount=amount,
        first_day=span.first,
        last_day=span.last,
        sentence=sentence or rule,
        values=dict(values or {}),
    )


def some_names(names: Iterable[str]) -> tuple[str, ...]:
    """Give the names a sentence lists: sorted, and where there are very many only the first.

    Examples
    --------
    >>> some_names("BA"), len(some_names(map(str, range(99))))
    (('A', 'B'), 11)
    """
    known = sorted(set(names))
    return tuple(known) if len(known) <= NAMES_LISTED else (*known[:NAMES_LISTED], "…")
