"""Hops over time: the terms of their contracts and their messages per day, on one axis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracer.model.period import Period
from tracer.report.html.facets import days_of, shown_days
from tracer.report.traffic import Daily, DayFigure
from tracer.report.view import EvidenceItem, GraphView, HopView
from tracer.report.wording import Said, count, messages, same, say, term_of

__all__ = ["MOST_STRIPS", "Shape", "Strip", "Timeline", "make_timeline"]

MOST_STRIPS: Final = 200
"""With more hops than this only the first have a strip; the list of evidence stays complete."""

_WIDTH: Final = 480
_MOST_BINS: Final = 240
_TERMS: Final = 9
_HEIGHT: Final = 28
_MOST_TERMS: Final = 4
_MOST_TICKS: Final = 8
_BEYOND: Final = timedelta(days=400)
_LONGEST: Final = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class Shape:
    """One path of a strip, and the exhibit it shows.

    Parameters
    ----------
    look : {"term", "covered", "bare"}
        A contract's term; messages under contract (filled); messages under none (hollow).
    """

    no: str
    look: str
    path: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One hop.

    Parameters
    ----------
    id : str
        The exhibit, or hop, a click leads to.
    numbers : tuple of str
        Its exhibits.
    log : str or None
        Which of them shows its messages.
    total : Said
        Its messages, and the most in one day.
    said : Said
        All of it in words, for those who cannot see it.
    """

    id: str
    hop: str
    numbers: tuple[str, ...]
    log: str | None
    ends: Said
    shapes: tuple[Shape, ...]
    total: Said
    said: Said


