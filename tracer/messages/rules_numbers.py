"""Texts: the rules on allocated numbers, TR1xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {}
