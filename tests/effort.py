"""How many random cases a test tries: all of them, or the share TRACER_TEST_CASES says.

A build that has half an hour for everything tries fewer each time; hypothesis draws others on
every run, so what one run misses the next may find.
"""

import os

__all__ = ["tries"]

_PERCENT = int(os.environ.get("TRACER_TEST_CASES", "100"))
_LEAST = 20


def tries(number: int) -> int:
    """Give how many of a number of cases are tried, at least 20 of them."""
    return max(min(number, _LEAST), number * _PERCENT // 100)
