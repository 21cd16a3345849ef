"""Exact money: integers in millionths of a yuan."""

from decimal import Decimal

__all__ = ["MICROS_PER_YUAN", "format_yuan", "grouped_yuan", "to_micros"]

MICROS_PER_YUAN = 1_000_000


def to_micros(yuan: Decimal) -> int:
    """Turn yuan into millionths.

    Raises
    ------
    ValueError
        If the amount is finer than a millionth of a yuan, or no finite number.
    """
    scaled = yuan * MICROS_PER_YUAN if yuan.is_finite() else None
    if scaled is None or scaled != scaled.to_integral_value():
        raise ValueError(str(yuan))
    return int(scaled)


def format_yuan(micros: int) -> str:
    """Write millionths as a decimal string in yuan, two places at the least.

    Examples
    --------
    >>> format_yuan(15_000_000), format_yuan(32_500), format_yuan(-1)
    ('15.00', '0.0325', '-0.000001')
    """
    sign = "-" if micros < 0 else ""
    whole, rest = divmod(abs(micros), MICROS_PER_YUAN)
    places = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{whole}.{places}"


def grouped_yuan(micros: int) -> str:
    """Write millionths in yuan for a reader: as `format_yuan`, with thousands parted.

    Documents for machines (JSON, CSV) take `format_yuan`; whatever is read takes this.

    Examples
    --------
    >>> grouped_yuan(-42_380_500_000), grouped_yuan(4_000)
    ('-42,380.50', '0.004')
    """
    whole, _, rest = format_yuan(abs(micros)).partition(".")
    return f"{'-' if micros < 0 else ''}{int(whole):,}.{rest}"
