"""`tracer correct`: a misread value put right."""

from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import remark
from tracer.cli.parsing import read_reason
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("correct", cls=LocalCommand, help=text("help.correct", lang))
    def correct(
        ctx: typer.Context,
        record: Annotated[
            str, typer.Argument(metavar="RECORD", help=text("help.correct.record", lang))
        ],
        field: Annotated[
            str, typer.Argument(metavar="FIELD", help=text("help.correct.field", lang))
        ],
        value: Annotated[
            str, typer.Argument(metavar="VALUE", help=text("help.correct.value", lang))
        ],
        reason: Annotated[str, option("--reason", "R", "decision.reason", lang)],
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        said = read_reason(reason)

        from tracer.store.engine import open_engine
        from tracer.usecases import correcting

        engine = open_engine(settings.database)
        done = correcting.correct(engine, record, field, value, said, operator_name(by), now)
        blank = settings.text("page.blank_cell")
        told = {"field": done.printed, "was": done.was or blank, "now": done.now or blank}
        remark(settings, settings.text("cli.corrected", **told, event=done.event))
