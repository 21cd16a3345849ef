"""The legend of a figure: the signs it holds, drawn as it draws them, and what they mean."""

from collections.abc import Callable
from typing import Final

from tracer.messages import Language
from tracer.report.diagram.shapes import INK, WHITE, Frame, Inset, Shape, Solid, Words
from tracer.report.diagram.sketch import arrow, line_strokes
from tracer.report.geometry import Rect
from tracer.report.legend import signs_of
from tracer.report.textfit import measure
from tracer.report.typeset.blocks import SMALL, paragraph, space
from tracer.report.typeset.flow import Slug, moved
from tracer.report.view import PLAIN_ABOVE, GraphView
from tracer.report.wording import say

__all__ = ["legend"]

_SWATCH: Final = (33.0, 11.0)
_UNITS: Final = Rect(0.0, 0.0, 48.0, 16.0)
_BETWEEN: Final = 14.0
_LINE: Final = 15.0
_BOX: Final = Rect(7.0, 1.0, 34.0, 14.0)


def _line(style: str) -> tuple[Shape, ...]:
    return tuple(line_strokes("M2 8L46 8", style))


def _framed(*more: Shape, width: float = 1.2) -> tuple[Shape, ...]:
    return (Frame(_BOX, WHITE, INK, width, corner=3), *more)


_SIGNS: Final[dict[str, Callable[[], tuple[Shape, ...]]]] = {
    "contract": lambda: _line("contract"),
    "routing": lambda: _line("routing"),
    "both": lambda: _line("both"),
    "frames": lambda: _framed(Frame(Rect(10.0, 4.0, 28.0, 8.0), None, INK, 0.8)),
    "partly": lambda: _line("partly"),
    "gap": lambda: _line("gap"),
    "holder": lambda: _framed(Frame(Rect(7.0, 1.0, 6.0, 14.0), INK)),
    "sender": lambda: _framed(width=2.8),
    "lead": lambda: _framed(Solid(((31.0, 1.0), (41.0, 1.0), (41.0, 11.0)), INK)),
    "lane": lambda: (*line_strokes("M4 14L40 14L40 3L12 3", "contract"),
                     Solid(((4.0, 3.0), (12.0, -1.0), (12.0, 7.0)), INK)),
    "arrow": lambda: (*_line("contract"), arrow((46.0, 8.0), "right", "contract")),
}  # fmt: skip


def legend(view: GraphView, width: float, lang: Language) -> list[Slug]:
    """Set the legend of a figure, and how layers and messages are counted."""
    slugs = [space(4.0), *_rows(_items(view, lang), width)]
    notes = ["layer", "messages"]
    for note in notes:
        slugs += paragraph(say(f"page.legend.{note}").get(lang), width, size=SMALL)
    if view.plain:
        said = say("page.legend.plain", limit=PLAIN_ABOVE)
        slugs += paragraph(said.get(lang), width, size=SMALL)
    return slugs


def _items(view: GraphView, lang: Language) -> list[tuple[str, str]]:
    """Give sign and words of all that the figure shows."""
    shown = signs_of(view)
    wanted = {
        "contract": "contract" in shown,
        "routing": "routing" in shown,
        "both": "both" in shown and view.plain,
        "frames": "both" in shown and not view.plain,
        "partly": "partly" in shown,
        "gap": bool({"gap", "unallocated"} & shown),
        "holder": "holder" in shown,
        "sender": "sender" in shown,
        "lead": "lead" in shown,
        "lane": "lane" in shown,
        "arrow": True,
    }
    return [(sign, say(f"page.legend.{sign}").get(lang)) for sign, is_shown in wanted.items()
            if is_shown]  # fmt: skip


def _rows(items: list[tuple[str, str]], width: float) -> list[Slug]:
    slugs: list[Slug] = []
    x, shapes = 0.0, list[Shape]()
    for sign, words in items:
        length = _SWATCH[0] + 4 + measure(words) * SMALL
        if x and x + length > width:
            slugs.append(Slug(_LINE, tuple(shapes), keeps=True))
            x, shapes = 0.0, []
        swatch = Inset(Rect(0.0, 1.0, *_SWATCH), _UNITS, _SIGNS[sign]())
        shapes.append(moved(swatch, x, 0.0))
        shapes.append(Words(words, (round(x + _SWATCH[0] + 4, 2), 9.4), SMALL))
        x += length + _BETWEEN
    slugs.append(Slug(_LINE, tuple(shapes), keeps=True))
    return slugs
