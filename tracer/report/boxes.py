"""The boxes of a picture: words in them, and the room these need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracer.messages import LANGUAGES, Language
from tracer.report.captions import (
    TextLine,
    box_lines,
    fold_lines,
    gap_lines,
    hop_lines,
    lead_line,
    party_lines,
)
from tracer.report.folds import Fold
from tracer.report.geometry import Rect
from tracer.report.mark_facts import is_doubtful
from tracer.report.textfit import measure
from tracer.report.view import GapBox, GraphView, HopView, PartyNode

__all__ = ["LINE_HEIGHT", "BoxMaker", "SceneBox"]

LINE_HEIGHT: Final = 1.3
_PAD_X: Final = 10.0
_PAD_Y: Final = 6.0

_TEXT = Mapping[Language, tuple[TextLine, ...]]


@dataclass(frozen=True, slots=True)
class SceneBox:
    """A box with its lines in each language.

    Parameters
    ----------
    kind : {"party", "contract", "routing", "hop", "gap", "unallocated", "fold"}
        What it stands for.
    looks : tuple of str
        Of `holder`, `sender`, `asked`, `double`, `missing`, `lead`: how it is set off beside its
        words.
    """

    id: str
    kind: str
    looks: tuple[str, ...]
    rank: int
    rect: Rect
    lines: _TEXT

    def at(self, rect: Rect) -> "SceneBox":
        """Give it a place."""
        return SceneBox(self.id, self.kind, self.looks, self.rank, rect, self.lines)


class BoxMaker:
    """Makes the boxes of one view; what they look up is gathered once."""

    def __init__(self, view: GraphView) -> None:
        self._plain = view.plain
        self._marks = view.marks
        self._evidence = view.by_number()
        self._titles: dict[str, list[str]] = {}
        for item in view.items("holding"):
            self._titles.setdefault(item.downstream, []).append(item.no)
        self._codes: dict[str, list[str]] = {}
        for each in view.findings:
            for box in each.boxes:
                listed = self._codes.setdefault(box, [])
                if each.finding.rule not in listed:
                    listed.append(each.finding.rule)

    def party(self, node: PartyNode, rank: int, unseen: int = 0) -> SceneBox:
        """Make the box of a party; `unseen` of its hops are not drawn."""
        looks = tuple(role for role in ("holder", "sender") if role in node.roles)
        lines = party_lines(node, self._titles.get(node.name, ()), unseen)
        return self._sized(node.id, "party", looks, rank, lines)

    def hop(self, hop: HopView, rank: int) -> list[SceneBox]:
        """Make the boxes of a hop: one for each exhibit, or one with counts."""
        if self._plain:
            lines = hop_lines(hop, self._evidence)
            return [self._sized(hop.id, "hop", _looks(hop.status), rank, lines)]
        return [self._exhibit(number, rank) for number in hop.evidence]

    def _exhibit(self, number: str, rank: int) -> SceneBox:
        item = self._evidence[number]
        lines = box_lines(item, doubtful=is_doubtful(self._marks, item))
        return self._sized(number, item.kind, _looks(item.status), rank, lines)

    def gap(self, gap: GapBox, rank: int) -> SceneBox:
        """Make the box of something that is not on record."""
        return self._sized(gap.id, gap.kind, ("missing",), rank, gap_lines(gap))

    def fold(self, fold: Fold, rank: int) -> SceneBox:
        """Make the box that stands for many parties."""
        return self._sized(fold.id, "fold", (), rank, fold_lines(fold))

    def _sized(
        self, box_id: str, kind: str, looks: tuple[str, ...], rank: int, lines: _TEXT
    ) -> SceneBox:
        """Give a box the room its text needs in the wordier language, and the mark of findings."""
        codes = self._codes.get(box_id)
        if codes:
            mark = lead_line(codes)
            lines = {lang: (*lines[lang], *mark[lang]) for lang in LANGUAGES}
            looks = (*looks, "lead")
        width = max(measure(line.text) * line.size for lang in LANGUAGES for line in lines[lang])
        height = max(sum(line.size * LINE_HEIGHT for line in lines[lang]) for lang in LANGUAGES)
        rect = Rect(0.0, 0.0, round(width + 2 * _PAD_X), round(height + 2 * _PAD_Y))
        return SceneBox(box_id, kind, looks, rank, rect, lines)


def _looks(status: str | None) -> tuple[str, ...]:
    return ("double",) if status == "corroborated" else ("missing",)
