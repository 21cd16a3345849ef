"""The exits: whatever happens, the user meets one line and an exit status."""

import os
import traceback
from collections.abc import Callable
from typing import Any

import typer

from tracer.cli.cells import visible
from tracer.cli.status import DONE, INTERRUPTED, OUR_BUG, USAGE
from tracer.errors import TracerError
from tracer.messages import Language, text

__all__ = ["guarded", "print_error"]


def guarded(run: Callable[[], Any], lang: Language) -> int:
    """Run the program and say what stopped it.

    Parameters
    ----------
    run : Callable
        Returns an exit status or None; raises what could not be dealt with.
    lang : {"zh", "en"}
        Language of what is said.

    Returns
    -------
    int
        The exit status.
    """
    try:
        status = run()
    except TracerError as error:
        print_error(error, lang)
        return error.exit_status
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OSError as error:
        _trace_if_asked()
        where = str(error.filename) if error.filename is not None else "–"
        _say("error.file_refused", lang, path=where, what=error.strerror or type(error).__name__)
        return USAGE
    except Exception as error:  # noqa: BLE001 - the last one to hear of it
        _trace_if_asked()
        if type(error).__name__ in {"OperationalError", "InterfaceError"}:
            # The database's driver speaks: locked, unreachable, disk full. No class of it is
            # known here, since only the store may import it.
            what = str(getattr(error, "orig", error)).splitlines()
            _say("error.database_refused", lang, what=what[0] if what else "–")
            return USAGE
        _say("error.our_bug", lang, kind=type(error).__name__)
        return OUR_BUG
    return status if isinstance(status, int) else DONE


def print_error(error: TracerError, lang: Language) -> None:
    """Say one error on stderr and, where it helps, which help page to read."""
    typer.echo(visible(text("cli.error", lang, what=error.message(lang))), err=True)
    if command := getattr(error, "command", None):
        typer.echo(text("cli.hint", lang, command=command), err=True)


def _say(key: str, lang: Language, /, **values: object) -> None:
    what = " ".join(text(key, lang, **values).split())
    typer.echo(visible(text("cli.error", lang, what=what)), err=True)


def _trace_if_asked() -> None:
    if os.environ.get("TRACER_DEBUG"):
        typer.echo(traceback.format_exc(), err=True, nl=False)
