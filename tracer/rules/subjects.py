"""Whom a finding is about, of those it names."""

from typing import Final

from tracer.model.finding import Finding

__all__ = ["subjects_of"]

_ACTOR: Final = ("party", "holder", "upstream")
_BOTH_ENDS: Final = frozenset({"TR501"})


def subjects_of(finding: Finding) -> frozenset[str]:
    """Give the parties a finding is about.

    That is the party its sentence is about; else who hands the number on; else all it names.
    """
    if finding.rule not in _BOTH_ENDS:
        for key in _ACTOR:
            named = finding.values.get(key)
            if isinstance(named, str) and named in finding.parties:
                return frozenset({named})
        if finding.hops:
            return frozenset(upstream for upstream, _ in finding.hops)
    return frozenset(finding.parties)
