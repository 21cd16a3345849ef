"""`tracer verify`: a package checked, and run again."""

from pathlib import Path
from typing import Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import line, print_lines, remark
from tracer.cli.progress import load_progress
from tracer.cli.settings import Settings, settings_of
from tracer.cli.wording import LocalCommand
from tracer.errors import IntegrityError
from tracer.messages import Language, text
from tracer.model.diagnostic import Note

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
    ) -> None:
        from tracer.usecases.verify import check_package, opened_package, rerun_package

        settings = settings_of(ctx)
        with opened_package(Path(package)) as folder:
            found = check_package(folder, package, digest)
            _list(settings, found.faults)
            if found.faults:
                raise IntegrityError("package_faulty", path=package, count=len(found.faults))
            assert found.contents is not None
            options = found.contents.options
            _say(settings, "intact", files=found.files, size=found.size)
            if options.is_redacted:
                _say(settings, "redacted")
            else:
                _say(settings, "log", events=len(found.events))
            _say(settings, "digest", digest=found.digest)
            if not options.is_redacted and not options.with_sources:
                _say(settings, "no_sources")
            if not rerun:
                return
            if not options.with_sources:
                raise IntegrityError("package_no_rerun", path=package)
            with load_progress(settings) as progress:
                again = rerun_package(found, progress=progress)
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
