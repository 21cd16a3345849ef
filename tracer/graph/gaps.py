"""Gaps: where paper is missing above a party."""

from collections.abc import Collection, Iterable, Mapping

from tracer.graph.candidates import Archive, CandidateSearch
from tracer.graph.regions import Region
from tracer.graph.result import Gap
from tracer.graph.scope import Scope
from tracer.model.evidence import Contract

__all__ = ["find_gaps"]


def find_gaps(
    scope: Scope,
    gap_roots: Mapping[str, Region],
    carriers_above: Collection[str],
    on_its_numbers: Iterable[Contract],
    archive: Archive,
) -> tuple[Gap, ...]:
    """Describe each party at which a chain starts with a gap.

    Parameters
    ----------
    scope : Scope
        Of the trace.
    gap_roots : Mapping of str to Region
        By party, where it is a root below a holder that does not reach it.
    carriers_above : collection of str
        Carriers that stand above the chain: their access contracts lead nowhere in it.
    on_its_numbers : iterable of Contract
        Those with a segment that overlaps the number, of all days; others are passed over.
    archive : Archive
        Where the records that lead to these parties are, these among them. It is asked when the
        candidates of a gap are, and once for all gaps.
    """
    search = CandidateSearch(scope.ground, gap_roots, carriers_above, on_its_numbers, archive)
    axis, digits, days_of = scope.axis, scope.tree.digits, scope.regions.days
    gaps = []
    for party in sorted(gap_roots):
        region = gap_roots[party]
        mask = days_of(region)
        (first, last), unbroken = axis.ends(mask), axis.is_unbroken(mask)
        days = None if first is None or last is None else axis.count(mask)
        numbers = _shortest([digits[node] for node, here in region.items() if here])
        gaps.append(Gap(party, days, first, last, search.of(party), unbroken, numbers))
    return tuple(gaps)


def _shortest(prefixes: Collection[str]) -> tuple[str, ...]:
    """Leave out what begins with another of them.

    Examples
    --------
    >>> _shortest(["10690001", "1069", "1068", "1068"])
    ('1068', '1069')
    """
    if len(prefixes) == 1:  # as mostly
        return tuple(prefixes)
    kept: list[str] = []
    for prefix in sorted(prefixes):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept)
