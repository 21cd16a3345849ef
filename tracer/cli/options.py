"""Declarations of the options several commands share."""

from typing import Any

import typer

from tracer.messages import Language, text

__all__ = ["flag", "option"]


def option(name: str, metavar: str, key: str, lang: Language, /, *others: str) -> Any:
    """Declare an option that takes a value; `key` names its help text."""
    return typer.Option(name, *others, metavar=metavar, help=text(f"help.{key}", lang))


def flag(name: str, key: str, lang: Language, /) -> Any:
    """Declare an option that takes none."""
    return typer.Option(name, help=text(f"help.{key}", lang))
