"""What a page is filtered by: of every record, gap, party and lead, in figures and ids only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tracer.model.period import Period
from tracer.model.segment import SegmentSyntaxError, parse_segments
from tracer.report.traffic import Daily, DayFigure
from tracer.report.view import EvidenceItem, FindingView, GapBox, GraphView

__all__ = ["Choices", "Facets", "day_number", "days_of", "find_facets", "shown_days"]

_EPOCH: Final = date(1970, 1, 1).toordinal()
_NO_LAYER: Final = -1
_KINDS: Final = ("allocation", "contract", "routing")
_STATUSES: Final = (
    "corroborated", "partly_covered", "contract_only", "routing_only", "gap", "unallocated",
)  # fmt: skip
_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: only what some record has.

    Parameters
    ----------
    layers : tuple of int
        -1 for parties with no known layer.
    first, last : datetime.date or None
        The days on which records show anything, open ends left out.
    """

    codes: tuple[str, ...] = ()
    layers: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @staticmethod
    def of_all(several: Iterable["Choices"]) -> "Choices":
        """Put together what may be chosen in several panels."""
        listed = tuple(several)
        firsts = [each.first for each in listed if each.first]
        lasts = [each.last for each in listed if each.last]
        return Choices(
            codes=tuple(sorted({code for each in listed for code in each.codes})),
            layers=tuple(sorted({layer for each in listed for layer in each.layers}, key=_last)),
            kinds=tuple(k for k in _KINDS if any(k in each.kinds for each in listed)),
            statuses=tuple(s for s in _STATUSES if any(s in each.statuses for each in listed)),
            rules=tuple(sorted({rule for each in listed for rule in each.rules})),
            first=min(firsts, default=None),
            last=max(lasts, default=None),
        )


@dataclass(frozen=True, slots=True)
class Facets:
    """Of one panel: what may be chosen, and what each part of it has."""

    choices: Choices
    data: _Json


def find_facets(view: GraphView, daily: Daily) -> Facets:
    """Find what the parts of a view are filtered by.

    Parameters
    ----------
    view : GraphView
        Its ids are the keys.
    daily : Daily
        Days with routing records, pair by pair.
    """
    ids = {node.name: node.id for node in view.parties}
    layers = {node.id: _NO_LAYER if node.layer is None else node.layer for node in view.parties}
    rules = _rules_by_part(view)
    files = {source.path: place for place, source in enumerate(view.sources)}
    first, last = shown_days(view, view.evidence, daily)
    records = {item.no: _record(item, ids, layers, rules, files, daily) for item in view.evidence}
    gaps = {gap.id: _gap(gap, view.number, ids, layers, rules, files) for gap in view.gaps}
    rule_codes = {each.finding.rule for each in view.findings}
    statuses = {item.status for item in view.evidence} | {gap.kind for gap in view.gaps}
    choices = Choices(
        codes=tuple(sorted({code for part in records.values() for code in part["codes"]})),
        layers=tuple(sorted({layers[node.id] for node in view.drawn()}, key=_last)),
        kinds=tuple(k for k in _KINDS if any(item.kind == k for item in view.evidence)),
        statuses=tuple(status for status in _STATUSES if status in statuses),
        rules=tuple(sorted(rule_codes)),
        first=first,
        last=last,
    )
    data = {
        "records": records,
        "gaps": gaps,
        "parties": {
            node.id: {
                "layer": layers[node.id],
                "rules": rules.get(node.id, []),
                "roles": [role for role in node.roles if role in {"holder", "sender", "carrier"}],
            }
            for node in view.parties
        },
        "hops": [
            {
                "id": hop.id,
                "ends": [ids[hop.upstream], ids[hop.downstream]],
                "status": hop.status,
                "records": list(hop.evidence),
            }
            for hop in view.hops
        ],
        "findings": {each.id: _finding(each, ids, files) for each in view.findings},
        "first": day_number(first),
        "last": day_number(last),
    }
    return Facets(choices, data)


def day_number(day: date | None) -> int | None:
    """Give the number scripts use for a day: days since 1 January 1970.

    Examples
    --------
    >>> day_number(date(1970, 1, 2)), day_number(None)
    (1, None)
    """
    return None if day is None else day.toordinal() - _EPOCH


