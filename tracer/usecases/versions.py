"""Versions of the program and of what its results rest on."""

import platform
import re
import sqlite3
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

__all__ = ["program_versions"]

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def program_versions() -> dict[str, str]:
    """Give the version of the program, of Python, of SQLite, and of every library it asks for.

    Extras count where they are installed.
    """
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in ("tracer", *sorted(_required())):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    import tracer

    found.setdefault("tracer", tracer.__version__)
    return found


def _required() -> set[str]:
    try:
        wanted = requires("tracer") or []
    except PackageNotFoundError:  # run from a checkout that was never installed
        return set()
    named = (_NAME.match(each) for each in wanted if not _is_for_developers(each))
    return {found[0].lower() for found in named if found is not None}


def _is_for_developers(requirement: str) -> bool:
    return bool(re.search(r"extra\s*==\s*['\"](?:test|check)['\"]", requirement))
