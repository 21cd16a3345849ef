"""What the global options say, and what the commands need from the world outside."""

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime

import typer

from tracer.messages import Language, text

__all__ = ["DEFAULT_DATABASE", "Settings", "now", "operator_name", "settings_of"]

DEFAULT_DATABASE = "tracer.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options.

    Parameters
    ----------
    lang : {"zh", "en"}
        Language of every text.
    database : str
        Path or SQLAlchemy URL.
    quiet : bool
        Neither progress nor remarks on stderr; errors are still said.
    """

    lang: Language
    database: str = DEFAULT_DATABASE
    quiet: bool = False

    def text(self, key: str, /, **values: object) -> str:
        """Look a text up in the language chosen."""
        return text(key, self.lang, **values)


def settings_of(ctx: typer.Context) -> Settings:
    """Give a command the global options."""
    found = ctx.obj
    assert isinstance(found, Settings)
    return found


def now() -> datetime:
    """Tell the time, with the zone of this computer."""
    return datetime.now(UTC).astimezone()


def operator_name(stated: str | None) -> str:
    """Say who is at work: what --by says, else the computer's user, else nobody known."""
    if stated:
        return stated
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user without a name
        return ""
