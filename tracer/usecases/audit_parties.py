"""Sums by party over the codes of an audit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracer.graph.figures import Figures
from tracer.graph.survey import Survey
from tracer.rules.audited import PartyLine
from tracer.rules.finding import Sighting

__all__ = ["PartySums"]


@dataclass(slots=True)
class _Sums:
    codes: int = 0
    held: int = 0
    deepest: int | None = None
    onward: int = 0
    own: int = 0
    findings: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    named: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class PartySums:
    """Adds up, code after code, what each party does and what names it."""

    def __init__(self) -> None:
        self._parties: dict[str, _Sums] = defaultdict(_Sums)

    def add_code(self, found: Survey, figures: Figures) -> None:
        """Add the parties of one code."""
        layers, onward = found.reach.layers, found.hops.onward
        for name in found.parties:
            here = self._parties[name]
            here.codes += 1
            here.held += name in found.scope.holders
            here.onward += len(onward.get(name, ()))
            if name in layers:
                here.deepest = max(layers[name], here.deepest or 0)
        for sender in figures.senders:
            self._parties[sender.name].own += sender.messages

    def add_findings(self, findings: Iterable[Sighting]) -> None:
        """Add findings to the parties they are about, and to those they name beside them."""
        parties = self._parties
        for rule, subjects, named in findings:
            for name in named:
                if name in subjects:
                    parties[name].findings[rule] += 1
                else:
                    parties[name].named[rule] += 1

    def add(self, others: "PartySums") -> None:
        """Add the sums of other codes."""
        for name, other in others._parties.items():  # noqa: SLF001 - of the same class
            here = self._parties[name]
            here.codes += other.codes
            here.held += other.held
            here.onward += other.onward
            here.own += other.own
            for mine, theirs in ((here.findings, other.findings), (here.named, other.named)):
                for rule, count in theirs.items():
                    mine[rule] += count
            if other.deepest is not None:
                here.deepest = max(other.deepest, here.deepest or 0)

    def lines(self) -> tuple[PartyLine, ...]:
        """Give the parties, in the order of `Audit.parties`."""
        lines = [
            PartyLine(
                name,
                each.codes,
                each.held,
                each.deepest,
                each.onward,
                each.own,
                dict(sorted(each.findings.items())),
                dict(sorted(each.named.items())),
            )
            for name, each in self._parties.items()
        ]
        lines.sort(
            key=lambda line: (-line.finding_count, -line.named_count, -line.codes, line.name)
        )
        return tuple(lines)
