"""The factor sheet as the document `tracer.factors/1`."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tracer.dossier.factors import Factors, PartyFactors
from tracer.dossier.faults import Fault
from tracer.dossier.gain import Gain, PaymentLine
from tracer.dossier.reach import Reach, ReachTally
from tracer.dossier.remedy import Remedy
from tracer.dossier.spread import SpreadLine
from tracer.dossier.standing import Standing
from tracer.dossier.weights import Shares
from tracer.messages import text
from tracer.model.evidence import Contract, Incident
from tracer.model.money import format_yuan
from tracer.report.citing import ids
from tracer.report.documents import dump
from tracer.report.finding_json import finding_document

__all__ = [
    "contract_document",
    "factors_document",
    "factors_json",
    "fault_document",
    "gain_document",
    "iso",
    "money",
    "reach_document",
    "remedy_document",
    "standing_document",
]

_PLACES = 6


def factors_json(factors: Factors) -> str:
    """Write the factor sheet as JSON."""
    return dump(factors_document(factors))


def factors_document(factors: Factors) -> dict[str, object]:
    """Build the document.

    Money is a decimal string in yuan; a share is one of six places, beside the exact fraction.
    """
    window = factors.window
    return {
        "schema": "tracer.factors/1",
        "statement": text("dossier.statement", "zh"),
        "statement_en": text("dossier.statement", "en"),
        "numbers": list(factors.numbers),
        "window": {"from": iso(window.first), "to": iso(window.last)},
        "parties": [_party(factors, each) for each in factors.parties],
        "carriers": list(factors.carriers),
        "case": {
            "incidents": len(factors.reach.incidents),
            "victims": factors.reach.victims,
            "loss": format_yuan(factors.reach.loss),
            "records": [each.ref.record_id for each in factors.reach.incidents],
        },
        "shares": None if factors.shares is None else shares_document(factors.shares),
        "notes": [{"note": each.key, "values": dict(each.values)} for each in factors.notes],
    }


def _party(factors: Factors, party: PartyFactors) -> dict[str, object]:
    return {
        "name": party.name,
        "uscc": party.party.uscc,
        "role": party.party.role,
        "acts": {
            "codes": [standing_document(each) for each in party.standings],
            "messages": party.messages,
            "own": party.own,
            "days": factors.days.get(party.name, 0),
            "hops": party.hops,
            "first_day": iso(party.first_day),
            "last_day": iso(party.last_day),
        },
        "gain": gain_document(party.gain),
        "fault": [fault_document(each) for each in party.faults],
        "reach": reach_document(party.reach),
        "remedy": remedy_document(party.remedy),
    }


def iso(day: date | None) -> str | None:
    """Write a day."""
    return None if day is None else day.isoformat()


def money(micros: int | None) -> str | None:
    """Write an amount in yuan."""
    return None if micros is None else format_yuan(micros)


def standing_document(standing: Standing) -> dict[str, object]:
    """Build the document of a party's place in one code."""
    carried = standing.carried
    return {
        "code": standing.code,
        "exact": standing.is_exact,
        "roles": list(standing.roles),
        "basis": standing.basis,
        "layer": standing.layer,
        "upstreams": [hop.upstream for hop in standing.upstreams],
        "downstreams": [hop.downstream for hop in standing.downstreams],
        "carriers": sorted({hop.carrier for hop in standing.access}),
        "carried": {
            "messages": carried.messages,
            "by_traffic": carried.by_traffic,
            "by_paper": carried.by_paper,
            "undecided": carried.undecided,
            "parts": carried.parts,
            "days": carried.days,
            "first_day": iso(carried.first_day),
            "last_day": iso(carried.last_day),
        },
        "forwarded": standing.forwarded,
        "received": standing.received,
        "originated": standing.originated,
        "own": standing.own,
        "unresolved": standing.unresolved,
        "withheld": standing.withheld,
        "blocked": standing.blocked,
        "records": ids(
            ref
            for hop in (*standing.upstreams, *standing.downstreams)
            for ref in (*(c.ref for c in hop.contracts), *(r.ref for r in hop.routing))
        ),
    }


def gain_document(gain: Gain) -> dict[str, object]:
    """Build the document of what a party earned."""
    return {
        "basis": gain.basis,
        "amount": money(gain.amount),
        "formula": _formula(gain),
        "paid_in": money(gain.paid_in),
        "paid_out": money(gain.paid_out),
        "spread": money(gain.spread_amount),
        "unpriced_messages": gain.unpriced,
        "gaps": list(gain.gaps),
        "payments": [_payment(each) for each in gain.payments],
        "lines": [_line(each) for each in gain.lines],
    }


