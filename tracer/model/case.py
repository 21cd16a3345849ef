"""What a database says of the case it holds."""

from dataclasses import dataclass

from tracer.model.period import ALL_DAYS, Period

__all__ = ["DEFAULT_TIMEZONE", "Account", "CaseInfo"]


DEFAULT_TIMEZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """Number and name of the case, and the zone its calendar days are counted in."""

    number: str | None = None
    name: str | None = None
    timezone: str = DEFAULT_TIMEZONE


@dataclass(frozen=True, slots=True)
class Account:
    """Who submits under an account of a platform, and digits the platform adds to it.

    `platform` and `party` are names as the papers write them.
    """

    platform: str
    account: str
    party: str
    appends: str = ""
    term: Period = ALL_DAYS
