"""`tracer parties …`: who is who, as somebody decides."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli import suggest
from tracer.cli.options import option
from tracer.cli.output import line, print_lines, print_text, remark
from tracer.cli.parsing import read_reason
from tracer.cli.settings import now, operator_name, settings_of
from tracer.cli.wording import LocalCommand, LocalGroup
from tracer.errors import UsageError
from tracer.messages import Language, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracer.usecases.parties import Decided

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=LocalGroup, rich_markup_mode=None)
    app.add_typer(group, name="parties", help=text("help.parties", lang))
    suggest.register(group, lang)
    _register_deciding(group, lang)
    _register_carrying(group, lang)


def _register_deciding(group: typer.Typer, lang: Language) -> None:
    @group.command("merge", cls=LocalCommand, help=text("help.parties.merge", lang))
    def merge(
        ctx: typer.Context,
        names: Annotated[
            list[str], typer.Argument(metavar="PARTY…", help=text("help.parties.names", lang))
        ],
        reason: Annotated[str, option("--reason", "R", "decision.reason", lang)],
        called: Annotated[str | None, option("--as", "NAME", "parties.as", lang)] = None,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        from tracer.usecases.parties import merge as decide

        _decide(
            ctx, reason, by, "merged", lambda engine, *said: decide(engine, names, called, *said)
        )

    @group.command("split", cls=LocalCommand, help=text("help.parties.split", lang))
    def split(
        ctx: typer.Context,
        party: Annotated[
            str, typer.Argument(metavar="PARTY", help=text("help.parties.party", lang))
        ],
        reason: Annotated[str, option("--reason", "R", "decision.reason", lang)],
        members: Annotated[
            list[str] | None,
            typer.Argument(metavar="MEMBER…", help=text("help.parties.members", lang)),
        ] = None,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        from tracer.usecases.parties import split as decide

        _decide(
            ctx,
            reason,
            by,
            "split",
            lambda engine, *said: decide(engine, party, members or (), *said),
        )

    @group.command("rename", cls=LocalCommand, help=text("help.parties.rename", lang))
    def rename(
        ctx: typer.Context,
        party: Annotated[
            str, typer.Argument(metavar="PARTY", help=text("help.parties.party", lang))
        ],
        called: Annotated[
            str, typer.Argument(metavar="NAME", help=text("help.parties.called", lang))
        ],
        reason: Annotated[str, option("--reason", "R", "decision.reason", lang)],
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        from tracer.usecases.parties import rename as decide

        _decide(
            ctx, reason, by, "renamed", lambda engine, *said: decide(engine, party, called, *said)
        )


def _decide(
    ctx: typer.Context,
    reason: str,
    by: str | None,
    key: str,
    decide: "Callable[..., Decided]",
    *what: object,
) -> None:
    """Have something decided, with its reason, by whoever decides it and now; say what came."""
    settings = settings_of(ctx)
    said = read_reason(reason)

    from tracer.store.engine import open_engine

    done = decide(open_engine(settings.database), *what, said, operator_name(by), now)
    remark(settings, settings.text(f"cli.parties.{key}", name=done.name, event=done.event))
    for note in done.notes:
        remark(settings, settings.text(f"note.{note.key}", **note.values))


def _register_carrying(group: typer.Typer, lang: Language) -> None:
    @group.command("decisions", cls=LocalCommand, help=text("help.parties.decisions", lang))
    def decisions(
        ctx: typer.Context,
        out: Annotated[str | None, option("--out", "FILE", "parties.out", lang)] = None,
    ) -> None:
        from tracer.store.engine import open_engine
        from tracer.usecases.carrying import export_decisions
        from tracer.usecases.targets import check_targets
        from tracer.usecases.written import write_whole

        settings = settings_of(ctx)
        with open_engine(settings.database).connect() as connection:
            content = export_decisions(connection)
            if out is not None:
                check_targets(connection, [Path(out)])
        if out is None:
            print_text(content)
            return
        write_whole(Path(out), [content.encode()])
        count = content.count('"action"')
        remark(settings, settings.text("cli.parties.exported", count=count, path=out))

    @group.command("apply", cls=LocalCommand, help=text("help.parties.apply", lang))
    def apply(
        ctx: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE", help=text("help.parties.file", lang))],
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        from tracer.identity.decisions import read_carried
        from tracer.store.engine import open_engine
        from tracer.usecases.carrying import apply_decisions

        settings = settings_of(ctx)
        try:
            content = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("decisions_file", path=file) from error
        carried = read_carried(content, file)
        engine = open_engine(settings.database)
        applied = apply_decisions(engine, carried, operator_name(by), now)
        for each in applied:
            if each.why is not None:
                names = "、".join(name for name, _ in each.decision.parties)
                action = settings.text(f"cli.action.{each.decision.action}")
                why = each.why.message(settings.lang)
                said = settings.text("cli.parties.left", action=action, parties=names, why=why)
                print_lines([line(said)])
        done = sum(each.done is not None for each in applied)
        left = sum(each.why is not None for each in applied)
        held = len(applied) - done - left
        print_lines([line(settings.text("cli.parties.applied", done=done, held=held, left=left))])
