"""`tracer render`: the trace written to a file, by extension."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import line, print_lines, remark
from tracer.cli.parsing import read_count, read_moment, read_number, read_paper, read_window
from tracer.cli.redacting import read_redaction
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("render", cls=LocalCommand, help=text("help.render", lang))
    def render(
        ctx: typer.Context,
        numbers: Annotated[
            list[str], typer.Argument(metavar="NUMBER…", help=text("help.number", lang))
        ],
        out: Annotated[str, option("--out", "FILE", "render.out", lang)],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        only: Annotated[str | None, option("--on", "D", "on", lang)] = None,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
        redact: Annotated[bool, flag("--redact", "redact", lang)] = False,
        keep: Annotated[list[str] | None, option("--keep", "PARTY", "redact.keep", lang)] = None,
        pseudonyms: Annotated[
            str | None, option("--pseudonyms", "FILE", "redact.pseudonyms", lang)
        ] = None,
        key: Annotated[str | None, option("--key", "FILE", "redact.key", lang)] = None,
        mask: Annotated[bool, flag("--mask-digits", "mask_digits", lang)] = False,
        paper: Annotated[str, option("--paper", "a4|a3", "paper", lang)] = "a4",
    ) -> None:
        settings = settings_of(ctx)
        digits = list(dict.fromkeys(read_number(number) for number in numbers))
        window = read_window(first, last, only)
        max_chains = read_count("--max-chains", most)
        size = read_paper(paper)
        moment = read_moment("--as-of", as_of)

        from tracer.store.asof import connect_as_of
        from tracer.store.engine import open_engine
        from tracer.usecases.render import render_file

        target = Path(out)
        redaction = read_redaction(redact, target, keep, pseudonyms, key, digits if mask else ())
        with connect_as_of(open_engine(settings.database), moment) as connection:
            render_file(
                connection,
                digits,
                target,
                window,
                settings.lang,
                max_chains=max_chains,
                redaction=redaction,
                paper=size,
            )
        print_lines([line(str(target))])
        if redaction is not None:
            key_line = settings.text("cli.redact.key", path=redaction.key.as_posix())
            remark(settings, key_line)
