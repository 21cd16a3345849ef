"""All rules applied to one scope, or to the register."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby
from typing import NamedTuple

from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.model.period import Period
from tracer.rules.base import Lead
from tracer.rules.inspection import Inspection
from tracer.rules.registry import REGISTER_RULES, RULES
from tracer.rules.subjects import subjects_of

__all__ = ["Sighting", "examine", "examine_register", "sight", "sighted"]


class Sighting(NamedTuple):
    """As much of a finding as counting takes.

    Parameters
    ----------
    rule : str
        Code of the rule.
    subjects : collection of str
        The parties it is about (`subjects.subjects_of`).
    parties : tuple of str
        All it names, each once.
    """

    rule: str
    subjects: Collection[str]
    parties: tuple[str, ...]


def examine(case: Inspection) -> tuple[Finding, ...]:
    """Give every finding of a scope, by (rule, parties, segment, contracts, records)."""
    return _sorted(finding for rule in RULES for finding in rule.findings(case))


def sight(case: Inspection) -> Iterator[Sighting]:
    """Give what there is to find in a scope, in any order, none of it told: for counting."""
    for rule in RULES:
        code = rule.code
        for found in rule.check(case):
            if isinstance(found, Lead):
                yield Sighting(code, (found.subject,), found.parties)
            else:
                yield sighted(found)


def sighted(finding: Finding) -> Sighting:
    """Give as much of a finding as counting takes."""
    return Sighting(finding.rule, subjects_of(finding), finding.parties)


def examine_register(allocations: Iterable[Allocation], window: Period) -> tuple[Finding, ...]:
    """Give every finding about the register as a whole, in the same order."""
    known = tuple(allocations)
    return _sorted(finding for rule in REGISTER_RULES for finding in rule.check(known, window))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    by_names = sorted(findings, key=_names)
    return tuple(chain.from_iterable(_by_records([*same]) for _, same in groupby(by_names, _names)))


def _names(finding: Finding) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    return finding.rule, finding.parties, finding.segment or "", finding.contracts


def _by_records(same: list[Finding]) -> list[Finding]:
    """Sort findings of the same names: few have any, and naming records is slow."""
    if len(same) == 1:
        return same
    return sorted(same, key=lambda f: (f.record_ids, f.sentence))
