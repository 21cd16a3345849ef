"""What a database says of the case it holds."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracer.model.period import ALL_DAYS, Period

__all__ = ["DEFAULT_TIMEZONE", "Account", "CaseInfo", "clock_time"]


DEFAULT_TIMEZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """Number and name of the case, and the zone its calendar days are counted in."""

    number: str | None = None
    name: str | None = None
    timezone: str = DEFAULT_TIMEZONE


def clock_time(at: str, timezone: str) -> str:
    """Write an ISO 8601 time to the second, as a clock of the case shows it, with its zone.

    Nothing is recorded between two seconds, so that what is cut off tells nothing apart. A time
    without zone is of the case's.

    Examples
    --------
    >>> clock_time("2026-11-29T10:00:00+00:00", "Asia/Shanghai")
    '2026-11-29 18:00:00+08:00'
    """
    moment, zone = datetime.fromisoformat(at), ZoneInfo(timezone)
    local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.isoformat(sep=" ", timespec="seconds")


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
