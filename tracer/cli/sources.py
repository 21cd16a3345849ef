"""`tracer sources` and `tracer sources retract`: what was loaded, and one of it withdrawn."""

from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import print_lines, print_text, remark, terminal_cells
from tracer.cli.parsing import read_choice, read_count, read_reason
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand, LocalGroup
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=LocalGroup, rich_markup_mode=None, invoke_without_command=True)
    app.add_typer(group, name="sources", help=text("help.sources", lang))

    @group.callback()
    def sources(
        ctx: typer.Context,
        form: Annotated[str, option("--format", "table|json|csv", "format", lang)] = "table",
    ) -> None:
        form = read_choice("--format", form, ("table", "json", "csv"))
        if ctx.invoked_subcommand is not None:
            return
        from tracer.cli.load_report import sources_table
        from tracer.report import tables
        from tracer.store.engine import open_engine
        from tracer.usecases.sources import case_zone, list_sources

        settings = settings_of(ctx)
        with open_engine(settings.database).connect() as connection:
            entries, zone = list_sources(connection), case_zone(connection)
        if form == "json":
            print_text(tables.sources_json(entries, settings.lang))
        elif form == "csv":
            print_text(tables.sources_csv(entries))
        else:
            print_lines(sources_table(entries, settings.lang, zone, terminal_cells()))

    @group.command("retract", cls=LocalCommand, help=text("help.retract", lang))
    def retract(
        ctx: typer.Context,
        source: Annotated[str, typer.Argument(metavar="ID", help=text("help.retract.id", lang))],
        reason: Annotated[str, option("--reason", "R", "retract.reason", lang)],
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        number, said = read_count("ID", source), read_reason(reason)

        from tracer.store.engine import open_engine
        from tracer.usecases import sources as usecase

        engine = open_engine(settings.database)
        usecase.retract(engine, number, said, operator_name(by), now)
        remark(settings, settings.text("cli.sources.retracted", source=number))
