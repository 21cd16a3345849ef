"""`tracer log`: the custody log, and its check."""

import json
from typing import Annotated

import typer

from tracer.cli.options import flag
from tracer.cli.output import aligned, line, print_lines
from tracer.cli.settings import Settings, settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, is_key, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("log", cls=LocalCommand, help=text("help.log", lang))
    def log(
        ctx: typer.Context,
        verify: Annotated[bool, flag("--verify", "log.verify", lang)] = False,
    ) -> None:
        from tracer.store.engine import open_engine
        from tracer.usecases.log import read_log, verify_log

        settings = settings_of(ctx)
        with open_engine(settings.database).connect() as connection:
            events = read_log(connection)
            broken = verify_log(connection) if verify else None
        if verify:
            if broken is not None:
                raise IntegrityError("log_broken", entry=broken, count=len(events))
            last = events[-1].digest if events else "–"
            said = settings.text("cli.log.intact", count=len(events), digest=last)
            print_lines([line(said)])
            return
        rows = [
            (event.seq, event.at, event.operator, _action(settings, event.action),
             event.digest[:12], json.dumps(event.params, ensure_ascii=False, sort_keys=True))
            for event in events
        ]  # fmt: skip
        names = ("seq", "at", "operator", "action", "digest", "params")
        header = [settings.text(f"cli.head.{name}") for name in names]
        print_lines(aligned(rows, header=header, right={0}))


def _action(settings: Settings, action: str) -> str:
    key = f"cli.action.{action}"
    return settings.text(key) if is_key(key) else action
