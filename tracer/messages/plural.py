"""Words that go with a number: one row, two rows."""

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["agreeing"]

_CHOICE: Final = re.compile(r"\{(\w+):([^|{}]*)\|([^{}]*)\}")


def agreeing(template: str, values: Mapping[str, object]) -> str:
    """Choose between the words of every `{name:one|several}` by the number `name` stands for.

    Only the words are chosen; the number itself stands beside them as `{name}`. Where a value is
    left to be filled in later (`{name}`), so is the choice: scripts of a page make it alike.

    Examples
    --------
    >>> template = "{count} {count:row was|rows were} left out"
    >>> agreeing(template, {"count": 1}), agreeing(template, {"count": "1,000"})
    ('{count} row was left out', '{count} rows were left out')
    >>> agreeing("{count:row|rows}", {"count": "{count}"})
    '{{count:row|rows}}'
    """

    def chosen(choice: re.Match[str]) -> str:
        value = str(values[choice[1]])
        if value == f"{{{choice[1]}}}":
            return f"{{{choice[0]}}}"
        return choice[2] if value == "1" else choice[3]

    return _CHOICE.sub(chosen, template)
