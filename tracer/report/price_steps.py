"""The price ladder in brief: what a message costs from layer to layer."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracer.dossier.ladder import Rung
from tracer.model.money import grouped_yuan
from tracer.report.wording import Said, count, same, say

__all__ = ["PriceStep", "price_steps"]

_BAR = 200.0


@dataclass(frozen=True, slots=True)
class PriceStep:
    """The hops below one layer.

    Parameters
    ----------
    prices, spreads : Said
        Lowest and highest of those known.
    bar : (float, float)
        Where its prices begin and end on a line of 200, the dearest price at its end.
    unpriced : int
        Hops of which no contract states a price.
    """

    where: Said
    hops: Said
    prices: Said
    spreads: Said
    bar: tuple[float, float] | None
    unpriced: int


def price_steps(rungs: Iterable[Rung]) -> tuple[PriceStep, ...]:
    """Sum a ladder up by layer, hops whose upstream has none last."""
    by_layer: dict[int | None, list[Rung]] = {}
    for rung in rungs:
        by_layer.setdefault(rung.layer, []).append(rung)
    dearest = max((p for listed in by_layer.values() for r in listed for p in r.prices), default=0)
    layers = sorted(by_layer, key=lambda layer: (layer is None, layer or 0))
    return tuple(_step(layer, by_layer[layer], dearest) for layer in layers)


def _step(layer: int | None, rungs: list[Rung], dearest: int) -> PriceStep:
    prices = [price for rung in rungs for price in rung.prices]
    # a holder buys from nobody: the whole price is no spread
    spreads = [spread for rung in rungs if not rung.from_holder for spread in rung.spreads]
    bar = None
    if prices and dearest:
        bar = (round(min(prices) / dearest * _BAR, 1), round(max(prices) / dearest * _BAR, 1))
    return PriceStep(
        where=say("page.layer_none") if layer is None else say("page.step.from", layer=layer),
        hops=same(count(len(rungs))),
        prices=_range(prices),
        spreads=_range(spreads),
        bar=bar,
        unpriced=sum(1 for rung in rungs if not rung.prices),
    )


def _range(micros: list[int]) -> Said:
    if not micros:
        return say("page.step.none")
    low, high = grouped_yuan(min(micros)), grouped_yuan(max(micros))
    return same(low if low == high else f"{low} – {high}")
