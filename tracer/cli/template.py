"""`tracer template`: an empty workbook and a commented case.toml."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.output import line, print_lines
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("template", cls=LocalCommand, help=text("help.template", lang))
    def template(
        ctx: typer.Context,
        folder: Annotated[
            str, typer.Argument(metavar="DIR", help=text("help.template.folder", lang))
        ],
    ) -> None:
        from tracer.usecases.template import write_template

        settings = settings_of(ctx)
        print_lines(line(str(path)) for path in write_template(Path(folder), settings.lang))
