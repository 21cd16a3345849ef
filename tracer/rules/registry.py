"""Every rule, by code."""

from typing import Final

from tracer.rules import tr201_unapproved_sublease as tr201
from tracer.rules.base import RegisterRule, Rule

__all__ = ["ALL_RULES", "REGISTER_RULES", "RULES", "find_rule"]

RULES: Final[tuple[Rule, ...]] = (tr201.RULE,)
"""Those that look at one scope."""

REGISTER_RULES: Final[tuple[RegisterRule, ...]] = ()
"""Those that look at the register as a whole, in an audit."""

ALL_RULES: Final[tuple[Rule | RegisterRule, ...]] = tuple(
    sorted((*RULES, *REGISTER_RULES), key=lambda rule: rule.code)
)
"""All of them, by code."""


def find_rule(code: str) -> Rule | RegisterRule | None:
    """Give the rule of a code, None where there is none."""
    return next((rule for rule in ALL_RULES if rule.code == code), None)
