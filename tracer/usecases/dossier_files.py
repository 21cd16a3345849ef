"""Dossiers, links and factor sheets written to files, by extension."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracer.dossier.factors import Factors
from tracer.errors import UsageError
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.usecases.forms import FOR_PDF, FOR_PNG, check_needs
from tracer.usecases.written import write_whole

if TYPE_CHECKING:
    from tracer.dossier.links import Links
    from tracer.dossier.party import Dossier
    from tracer.report.papers import Figure, Paper

__all__ = ["FORMATS", "LINK_FORMATS", "check_form", "write_dossier", "write_factors", "write_links"]

FORMATS: Final = (".html", ".json", ".xlsx", ".pdf")
LINK_FORMATS: Final = (*FORMATS, ".svg", ".png")
"""How parties relate can be drawn, too."""

_NEEDS: Final = {".pdf": FOR_PDF, ".png": FOR_PNG}


def check_form(out: Path | None, formats: tuple[str, ...] = FORMATS) -> None:
    """Check that the extension of a file to write names a format.

    Raises
    ------
    UsageError
        If it does not, or what that format is written with is not installed.
    """
    if out is None:
        return
    if out.suffix.casefold() not in formats:
        raise UsageError("out_format", path=out.as_posix(), formats=" ".join(formats))
    check_needs(out, _NEEDS.get(out.suffix.casefold(), ()))


def write_factors(factors: Factors, case: CaseInfo, out: Path, lang: Language) -> None:
    """Write a factor sheet: a page, JSON, or a workbook with live formulas.

    The file is there whole or not at all, and holds the same bytes for equal sheets.
    """
    form = out.suffix.casefold()
    if form == ".json":
        from tracer.report.factor_json import factors_json

        content = factors_json(factors).encode()
    elif form == ".xlsx":
        from tracer.report.factor_workbook import factor_workbook

        content = factor_workbook(factors, lang)
    else:
        from tracer.report.factor_paper import factor_paper

        content = _set(factor_paper(factors), case, form, lang)
    write_whole(out, [content])


def write_dossier(dossier: "Dossier", case: CaseInfo, out: Path, lang: Language) -> None:
    """Write the dossier of a party: a page, JSON, or a workbook; as `write_factors` does."""
    form = out.suffix.casefold()
    if form == ".json":
        from tracer.report.party_json import party_json

        write_whole(out, [party_json(dossier).encode()])
        return
    from tracer.report.party_paper import party_paper

    write_whole(out, [_set(party_paper(dossier), case, form, lang)])


def write_links(links: "Links", case: CaseInfo, out: Path, lang: Language) -> None:
    """Write how parties relate: a page or PDF with the map, the map alone, JSON, or a workbook."""
    form = out.suffix.casefold()
    if form == ".json":
        from tracer.report.party_json import links_json

        write_whole(out, [links_json(links).encode()])
        return
    from tracer.report.links_paper import links_paper

    if form in {".pdf", ".svg", ".png"}:
        from tracer.report.typeset import paper_exhibit

        write = {
            ".pdf": paper_exhibit.links_pdf,
            ".svg": paper_exhibit.links_svg,
            ".png": paper_exhibit.links_png,
        }[form]
        write_whole(out, [write(links, case, lang)])
        return
    figures: tuple[Figure, ...] = ()
    if form == ".html":
        from tracer.report.diagram.linkmap import draw_links

        figures = (draw_links(links),)
    write_whole(out, [_set(links_paper(links, figures), case, form, lang)])


def _set(paper: "Paper", case: CaseInfo, form: str, lang: Language) -> bytes:
    """Set a paper as a page, a workbook or PDF."""
    if form == ".xlsx":
        from tracer.report.paper_workbook import paper_workbook

        return paper_workbook(paper, lang)
    if form == ".pdf":
        from tracer.report.typeset.paper_exhibit import paper_pdf

        return paper_pdf(paper, case, lang)
    from tracer.report.html.paper_page import render_paper

    return render_paper(paper, case, lang)
