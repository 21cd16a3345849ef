"""Papers as files for the file: dossiers and factor sheets, links with their map, audits."""

from tracer.dossier.links import Links
from tracer.messages import Language, text
from tracer.model.case import CaseInfo
from tracer.model.paper_size import PaperSize
from tracer.report.diagram.sketch import sketch
from tracer.report.diagram.svg import svg_of
from tracer.report.links_paper import links_paper
from tracer.report.linkscene import link_scene
from tracer.report.papers import Paper
from tracer.report.typeset.blocks import SMALL, paragraph, picture, space
from tracer.report.typeset.exhibit import imprint_lines, parts_pdf, poster_png
from tracer.report.typeset.figure import set_figure
from tracer.report.typeset.flow import Leaf, Part, Slug, leaf_of
from tracer.report.typeset.listing import paper_body, paper_head
from tracer.report.typeset.pages import set_poster
from tracer.report.wording import say

__all__ = ["links_pdf", "links_png", "links_svg", "paper_pdf"]

_SIZE: PaperSize = "a4"
_MOST_UPRIGHT = 8
"""Columns a table may have on an upright page."""

_LEGEND = ("legend_hop", "legend_asked", "legend_tie", "legend_layer")


def paper_pdf(paper: Paper, case: CaseInfo, lang: Language) -> bytes:
    """Write a paper as PDF, across where its tables have many columns."""
    leaf = _leaf(paper)
    width = leaf.body.width
    slugs = [*paper_head(paper, _named(case), width, lang), *paper_body(paper, width, lang)]
    part = Part(leaf, tuple(slugs), paper.title.get(lang))
    return parts_pdf([part], paper.title.get(lang), paper.digest, case, lang)


def links_pdf(links: Links, case: CaseInfo, lang: Language) -> bytes:
    """Write how parties relate as PDF: the map, then the tables."""
    paper, leaf = links_paper(links), leaf_of(_SIZE)
    width, title = leaf.body.width, paper.title.get(lang)
    mark, name = text("exhibit.figure", lang, number=1), say("dossier.map.title").get(lang)
    head, signs = paper_head(paper, _named(case), width, lang), _legend(width, lang)
    layers = {
        party: min(links.layers.get(party, {}).values(), default=None) for party in links.names
    }
    figure = set_figure(
        link_scene(links), lang, _SIZE, name=name, mark=mark,
        taken=sum(slug.height for slug in (*head, *signs)),
        parties={f"P{n}": (each, layers[each]) for n, each in enumerate(links.names, start=1)},
    )  # fmt: skip
    tables = _leaf(paper)
    parts = [
        Part(leaf, (*head, *figure.slugs, *signs), title, mark),
        *figure.sheets,
        Part(tables, tuple(paper_body(paper, tables.body.width, lang)), title),
    ]
    return parts_pdf(parts, title, paper.digest, case, lang)


def _leaf(paper: Paper) -> Leaf:
    """Choose upright or across by the table with most columns."""
    columns = (len(each.header) for part in paper.sections for each in part.tables if each.rows)
    return leaf_of(_SIZE, is_wide=max(columns, default=0) > _MOST_UPRIGHT)


def links_svg(links: Links, case: CaseInfo, lang: Language) -> bytes:
    """Write the map as SVG; in the reader's own fonts."""
    slugs, width, title = _poster(links, case, lang)
    return svg_of(set_poster(slugs, width), title).encode()


def links_png(links: Links, case: CaseInfo, lang: Language) -> bytes:
    """Write the map as PNG."""
    slugs, width, title = _poster(links, case, lang)
    return poster_png(slugs, width, title, lang)


def _poster(links: Links, case: CaseInfo, lang: Language) -> tuple[list[Slug], float, str]:
    paper, drawing = links_paper(links), sketch(link_scene(links), lang)
    width = max(leaf_of(_SIZE).body.width, drawing.width)
    slugs = [
        *paper_head(paper, _named(case), width, lang),
        space(6.0),
        picture(drawing, width),
        *_legend(width, lang),
        *imprint_lines(paper.digest, width, lang),
    ]
    return slugs, width, paper.title.get(lang)


def _legend(width: float, lang: Language) -> list[Slug]:
    said = (say(f"dossier.map.{key}").get(lang) for key in _LEGEND)
    return [space(4.0), *(slug for each in said for slug in paragraph(each, width, size=SMALL))]


def _named(case: CaseInfo) -> str:
    return " ".join(part for part in (case.number, case.name) if part)
