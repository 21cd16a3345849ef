"""The vector pictures of a page: for paper, and for readers without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracer.messages import LANGUAGES, Language
from tracer.report.diagram.keymap import draw_key_map, places_of
from tracer.report.diagram.sheets import ON_PAGE, Sheet
from tracer.report.diagram.svg import svg_of, write_svg
from tracer.report.scene import Scene
from tracer.report.view import GraphView
from tracer.report.wording import Said, same, say

__all__ = ["Index", "Still", "index_of", "make_stills"]

_KEY_HEIGHT = 380.0


@dataclass(frozen=True, slots=True)
class Still:
    """One sheet of the vector picture, in each language."""

    svg: Mapping[Language, str]
    caption: Said | None


def make_stills(scene: Scene, title: Said, sheets: Sequence[Sheet]) -> tuple[Still, ...]:
    """Draw a scene for A4 upright: whole, or how its sheets lie together and then the sheets."""
    if len(sheets) == 1:
        return (_sheet(scene, sheets[0], title, None),)
    drawing = draw_key_map(scene, sheets, ON_PAGE.width, _KEY_HEIGHT)
    key = "page.sheet_whole" if sheets else "page.sheet_too_many"
    said = say(key, count=len(sheets), limit=ON_PAGE.most)
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


@dataclass(frozen=True, slots=True)
class Index:
    """Every party with its sheet and square; each row bears the id of its box."""

    heading: Said
    header: tuple[Said, ...]
    rows: tuple[tuple[str, tuple[Said, ...]], ...]


def index_of(view: GraphView, scene: Scene, sheets: Sequence[Sheet]) -> Index | None:
    """List every party with its sheet and square; nothing where one sheet holds all."""
    if len(sheets) < 2:
        return None
    places = places_of(scene, sheets)
    rows = (
        (node.id, (same(node.name), same(_layer(node.layer)), same(places[node.id])))
        for node in sorted(view.drawn(), key=lambda node: node.name)
        if node.id in places
    )
    heads = (say(f"exhibit.index.{key}") for key in ("party", "layer", "place"))
    return Index(say("exhibit.index"), tuple(heads), tuple(rows))


def _layer(layer: int | None) -> str:
    return "–" if layer is None else str(layer)
