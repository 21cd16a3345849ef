"""Every rule, by code."""

from typing import Final

from tracer.rules import tr101_unallocated_number as tr101
from tracer.rules import tr102_outside_allocation_term as tr102
from tracer.rules import tr103_conflicting_allocation as tr103
from tracer.rules import tr104_outside_approved_terms as tr104
from tracer.rules import tr105_several_codes_one_holder as tr105
from tracer.rules import tr201_unapproved_sublease as tr201
from tracer.rules.base import RegisterRule, Rule

__all__ = ["ALL_RULES", "REGISTER_RULES", "RULES", "find_rule"]

RULES: Final[tuple[Rule, ...]] = (
    tr101.RULE,
    tr102.RULE,
    tr103.RULE,
    tr104.RULE,
    tr201.RULE,
)
"""Those that look at one scope."""

REGISTER_RULES: Final[tuple[RegisterRule, ...]] = (tr105.RULE,)
"""Those that look at the register as a whole, in an audit."""

ALL_RULES: Final[tuple[Rule | RegisterRule, ...]] = tuple(
    sorted((*RULES, *REGISTER_RULES), key=lambda rule: rule.code)
)
"""All of them, by code."""


def find_rule(code: str) -> Rule | RegisterRule | None:
    """Give the rule of a code, None where there is none."""
    return next((rule for rule in ALL_RULES if rule.code == code), None)
