"""Every rule, by code."""

from typing import Final

from tracer.rules import tr101_unallocated_number as tr101
from tracer.rules import tr102_outside_allocation_term as tr102
from tracer.rules import tr103_conflicting_allocation as tr103
from tracer.rules import tr104_outside_approved_terms as tr104
from tracer.rules import tr105_several_codes_one_holder as tr105
from tracer.rules import tr201_unapproved_sublease as tr201
from tracer.rules import tr202_sublease_against_contract as tr202
from tracer.rules import tr203_exceeds_segment as tr203
from tracer.rules import tr204_exceeds_term as tr204
from tracer.rules import tr205_no_title_on_record as tr205
from tracer.rules import tr206_double_let as tr206
from tracer.rules import tr207_circular_lease as tr207
from tracer.rules import tr208_whole_code_passed_on as tr208
from tracer.rules import tr209_no_licence as tr209
from tracer.rules import tr210_holder_lets_on as tr210
from tracer.rules import tr211_access_not_to_holder as tr211
from tracer.rules import tr301_routing_without_contract as tr301
from tracer.rules import tr302_routing_outside_term as tr302
from tracer.rules import tr303_routing_outside_segment as tr303
from tracer.rules import tr304_contract_without_routing as tr304
from tracer.rules import tr305_traffic_of_unknown_origin as tr305
from tracer.rules import tr306_logs_disagree as tr306
from tracer.rules import tr307_received_not_forwarded as tr307
from tracer.rules import tr308_possible_renumbering as tr308
from tracer.rules import tr401_no_identity_check as tr401
from tracer.rules import tr402_no_content_check as tr402
from tracer.rules import tr403_no_customer_contract_check as tr403
from tracer.rules import tr404_continued_after_report as tr404
from tracer.rules import tr501_related_parties as tr501
from tracer.rules import tr502_price_spread as tr502
from tracer.rules.base import RegisterRule, Rule

__all__ = ["ALL_RULES", "REGISTER_RULES", "RULES", "find_rule"]

RULES: Final[tuple[Rule, ...]] = (
    tr101.RULE,
    tr102.RULE,
    tr103.RULE,
    tr104.RULE,
    tr201.RULE,
    tr202.RULE,
    tr203.RULE,
    tr204.RULE,
    tr205.RULE,
    tr206.RULE,
    tr207.RULE,
    tr208.RULE,
    tr209.RULE,
    tr210.RULE,
    tr211.RULE,
    tr301.RULE,
    tr302.RULE,
    tr303.RULE,
    tr304.RULE,
    tr305.RULE,
    tr306.RULE,
    tr307.RULE,
    tr308.RULE,
    tr401.RULE,
    tr402.RULE,
    tr403.RULE,
    tr404.RULE,
    tr501.RULE,
    tr502.RULE,
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
