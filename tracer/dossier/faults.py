"""What the findings say of a party, sorted by what a court may ask: clauses, checks, reports."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from tracer.dossier.codecase import CodeCase
from tracer.model.finding import Finding
from tracer.rules.subjects import subjects_of

__all__ = ["GROUPS", "ONWARD", "Fault", "find_faults"]

GROUPS: Final[dict[str, frozenset[str]]] = {
    "clauses": frozenset({"TR201", "TR202", "TR208"}),
    "checks": frozenset({"TR401", "TR402", "TR403"}),
    "reports": frozenset({"TR404"}),
}
"""Rules by what they speak of: handing on against clause or without approval, checks that are
missing, traffic after a report or notice. All other rules but those of `ONWARD` are `other`."""

ONWARD: Final = "onward"
"""What a party's downstream did with the number; whether the party knew is not on record, and it
is no act of its own."""
_ONWARD_RULES: Final = frozenset({"TR210"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding that names a party.

    Parameters
    ----------
    code : str
        The code in whose scope it was found.
    group : {"clauses", "checks", "reports", "onward", "other"}
        What it speaks of.
    is_subject : bool
        It is about this party; else about another, to which this one is the other end.
    counts : bool
        It is the first of its act: of a rule of `clauses` and a code, findings that name the same
        hops onward from the party are one act, however many papers (a contract and its
        supplement) evidence it. Of other groups every finding counts.
    """

    code: str
    finding: Finding
    group: str
    is_subject: bool
    counts: bool = True

    @property
    def is_actor(self) -> bool:
        """Whether it speaks of what this party did."""
        return self.is_subject and self.group != ONWARD


def find_faults(codes: Iterable[CodeCase], name: str) -> tuple[Fault, ...]:
    """Give the findings that name a party, by (group, rule, code)."""
    found = [
        Fault(code.code, finding, _group(finding.rule), name in subjects_of(finding))
        for code in codes
        for finding in code.findings_of.get(name, ())
    ]
    order = [*GROUPS, ONWARD, "other"]
    found.sort(key=lambda f: (order.index(f.group), not f.is_subject, f.finding.rule, f.code))
    seen: set[tuple[str, str, bool, frozenset[tuple[str, str]]]] = set()
    marked = []
    for fault in found:
        onward = frozenset(hop for hop in fault.finding.hops if hop[0] == name)
        act = (fault.code, fault.finding.rule, fault.is_subject, onward)
        marked.append(
            replace(fault, counts=fault.group != "clauses" or not onward or act not in seen)
        )
        seen.add(act)
    return tuple(marked)


def _group(rule: str) -> str:
    if rule in _ONWARD_RULES:
        return ONWARD
    return next((name for name, rules in GROUPS.items() if rule in rules), "other")