def _formula(gain: Gain) -> str | None:
    if gain.basis == "payments":
        return f"{format_yuan(gain.paid_in or 0)} - {format_yuan(gain.paid_out or 0)}"
    if gain.basis == "spread":
        terms = (
            f"({format_yuan(line.price_out or 0)} - {format_yuan(line.price_in or 0)})"
            f" * {line.messages}"
            for line in gain.lines
            if line.amount is not None
        )
        return " + ".join(terms)
    return None


def _payment(line: PaymentLine) -> dict[str, object]:
    payment = line.payment
    return {
        "direction": line.direction,
        "counterpart": line.counterpart,
        "amount": format_yuan(payment.amount),
        "paid_on": iso(payment.paid_on),
        "contract": payment.contract_no,
        "messages": payment.messages,
        "counts": line.counts,
        "why": line.why,
        "record": payment.ref.record_id,
    }


def _line(line: SpreadLine) -> dict[str, object]:
    return {
        "code": line.code,
        "downstream": line.downstream,
        "basis": line.basis,
        "price_in": money(line.price_in),
        "price_out": money(line.price_out),
        "spread": money(line.spread),
        "messages": line.messages,
        "unit": line.unit,
        "amount": money(line.amount),
        "first_day": iso(line.first_day),
        "last_day": iso(line.last_day),
        "contracts_in": list(line.incoming),
        "contracts_out": list(line.onward),
        "records": ids(line.records),
    }


def fault_document(fault: Fault) -> dict[str, object]:
    """Build the document of one finding that names a party."""
    return {
        "code": fault.code,
        "group": fault.group,
        "actor": fault.is_actor,
        "subject": fault.is_subject,
        "counts": fault.counts,
        "finding": finding_document(fault.finding),
    }


def reach_document(reach: Reach) -> dict[str, object]:
    """Build the document of whom a party reached."""
    return {
        "by_traffic": _tally(reach.by_traffic),
        "by_paper": _tally(reach.by_paper),
        "victims_in_both": reach.victims_in_both,
        "undecided": [_incident(each) for each in reach.undecided],
    }


def _tally(tally: ReachTally) -> dict[str, object]:
    return {
        "messages": tally.messages,
        "incidents": len(tally.incidents),
        "victims": tally.victims,
        "loss": format_yuan(tally.loss),
        "records": [_incident(each) for each in tally.incidents],
    }


def _incident(incident: Incident) -> dict[str, object]:
    return {
        "record": incident.ref.record_id,
        "number": incident.number,
        "day": iso(incident.day),
        "case": incident.case_no,
        "loss": money(incident.loss),
    }


def remedy_document(remedy: Remedy) -> dict[str, object]:
    """Build the document of what ended when."""
    return {
        "last_traffic": iso(remedy.last_traffic),
        "last_contract_end": iso(remedy.last_end),
        "open_ended_contracts": remedy.open_ended,
        "first_report": iso(remedy.first_report),
        "carried_after_report": remedy.carried_after_report,
        "carried_after_notice": remedy.carried_after_notice,
        "notices": [
            {"number": n.number, "notified_on": iso(n.notified_on), "record": n.ref.record_id}
            for n in remedy.notices
        ],
        "contracts": [contract_document(each) for each in remedy.onward],
    }


def contract_document(contract: Contract) -> dict[str, object]:
    """Build the document of one contract row."""
    return {
        "contract": contract.contract_no,
        "upstream": contract.upstream,
        "downstream": contract.downstream,
        "segments": [segment.prefix for segment in contract.segments],
        "valid_from": iso(contract.term.first),
        "valid_to": iso(contract.term.last),
        "end_stated": contract.end_stated,
        "unit_price": money(contract.unit_price),
        "sublease_clause": contract.sublease_clause,
        "record": contract.ref.record_id,
    }


def shares_document(shares: Shares) -> dict[str, object]:
    """Build the document of the shares and their arithmetic."""
    return {
        "weights_file": shares.file,
        "factors": [
            {
                "factor": each.factor,
                "weight": plain(each.weight),
                "used": each.is_used,
                "total": plain(each.total),
                "missing": list(each.missing),
                "values": {party: plain(value) for party, value in each.values.items()},
            }
            for each in shares.factors
        ],
        "shares": [
            {"party": party, "share": rounded(share), "fraction": str(share)}
            for party, share in shares.shares.items()
        ],
    }


def plain(value: Decimal) -> str:
    """Write a number without exponent and without idle zeros.

    Examples
    --------
    >>> plain(Decimal("3.50")), plain(Decimal("1E+2"))
    ('3.5', '100')
    """
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def rounded(share: Fraction) -> str:
    """Write a share to six places.

    Examples
    --------
    >>> rounded(Fraction(1, 3)), rounded(Fraction(1))
    ('0.333333', '1.000000')
    """
    units = round(share * 10**_PLACES)
    return f"{units // 10**_PLACES}.{units % 10**_PLACES:0{_PLACES}d}"
