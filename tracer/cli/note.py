"""`tracer note`: a text on a party, a record, a hop or a finding."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import remark
from tracer.cli.parsing import read_choice
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import UsageError
from tracer.messages import Language, text
from tracer.model.mark import GRADES

__all__ = ["register"]

_GRADES = "|".join(GRADES)


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("note", cls=LocalCommand, help=text("help.note", lang))
    def note(
        ctx: typer.Context,
        target: Annotated[
            str, typer.Argument(metavar="TARGET", help=text("help.note.target", lang))
        ],
        said: Annotated[str, typer.Argument(metavar="TEXT", help=text("help.note.text", lang))],
        grade: Annotated[str | None, option("--grade", _GRADES, "note.grade", lang)] = None,
        document: Annotated[str | None, option("--document", "FILE", "note.document", lang)] = None,
        page: Annotated[str | None, option("--page", "P", "note.page", lang)] = None,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        settings = settings_of(ctx)
        chosen = None if grade is None else read_choice("--grade", grade, GRADES)
        if page is not None and document is None:
            raise UsageError("note_page")

        from tracer.store.engine import open_engine
        from tracer.usecases.commenting import Paper, comment

        paper = None if document is None else Paper(Path(document), page)
        engine = open_engine(settings.database)
        event = comment(engine, target, said, operator_name(by), now, grade=chosen, paper=paper)
        remark(settings, settings.text("cli.noted", event=event))
