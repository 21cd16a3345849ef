"""`tracer load`: folders, files and workbooks into the database."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.guard import print_error
from tracer.cli.options import flag, option
from tracer.cli.output import print_lines, print_text
from tracer.cli.parsing import read_choice, read_count, read_encoding, read_side, read_zone
from tracer.cli.progress import load_progress
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.status import USAGE
from tracer.cli.trial import trial_database
from tracer.cli.wording import LocalCommand
from tracer.errors import RowsRejected
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("load", cls=LocalCommand, help=text("help.load", lang))
    def load(
        ctx: typer.Context,
        paths: Annotated[
            list[str], typer.Argument(metavar="PATH…", help=text("help.load.paths", lang))
        ],
        form: Annotated[str, option("--format", "table|json", "load.format", lang)] = "table",
        encoding: Annotated[str | None, option("--encoding", "E", "load.encoding", lang)] = None,
        party_a: Annotated[
            str | None, option("--party-a", "upstream|downstream", "load.party_a", lang)
        ] = None,
        reporter: Annotated[
            str | None, option("--reported-by", "PARTY", "load.reported_by", lang)
        ] = None,
        zone: Annotated[str | None, option("--timezone", "TZ", "load.timezone", lang)] = None,
        adds_to: Annotated[str | None, option("--adds-to", "ID", "load.adds_to", lang)] = None,
        dry_run: Annotated[bool, flag("--dry-run", "load.dry_run", lang)] = False,
        strict: Annotated[bool, flag("--strict", "load.strict", lang)] = False,
        keep: Annotated[bool, flag("--keep-recipients", "load.keep_recipients", lang)] = False,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json"))
        encoding, zone, party_a = read_encoding(encoding), read_zone(zone), read_side(party_a)
        delivery = None if adds_to is None else read_count("--adds-to", adds_to)

        from tracer.cli.load_report import load_table
        from tracer.store.engine import open_engine
        from tracer.usecases.load import LoadOptions, load_paths

        options = LoadOptions(
            encoding=encoding,
            party_a=party_a,
            reported_by=reporter,
            timezone=zone,
            adds_to=delivery,
            dry_run=dry_run,
            keep_recipients=keep,
            operator=operator_name(by),
        )
        files = [Path(path) for path in paths]
        with trial_database(settings.database, dry_run=dry_run) as database:
            engine = open_engine(database)
            with load_progress(settings) as progress:
                report = load_paths(engine, files, options, now=now, progress=progress)
        if form == "json":
            from tracer.report.tables import load_json

            print_text(load_json(report.files, settings.lang))
        else:
            print_lines(load_table(report, settings.lang, dry_run=dry_run))
        for error in report.unusable:
            print_error(error, settings.lang)
        if report.unusable:
            raise typer.Exit(USAGE)
        if strict and report.rejected:
            raise RowsRejected("rows_rejected", count=report.rejected)
