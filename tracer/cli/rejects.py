"""`tracer rejects`: the rows that could not be taken, and why."""

from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import print_lines, print_text, remark, terminal_cells
from tracer.cli.parsing import read_choice, read_count
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("rejects", cls=LocalCommand, help=text("help.rejects", lang))
    def rejects(
        ctx: typer.Context,
        source: Annotated[str | None, option("--source", "ID", "rejects.source", lang)] = None,
        form: Annotated[str, option("--format", "table|json|csv", "format", lang)] = "table",
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json", "csv"))
        number = None if source is None else read_count("--source", source)

        from tracer.cli.load_report import rejects_table
        from tracer.report import tables
        from tracer.store.engine import open_engine
        from tracer.usecases import rejects as usecase

        with open_engine(settings.database).connect() as connection:
            found = usecase.list_rejects(connection, number)
            rows = tuple(found.rows)
        if form == "json":
            print_text(tables.rejects_json(rows, settings.lang))
        elif form == "csv":
            print_text(tables.rejects_csv(rows, settings.lang))
        else:
            print_lines(rejects_table(rows, settings.lang, terminal_cells()))
        for fault in found.faults:
            remark(settings, settings.text(f"note.{fault.key}", **fault.values))
        if found.faults:
            paths = ", ".join(str(fault.values["path"]) for fault in found.faults)
            raise IntegrityError("rejects_incomplete", count=len(found.faults), paths=paths)
