"""The contract `tracer.trace/1`: a trace as JSON, as `docs/semantics.md` prints it."""

from collections.abc import Sequence
from datetime import date

from tracer.graph.result import AccessHop, BlockedPair, Chain, Gap, Hop, Trace, TracedParty
from tracer.messages import text
from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.model.money import format_yuan
from tracer.report.documents import dump
from tracer.report.finding_json import finding_document
from tracer.report.marks_json import marks_document

__all__ = ["TRACE_SCHEMA", "trace_document", "trace_json"]

TRACE_SCHEMA = "tracer.trace/1"


def trace_json(trace: Trace, findings: Sequence[Finding]) -> str:
    """Write a trace as the document `tracer.trace/1`: equal inputs, equal bytes.

    Parameters
    ----------
    trace : Trace
        What was found.
    findings : sequence of Finding
        What the rules found in it.

    Returns
    -------
    str
        JSON, indented, ended by a line break.
    """
    return dump(trace_document(trace, findings))


def trace_document(trace: Trace, findings: Sequence[Finding]) -> dict[str, object]:
    """Build the document `tracer.trace/1`, keys in the order of the contract.

    Every chain is listed. The keys after `findings`, `parts` and `unit` of a hop, `unbroken`
    of chains and gaps, and `numbers` of gaps, are additions to the contract's own; what people
    decided and wrote (`marks_json`) has keys where there is any.
    """
    tally = trace.incidents
    return {
        "schema": TRACE_SCHEMA,
        "number": trace.number,
        "window": {"from": _day(trace.window.first), "to": _day(trace.window.last)},
        "allocations": [_allocation(each) for each in trace.allocations],
        "parties": [_party(each) for each in trace.parties],
        "access": [_access(each) for each in trace.access],
        "hops": [_hop(each) for each in trace.hops],
        "chains": [_chain(each) for each in trace.chains],
        "senders": [
            {"name": each.name, "messages": each.messages, "basis": each.basis}
            for each in trace.senders
        ],
        "incidents": {
            "count": tally.count,
            "by_traffic": tally.by_traffic,
            "by_paper": tally.by_paper,
            "unreached": tally.unreached,
            "victims": tally.victims,
            "loss": format_yuan(tally.loss),
        },
        "gaps": [_gap(each) for each in trace.gaps],
        "truncated": trace.truncated,
        "findings": [finding_document(each) for each in findings],
        "findings_note": text("finding_part.leads", "zh"),
        "findings_note_en": text("finding_part.leads", "en"),
        "blocked_only": [_blocked(each) for each in trace.blocked_only],
        "unsegmented": [_unsegmented(each) for each in trace.unsegmented],
        "notes": [{"note": each.key, "values": dict(each.values)} for each in trace.notes],
        **marks_document(trace),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _allocation(allocation: Allocation) -> dict[str, object]:
    return {
        "segment": allocation.segment.prefix,
        "holder": allocation.holder,
        "authority": allocation.authority,
        "certificate_no": allocation.certificate_no,
        "valid_from": _day(allocation.term.first),
        "valid_to": _day(allocation.term.last),
    }


def _party(traced: TracedParty) -> dict[str, object]:
    return {
        "name": traced.name,
        "uscc": traced.party.uscc,
        "carrier": traced.carrier,
        "layer": traced.layer,
        "forwarded": traced.forwarded,
        "received": traced.received,
        "originated": traced.originated,
        "own": traced.own,
        "unresolved": traced.unresolved,
        "withheld": traced.withheld,
    }


def _access(access: AccessHop) -> dict[str, object]:
    return {
        "carrier": access.carrier,
        "party": access.party,
        "messages": access.messages,
        "messages_covered": access.messages_covered,
        "contracts": list(access.contract_numbers),
    }


def _hop(hop: Hop) -> dict[str, object]:
    return {
        "upstream": hop.upstream,
        "downstream": hop.downstream,
        "status": hop.status,
        "attested": hop.attested,
        "messages": hop.messages,
        "messages_covered": hop.messages_covered,
        "blocked": hop.blocked,
        "contracts": list(hop.contract_numbers),
        "records": list(hop.records),
        "first_day": _day(hop.first_day),
        "last_day": _day(hop.last_day),
        "parts": hop.parts,
        "unit": hop.unit,
    }


def _chain(chain: Chain) -> dict[str, object]:
    return {
        "parties": list(chain.parties),
        "starts": list(chain.starts),
        "ends": list(chain.ends),
        "messages": chain.messages,
        "maximal": chain.maximal,
        "first_day": _day(chain.first_day),
        "last_day": _day(chain.last_day),
        "fingerprint": chain.fingerprint,
        "unbroken": chain.unbroken,
    }


def _gap(gap: Gap) -> dict[str, object]:
    candidates = [{"record": each.record, "why": each.why} for each in gap.candidates]
    return {
        "party": gap.party,
        "days": gap.days,
        "candidates": candidates,
        "unbroken": gap.unbroken,
        "numbers": list(gap.numbers),
    }


def _blocked(pair: BlockedPair) -> dict[str, object]:
    return {
        "upstream": pair.upstream,
        "downstream": pair.downstream,
        "blocked": pair.blocked,
        "records": sorted(each.ref.record_id for each in pair.routing),
    }


def _unsegmented(contract: Contract) -> dict[str, object]:
    return {
        "contract": contract.contract_no,
        "upstream": contract.upstream,
        "downstream": contract.downstream,
        "record": contract.ref.record_id,
    }
