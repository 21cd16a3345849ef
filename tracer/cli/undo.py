"""`tracer undo`: a decision taken back."""

from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import remark
from tracer.cli.parsing import read_count, read_reason
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("undo", cls=LocalCommand, help=text("help.undo", lang))
    def undo(
        ctx: typer.Context,
        event: Annotated[str, typer.Argument(metavar="EVENT", help=text("help.undo.event", lang))],
        reason: Annotated[str, option("--reason", "R", "decision.reason", lang)],
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        number, said = read_count("EVENT", event), read_reason(reason)

        from tracer.store.engine import open_engine
        from tracer.usecases import undo as usecase

        engine = open_engine(settings.database)
        meant = usecase.undo(engine, number, said, operator_name(by), now)
        action = settings.text(f"cli.action.{meant.action}")
        remark(settings, settings.text("cli.undone", event=number, action=action))
