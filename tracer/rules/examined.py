"""A trace and what the rules found in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tracer.graph.result import Trace
from tracer.model.finding import Finding

__all__ = ["ExaminedTrace"]


@dataclass(frozen=True, slots=True)
class ExaminedTrace:
    """A trace with its findings: leads (线索), never verdicts.

    Parameters
    ----------
    trace : Trace
        What was found on record.
    findings : tuple of Finding
        In the order of `rules.finding.examine`.
    """

    trace: Trace
    findings: tuple[Finding, ...]

    @property
    def by_rule(self) -> Mapping[str, int]:
        """How many findings each rule has, by code; rules without any are left out."""
        return dict(sorted(Counter(finding.rule for finding in self.findings).items()))
