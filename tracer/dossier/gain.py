"""What a party earned: payments on record, and the price spread over the messages it passed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.dossier.codecase import CodeCase
from tracer.dossier.spread import NO_PRICE, SpreadLine, spread_lines
from tracer.model.evidence import Contract
from tracer.model.particulars import Payment
from tracer.model.period import Period

__all__ = ["Gain", "PaymentLine", "find_gain"]

_COUNTED: Final = frozenset({"contract", "parties", "no_segment"})


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment from or to a party.

    Parameters
    ----------
    direction : {"in", "out"}
        To the party, or from it.
    counts : bool
        It is between the party and an upstream or downstream of these codes, on a day of the
        window, and names no contract of other codes.
    why : {"contract", "parties", "no_segment", "other_contract", "other_party", "other_days"}
        Why it counts (its contract is one of these codes; it names none, but its parties are; its
        contract is one between them that names no segment), or does not.
    """

    payment: Payment
    direction: str
    counts: bool
    why: str

    @property
    def counterpart(self) -> str:
        """The other party."""
        return self.payment.payer if self.direction == "in" else self.payment.payee


@dataclass(frozen=True, slots=True)
class Gain:
    """What a party earned on record.

    Parameters
    ----------
    basis : {"payments", "spread", "none"}
        What `amount` is: paid to it less paid by it, where a payment from a downstream and one to
        every upstream with messages are on record, carriers that give it access among them (a
        holder without one pays nobody); else the sum of the spreads; else nothing can be said.
    amount : int or None
        Millionths of a yuan.
    paid_in, paid_out : int or None
        Sums of the payments that count; None where none is on record.
    spread_amount : int or None
        Sum of the lines that have both prices; None where none has.
    unpriced : int
        Messages passed on for which a price is missing.
    payments : tuple of PaymentLine
        All of the party, by (day, record).
    lines : tuple of SpreadLine
        By (code, downstream, price out, price in).
    gaps : tuple of str
        What is missing: `no_payment_in`, `no_payment_out`, `no_price_in`, `no_price_out`,
        `no_onward`; `no_segment` where a payment counts whose contract may be of other codes.
    """

    basis: str
    amount: int | None
    paid_in: int | None
    paid_out: int | None
    spread_amount: int | None
    unpriced: int
    payments: tuple[PaymentLine, ...]
    lines: tuple[SpreadLine, ...]
    gaps: tuple[str, ...]


def find_gain(
    codes: Iterable[CodeCase], name: str, payments: Iterable[Payment], window: Period
) -> Gain:
    """Find what a party earned in some codes.

    Parameters
    ----------
    codes : iterable of CodeCase
        No number in two of them.
    name : str
        The party.
    payments : iterable of Payment
        All payments from or to it.
    window : Period
        Days on which payments count.
    """
    listed = tuple(codes)
    lines = tuple(line for code in listed for line in _lines(code, name))
    access = [hop for code in listed for hop in code.access.values() if hop.party == name]
    upstreams = {hop.upstream for code in listed for hop in code.hops_to(name)}
    upstreams |= {hop.carrier for hop in access}
    downstreams = {hop.downstream for code in listed for hop in code.hops_from(name)}
    paid = _payment_lines(listed, name, payments, window, upstreams | downstreams)
    counted = [line for line in paid if line.counts]
    paid_in = _total(counted, "in")
    paid_out = _total(counted, "out")
    amounts = [line.amount for line in lines if line.amount is not None]
    spread_amount = sum(amounts) if amounts else None
    is_sold = any(line.direction == "in" and line.counterpart in downstreams for line in counted)
    sellers = {hop.upstream for code in listed for hop in code.hops_to(name) if hop.messages}
    sellers |= {hop.carrier for hop in access if hop.messages}
    paid_to = {line.counterpart for line in counted if line.direction == "out"}
    is_bought = bool(paid_to & upstreams) and paid_to >= sellers  # else a cost would be left out
    basis, amount = "none", None
    if is_sold and (is_bought or not upstreams):
        basis, amount = "payments", (paid_in or 0) - (paid_out or 0)
    elif spread_amount is not None:
        basis, amount = "spread", spread_amount
    missing = {
        "no_payment_in": bool(downstreams) and not is_sold,
        "no_payment_out": bool(upstreams) and not is_bought,
        "no_onward": not downstreams,
        "no_segment": any(line.why == "no_segment" for line in counted),
        **{why: any(line.basis == why for line in lines) for why in NO_PRICE},
    }
    return Gain(
        basis=basis,
        amount=amount,
        paid_in=paid_in,
        paid_out=paid_out,
        spread_amount=spread_amount,
        unpriced=sum(line.messages for line in lines if line.amount is None),
        payments=paid,
        lines=lines,
        gaps=tuple(sorted(key for key, is_so in missing.items() if is_so)),
    )


def _total(lines: Iterable[PaymentLine], direction: str) -> int | None:
    amounts = [line.payment.amount for line in lines if line.direction == direction]
    return sum(amounts) if amounts else None


def _payment_lines(
    codes: Sequence[CodeCase],
    name: str,
    payments: Iterable[Payment],
    window: Period,
    partners: set[str],
) -> tuple[PaymentLine, ...]:
    of_codes = _numbers(
        contract
        for code in codes
        for hops in (code.hops_to(name), code.hops_from(name), code.access.values())
        for hop in hops
        for contract in hop.contracts
    )
    unsegmented = _numbers(
        contract
        for code in codes
        for listed in code.case.particulars.unsegmented.values()
        for contract in listed
    )
    found = []
    for payment in sorted(payments, key=lambda p: (p.paid_on, p.ref.record_id)):
        ends = frozenset((payment.payer, payment.payee))
        if name not in ends or payment.payer == payment.payee:
            continue
        other = payment.payer if payment.payee == name else payment.payee
        if not window.contains(payment.paid_on):
            why = "other_days"
        elif other not in partners:
            why = "other_party"
        elif payment.contract_no is None:
            why = "parties"
        elif (payment.contract_no, ends) in of_codes:
            why = "contract"
        else:  # a contract without segments says no more of other codes than a blank cell does
            is_open = (payment.contract_no, ends) in unsegmented
            why = "no_segment" if is_open else "other_contract"
        direction = "in" if payment.payee == name else "out"
        found.append(PaymentLine(payment, direction, why in _COUNTED, why))
    return tuple(found)


def _numbers(contracts: Iterable[Contract]) -> set[tuple[str, frozenset[str]]]:
    return {(c.contract_no, frozenset((c.upstream, c.downstream))) for c in contracts}


def _lines(code: CodeCase, name: str) -> Iterable[SpreadLine]:
    records, scope = code.case.records, code.found.scope
    held = scope.holders.get(name)
    above = [(hop.upstream, hop.downstream) for hop in code.hops_to(name)]
    above += [pair for pair in code.access if pair[1] == name]
    return spread_lines(
        code.code,
        [records[hop.upstream, hop.downstream] for hop in code.hops_from(name)],
        [records[pair] for pair in above],
        lambda point: held is not None and scope.has(held, *point),
        code.case.particulars.unsegmented,
    )
