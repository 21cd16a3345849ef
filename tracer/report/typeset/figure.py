"""A figure on paper: in the text where it fits, on a page of its own, or on several sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracer.messages import Language, text
from tracer.model.paper_size import PaperSize
from tracer.report.diagram.keymap import draw_key_map, places_of
from tracer.report.diagram.sheets import MOST_SHEETS, Room, Sheet, cut_sheets, square_of
from tracer.report.diagram.sketch import sketch
from tracer.report.scene import Scene
from tracer.report.typeset.blocks import SMALL, heading, paragraph, picture, space
from tracer.report.typeset.flow import Leaf, Part, Slug, leaf_of
from tracer.report.typeset.tables import table

__all__ = ["Figure", "set_figure"]

_CAPTION = 30.0
_ONE_LINE = 19.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is set.

    Parameters
    ----------
    slugs : tuple of Slug
        What stands in the text: the figure itself, or how its sheets lie together.
    sheets : tuple of Part
        Pages of their own; empty where the figure stands in the text.
    """

    slugs: tuple[Slug, ...]
    sheets: tuple[Part, ...] = ()


def set_figure(
    scene: Scene,
    lang: Language,
    paper: PaperSize,
    *,
    name: str,
    mark: str,
    taken: float,
    parties: Mapping[str, tuple[str, int | None]],
) -> Figure:
    """Set a figure.

    Parameters
    ----------
    name, mark : str
        What it shows, and its figure number.
    taken : float
        Points of the page that other things take.
    parties : Mapping
        Name and layer of each party, by its box, for the index.
    """
    upright, wide = leaf_of(paper), leaf_of(paper, is_wide=True)
    choices = [(cut_sheets(scene, _room(leaf, taken)), leaf) for leaf in (upright, wide)]
    possible = [each for each in choices if each[0]]
    caption = f"{mark} {name}"
    if not possible:
        return Figure(tuple(_glance(scene, (), upright, lang, caption)))
    sheets, leaf = min(possible, key=lambda each: len(each[0]))
    if len(sheets) > 1:
        parts = tuple(
            _sheet_part(scene, sheet, len(sheets), leaf, lang, name, mark) for sheet in sheets
        )
        slugs = [*_glance(scene, sheets, upright, lang, caption),
                 *_index(scene, sheets, upright, lang, parties)]  # fmt: skip
        return Figure(tuple(slugs), parts)
    drawing = sketch(scene, lang, sheets[0])
    under = _captioned(caption, leaf)
    if leaf is upright and drawing.height + _ONE_LINE + taken <= leaf.body.height + 0.5:
        return Figure((space(3.0), picture(drawing, leaf.body.width, keeps=True), *under))
    part = Part(leaf, (picture(drawing, leaf.body.width, keeps=True), *under), name, mark)
    said = text("exhibit.next_page", lang, mark=mark)
    return Figure(tuple(paragraph(said, upright.body.width, size=SMALL)), (part,))


def _room(leaf: Leaf, taken: float) -> Room:
    body = leaf.body
    return Room(body.width, body.height - _CAPTION, body.height - taken - _ONE_LINE)


def _captioned(caption: str, leaf: Leaf) -> list[Slug]:
    return [space(3.0), *paragraph(caption, leaf.body.width, size=SMALL, bold=True)]


def _sheet_part(
    scene: Scene, sheet: Sheet, count: int, leaf: Leaf, lang: Language, name: str, mark: str
) -> Part:
    numbered = text("exhibit.sheet", lang, mark=mark, sheet=sheet.number, count=count)
    caption = f"{numbered} {name}"
    if sheet.tags:
        caption += text("exhibit.tags", lang)
    drawing = sketch(scene, lang, sheet)
    slugs = (
        picture(drawing, leaf.body.width, keeps=True),
        *paragraph(caption, leaf.body.width, size=SMALL),
    )
    return Part(leaf, slugs, name, numbered)


def _glance(
    scene: Scene, sheets: Sequence[Sheet], leaf: Leaf, lang: Language, caption: str
) -> list[Slug]:
    """Show how the sheets lie together; without sheets, the shape of the whole."""
    drawn = draw_key_map(scene, sheets, leaf.body.width - 8, leaf.body.height * 0.42)
    if sheets:
        said = text("exhibit.key_map", lang, count=len(sheets))
    else:
        said = text("exhibit.too_many", lang, limit=MOST_SHEETS)
    return [
        space(6.0),
        picture(drawn, leaf.body.width, keeps=True),
        space(4.0),
        *paragraph(f"{caption} {said}", leaf.body.width, size=SMALL),
    ]


def _index(
    scene: Scene,
    sheets: Sequence[Sheet],
    leaf: Leaf,
    lang: Language,
    parties: Mapping[str, tuple[str, int | None]],
) -> list[Slug]:
    """List every party with the sheet and square it stands in."""
    by_number = {sheet.number: sheet for sheet in sheets}
    rows = []
    for number, box in places_of(scene, sheets).values():
        if box.id in parties:
            name, layer = parties[box.id]
            square = square_of(by_number[number], box.rect.centre)
            rows.append((name, "–" if layer is None else str(layer), f"{number}-{square}"))
    rows.sort()
    heads = [text(f"exhibit.index.{key}", lang) for key in ("party", "layer", "place")]
    both = [(*left, *right) for left, right in _halves(rows)]
    return [
        *heading(text("exhibit.index", lang), leaf.body.width),
        *table([*heads, *heads], both, leaf.body.width),
    ]


def _halves(
    rows: Sequence[tuple[str, ...]],
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Set a long list in two columns, read downwards."""
    half = (len(rows) + 1) // 2
    blank = ("", "", "")
    return [
        (rows[index], rows[index + half] if index + half < len(rows) else blank)
        for index in range(half)
    ]
