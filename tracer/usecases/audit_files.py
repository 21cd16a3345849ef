"""An audit written to files: the whole of it by extension, and a page per code."""

import os.path
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tracer.errors import UsageError
from tracer.messages import Language
from tracer.rules.audited import Audit, AuditedCode
from tracer.store.case import case_info
from tracer.store.sources import counting_files
from tracer.usecases.forms import FOR_PDF, check_needs
from tracer.usecases.render import write_traces
from tracer.usecases.targets import check_folder, check_targets
from tracer.usecases.trace import examine_number
from tracer.usecases.written import write_whole

__all__ = ["FORMATS", "LISTING_FINDINGS", "form_of", "write_audit", "write_pages"]

FORMATS: Final = ("html", "xlsx", "csv", "json", "pdf")
LISTING_FINDINGS: Final = frozenset({"json", "xlsx"})
"""Formats that list each finding; the others count them."""


def form_of(out: Path) -> str:
    """Name the format a file is written in, by its extension.

    Raises
    ------
    UsageError
        If the extension names none, or what it is written with is not installed.
    """
    form = out.suffix.casefold().removeprefix(".")
    if form not in FORMATS:
        known = " ".join(f".{each}" for each in FORMATS)
        raise UsageError("render_format", path=out.as_posix(), formats=known)
    check_needs(out, FOR_PDF if form == "pdf" else ())
    return form


def write_audit(
    conn: Connection, audit: Audit, out: Path, lang: Language, pages: Path | None = None
) -> None:
    """Write an audit to a file, by its extension: whole or not at all.

    Parameters
    ----------
    conn : Connection
        For what the case is called.
    audit : Audit
        What was found, its findings kept where the format lists them.
    out : Path
        `.html`, `.xlsx`, `.csv`, `.json` or `.pdf`.
    lang : {"zh", "en"}
        Language of the words.
    pages : Path, optional
        Folder of the codes' own pages (`write_pages`), which the overview then leads to.
    """
    form = form_of(out)
    content: Iterable[bytes]
    if form == "json":
        from tracer.report.audit_json import audit_json

        content = (piece.encode() for piece in audit_json(audit))
    elif form == "csv":
        from tracer.report.audit_tables import audit_csv

        content = [audit_csv(audit).encode()]
    elif form == "xlsx":
        from tracer.report.audit_workbook import audit_workbook

        content = [audit_workbook(audit, lang)]
    elif form == "pdf":
        from tracer.report.audit_paper import audit_paper
        from tracer.report.typeset.paper_exhibit import paper_pdf

        paper = audit_paper(audit, counting_files(conn))
        content = [paper_pdf(paper, case_info(conn), lang)]
    else:
        from tracer.report.html.overview import render_overview

        links = {} if pages is None else _links(audit, pages, out.parent)
        content = [render_overview(audit, case_info(conn), lang, links)]
    write_whole(out, content)


def write_pages(
    conn: Connection,
    audit: Audit,
    folder: Path,
    lang: Language,
    *,
    max_chains: int,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write the page of every code of an audit that has one, and count them.

    Parameters
    ----------
    folder : Path
        Made when it is not there; a page is `CODE.html`.

    Raises
    ------
    UsageError
        If one of the pages is part of the case; none is written.
    """
    shown = [each for each in audit.codes if _has_page(each)]
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    check_targets(conn, (folder / _page_name(each) for each in shown))
    case = case_info(conn)
    for done, each in enumerate(shown, start=1):
        trace = examine_number(conn, each.code, audit.window, max_chains=max_chains)
        write_traces([trace], case, folder / _page_name(each), lang)
        if progress:
            progress(done, len(shown))
    return len(shown)


def _has_page(each: AuditedCode) -> bool:
    """Tell whether a trace of these digits shows the code: of a single number it shows more."""
    return bool(each.figures.parties) and not each.is_exact


def _page_name(each: AuditedCode) -> str:
    return f"{each.code}.html"


def _links(audit: Audit, pages: Path, beside: Path) -> Mapping[str, str]:
    """Give the address of each code's page, seen from the overview."""
    from urllib.parse import quote

    folder = quote(Path(os.path.relpath(pages, beside)).as_posix())
    return {each.code: f"{folder}/{_page_name(each)}" for each in audit.codes if _has_page(each)}
