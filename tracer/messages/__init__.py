"""Every text a user can meet, in Chinese and English, by key.

`text` looks a key up and fills it in. The keys live in one module per area, each a dict
`KEY -> (zh, en)`; the first part of a key names its area (`reason.bad_date`). English words that
go with a number are written `{count:row|rows}` (`plural`). Imports nothing of tracer, so every
layer may speak.
"""

from typing import Final, Literal

from tracer.messages import catalogue
from tracer.messages.plural import agreeing

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

__all__ = ["LANGUAGES", "Language", "is_key", "is_own_word", "text"]


def text(key: str, lang: Language, /, **values: object) -> str:
    """Look up one user-facing text and fill in its values.

    Parameters
    ----------
    key : str
        Dotted key, `area.name`.
    lang : {"zh", "en"}
        Language wanted.
    **values : object
        What the placeholders of the text stand for.

    Returns
    -------
    str
        The text in that language.

    Raises
    ------
    KeyError
        If no such key exists, or a placeholder has no value: both are faults of the program.

    Examples
    --------
    >>> text("status.corroborated", "en"), text("cli.messages", "en", count=1)
    ('contract and log', '1 msg')
    """
    zh, en = catalogue.TEXTS[key]
    if lang == "zh":
        return zh.format(**values)
    return (agreeing(en, values) if "|" in en else en).format(**values)


def is_key(key: str) -> bool:
    """Tell whether a text exists under this key."""
    return key in catalogue.TEXTS


def is_own_word(word: str) -> bool:
    """Tell whether a word stands in a text of the program's own, in either language.

    Examples
    --------
    >>> is_own_word("路由记录"), is_own_word("武汉某信息科技公司")
    (True, False)
    """
    return any(word in said for both in catalogue.TEXTS.values() for said in both)
