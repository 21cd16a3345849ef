"""Sums by party over the codes of an audit."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from tracer.graph.figures import Figures
from tracer.graph.survey import Survey
from tracer.model.finding import Finding
from tracer.rules.audited import PartyLine
from tracer.rules.base import Lead
from tracer.rules.finding import subjects_in

__all__ = ["PartySums"]

_ByRule = defaultdict[str, Counter[str]]
"""How often each party, by rule."""


class PartySums:
    """Adds up, code after code, what each party does and what names it."""

    def __init__(self) -> None:
        self._codes: Counter[str] = Counter()
        self._held: Counter[str] = Counter()
        self._onward: Counter[str] = Counter()
        self._own: Counter[str] = Counter()
        self._deepest: dict[str, int] = {}
        self._findings: _ByRule = defaultdict(Counter)
        self._named: _ByRule = defaultdict(Counter)

    def add_code(self, found: Survey, figures: Figures) -> None:
        """Add the parties of one code."""
        self._codes.update(found.parties)
        self._held.update(found.scope.holders.keys())
        for name, ways in found.hops.onward.items():
            self._onward[name] += len(ways)
        for sender in figures.senders:
            self._own[sender.name] += sender.messages
        self._look_deeper(found.reach.layers)

    def _look_deeper(self, layers: Mapping[str, int]) -> None:
        deepest = self._deepest
        for name, layer in layers.items():
            if layer > deepest.get(name, -1):
                deepest[name] = layer

    def add_findings(self, found: Mapping[str, Collection[Finding | Lead]]) -> None:
        """Add what rules found to the parties it is about, and to those it names beside them."""
        for rule, some in found.items():
            leads = [each for each in some if isinstance(each, Lead)]
            about = [subject for subject, _, _ in leads]
            named = [name for subject, names, _ in leads for name in names if name != subject]
            if len(leads) < len(some):
                told = [(subjects_in(each), each.parties) for each in some]
                about = [name for subjects, names in told for name in names if name in subjects]
                named = [name for subjects, names in told for name in names if name not in subjects]
            self._findings[rule].update(about)
            self._named[rule].update(named)

    def add(self, others: "PartySums") -> None:
        """Add the sums of other codes."""
        for mine, theirs in (
            (self._codes, others._codes),  # noqa: SLF001 - of the same class
            (self._held, others._held),  # noqa: SLF001
            (self._onward, others._onward),  # noqa: SLF001
            (self._own, others._own),  # noqa: SLF001
            *((self._findings[rule], some) for rule, some in others._findings.items()),  # noqa: SLF001
            *((self._named[rule], some) for rule, some in others._named.items()),  # noqa: SLF001
        ):
            mine.update(theirs)
        self._look_deeper(others._deepest)  # noqa: SLF001

    def lines(self) -> tuple[PartyLine, ...]:
        """Give the parties, in the order of `Audit.parties`."""
        findings, named = _by_party(self._findings), _by_party(self._named)
        about, beside = _totals(self._findings), _totals(self._named)
        names = self._codes.keys() | findings.keys() | named.keys() | self._own.keys()
        codes, nothing = self._codes, dict[str, int]()
        return tuple(
            PartyLine(
                name,
                codes[name],
                self._held[name],
                self._deepest.get(name),
                self._onward[name],
                self._own[name],
                findings.get(name, nothing),
                named.get(name, nothing),
            )
            for *_, name in sorted((-about[n], -beside[n], -codes[n], n) for n in names)
        )


def _totals(found: _ByRule) -> Counter[str]:
    """Give how often each party, whatever the rule."""
    totals: Counter[str] = Counter()
    for some in found.values():
        totals.update(some)
    return totals


def _by_party(found: _ByRule) -> dict[str, dict[str, int]]:
    """Give how often each party by rule, rules in order."""
    parties: dict[str, dict[str, int]] = {}
    for rule in sorted(found):
        for name, count in found[rule].items():
            parties.setdefault(name, {})[rule] = count
    return parties
