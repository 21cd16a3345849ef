"""Which of the two languages the program speaks."""

from collections.abc import Mapping, Sequence
from typing import Final

from tracer.messages import Language

__all__ = ["choose_language"]

_TAKES_VALUE: Final = ("--db",)
_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(words: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Choose the language before anything is parsed, so that help and errors are in it too.

    `--lang` before the command decides, else `TRACER_LANG`, else the first locale variable that
    is set (as POSIX ranks them); Chinese when none of them says.

    Parameters
    ----------
    words : Sequence of str
        The command line without the program's name.
    environ : Mapping
        Environment variables.

    Examples
    --------
    >>> choose_language(["--lang=en", "load"], {"LANG": "zh_CN.UTF-8"})
    'en'
    >>> choose_language(["load"], {"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"})
    'zh'
    """
    for tag in (_stated(words), environ.get("TRACER_LANG")):
        if tag and (language := _of_tag(tag)):
            return language
    locale = next((value for name in _LOCALE_VARIABLES if (value := environ.get(name))), "")
    return _of_tag(locale) or "zh"


def _of_tag(tag: str) -> Language | None:
    folded = tag.strip().casefold()
    if folded.startswith("zh"):
        return "zh"
    return "en" if folded.startswith("en") else None


def _stated(words: Sequence[str]) -> str | None:
    """Find the value of the last `--lang` before the command."""
    found: str | None = None
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            break
        if name == "--lang":
            found = value if equals else next(rest, None)
        elif word in _TAKES_VALUE:
            next(rest, None)
    return found
