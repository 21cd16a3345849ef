"""Shares by the user's own weights: nothing here weighs anything of itself.

A file of weights is TOML::

    [weights]           # factor = weight; only those named are used
    messages = 2        # on chains with traffic
    gain = 1
    care = 1            # a factor of the user's own: its values stand below

    [scores.care]       # party = value, for a factor the records do not measure
    "甲公司" = 3

The share of a party is the weighted mean, over the factors, of its part of each factor's total.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from tracer.errors import UsageError

__all__ = ["FACTORS", "FactorShare", "Shares", "Weights", "read_weights", "share_out"]

FACTORS: Final = (
    "messages",
    "own",
    "days",
    "hops",
    "gain",
    "findings",
    "onward",
    "incidents",
    "victims",
    "loss",
)
"""Factors the records measure, as `[weights]` names them."""

_MOST_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """What the user's file says.

    Parameters
    ----------
    weights : Mapping of str to Decimal
        By factor, in the order of the file; above 0.
    scores : Mapping of str to Mapping of str to Decimal
        By factor of the user's own, by party.
    """

    weights: Mapping[str, Decimal]
    scores: Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class FactorShare:
    """One factor: weight, value of every party, and their total.

    Parameters
    ----------
    is_used : bool
        Its total is above 0: else nobody has a part of it, and its weight is left out.
    missing : tuple of str
        Parties for which nothing is on record (or no score is given): 0 stands for it.
    """

    factor: str
    weight: Decimal
    values: Mapping[str, Decimal]
    is_used: bool
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Of all parties."""
        return sum(self.values.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Shares:
    """The arithmetic and its result.

    Parameters
    ----------
    file : str
        Name of the file of weights.
    shares : Mapping of str to Fraction
        By party; exact. They make 1, or are all 0 where no factor can be used.
    """

    file: str
    factors: tuple[FactorShare, ...]
    shares: Mapping[str, Fraction]


def read_weights(content: bytes, path: str) -> Weights:
    """Read a file of weights.

    Raises
    ------
    UsageError
        If it is no such file; in one line that names the place.
    """
    try:
        told = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("weights_toml", path=path, what=str(error)) from None
    if unknown := sorted(told.keys() - {"weights", "scores"}):
        raise UsageError("weights_key", path=path, key=unknown[0])
    scores = {
        factor: _numbers(path, f"scores.{factor}", values, 0)
        for factor, values in _table(path, "scores", told.get("scores", {})).items()
    }
    weights = _numbers(path, "weights", told.get("weights", {}), 1)
    if not weights:
        raise UsageError("weights_none", path=path)
    for factor in weights:
        if (factor in FACTORS) == (factor in scores):
            key = "weights_twice" if factor in scores else "weights_factor"
            raise UsageError(key, path=path, factor=factor, factors=", ".join(FACTORS))
    for factor in scores:
        if factor not in weights:
            raise UsageError("weights_unused", path=path, factor=factor)
    return Weights(weights, scores)


def _table(path: str, key: str, told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise UsageError("weights_table", path=path, key=key)
    return told


def _numbers(path: str, key: str, told: Any, least: int) -> dict[str, Decimal]:
    found = {}
    for name, value in _table(path, key, told).items():
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        number = Decimal(value) if is_number else Decimal("NaN")
        is_fit = number.is_finite() and number >= 0 and (number > 0 or not least)
        if not is_fit or int(number.normalize().as_tuple().exponent) < -_MOST_DECIMALS:
            raise UsageError("weights_value", path=path, key=f"{key}.{name}", value=str(value))
        found[name] = number
    return found


def share_out(
    weights: Weights,
    file: str,
    values: Mapping[str, Mapping[str, Decimal]],
    parties: tuple[str, ...],
) -> Shares:
    """Make shares of the weights.

    Parameters
    ----------
    weights : Weights
        The user's.
    file : str
        Name of their file.
    values : Mapping of str to Mapping of str to Decimal
        By factor the records measure, by party; below 0 counts as 0.
    parties : tuple of str
        All of them.

    Raises
    ------
    UsageError
        If a score names a party that is not among them.
    """
    for factor, scored in weights.scores.items():
        for party in scored:
            if party not in parties:
                raise UsageError("weights_party", path=file, factor=factor, party=party)
    factors = []
    for factor, weight in weights.weights.items():
        source = weights.scores.get(factor) or values.get(factor, {})
        each = {party: max(source.get(party, Decimal(0)), Decimal(0)) for party in parties}
        missing = tuple(party for party in parties if party not in source)
        factors.append(FactorShare(factor, weight, each, sum(each.values()) > 0, missing))
    used = [each for each in factors if each.is_used]
    whole = sum((Fraction(each.weight) for each in used), Fraction(0))
    shares = {
        party: sum(
            (
                Fraction(e.weight) / whole * Fraction(e.values[party]) / Fraction(e.total)
                for e in used
            ),
            Fraction(0),
        )
        for party in parties
    }
    return Shares(file, tuple(factors), shares)
