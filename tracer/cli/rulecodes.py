"""Codes of rules as users write them."""

from collections.abc import Iterable

from tracer.errors import UsageError

__all__ = ["ANY", "read_rule", "read_rules"]

ANY = "any"


def read_rule(option: str, value: str) -> str:
    """Read the code of a rule, in any case.

    Examples
    --------
    >>> read_rule("--fail-on", "tr201")
    'TR201'
    """
    from tracer.rules.registry import find_rule

    code = value.strip().upper()
    if find_rule(code) is None:
        raise UsageError("unknown_rule", option=option, code=value)
    return code


def read_rules(option: str, values: Iterable[str]) -> frozenset[str]:
    """Read the codes of some rules; `any` stands for all of them.

    Examples
    --------
    >>> sorted(read_rules("--fail-on", ["TR201"])), read_rules("--fail-on", [])
    (['TR201'], frozenset())
    """
    codes: set[str] = set()
    for value in values:
        if value.strip().casefold() == ANY:
            from tracer.rules.registry import ALL_RULES

            codes.update(rule.code for rule in ALL_RULES)
        else:
            codes.add(read_rule(option, value))
    return frozenset(codes)
