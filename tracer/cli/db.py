"""`tracer db`: the schema brought up to date, the database checked and described."""

import typer

from tracer.cli.output import aligned, line, print_lines
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand, LocalGroup
from tracer.errors import IntegrityError
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=LocalGroup, rich_markup_mode=None)
    app.add_typer(group, name="db", help=text("help.db", lang))

    @group.command("upgrade", cls=LocalCommand, help=text("help.db.upgrade", lang))
    def upgrade(ctx: typer.Context) -> None:
        from tracer.store.engine import plain_engine
        from tracer.usecases import database

        settings = settings_of(ctx)
        before, after = database.upgrade(plain_engine(settings.database))
        key = "cli.db.was_newest" if before == after else "cli.db.upgraded"
        print_lines([line(settings.text(key, before=before or "–", after=after))])

    @group.command("check", cls=LocalCommand, help=text("help.db.check", lang))
    def check(ctx: typer.Context) -> None:
        from tracer.store.engine import plain_engine
        from tracer.usecases import database

        settings = settings_of(ctx)
        found = database.check(plain_engine(settings.database, create=False))
        told = (*found.faults, *found.remarks)
        print_lines(line(settings.text(f"note.{note.key}", **note.values)) for note in told)
        if found.faults:
            raise IntegrityError("db_check_failed", count=len(found.faults))
        print_lines([line(settings.text("cli.db.sound"))])

    @group.command("info", cls=LocalCommand, help=text("help.db.info", lang))
    def info(ctx: typer.Context) -> None:
        from tracer.store.engine import plain_engine
        from tracer.usecases import database

        settings = settings_of(ctx)
        told = database.info(plain_engine(settings.database, create=False))
        rows = [
            (settings.text("cli.db.url"), told.url),
            (settings.text("cli.db.dialect"), told.dialect),
            (settings.text("cli.db.schema"), told.schema or "–"),
        ]
        print_lines(aligned(rows))
        print_lines(aligned(told.counts, right={1}))
