"""Paints pages as PDF: vector, text that can be searched, only the letters used embedded."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.report.diagram.shapes import (
    BOLD_OUTLINE,
    Drawing,
    Frame,
    Group,
    Inset,
    Shape,
    Solid,
    Stroke,
    Words,
)
from tracer.report.geometry import Point, Rect

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["Imprint", "paint_pdf"]

_FAMILY: Final = "tracer"
_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Of making, as the file states it: equal inputs make equal files, so it can be no clock's."""

_STEP: Final = re.compile(r"([MLCQ])([^MLCQ]*)")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself."""

    title: str
    subject: str
    creator: str
    language: str


def paint_pdf(pages: Sequence[Drawing], font: Path, imprint: Imprint) -> bytes:
    """Paint pages as one PDF.

    Parameters
    ----------
    pages : sequence of Drawing
        Sizes in points.
    font : pathlib.Path
        What all text is set in; has every character of it.
    imprint : Imprint
        Title and origin of the file.

    Returns
    -------
    bytes
        Equal for equal input.
    """
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_font(_FAMILY, "", str(font))
    pdf.set_font(_FAMILY, size=10)
    pdf.set_title(imprint.title)
    pdf.set_subject(imprint.subject)
    pdf.set_creator(imprint.creator)
    pdf.set_lang(imprint.language)
    pdf.set_creation_date(_DATE)
    for page in pages:
        pdf.add_page(format=(page.width, page.height))
        painter = _Painter(pdf, page.window, (0.0, 0.0), page.width / page.window.width)
        painter.paint(page.shapes)
    return bytes(pdf.output())


class _Painter:
    """Paints shapes seen through a window, at a place and a scale."""

    def __init__(self, pdf: "FPDF", window: Rect, place: Point, scale: float) -> None:
        self._pdf = pdf
        self._window = window
        self._place = place
        self._scale = scale

    def paint(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            if isinstance(shape, Words):
                self._words(shape)
            elif isinstance(shape, Frame):
                self._frame(shape)
            elif isinstance(shape, Stroke):
                self._stroke(shape)
            elif isinstance(shape, Solid):
                self._solid(shape)
            elif isinstance(shape, Group):
                self.paint(shape.shapes)
            else:
                self._inset(shape)

    def _at(self, point: Point) -> Point:
        x = self._place[0] + (point[0] - self._window.x) * self._scale
        y = self._place[1] + (point[1] - self._window.y) * self._scale
        return round(x, 3), round(y, 3)

    def _words(self, shape: Words) -> None:
        pdf, (x, y) = self._pdf, self._at(shape.at)
        size = round(shape.size * self._scale, 3)
        pdf.set_font(_FAMILY, size=size)
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
        x, y = (
            (x, y + shift * pdf.get_string_width(shape.text))
            if shape.turned
            else (x - shift * pdf.get_string_width(shape.text), y)
        )
        red, green, blue = _parts_of(shape.ink)
        look: dict[str, Any] = {"text_color": (red, green, blue)}
        if shape.bold:
            look |= {
                "text_mode": "FILL_STROKE",
                "line_width": size * BOLD_OUTLINE,
                "draw_color": (red, green, blue),
            }
        with pdf.local_context(**look):
            if shape.turned:
                with pdf.rotation(90, x, y):
                    pdf.text(x, y, shape.text)
            else:
                pdf.text(x, y, shape.text)

    def _frame(self, shape: Frame) -> None:
        rect = shape.rect
        x, y = self._at((rect.x, rect.y))
        corner = shape.corner * self._scale
        width, height = rect.width * self._scale, rect.height * self._scale
        path = self._path(shape.fill, shape.ink, shape.width, shape.dash)
        if rect.height and rect.width:
            path.rectangle(x, y, width, height, corner, corner)
        else:
            path.move_to(x, y)
            path.line_to(x + width, y + height)
        self._draw(path)

    def _stroke(self, shape: Stroke) -> None:
        path = self._path(None, shape.ink, shape.width, shape.dash)
        for letter, figures in _STEP.findall(shape.path):
            values = [float(figure) for figure in figures.split()]
            points = [self._at(pair) for pair in zip(values[::2], values[1::2], strict=True)]
            flat = [value for point in points for value in point]
            {
                "M": path.move_to,
                "L": path.line_to,
                "C": path.curve_to,
                "Q": path.quadratic_curve_to,
            }[letter](*flat)
        self._draw(path)

    def _solid(self, shape: Solid) -> None:
        path = self._path(shape.fill, None, 0.0, ())
        first, *others = (self._at(point) for point in shape.points)
        path.move_to(*first)
        for point in others:
            path.line_to(*point)
        path.close()
        self._draw(path)

    def _path(
        self, fill: str | None, ink: str | None, width: float, dash: tuple[float, ...]
    ) -> Any:
        from fpdf.drawing import PaintedPath

        path = PaintedPath()
        path.style.auto_close = False
        path.style.fill_color = fill
        path.style.stroke_color = ink
        path.style.stroke_width = round(width * self._scale, 3)
        path.style.stroke_dash_pattern = [round(part * self._scale, 3) for part in dash] or None
        path.style.stroke_join_style = "miter"
        return path

    def _draw(self, path: Any) -> None:
        with self._pdf.drawing_context() as context:
            context.add_item(path)

    def _inset(self, shape: Inset) -> None:
        place = shape.place
        x, y = self._at((place.x, place.y))
        width, height = place.width * self._scale, place.height * self._scale
        inner = _Painter(self._pdf, shape.window, (x, y), self._scale * shape.scale)
        with self._pdf.rect_clip(x, y, width, height):
            inner.paint(shape.shapes)


def _parts_of(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
