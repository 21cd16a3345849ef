"""`tracer requests`: the records that would settle what a trace leaves open."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import line, print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice, read_moment, read_number, read_window
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import UsageError
from tracer.messages import Language, text

__all__ = ["register"]

_FORMATS = ("table", "text", "json", "xlsx")
_FILES = (".txt", ".xlsx", ".json", ".html")


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("requests", cls=LocalCommand, help=text("help.requests", lang))
    def requests(
        ctx: typer.Context,
        number: Annotated[str, typer.Argument(metavar="NUMBER", help=text("help.number", lang))],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        form: Annotated[
            str, option("--format", "|".join(_FORMATS), "requests.format", lang)
        ] = "table",
        out: Annotated[str | None, option("--out", "FILE", "requests.out", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, _FORMATS)
        digits, window = read_number(number), read_window(first, last, None)
        moment = read_moment("--as-of", as_of)
        target = None if out is None else Path(out)
        if form == "xlsx" and target is None:
            raise UsageError("out_needed", form=form)

        from tracer.dossier.requests import list_requests
        from tracer.store.asof import connect_as_of
        from tracer.store.case import case_info
        from tracer.store.engine import open_engine
        from tracer.usecases.dossier_files import check_form, write_paper
        from tracer.usecases.targets import check_targets
        from tracer.usecases.trace import examine_number

        check_form(target, _FILES)
        with connect_as_of(open_engine(settings.database), moment) as connection:
            if target is not None:
                check_targets(connection, [target])
            found = list_requests(examine_number(connection, digits, window))
            case = case_info(connection)

        from tracer.report.requests import requests_json, requests_paper, requests_text

        if target is not None:
            said = requests_text if target.suffix.casefold() == ".txt" else None
            document = said(found, settings.lang) if said else requests_json(found)
            paper = requests_paper(found, in_one=target.suffix.casefold() == ".xlsx")
            write_paper(paper, document, case, target, settings.lang)
            print_lines([line(str(target))])
        elif form == "json":
            print_text(requests_json(found))
        elif form == "text":
            print_text(requests_text(found, settings.lang))
        else:
            from tracer.cli.papers import paper_lines

            print_lines(paper_lines(requests_paper(found), settings.lang, terminal_cells()))
