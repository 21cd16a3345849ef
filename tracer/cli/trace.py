"""`tracer trace`: through whose hands a number went, and who sent."""

from typing import Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice, read_count, read_number, read_window
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]

_FORMATS = ("tree", "table", "json", "csv")


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("trace", cls=LocalCommand, help=text("help.trace", lang))
    def trace(
        ctx: typer.Context,
        number: Annotated[str, typer.Argument(metavar="NUMBER", help=text("help.number", lang))],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        only: Annotated[str | None, option("--on", "D", "on", lang)] = None,
        form: Annotated[str, option("--format", "|".join(_FORMATS), "trace.format", lang)] = "tree",
        every: Annotated[bool, flag("--all", "trace.all", lang)] = False,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, _FORMATS)
        digits, window = read_number(number), read_window(first, last, only)
        max_chains = read_count("--max-chains", most)

        from tracer.store.engine import open_engine
        from tracer.usecases.trace import trace_number

        with open_engine(settings.database).connect() as connection:
            answer = trace_number(connection, digits, window, max_chains=max_chains)
        if form == "json":
            from tracer.report.trace_json import trace_json

            print_text(trace_json(answer))
        elif form == "csv":
            from tracer.report.tables import trace_csv

            print_text(trace_csv(answer))
        elif form == "table":
            from tracer.cli.tabular import trace_tables

            print_lines(trace_tables(answer, settings.lang, every=every))
        else:
            from tracer.cli.picture import draw_trace

            print_lines(draw_trace(answer, settings.lang, every=every, cells=terminal_cells()))
