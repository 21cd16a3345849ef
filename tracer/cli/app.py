"""The program put together for one language, and its entry point."""

import os
import sys
from typing import Annotated

import typer

from tracer.cli import (
    audit,
    db,
    demo,
    export,
    factors,
    links,
    load,
    log,
    openhop,
    party,
    rejects,
    render,
    rules,
    sources,
    template,
    trace,
    verify,
)
from tracer.cli.language import choose_language
from tracer.cli.output import print_text
from tracer.cli.parsing import read_choice
from tracer.cli.settings import DEFAULT_DATABASE, Settings
from tracer.cli.wording import LocalGroup
from tracer.messages import LANGUAGES, Language, text

__all__ = ["build_app", "run"]

_COMMANDS = (
    template,
    demo,
    load,
    sources,
    rejects,
    trace,
    openhop,
    party,
    links,
    factors,
    audit,
    render,
    export,
    verify,
    rules,
    db,
    log,
)


def build_app(lang: Language) -> typer.Typer:
    """Build the program with every text in one language."""
    app = typer.Typer(
        cls=LocalGroup,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=text("help.tracer", lang),
        context_settings={"obj": Settings(lang), "help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def tracer(
        ctx: typer.Context,
        db: Annotated[
            str,
            typer.Option(
                "--db", metavar="URL|PATH", envvar="TRACER_DB", help=text("help.db_option", lang)
            ),
        ] = DEFAULT_DATABASE,
        language: Annotated[
            str | None, typer.Option("--lang", metavar="zh|en", help=text("help.lang", lang))
        ] = None,
        quiet: Annotated[bool, typer.Option("--quiet", help=text("help.quiet", lang))] = False,
        version: Annotated[  # noqa: ARG001 - acted on by its callback
            bool,
            typer.Option(
                "--version", is_eager=True, callback=_print_version, help=text("help.version", lang)
            ),
        ] = False,
    ) -> None:
        if language is not None:
            read_choice("--lang", language, LANGUAGES)
        ctx.obj = Settings(lang, db, quiet)

    for module in _COMMANDS:
        module.register(app, lang)
    return app


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("tracer")
        except PackageNotFoundError:  # run from a checkout that was never installed
            import tracer

            number = getattr(tracer, "__version__", "")
        print_text(f"tracer {number}".rstrip() + "\n")
        raise typer.Exit


def run() -> None:
    """Run the program on the words of the command line."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come out whole under LANG=C and on a Windows code page, and bytes must not
        # depend on the platform; a name no encoding holds is written out instead of refused.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    app = build_app(choose_language(sys.argv[1:], os.environ))
    typer.main.get_command(app).main(prog_name="tracer")
