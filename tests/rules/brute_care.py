"""Rules read point by point: those of `messages.rules_care`."""

from .brute_case import Reading

__all__ = ["READINGS"]

READINGS: dict[str, Reading] = {}