def shown_days(
    view: GraphView, items: Iterable[EvidenceItem], daily: Daily
) -> tuple[date | None, date | None]:
    """Give the first and last day some exhibits, or a gap, of a view name, within its window."""
    listed = tuple(items)
    named = [figure.day for item in listed for figure in days_of(item, daily)]
    terms = [line.term for item in listed for line in item.lines]
    terms += [gap.term for gap in view.gaps]
    named += [day for term in terms for day in (term.first, term.last) if day]
    kept = [day for day in named if view.window.contains(day)]
    kept += [day for day in (view.window.first, view.window.last) if day and named]
    return min(kept, default=None), max(kept, default=None)


def days_of(item: EvidenceItem, daily: Daily) -> tuple[DayFigure, ...]:
    """Give the days on which an exhibit shows routing records; none for papers."""
    if item.kind != "routing":
        return ()
    return daily.get((item.scope, item.upstream, item.downstream), ())


def _record(
    item: EvidenceItem,
    ids: Mapping[str, str],
    layers: Mapping[str, int],
    rules: Mapping[str, list[str]],
    files: Mapping[str, int],
    daily: Daily,
) -> _Json:
    ends = [ids[name] for name in (item.upstream, item.downstream) if name and name in ids]
    found: _Json = {
        "ends": ends,
        "kind": item.kind,
        "status": item.status,
        "layers": sorted({layers[end] for end in ends}),
        "codes": sorted({code for label in item.segments for code in _digits(label)}),
        "rules": rules.get(item.no, []),
        "files": sorted({files[line.place.path] for line in item.lines}),
    }
    if item.kind == "routing":
        found["days"] = [[day_number(f.day), f.messages] for f in days_of(item, daily)]
    else:
        found["terms"] = _terms(line.term for line in item.lines)
    return found


def _gap(
    gap: GapBox,
    number: str,
    ids: Mapping[str, str],
    layers: Mapping[str, int],
    rules: Mapping[str, list[str]],
    files: Mapping[str, int],
) -> _Json:
    party = ids[gap.party]
    return {
        "ends": [party, *(ids[name] for name in gap.holders if len(gap.holders) == 1)],
        "kind": gap.kind,
        "status": gap.kind,
        "layers": [layers[party]],
        "codes": sorted({code for label in gap.numbers for code in _digits(label)}) or [number],
        "rules": rules.get(gap.id, []),
        "terms": _terms([gap.term]),
        "files": sorted({files[lead.place.path] for lead in gap.leads}),
    }


def _finding(each: FindingView, ids: Mapping[str, str], files: Mapping[str, int]) -> _Json:
    return {
        "rule": each.finding.rule,
        "records": list(each.evidence),
        "boxes": list(each.boxes),
        "parties": [ids[name] for name in _named(each) if name in ids],
        "files": sorted({files[place.path] for place in each.others}),
    }


def _named(each: FindingView) -> Iterable[str]:
    """Name every party a lead's sentence may name: a filtered page must not name others."""
    finding = each.finding
    names = [*finding.parties, *(name for pair in finding.hops for name in pair)]
    for value in finding.values.values():
        names += [value] if isinstance(value, str) else []
        names += (
            [each for each in value if isinstance(each, str)] if isinstance(value, tuple) else []
        )
    return dict.fromkeys(names)


def _rules_by_part(view: GraphView) -> Mapping[str, list[str]]:
    """Give, of every exhibit, party and box, the rules whose leads rest on it or are about it."""
    ids = {node.name: node.id for node in view.parties}
    hops = {hop.id: hop.evidence for hop in view.hops}
    found: dict[str, set[str]] = defaultdict(set)
    for each in view.findings:
        parties = (ids[name] for name in each.finding.parties if name in ids)
        drawn = (no for box in each.boxes for no in hops.get(box, ()))
        for part in (*each.evidence, *each.boxes, *drawn, *parties):
            found[part].add(each.finding.rule)
    return {part: sorted(rules) for part, rules in found.items()}


def _digits(label: str) -> tuple[str, ...]:
    """Read the digits of a segment as it is printed; what cannot be read is found by no code."""
    try:
        return tuple(segment.prefix for segment in parse_segments(label))
    except SegmentSyntaxError:
        return ()


def _terms(terms: Iterable[Period]) -> list[list[int | None]]:
    listed = {(day_number(term.first), day_number(term.last)) for term in terms}
    return [list(term) for term in sorted(listed, key=lambda term: (term[0] or 0, term[1] or 0))]


def _last(layer: int) -> tuple[bool, int]:
    return layer == _NO_LAYER, layer
