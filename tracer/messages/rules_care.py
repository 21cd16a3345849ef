"""Texts: the rules on licences, checks, reports, relations and prices, TR209 and TR4xx to TR5xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {}
