"""`tracer audit`: all codes on record, worst first."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import print_lines, print_text, remark, terminal_cells
from tracer.cli.parsing import read_choice, read_count, read_moment, read_number, read_window
from tracer.cli.progress import count_progress
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import UsageError
from tracer.messages import Language, text

if TYPE_CHECKING:
    from tracer.rules.audited import Audit

__all__ = ["register"]

_FORMATS = ("table", "json", "csv", "xlsx", "html", "pdf")
_FOR_FILES = ("xlsx", "html", "pdf")
_ROWS = 50
"""Codes a table shows unless --all."""
_MOST_WORKERS = 8
"""Processes an audit is shared out to unless --workers."""


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("audit", cls=LocalCommand, help=text("help.audit", lang))
    def audit(
        ctx: typer.Context,
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        only: Annotated[str | None, option("--on", "D", "on", lang)] = None,
        group: Annotated[str | None, option("--class", "C", "audit.class", lang)] = None,
        holder: Annotated[str | None, option("--holder", "PARTY", "audit.holder", lang)] = None,
        authority: Annotated[
            str | None, option("--authority", "A", "audit.authority", lang)
        ] = None,
        region: Annotated[str | None, option("--region", "R", "audit.region", lang)] = None,
        form: Annotated[str | None, option("--format", "|".join(_FORMATS), "format", lang)] = None,
        out: Annotated[str | None, option("--out", "FILE", "audit.out", lang)] = None,
        pages: Annotated[str | None, option("--pages", "DIR", "audit.pages", lang)] = None,
        every: Annotated[bool, flag("--all", "audit.all", lang)] = False,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
        workers: Annotated[str | None, option("--workers", "N", "audit.workers", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        window, max_chains = read_window(first, last, only), read_count("--max-chains", most)
        count = _usual_workers() if workers is None else read_count("--workers", workers)
        digits = None if group is None else read_number(group)
        target = None if out is None else Path(out)
        folder = None if pages is None else Path(pages)
        form = _read_form(form, target)
        moment = read_moment("--as-of", as_of)

        from tracer.rules.audited import AuditFilter
        from tracer.store.asof import connect_as_of
        from tracer.store.engine import open_engine
        from tracer.usecases.audit import audit_codes
        from tracer.usecases.audit_files import LISTING_FINDINGS, write_audit, write_pages
        from tracer.usecases.targets import check_folder, check_targets
        from tracer.usecases.workers import Workers

        with connect_as_of(open_engine(settings.database), moment) as connection:
            if target is not None:
                check_targets(connection, [target])
            if folder is not None:
                check_folder(folder)
            with count_progress(settings, "audit.reading") as tell:
                found = audit_codes(
                    connection,
                    window,
                    AuditFilter(digits, holder, authority, region),
                    max_chains=max_chains,
                    keep_findings=form in LISTING_FINDINGS,
                    # other processes would see the case as it stands
                    workers=None if moment else Workers(settings.database, count),
                    progress=tell,
                )
            if form == "csv":  # which has no place for it
                for note in found.notes:
                    remark(settings, settings.text(f"note.{note.key}", **note.values))
            if folder is not None:
                with count_progress(settings, "audit.drawing") as tell:
                    count = write_pages(
                        connection,
                        found,
                        folder,
                        settings.lang,
                        max_chains=max_chains,
                        progress=tell,
                    )
                remark(settings, settings.text("audit.pages", count=count, folder=str(folder)))
            if target is not None:
                write_audit(connection, found, target, settings.lang, folder)
                print_text(f"{target}\n")
            else:
                _print(found, form, settings.lang, None if every else _ROWS)


def _usual_workers() -> int:
    """Give the cores this program may use; more processes than a few would only want memory."""
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    return min(_MOST_WORKERS, len(mine) if mine else os.cpu_count() or 1)


def _read_form(form: str | None, target: Path | None) -> str:
    asked = None if form is None else read_choice("--format", form, _FORMATS)
    if target is None:
        if asked in _FOR_FILES:
            raise UsageError("audit_needs_file", form=asked)
        return asked or "table"
    from tracer.usecases.audit_files import form_of

    named = form_of(target)
    if asked not in (None, named):
        raise UsageError("audit_two_formats", form=asked, path=target.as_posix())
    return named


def _print(found: "Audit", form: str, lang: Language, most: int | None) -> None:
    if form == "json":
        from tracer.report.audit_json import audit_json

        for piece in audit_json(found):
            print_text(piece)
    elif form == "csv":
        from tracer.report.audit_tables import audit_csv

        print_text(audit_csv(found))
    else:
        from tracer.cli.audit_table import audit_lines

        print_lines(audit_lines(found, lang, most, terminal_cells()))
