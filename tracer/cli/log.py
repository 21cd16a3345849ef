"""`tracer log`: the custody log, and its check."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import line, print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, text
from tracer.model.event import Event

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("log", cls=LocalCommand, help=text("help.log", lang))
    def log(
        ctx: typer.Context,
        verify: Annotated[bool, flag("--verify", "log.verify", lang)] = False,
        package: Annotated[str | None, option("--package", "PACKAGE", "log.package", lang)] = None,
        form: Annotated[str, option("--format", "table|json", "log.format", lang)] = "table",
    ) -> None:
        form = read_choice("--format", form, ("table", "json"))

        from tracer.store.engine import open_engine
        from tracer.usecases.log import read_log, verify_log

        settings = settings_of(ctx)
        with open_engine(settings.database).connect() as connection:
            events = read_log(connection)
            broken = verify_log(connection) if verify or package else None
        if broken is not None:
            raise IntegrityError("log_broken", entry=broken, count=len(events))
        if verify or package:
            last = events[-1].digest if events else "–"
            said = settings.text("cli.log.intact", count=len(events), digest=last)
            print_lines([line(said)])
            if package:
                entry = _compare(events, package)
                print_lines([line(settings.text("cli.log.holds", entry=entry))])
            return
        if form == "json":
            from tracer.report.tables import log_json

            print_text(log_json(events))
        else:
            from tracer.cli.log_lines import log_lines

            print_lines(log_lines(events, lang, terminal_cells()))


def _compare(events: tuple[Event, ...], package: str) -> int:
    """Check that the log begins as the one a package holds; give how many entries that has."""
    from tracer.usecases.verify import check_package, opened_package

    with opened_package(Path(package)) as folder:
        found = check_package(folder, package)
    if found.contents is None or found.faults:
        raise IntegrityError("package_faulty_unlisted", path=package)
    count, head = found.contents.events, found.contents.head
    if head is None:
        raise IntegrityError("log_package_bare", path=package)
    if count > len(events) or (count and events[count - 1].digest != head):
        raise IntegrityError("log_cut", path=package, stated=count, count=len(events))
    return count
