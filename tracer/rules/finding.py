"""All rules applied to one scope, or to the register."""

from collections.abc import Collection, Iterable
from itertools import chain, groupby

from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.model.period import Period
from tracer.rules.base import Lead
from tracer.rules.inspection import Inspection
from tracer.rules.registry import REGISTER_RULES, RULES
from tracer.rules.subjects import subjects_of

__all__ = ["by_rule", "examine", "examine_register", "sight", "subjects_in"]


def examine(case: Inspection) -> tuple[Finding, ...]:
    """Give every finding of a scope, by (rule, parties, segment, contracts, records)."""
    return _sorted(finding for rule in RULES for finding in rule.findings(case))


def sight(case: Inspection) -> dict[str, list[Finding | Lead]]:
    """Give what there is to find in a scope, by rule, leads not told: for counting.

    Rules that find nothing are absent; what one finds is in any order.
    """
    return {rule.code: found for rule in RULES if (found := list(rule.check(case)))}


def by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding | Lead]]:
    """Sort findings that are told by their rules, as `sight` gives them."""
    found: dict[str, list[Finding | Lead]] = {}
    for each in findings:
        found.setdefault(each.rule, []).append(each)
    return found


def subjects_in(found: Finding | Lead) -> Collection[str]:
    """Name the parties that something to find is about (`subjects.subjects_of`)."""
    return (found.subject,) if isinstance(found, Lead) else subjects_of(found)


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
