"""`tracer parties suggest`: names that may be of one party."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import line, print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice, read_count
from tracer.cli.progress import count_progress
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import UsageError
from tracer.messages import Language, text

__all__ = ["register"]


def register(group: typer.Typer, lang: Language) -> None:
    """Add the command to the group."""

    @group.command("suggest", cls=LocalCommand, help=text("help.parties.suggest", lang))
    def suggest(
        ctx: typer.Context,
        form: Annotated[str, option("--format", "table|json|xlsx", "format", lang)] = "table",
        out: Annotated[str | None, option("--out", "FILE", "parties.suggest.out", lang)] = None,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json", "xlsx"))
        target, max_chains = None if out is None else Path(out), read_count("--max-chains", most)
        if form == "xlsx" and target is None:
            raise UsageError("out_needed", form=form)

        from tracer.store.case import case_info
        from tracer.store.engine import open_engine
        from tracer.usecases.dossier_files import check_form, write_paper
        from tracer.usecases.suggesting import suggest_parties
        from tracer.usecases.targets import check_targets

        check_form(target)
        with open_engine(settings.database).connect() as connection:
            if target is not None:
                check_targets(connection, [target])
            with count_progress(settings, "cli.parties.comparing") as tell:
                found = suggest_parties(connection, max_chains=max_chains, progress=tell)
            case = case_info(connection)

        from tracer.report.suggestions import suggestions_json, suggestions_paper

        if target is not None:
            write_paper(
                suggestions_paper(found), suggestions_json(found), case, target, settings.lang
            )
            print_lines([line(str(target))])
        elif form == "json":
            print_text(suggestions_json(found))
        else:
            from tracer.cli.papers import paper_lines

            print_lines(paper_lines(suggestions_paper(found), settings.lang, terminal_cells()))
