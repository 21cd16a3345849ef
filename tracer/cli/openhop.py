"""`tracer rows`: a hop opened down to its raw rows in the source files."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice, read_count, read_number, read_window
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, text

__all__ = ["register"]

_HERE = Path()


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    def end(name: str) -> typer.models.ArgumentInfo:
        told: typer.models.ArgumentInfo = typer.Argument(
            metavar=name.upper(), help=text(f"help.rows.{name}", lang)
        )
        return told

    @app.command("rows", cls=LocalCommand, help=text("help.rows", lang))
    def rows(
        ctx: typer.Context,
        number: Annotated[str, typer.Argument(metavar="NUMBER", help=text("help.number", lang))],
        upstream: Annotated[str, end("upstream")],
        downstream: Annotated[str, end("downstream")],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        only: Annotated[str | None, option("--on", "D", "on", lang)] = None,
        folder: Annotated[str | None, option("--folder", "DIR", "rows.folder", lang)] = None,
        most: Annotated[str, option("--limit", "N", "rows.limit", lang)] = "1000",
        form: Annotated[str, option("--format", "table|json|csv", "format", lang)] = "table",
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json", "csv"))
        digits, window = read_number(number), read_window(first, last, only)
        limit = read_count("--limit", most)

        from tracer.cli.hop_report import rows_tables
        from tracer.report.hoprows import rows_csv, rows_json
        from tracer.store.engine import open_engine
        from tracer.usecases.rows import open_hop

        with open_engine(settings.database).connect() as connection:
            found = open_hop(
                connection,
                digits,
                (upstream, downstream),
                window,
                _HERE if folder is None else Path(folder),
                by_name=folder is not None,
                limit=limit,
            )
        if form == "json":
            print_text(rows_json(found))
        elif form == "csv":
            print_text(rows_csv(found))
        else:
            print_lines(rows_tables(found, settings.lang, terminal_cells()))
        unproven = [source for source in found.sources if source.unproven]
        if unproven:
            totals = sum(len(source.unproven) for source in unproven)
            paths = ", ".join(dict.fromkeys(source.sheet.path for source in unproven))
            raise IntegrityError("rows_incomplete", totals=totals, paths=paths)