@dataclass(frozen=True, slots=True)
class Timeline:
    """All hops of a panel.

    Parameters
    ----------
    ticks : tuple of (float, str)
        Where months or years begin, and their names.
    left_out : int
        Hops without a strip.
    bin_days : int
        Days that make one bar.
    """

    first: date
    last: date
    width: int
    height: int
    ticks: tuple[tuple[float, str], ...]
    strips: tuple[Strip, ...]
    left_out: int
    bin_days: int
    most: int


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    bin_days: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Give the left edge of a day."""
        return round((day - self.first).days / self.days * _WIDTH, 1)


def make_timeline(view: GraphView, daily: Daily) -> Timeline | None:
    """Set the hops of a view over time; None where no record names a day."""
    first, last = _ends(view, daily)
    if first is None or last is None or not view.hops:
        return None
    days = (last - first).days + 1
    axis = _Axis(first, last, -(-days // _MOST_BINS))
    evidence = view.by_number()
    shown = view.hops[:MOST_STRIPS]
    bars = {hop.id: _bars(hop, evidence, daily, axis) for hop in shown}
    most = max((sum(pair) for found in bars.values() for pair in found.values()), default=0)
    return Timeline(
        first=first,
        last=last,
        width=_WIDTH,
        height=_HEIGHT,
        ticks=tuple(_ticks(axis)),
        strips=tuple(_strip(view, hop, evidence, daily, axis, bars[hop.id], most) for hop in shown),
        left_out=len(view.hops) - len(shown),
        bin_days=axis.bin_days,
        most=most,
    )


def _ends(view: GraphView, daily: Daily) -> tuple[date | None, date | None]:
    """Give the ends of the axis: a term up to 2099 must not press the traffic into one bar."""
    first, last = shown_days(view, view.items("hop"), daily)
    if first is None or last is None:
        return None, None
    used = [figure.day for item in view.items("hop") for figure in days_of(item, daily)]
    if used:
        first = max(first, _moved(min(used), -_BEYOND))
        last = min(last, _moved(max(used), _BEYOND))
    return first, min(last, _moved(first, _LONGEST)) if not used else last


def _moved(day: date, by: timedelta) -> date:
    """Move a day, no further than the calendar goes."""
    number = min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


_Bars = dict[int, tuple[int, int]]
"""Messages under contract and under none, by number of the bar."""


def _figures(
    hop: HopView, evidence: Mapping[str, EvidenceItem], daily: Daily
) -> Sequence[DayFigure]:
    for no in hop.evidence:
        if evidence[no].kind == "routing":
            return days_of(evidence[no], daily)
    return ()


def _bars(hop: HopView, evidence: Mapping[str, EvidenceItem], daily: Daily, axis: _Axis) -> _Bars:
    bars: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for figure in _figures(hop, evidence, daily):
        if axis.first <= figure.day <= axis.last:
            bar = bars[(figure.day - axis.first).days // axis.bin_days]
            bar[0] += figure.covered
            bar[1] += figure.messages - figure.covered
    return {place: (bar[0], bar[1]) for place, bar in bars.items()}


def _strip(
    view: GraphView,
    hop: HopView,
    evidence: Mapping[str, EvidenceItem],
    daily: Daily,
    axis: _Axis,
    bars: _Bars,
    most: int,
) -> Strip:
    items = [evidence[no] for no in hop.evidence]
    papers = [item for item in items if item.kind == "contract"]
    logs = [item.no for item in items if item.kind == "routing"]
    figures = [figure for figure in _figures(hop, evidence, daily) if figure.messages]
    shapes = [
        Shape(item.no, "term", _term_path((line.term for line in item.lines), place, axis))
        for place, item in enumerate(papers[:_MOST_TERMS])
    ]
    if logs:
        shapes += _bar_shapes(logs[0], bars, most, axis)
    return Strip(
        id=hop.id if view.plain else (logs or list(hop.evidence))[0],
        hop=hop.id,
        numbers=hop.evidence,
        log=logs[0] if logs else None,
        ends=same(f"{hop.upstream} → {hop.downstream}"),
        shapes=tuple(shape for shape in shapes if shape.path),
        total=_total(hop, figures),
        said=_in_words(hop, papers, figures),
    )


def _term_path(terms: Iterable[Period], place: int, axis: _Axis) -> str:
    """Draw terms as a line; an end the paper leaves open runs on to the edge."""
    y = 2 + place * (_TERMS - 2) / _MOST_TERMS
    pieces = []
    for term in sorted(set(terms), key=lambda term: (str(term.first), str(term.last))):
        start = max(term.first or axis.first, axis.first)
        end = min(term.last or axis.last, axis.last)
        if start <= end:
            pieces.append(f"M{axis.at(start):g} {y:g}H{axis.at(end + timedelta(days=1)):g}")
    return "".join(pieces)


def _bar_shapes(no: str, bars: _Bars, most: int, axis: _Axis) -> list[Shape]:
    """Draw the bars, those under contract below; what is not nought is seen."""
    step = _WIDTH * axis.bin_days / axis.days
    width = max(round(step * 0.8, 1), 1.0)
    room = _HEIGHT - _TERMS - 2
    covered: list[str] = []
    bare: list[str] = []
    for place, (under, without) in sorted(bars.items()):
        x = round(place * step, 1)
        low = 0.0
        for number, pieces in ((under, covered), (without, bare)):
            if number:
                tall = max(round(number / most * room, 1), 1.5)
                pieces.append(f"M{x:g} {_HEIGHT - low:g}h{width:g}v{-tall:g}h{-width:g}z")
                low += tall
    return [Shape(no, "covered", "".join(covered)), Shape(no, "bare", "".join(bare))]


def _total(hop: HopView, figures: Sequence[DayFigure]) -> Said:
    if not hop.messages:
        return say("page.box.no_routing")
    if not figures:
        return messages(hop.messages, hop.unit)
    top = max(figures, key=lambda figure: (figure.messages, figure.day))
    return say(
        "page.strip.total",
        total=messages(hop.messages, hop.unit),
        most=count(top.messages),
        day=top.day,
    )


def _in_words(hop: HopView, papers: Sequence[EvidenceItem], figures: Sequence[DayFigure]) -> Said:
    terms = [say("page.strip.paper", no=item.no, term=term_of(item)) for item in papers]
    listed = Said("；".join(said.zh for said in terms), "; ".join(said.en for said in terms))
    paper = listed if papers else say("page.box.mark.routing_only")
    if not figures:
        return say("page.strip.no_days", paper=paper)
    top = max(figures, key=lambda figure: (figure.messages, figure.day))
    return say(
        "page.strip.in_words",
        paper=paper,
        first=figures[0].day,
        last=figures[-1].day,
        days=count(len(figures)),
        total=messages(hop.messages, hop.unit),
        most=count(top.messages),
        day=top.day,
        bare=count(sum(1 for figure in figures if figure.covered < figure.messages)),
    )


def _ticks(axis: _Axis) -> Iterable[tuple[float, str]]:
    """Mark where months begin, or quarters, or years, as the axis is long."""
    step = next((step for step in (1, 3, 12) if axis.days / 30 / step <= _MOST_TICKS), 60)
    month = axis.first.year * 12 + axis.first.month - 1
    month += -month % step
    while (day := date(month // 12, month % 12 + 1, 1)) <= axis.last:
        if day >= axis.first:
            yield axis.at(day), f"{day:%Y-%m}" if step < 12 else f"{day:%Y}"
        month += step
