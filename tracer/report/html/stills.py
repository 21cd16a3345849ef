"""The vector pictures of a page: for paper, and for readers without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracer.messages import LANGUAGES, Language
from tracer.report.diagram.keymap import draw_key_map, places_of
from tracer.report.diagram.sheets import MOST_SHEETS, ON_PAGE, Sheet, cut_sheets, square_of
from tracer.report.diagram.svg import svg_of, write_svg
from tracer.report.papers import Table, table
from tracer.report.scene import Scene
from tracer.report.view import GraphView
from tracer.report.wording import Said, same, say

__all__ = ["Still", "index_of", "make_stills"]

_KEY_HEIGHT = 380.0


@dataclass(frozen=True, slots=True)
class Still:
    """One sheet of the vector picture, in each language."""

    svg: Mapping[Language, str]
    caption: Said | None


def make_stills(scene: Scene, title: Said) -> tuple[Still, ...]:
    """Draw a scene for A4 upright: whole, or how its sheets lie together and then the sheets."""
    sheets = cut_sheets(scene)
    if len(sheets) == 1:
        return (_sheet(scene, sheets[0], title, None),)
    drawing = draw_key_map(scene, sheets, ON_PAGE.width, _KEY_HEIGHT)
    key = "page.sheet_whole" if sheets else "page.sheet_too_many"
    said = say(key, count=len(sheets), limit=MOST_SHEETS)
    key_map = Still({lang: svg_of(drawing, title.get(lang)) for lang in LANGUAGES}, said)
    return (key_map, *(_sheet(scene, each, title, _caption(each, len(sheets))) for each in sheets))


def _sheet(scene: Scene, sheet: Sheet, title: Said, caption: Said | None) -> Still:
    drawn = {lang: write_svg(scene, lang, title=title.get(lang), sheet=sheet) for lang in LANGUAGES}
    return Still(drawn, caption)


def _caption(sheet: Sheet, count: int) -> Said:
    said = say("page.sheet_of", index=sheet.number, count=count)
    if not sheet.tags:
        return said
    tags = say("exhibit.tags")
    return Said(said.zh + tags.zh, said.en + tags.en)


def index_of(view: GraphView, scene: Scene) -> Table | None:
    """List every party with its sheet and square; nothing where one sheet holds all."""
    sheets = cut_sheets(scene)
    if len(sheets) < 2:
        return None
    places = places_of(scene, sheets)
    rows = []
    for node in sorted(view.drawn(), key=lambda node: node.name):
        if node.id in places:
            number, box = places[node.id]
            square = square_of(sheets[number - 1], box.rect.centre)
            layer = "–" if node.layer is None else str(node.layer)
            rows.append((same(node.name), same(layer), same(f"{number}-{square}")))
    heads = [say(f"exhibit.index.{key}") for key in ("party", "layer", "place")]
    return table("index", say("exhibit.index"), heads, rows)
