"""`tracer party`: everything on record of one party."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import line, print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice, read_moment, read_window
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("party", cls=LocalCommand, help=text("help.party", lang))
    def party(
        ctx: typer.Context,
        name: Annotated[str, typer.Argument(metavar="PARTY", help=text("help.party.name", lang))],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        form: Annotated[str, option("--format", "table|json", "format", lang)] = "table",
        out: Annotated[str | None, option("--out", "FILE", "dossier.out", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json"))
        window, moment = read_window(first, last, None), read_moment("--as-of", as_of)
        target = None if out is None else Path(out)

        from tracer.store.asof import connect_as_of
        from tracer.store.case import case_info
        from tracer.store.engine import open_engine
        from tracer.usecases.dossier_files import check_form, write_dossier
        from tracer.usecases.party import compile_party
        from tracer.usecases.targets import check_targets

        check_form(target)
        with connect_as_of(open_engine(settings.database), moment) as connection:
            if target is not None:
                check_targets(connection, [target])
            found = compile_party(connection, name, window)
            case = case_info(connection)
        if target is not None:
            write_dossier(found, case, target, settings.lang)
            print_lines([line(str(target))])
        elif form == "json":
            from tracer.report.party_json import party_json

            print_text(party_json(found))
        else:
            from tracer.cli.papers import paper_lines
            from tracer.report.party_paper import party_paper

            print_lines(paper_lines(party_paper(found), settings.lang, terminal_cells()))
