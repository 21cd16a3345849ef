"""The dated table of code classes: what a prefix is for, and how long a code of it is."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources

__all__ = ["CodeClass", "class_of", "code_classes", "code_of", "serves_third_parties", "table_date"]

_USUAL_DIGITS = 8
"""Digits of an allocated code where the table is silent: the first eight name the provider."""

CLASS_DIGITS = 4


@dataclass(frozen=True, slots=True)
class CodeClass:
    """One line of the table.

    Parameters
    ----------
    prefix : str
        What its codes begin with.
    digits : int
        Length of an allocated code.
    platform : bool
        For third-party platforms, which serve customers under extension digits.
    zh, en : str
        What it is for.
    assigned_by, source : str
        Who allocates, and where the line was read.
    verified : bool
        False where it was read in a partial or secondary copy.
    """

    prefix: str
    digits: int
    platform: bool
    zh: str
    en: str
    assigned_by: str
    source: str
    verified: bool


@cache
def _table() -> tuple[date, tuple[CodeClass, ...]]:
    import tomllib  # only where a class is asked for: it is slow to import

    text = resources.files("tracer.rules").joinpath("classes.toml").read_text("utf-8")
    content = tomllib.loads(text)
    lines = sorted((CodeClass(**line) for line in content["class"]), key=lambda c: c.prefix)
    return content["as_of"], tuple(lines)


def code_classes() -> tuple[CodeClass, ...]:
    """Give the table, by prefix."""
    return _table()[1]


def table_date() -> date:
    """Give the day from which the table is taken to hold."""
    return _table()[0]


@lru_cache(maxsize=1 << 14)
def class_of(number: str) -> CodeClass | None:
    """Give the class of a number or segment, None where the table has none.

    Examples
    --------
    >>> class_of("106900010188").platform, class_of("10687415").platform, class_of("10010")
    (True, False, None)
    """
    fitting = [line for line in code_classes() if number.startswith(line.prefix)]
    return max(fitting, key=lambda line: len(line.prefix), default=None)


def serves_third_parties(number: str) -> bool:
    """Tell whether serving customers under extension digits is what the code is for."""
    found = class_of(number)
    return found is not None and found.platform


def code_of(number: str) -> str:
    """Give the digits of the code a number is under: as many as a code of its class has.

    Examples
    --------
    >>> code_of("106874150101"), code_of("1069512345678"), code_of("1069")
    ('10687415', '106951234567', '1069')
    """
    found = class_of(number)
    return number[: found.digits if found else _USUAL_DIGITS]
