"""Which rules found something at which hop or party."""

from collections.abc import Sequence

from tracer.model.finding import Finding

__all__ = ["LeadMarks"]


class LeadMarks:
    """Says which rules found something at a hop or a party.

    Parameters
    ----------
    findings : sequence of Finding
        Of one trace.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._by_hop: dict[tuple[str, str], list[str]] = {}
        self._by_party: dict[str, list[str]] = {}
        for finding in findings:
            for pair in finding.hops:
                _note(self._by_hop.setdefault(pair, []), finding.rule)
            for name in finding.parties if not finding.hops else ():
                _note(self._by_party.setdefault(name, []), finding.rule)

    def hop(self, upstream: str, downstream: str) -> Sequence[str]:
        """Give the rules with a finding about this hop, in order of code."""
        return self._by_hop.get((upstream, downstream), ())

    def party(self, name: str) -> Sequence[str]:
        """Give the rules with a finding about this party that is about no hop."""
        return self._by_party.get(name, ())


def _note(codes: list[str], rule: str) -> None:
    if rule not in codes:
        codes.append(rule)
