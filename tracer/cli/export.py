"""`tracer export`: the evidence package."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import line, print_lines
from tracer.cli.parsing import read_count, read_moment, read_number, read_window
from tracer.cli.redacting import read_redaction
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import UsageError
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("export", cls=LocalCommand, help=text("help.export", lang))
    def export(
        ctx: typer.Context,
        numbers: Annotated[
            list[str], typer.Argument(metavar="NUMBER…", help=text("help.number", lang))
        ],
        out: Annotated[str, option("--out", "DIR|FILE.zip", "export.out", lang)],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
        bare: Annotated[bool, flag("--no-sources", "export.no_sources", lang)] = False,
        folder: Annotated[str, option("--folder", "DIR", "export.folder", lang)] = ".",
        at: Annotated[str | None, option("--at", "TIME", "export.at", lang)] = None,
        case_no: Annotated[str | None, option("--case-no", "N", "export.case_no", lang)] = None,
        redact: Annotated[bool, flag("--redact", "redact", lang)] = False,
        keep: Annotated[list[str] | None, option("--keep", "PARTY", "redact.keep", lang)] = None,
        pseudonyms: Annotated[
            str | None, option("--pseudonyms", "FILE", "redact.pseudonyms", lang)
        ] = None,
        key: Annotated[str | None, option("--key", "FILE", "redact.key", lang)] = None,
        mask: Annotated[bool, flag("--mask-digits", "mask_digits", lang)] = False,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        digits = tuple(dict.fromkeys(read_number(number) for number in numbers))
        window = read_window(first, last, None)
        max_chains = read_count("--max-chains", most)
        moment = read_moment("--as-of", as_of)
        time = read_moment("--at", at) or now()
        if time.tzinfo is None:
            raise UsageError("export_time", value=at)
        redaction = read_redaction(redact, Path(out), keep, pseudonyms, key, digits if mask else ())

        from tracer.casefile.contents import Options
        from tracer.store.engine import open_engine
        from tracer.usecases.export import ExportOrder, export_package
        from tracer.usecases.forms import available_forms

        options = Options(
            numbers=digits,
            first=None if window.first is None else window.first.isoformat(),
            last=None if window.last is None else window.last.isoformat(),
            as_of=None if moment is None else moment.isoformat(),
            lang=settings.lang,
            max_chains=max_chains,
            with_sources=not bare and redaction is None,
            is_redacted=redaction is not None,
            forms=available_forms(),
        )
        order = ExportOrder(
            options, Path(out), Path(folder), time, operator_name(by), case_no, redaction
        )
        done = export_package(open_engine(settings.database, create=False), order)
        contents = done.contents
        said = [
            settings.text("cli.export.done", path=done.out.as_posix()),
            settings.text(
                "cli.export.counts",
                files=done.files,
                size=done.size,
                sources=sum(each.place is not None for each in contents.inputs),
                results=len(contents.results),
            ),
            settings.text("cli.export.digest", digest=done.digest),
        ]
        if redaction is not None:
            said.append(settings.text("cli.redact.key", path=redaction.key.as_posix()))
        print_lines([line(each) for each in said])
