"""Exhibits as files: PDF in pages, PNG and SVG as one picture each."""

from collections.abc import Sequence
from dataclasses import replace

from tracer.messages import Language, text
from tracer.model.case import CaseInfo
from tracer.report.citing import sources_digest
from tracer.report.diagram.shapes import SOFT
from tracer.report.diagram.svg import svg_of
from tracer.report.html.shell import tool_version
from tracer.report.projection import build_views
from tracer.report.rendering import Rendering
from tracer.report.typeset.answer_pages import answer_parts, poster_slugs
from tracer.report.typeset.blocks import SMALL, heading, paragraph, space
from tracer.report.typeset.flow import Part, Slug
from tracer.report.typeset.glyphs import Lacking, face, known_characters, lacking, texts_of, without
from tracer.report.typeset.pages import Letterhead, set_pages, set_poster
from tracer.report.typeset.pdf import Imprint, paint_pdf
from tracer.report.typeset.png import paint_png
from tracer.report.typeset.tables import table
from tracer.report.wording import say

__all__ = [
    "answer_pdf",
    "answer_png",
    "answer_svg",
    "imprint_lines",
    "parts_pdf",
    "poster_png",
]


def answer_pdf(wanted: Rendering) -> bytes:
    """Write the exhibit of one or several numbers as PDF: figures, leads, evidence, sources."""
    return parts_pdf(
        answer_parts(wanted), _title(wanted), _digest(wanted), wanted.case, wanted.lang
    )


def answer_svg(wanted: Rendering) -> bytes:
    """Write the figures of one or several numbers as one SVG; in the reader's own fonts."""
    drawing = set_poster(*_poster(wanted))
    return svg_of(drawing, _title(wanted)).encode()


def answer_png(wanted: Rendering) -> bytes:
    """Write the figures of one or several numbers as one PNG."""
    slugs, width = _poster(wanted)
    return poster_png(slugs, width, _title(wanted), wanted.lang)


def _poster(wanted: Rendering) -> tuple[list[Slug], float]:
    slugs, width = poster_slugs(wanted)
    return [*slugs, *imprint_lines(_digest(wanted), width, wanted.lang)], width


def _title(wanted: Rendering) -> str:
    numbers = "、".join(trace.trace.number for trace in wanted.traces)
    return say("page.title", number=numbers).get(wanted.lang)


def _digest(wanted: Rendering) -> str:
    views = build_views(wanted.traces, wanted.case)
    return sources_digest((s.path, s.digest) for view in views for s in view.sources)


def imprint_lines(digest: str, width: float, lang: Language) -> list[Slug]:
    """Set what the foot of a page says, for a picture that has no pages."""
    said = (
        text("exhibit.digest", lang, digest=digest),
        text("exhibit.note", lang, version=tool_version()),
    )
    lines = [slug for each in said for slug in paragraph(each, width, size=SMALL, ink=SOFT)]
    return [space(6.0), *lines]


def poster_png(slugs: Sequence[Slug], width: float, title: str, lang: Language) -> bytes:
    """Write slugs as one PNG; what the font lacks is named below."""
    font = face()
    drawing = set_poster(slugs, width)
    lacked = lacking(texts_of([drawing]), known_characters(font))
    if lacked:
        drawing = set_poster([*slugs, *lacking_note(lacked, width, lang)], width)
    return paint_png(without(drawing, lacked), font, title)


def parts_pdf(
    parts: Sequence[Part], title: str, digest: str, case: CaseInfo, lang: Language
) -> bytes:
    """Write parts as PDF; what the font lacks is named on a last page.

    Parameters
    ----------
    digest : str
        Of all inputs.
    """
    letterhead = Letterhead(
        " ".join(part for part in (case.number, case.name) if part),
        text("exhibit.digest", lang, digest=digest) if digest else "",
        text("exhibit.note", lang, version=tool_version()),
    )
    font = face()
    pages = set_pages(parts, letterhead, lang)
    lacked = lacking(texts_of(pages), known_characters(font))
    if lacked:
        named = (*parts, _lacking_part(lacked, parts[-1], lang))
        pages = set_pages(named, letterhead, lang)
    imprint = Imprint(
        title,
        letterhead.digest,
        f"tracer {tool_version()}",
        "zh-CN" if lang == "zh" else "en",
    )
    return paint_pdf([without(page, lacked) for page in pages], font, imprint)


def _lacking_part(lacked: Sequence[Lacking], last: Part, lang: Language) -> Part:
    return replace(last, slugs=tuple(lacking_note(lacked, last.leaf.body.width, lang)), mark="")


def lacking_note(lacked: Sequence[Lacking], width: float, lang: Language) -> list[Slug]:
    """Name the characters the font lacks, and where they stand."""
    header = [text(f"exhibit.lacking.{key}", lang) for key in ("word", "codes")]
    rows = [(each.word, each.codes) for each in lacked]
    return [
        *heading(text("exhibit.lacking", lang), width),
        *paragraph(text("exhibit.lacking_note", lang), width, size=SMALL),
        *table(header, rows, width),
    ]
