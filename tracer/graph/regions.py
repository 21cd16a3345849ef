"""Sets of points (number, day), and what is done with them.

A `Region` gives, for some nodes of the number tree, a set of days (a mask of `DayAxis`). It holds
at a node and at everything below it, as far as no node below says otherwise; where no node says
anything it is empty. Papers are boxes (a segment × a term), so a region is a few nodes, however
many segments and days the scope has: one box is one entry.

Regions are never changed once made. They are kept tidy: an entry that says what the one above it
says is left out, and entries stand in order of their nodes. A segment without a free number of
its own holds nothing; its parts then speak for themselves.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from tracer.graph.numbers import NumberTree

__all__ = ["EMPTY", "Region", "Regions"]

Region = Mapping[int, int]
"""Days (mask) by node; empty exactly when there is no point in it."""

EMPTY: Region = {}


class Regions:
    """The algebra of the regions of one scope.

    Parameters
    ----------
    tree : NumberTree
        Its numbers.
    """

    def __init__(self, tree: NumberTree) -> None:
        self._parent = tree.parent
        self._end = tree.end
        self._tree = tree
        self._hollow = tree.hollow

    def at(self, region: Region, node: int) -> int:
        """Give the days of a region at a node."""
        parent = self._parent
        while node >= 0:
            days = region.get(node)
            if days is not None:
                return days
            node = parent[node]
        return 0

    def of_boxes(self, boxes: Mapping[int, int]) -> Region:
        """Unite boxes: days that hold at a node and everywhere below it."""
        if len(boxes) == 1 and not self._hollow:
            return boxes if all(boxes.values()) else EMPTY
        found: dict[int, int] = {}
        for node in sorted(boxes):
            above = self.at(found, self._parent[node])
            if boxes[node] & ~above:
                found[node] = boxes[node] | above
        return self.tidy(found) if self._hollow else found

    def cover(self, regions: Iterable[Region]) -> Region:
        """Unite regions each of which only ever grows further down, as all united boxes do."""
        all_of_them = list(regions)
        if len(all_of_them) < 2:
            return all_of_them[0] if all_of_them else EMPTY
        boxes: dict[int, int] = {}
        for region in all_of_them:
            for node, days in region.items():
                boxes[node] = boxes[node] | days if node in boxes else days
        return self.of_boxes(boxes)

    def meet(self, a: Region, b: Region) -> Region:
        """Give the points in both."""
        if not a or not b:
            return EMPTY
        if len(a) > len(b):
            a, b = b, a
        if len(a) == 1 and not self._hollow:
            ((x, days),) = a.items()
            if len(b) == 1:
                ((y, other),) = b.items()
                both = days & other
                if not both:
                    return EMPTY
                if y <= x <= self._end[y]:
                    return {x: both}
                return {y: both} if x < y <= self._end[x] else EMPTY
            return self._refined(x, days & self.at(b, x), ((y, days & b[y]) for y in b))
        found = {x: days & self.at(b, x) for x, days in a.items()}
        for y in self._below(b, a):
            if y not in found:
                found[y] = self.at(a, y) & b[y]
        return self.tidy(found)

    def meet_each(
        self, region: Region, ways: Iterable[tuple[str, Region]]
    ) -> Iterator[tuple[str, Region]]:
        """Meet a region with where each of many parties is led to; give those that it meets."""
        if len(region) != 1 or self._hollow:
            for party, where in ways:
                if met := self.meet(region, where):
                    yield party, met
            return
        ((x, days),) = region.items()
        end = self._end[x]
        for party, where in ways:
            if len(where) == 1:  # as mostly
                ((y, other),) = where.items()
                if x <= y:
                    if y <= end and (both := days & other):
                        yield party, {y: both}
                    continue
            if met := self.meet(region, where):
                yield party, met

    def less(self, a: Region, b: Region) -> Region:
        """Give the points of `a` that are not in `b`."""
        if not a or not b:
            return a
        if len(a) == 1 and not self._hollow:
            ((x, days),) = a.items()
            if len(b) == 1:
                ((y, other),) = b.items()
                both = days & other
                if not both:
                    return a
                rest = days ^ both  # quicker than `days & ~other` where days are many
                if y <= x <= self._end[y]:
                    return {x: rest} if rest else EMPTY
                return {x: days, y: rest} if x < y <= self._end[x] else a
            return self._refined(x, days & ~self.at(b, x), ((y, days & ~b[y]) for y in b))
        found = {x: days & ~self.at(b, x) for x, days in a.items()}
        for y in self._below(b, a):
            if y not in found:
                found[y] = self.at(a, y) & ~b[y]
        return self.tidy(found)

    def is_beyond(self, a: Region, b: Region) -> bool:
        """Tell whether some point of `a` is not in `b`."""
        if self._hollow:
            return bool(self.less(a, b))
        if len(a) == len(b) == 1:
            ((x, days),) = a.items()
            ((y, other),) = b.items()
            return bool(days & ~other) if y <= x <= self._end[y] else bool(days)
        if any(days & ~self.at(b, x) for x, days in a.items()):
            return True
        return any(self.at(a, y) & ~b[y] for y in self._below(b, a))

    def join(self, a: Region, b: Region) -> Region:
        """Give the points in either."""
        if not a or not b:
            return a or b
        found = {x: days | self.at(b, x) for x, days in a.items()}
        for y, days in b.items():
            if y not in found:
                found[y] = days | self.at(a, y)
        return self.tidy(found)

    def days(self, region: Region) -> int:
        """Give the days on which a region has a point at all."""
        if len(region) == 1:
            (days,) = region.values()
            return days
        days = 0
        for here in region.values():
            days |= here
        return days

    def touches(self, region: Region, prefix: str) -> bool:
        """Tell whether a region has a point at a number that begins like this."""
        digits = self._tree.digits
        if any(days and digits[node].startswith(prefix) for node, days in region.items()):
            return True
        top = digits[0]
        return prefix.startswith(top) and bool(self.at(region, self._tree.covering(prefix)))

    def tidy(self, found: Mapping[int, int]) -> Region:
        """Leave out what an entry above says already."""
        if self._hollow:
            found = self._without_hollow(found)
        elif len(found) == 1:
            return found if all(found.values()) else EMPTY
        kept: dict[int, int] = {}
        for node in sorted(found):
            if found[node] != self.at(kept, self._parent[node]):
                kept[node] = found[node]
        return kept

    def _refined(self, node: int, days: int, others: Iterable[tuple[int, int]]) -> Region:
        """Give the days at a node, and those of the others, which come in order, that lie below."""
        found = {node: days} if days else {}
        end, parent = self._end[node], self._parent
        for other, here in others:
            if node < other <= end and here != self.at(found, parent[other]):
                found[other] = here
        return found

    def _below(self, region: Region, above: Region) -> Iterable[int]:
        """Give the nodes of a region that lie below nodes of the other."""
        if len(above) == 1 and len(region) <= 8:
            (x,) = above
            end = self._end[x]
            return [y for y in region if x < y <= end]
        if len(region) <= 8:
            return [y for y in region if any(x < y <= self._end[x] for x in above)]
        nodes = list(region)
        found: set[int] = set()
        for x in above:
            found.update(nodes[bisect_left(nodes, x + 1) : bisect_right(nodes, self._end[x])])
        return found

    def _without_hollow(self, found: Mapping[int, int]) -> Mapping[int, int]:
        """Let the parts of a segment without a free number speak for themselves."""
        spread = dict(found)
        for node in self._hollow:
            if days := self.at(spread, node):
                for child in self._tree.children(node):
                    spread.setdefault(child, days)
                spread[node] = 0
        return spread
