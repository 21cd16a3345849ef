"""`tracer demo`: the example case end to end."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import aligned, line, print_lines, terminal_cells
from tracer.cli.progress import load_progress
from tracer.cli.settings import now, settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("demo", cls=LocalCommand, help=text("help.demo", lang))
    def demo(
        ctx: typer.Context,
        out: Annotated[str, option("--out", "DIR", "demo.out", lang)] = "demo-out",
    ) -> None:
        from tracer.cli.picture import draw_trace
        from tracer.usecases.demo import run_demo

        settings = settings_of(ctx)
        with load_progress(settings) as progress:
            result = run_demo(Path(out), settings.lang, now=now, progress=progress)
        for each in result.traces:
            drawn = draw_trace(each.trace, each.findings, settings.lang, cells=terminal_cells())
            print_lines(drawn)
            print_lines([line()])
        written = [
            (settings.text("cli.demo.database"), result.database),
            *((settings.text("cli.demo.page"), page) for page in result.pages),
            *((settings.text("cli.demo.json"), each) for each in result.jsons),
        ]
        print_lines(aligned(written))
