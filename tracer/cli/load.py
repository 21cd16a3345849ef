"""`tracer load`: folders, files and workbooks into the database."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from tracer.cli import parsing
from tracer.cli.guard import print_error
from tracer.cli.options import flag, option
from tracer.cli.output import print_lines, print_text, remark, terminal_cells
from tracer.cli.progress import load_progress
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.status import INTERRUPTED, USAGE
from tracer.cli.trial import trial_database
from tracer.cli.wording import LocalCommand
from tracer.errors import RowsRejected, TracerError
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
        engine: Annotated[
            str, option("--engine", "duckdb|spark|spark://HOST:PORT", "load.engine", lang)
        ] = "duckdb",
        encoding: Annotated[str | None, option("--encoding", "E", "load.encoding", lang)] = None,
        profile: Annotated[
            str | None, option("--profile", "NAME|FILE", "load.profile", lang)
        ] = None,
        party_a: Annotated[
            str | None, option("--party-a", "upstream|downstream", "load.party_a", lang)
        ] = None,
        reporter: Annotated[
            str | None, option("--reported-by", "PARTY", "load.reported_by", lang)
        ] = None,
        zone: Annotated[str | None, option("--timezone", "TZ", "load.timezone", lang)] = None,
        adds_to: Annotated[str | None, option("--adds-to", "ID", "load.adds_to", lang)] = None,
        scratch: Annotated[str | None, option("--scratch", "DIR", "load.scratch", lang)] = None,
        dry_run: Annotated[bool, flag("--dry-run", "load.dry_run", lang)] = False,
        strict: Annotated[bool, flag("--strict", "load.strict", lang)] = False,
        keep: Annotated[bool, flag("--keep-recipients", "load.keep_recipients", lang)] = False,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        form = parsing.read_choice("--format", form, ("table", "json"))
        said = {
            "engine": parsing.read_engine(engine),
            "encoding": parsing.read_encoding(encoding),
            "profile": profile,
            "party_a": parsing.read_side(party_a),
            "reported_by": reporter,
            "timezone": parsing.read_zone(zone),
            "adds_to": None if adds_to is None else parsing.read_count("--adds-to", adds_to),
            "scratch": parsing.read_folder("--scratch", scratch),
            "dry_run": dry_run,
            "keep_recipients": keep,
            "operator": operator_name(by),
        }

        from tracer.cli.load_report import load_table
        from tracer.store.engine import open_engine
        from tracer.usecases.load import LoadOptions, load_paths

        # a connection broken off with Ctrl-C is closed with a remark of the driver's, past us
        logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())
        files = [Path(path) for path in paths]
        options = LoadOptions(**said)  # type: ignore[arg-type]
        try:
            with (
                trial_database(settings.database, dry_run=dry_run) as database,
                load_progress(settings) as progress,
            ):
                report = load_paths(
                    open_engine(database), files, options, now=now, progress=progress
                )
        except KeyboardInterrupt:
            print_error(TracerError("load_interrupted"), settings.lang)
            raise typer.Exit(INTERRUPTED) from None
        if form == "json":
            from tracer.report.tables import load_json

            print_text(load_json(report.files, settings.lang))
            for note in report.notes:
                remark(settings, settings.text(f"note.{note.key}", **note.values))
        else:
            print_lines(load_table(report, settings.lang, terminal_cells(), dry_run=dry_run))
        for error in report.unusable:
            print_error(error, settings.lang)
        if report.unusable:
            raise typer.Exit(USAGE)
        if strict and report.rejected:
            raise RowsRejected("rows_rejected", count=report.rejected)
