"""`tracer verify`: a package checked, and run again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import line, print_lines, remark
from tracer.cli.progress import load_progress
from tracer.cli.settings import Settings, now, operator_name, settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, text
from tracer.model.diagnostic import Note

if TYPE_CHECKING:
    from tracer.casefile.inspection import Inspected
    from tracer.usecases.verify import Rerun

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("verify", cls=LocalCommand, help=text("help.verify", lang))
    def verify(
        ctx: typer.Context,
        package: Annotated[
            str, typer.Argument(metavar="PACKAGE", help=text("help.verify.package", lang))
        ],
        rerun: Annotated[bool, flag("--rerun", "verify.rerun", lang)] = False,
        digest: Annotated[str | None, option("--digest", "SHA256", "verify.digest", lang)] = None,
        record: Annotated[bool, flag("--record", "verify.record", lang)] = False,
        by: Annotated[str | None, option("--by", "OPERATOR", "by", lang)] = None,
    ) -> None:
        from tracer.usecases.verify import (
            check_package,
            opened_package,
            record_check,
            rerun_package,
        )

        settings = settings_of(ctx)
        again: Rerun | None = None
        with opened_package(Path(package)) as folder:
            found = check_package(folder, package, digest)
            _tell(settings, found)
            wants_rerun = rerun and not found.faults
            if wants_rerun and not _has_sources(found):
                raise IntegrityError("package_no_rerun", path=package)
            if wants_rerun:
                with load_progress(settings) as progress:
                    again = rerun_package(found, progress=progress)
        if record:
            from tracer.store.engine import open_engine

            engine = open_engine(settings.database, create=False)
            record_check(engine, found, Path(package).name, again, operator_name(by), now)
        if found.faults:
            raise IntegrityError("package_faulty", path=package, count=len(found.faults))
        if again is not None:
            _tell_rerun(settings, found, again)


def _tell(settings: Settings, found: "Inspected") -> None:
    """Say what a package is, or what is amiss with it."""
    _list(settings, found.faults)
    if found.faults:
        return
    _say(settings, "intact", files=found.files, size=found.size)
    if found.contents is not None and found.contents.options.is_redacted:
        _say(settings, "redacted")
    else:
        _say(settings, "log", events=len(found.events))
        if not _has_sources(found):
            _say(settings, "no_sources")
    _say(settings, "digest", digest=found.digest)


def _has_sources(found: "Inspected") -> bool:
    return found.contents is not None and found.contents.options.with_sources


def _tell_rerun(settings: Settings, found: "Inspected", again: "Rerun") -> None:
    """Say what came of running it again.

    Raises
    ------
    IntegrityError
        If anything came out differently.
    """
    _list(settings, again.faults)
    for note in again.remarks:
        remark(settings, settings.text(f"note.{note.key}", **note.values))
    if again.faults:
        raise IntegrityError("package_rerun_differs", count=len(again.faults))
    counts = {"files": again.files, "results": again.results, "events": len(found.events)}
    _say(settings, "rerun", **counts)


def _say(settings: Settings, name: str, **values: object) -> None:
    print_lines([line(settings.text(f"cli.verify.{name}", **values))])


def _list(settings: Settings, notes: tuple[Note, ...]) -> None:
    print_lines([line(settings.text(f"note.{note.key}", **note.values)) for note in notes])
