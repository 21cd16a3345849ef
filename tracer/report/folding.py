"""Large pictures folded: which parties are drawn, and what stands for the others, counted exactly.

Parties hang from one another as a forest: each from the deepest party above that handed the number
to it. A picture opens row by row as far down as there is room; below that, all that hangs from a
party is one fold, and opens into a part of its own, in which the way down to it is drawn again.
Every party is at home in exactly one part; what a part does not draw, it counts.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tracer.report.folds import Fold, Folding, Part, Tied
from tracer.report.view import GraphView, HopView

__all__ = ["MOST_DRAWN", "divide", "entire", "fold"]

MOST_DRAWN: Final = 800
"""Boxes drawn at once, at most; lines lose theirs before there are more."""

_AT_A_GLANCE: Final = 100
"""A picture of so many boxes is not folded: it is read by scrolling a little."""

_ROOM: Final = (60, 160)
"""Boxes a part opens with: few enough to be read; more in a very large case, to save clicks."""

_DENSE: Final = 1.5
"""With more hops to a party than this, a wide picture draws lines without boxes."""

_MOST_ABOVE: Final = 5
_MOST_GROUPS: Final = 100


@dataclass(frozen=True, slots=True)
class _Group:
    """Siblings, with all that hangs from them, that are to be a fold."""

    id: str
    parent: str | None
    above: str | None
    tops: tuple[str, ...]


def fold(view: GraphView) -> Folding:
    """Fold a view that is more than can be read at a glance."""
    boxes = sum(1 if view.plain else len(hop.evidence) for hop in view.hops)
    boxes += len(view.drawn()) + len(view.gaps)
    if boxes <= _AT_A_GLANCE:
        return Folding((entire(view),))
    least, most = _ROOM
    parts = divide(view, room=max(least, min(most, boxes // 40)))
    if len(parts) == 1:
        return Folding(parts)
    dense = boxes > MOST_DRAWN and len(view.hops) > _DENSE * len(view.drawn())
    folder = _Folder(view, MOST_DRAWN, MOST_DRAWN, prefix="W", bare=dense)
    wide = next(folder.parts())
    home = {name: part.id for part in parts for name in part.names}
    # siblings may be parted otherwise there: where the first of them is, all of them are to be seen
    opens = (replace(each, opens=home[folder.first_below(each.above)]) for each in wide.folds)
    return Folding(parts, replace(wide, parent=parts[0].id, folds=tuple(opens)))


def entire(view: GraphView) -> Part:
    """Give a whole view as one part, however large."""
    everything = 1 << 40
    return next(_Folder(view, everything, everything).parts())


def divide(view: GraphView, room: int, most: int = MOST_DRAWN) -> tuple[Part, ...]:
    """Divide a view into parts, the opening one first.

    Parameters
    ----------
    view : GraphView
        What is to be drawn.
    room : int
        Boxes up to which a part is opened.
    most : int
        Boxes above which the hops of a part are lines without boxes.
    """
    return tuple(_Folder(view, room, most).parts())


class _Folder:
    """The forest of one view, and what its parties weigh."""

    def __init__(
        self, view: GraphView, room: int, most: int, *, prefix: str = "S", bare: bool = False
    ) -> None:
        self._view = view
        self._room = room
        self._most = most
        self._bare = bare
        self._prefix = prefix
        nodes = view.drawn()
        self._nodes = {node.name: node for node in nodes}
        self._order = {node.name: index for index, node in enumerate(nodes)}
        self._hop_order = {hop.id: index for index, hop in enumerate(view.hops)}
        self._gaps = Counter(gap.party for gap in view.gaps)
        self._near: dict[str, list[HopView]] = defaultdict(list)
        for hop in view.hops:
            self._near[hop.upstream].append(hop)
            if hop.downstream != hop.upstream:
                self._near[hop.downstream].append(hop)
        self._stems = self._hang()
        self._above = {name: hop.upstream for name, hop in self._stems.items()}
        self._below: dict[str | None, list[str]] = defaultdict(list)
        for node in nodes:
            self._below[self._above.get(node.name)].append(node.name)
        kinds = {item.no: item.kind for item in view.evidence}
        self._exhibits = {
            hop.id: Counter(kinds[number] for number in hop.evidence) for hop in view.hops
        }
        self._about = self._findings()
        self._made = 0

    def _hang(self) -> dict[str, HopView]:
        """Say by which hop each party hangs from another."""
        stems: dict[str, HopView] = {}
        for hop in self._view.hops:
            if hop.back:
                continue
            held = stems.get(hop.downstream)
            depth = self._nodes[hop.upstream].depth
            if held is None or depth > self._nodes[held.upstream].depth:
                stems[hop.downstream] = hop
        return stems

    def _findings(self) -> Mapping[str, list[tuple[int, frozenset[str]]]]:
        """Give, by party, the findings with a box that concerns it, and whom that box concerns."""
        owners: dict[str, frozenset[str]] = {
            node.id: frozenset((node.name,)) for node in self._nodes.values()
        }
        if self._view.findings:
            for hop in self._view.hops:
                ends = frozenset((hop.upstream, hop.downstream))
                owners[hop.id] = ends
                owners |= dict.fromkeys(hop.evidence, ends)
        about: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for index, finding in enumerate(self._view.findings):
            for concerned in {owners[box] for box in finding.boxes if box in owners}:
                for name in concerned:
                    about[name].append((index, concerned))
        return about

    def first_below(self, name: str | None) -> str:
        """Give the first party that hangs from another, or from none."""
        return self._below[name][0]

    def parts(self) -> Iterator[Part]:
        agenda = deque([_Group(self._name(), None, None, tuple(self._below[None]))])
        while agenda:
            group = agenda.popleft()
            way = self._way(group.above)
            names, groups = self._open(group, room=self._room - 4 * len(way))
            agenda.extend(groups)
            yield self._part(group, way, names, groups)

    def _name(self) -> str:
        self._made += 1
        return f"{self._prefix}{self._made - 1}"

    def _way(self, name: str | None) -> tuple[str, ...]:
        """Lead down to a party, itself included; of a long way, its first and its last steps."""
        way: list[str] = []
        while name is not None:
            way.append(name)
            name = self._above.get(name)
        if len(way) > _MOST_ABOVE:
            way = [*way[: _MOST_ABOVE - 1], way[-1]]
        return tuple(reversed(way))

    def _boxes(self, hop: HopView) -> int:
        return 1 if self._view.plain else len(hop.evidence)

    def _weight(self, name: str) -> int:
        """Boxes a party brings: its own, those of the hop it hangs by, gaps, a fold below it."""
        stem = self._stems.get(name)
        hop = self._boxes(stem) if stem and not self._bare else 0
        return 1 + hop + self._gaps[name] + bool(self._below.get(name))

    def _open(self, group: _Group, room: int) -> tuple[list[str], list[_Group]]:
        """Open whole rows while they fit; below a single party, as much of its row as fits."""
        names, waiting = self._first(group.tops, room)
        groups = [_Group(self._name(), group.id, group.above, tops) for tops in waiting]
        used = sum(map(self._weight, names)) + len(groups)
        row = names
        while True:
            parents = [name for name in row if self._below.get(name)]
            following = [name for parent in parents for name in self._below[parent]]
            needed = sum(map(self._weight, following)) - len(parents)
            if needed and used + needed > room and len(parents) == 1:
                following, waiting = self._first(following, room - used)
                groups += [_Group(self._name(), group.id, parents[0], tops) for tops in waiting]
                names += following
                parents = [name for name in following if self._below.get(name)]
                break
            if not following or used + needed > room:
                break
            used += needed
            names += following
            row = following
        groups += [
            _Group(self._name(), group.id, parent, tuple(self._below[parent])) for parent in parents
        ]
        return names, groups

    def _first(self, tops: Sequence[str], room: int) -> tuple[list[str], list[tuple[str, ...]]]:
        """Divide siblings into those drawn and, where they are too many, groups of the others."""
        weights = [self._weight(name) for name in tops]
        if sum(weights) <= room:
            return list(tops), []
        target = room - min(_MOST_GROUPS, room // 4)
        shown, used = 1, weights[0]  # one at least, or nothing would ever be drawn
        while shown < len(tops) and used + weights[shown] <= target:
            used += weights[shown]
            shown += 1
        most_groups = max(1, (room - target) // 2)
        each = max(target, -(-sum(weights[shown:]) // most_groups))
        groups: list[list[str]] = []
        held = 0
        for name, weight in zip(tops[shown:], weights[shown:], strict=True):
            if not groups or held + weight > each:
                groups.append([])
                held = 0
            groups[-1].append(name)
            held += weight
        return list(tops[:shown]), [tuple(listed) for listed in groups]

    def _all_below(self, tops: Iterable[str]) -> list[str]:
        found = list(tops)
        for name in found:  # grows while it is walked
            found += self._below.get(name, ())
        return found

    def _part(
        self, group: _Group, way: tuple[str, ...], names: list[str], groups: Sequence[_Group]
    ) -> Part:
        members = {each.id: self._all_below(each.tops) for each in groups}
        place = {name: name for name in (*way, *names)}
        for each in groups:
            place |= dict.fromkeys(members[each.id], each.id)
        near = {hop.id: hop for name in place for hop in self._near[name]}
        above_of = {each.id: each.above for each in groups}
        drawn: list[HopView] = []
        within: dict[str, list[HopView]] = {each.id: [] for each in groups}
        joining: dict[str, list[HopView]] = {each.id: [] for each in groups}
        crossing: dict[tuple[str, str], list[HopView]] = defaultdict(list)
        outside: list[HopView] = []
        for hop in near.values():
            upper, lower = place.get(hop.upstream), place.get(hop.downstream)
            if upper == hop.upstream and lower == hop.downstream:
                drawn.append(hop)
                continue
            if lower is not None and lower in within and upper in (lower, above_of[lower]):
                within[lower].append(hop)
                continue
            for end in (upper, lower):
                if end in joining:
                    joining[end].append(hop)
            if upper is None or lower is None:
                outside.append(hop)
            else:
                crossing[upper, lower].append(hop)
        folds = tuple(
            self._fold(each, members[each.id], within[each.id], joining[each.id]) for each in groups
        )
        rows = {name: self._nodes[name].depth for name in (*way, *names)}
        rows |= {each.id: each.depth for each in folds}
        ties = [
            Tied(each.above, each.id, len(within[each.id]))
            for each in folds
            if each.above is not None
        ]
        hidden = list(outside)
        for (upper, lower), hops in crossing.items():
            if rows[upper] < rows[lower]:
                ties.append(Tied(upper, lower, len(hops)))
            else:
                hidden += hops
        weight = len(rows) + sum(self._gaps[name] for name in (*way, *names))
        bare = self._bare or weight + sum(map(self._boxes, drawn)) > self._most
        if bare:
            hidden += [hop for hop in drawn if hop.back]
            drawn = [hop for hop in drawn if not hop.back]
        return Part(
            id=group.id,
            parent=group.parent,
            above=group.above,
            way=way,
            names=tuple(sorted(names, key=self._order.__getitem__)),
            folds=folds,
            hops=tuple(sorted(drawn, key=lambda hop: self._hop_order[hop.id])),
            ties=(*self._skipped(way), *ties),
            crossing=sum(map(len, crossing.values())),
            unseen=self._unseen(hidden, place),
            elsewhere=(
                len(self._nodes) - len(place),
                len(self._view.hops) - len(near) + len(outside),
            ),
            bare=bare,
        )

    def _skipped(self, way: Sequence[str]) -> Iterator[Tied]:
        """Join the steps of a way between which others are left out."""
        for upper, lower in pairwise(way):
            if self._above[lower] != upper:
                yield Tied(upper, lower, 0)

    def _unseen(self, hidden: Iterable[HopView], place: Mapping[str, str]) -> dict[str, int]:
        found = Counter(
            name
            for hop in hidden
            for name in {hop.upstream, hop.downstream}
            if place.get(name) == name
        )
        return dict(sorted(found.items()))

    def _fold(
        self,
        group: _Group,
        members: Sequence[str],
        within: Sequence[HopView],
        others: Sequence[HopView],
    ) -> Fold:
        inside = set(members)
        whole = inside | ({group.above} if group.above is not None else set())
        nodes = [self._nodes[name] for name in members]
        layers = [node.layer for node in nodes if node.layer is not None]
        passed: Counter[str] = Counter()
        for hop in (*within, *others):
            if hop.downstream in inside and hop.upstream not in inside and hop.messages:
                passed[hop.unit] += hop.messages
        exhibits: Counter[str] = Counter()
        for hop in within:
            exhibits.update(self._exhibits[hop.id])
        statuses = Counter(hop.status for hop in within)
        senders = [node for node in nodes if "sender" in node.roles]
        about = {
            index
            for name in members
            for index, concerned in self._about.get(name, ())
            if concerned <= whole
        }
        return Fold(
            id=group.id,
            opens=group.id,
            above=group.above,
            parties=tuple(sorted(members, key=self._order.__getitem__)),
            depth=min(self._nodes[name].depth for name in group.tops),
            layers=(min(layers), max(layers)) if layers else None,
            hops=len(within),
            contracts=exhibits["contract"],
            routing=exhibits["routing"],
            without_contract=statuses["routing_only"],
            partly=statuses["partly_covered"],
            without_routing=statuses["contract_only"],
            others=len(others),
            passed=tuple(sorted(passed.items())),
            senders=len(senders),
            sent=sum(node.own for node in senders),
            gaps=sum(self._gaps[name] for name in members),
            findings=len(about),
        )
