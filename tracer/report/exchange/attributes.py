"""Parties and records as rows of named, typed values: what GraphML and GEXF attach to them.

Names and codes are canonical, equal in both languages, as in the CSV. What is not on record is
absent, never an empty text. Figures of records are their own: two ends' logs of the same traffic
are two records, so messages of parallel links do not add up (see `Hop.messages`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracer.model.evidence import Contract, RoutingTotal
from tracer.report.corrected import corrected_words
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.network import Member, Network, Tie, agreed, by_number

__all__ = ["GRAPH", "MEMBER", "TIE", "Attribute", "about", "corrected_allocations"]
__all__ += ["of_member", "of_tie"]

Value = str | int | bool | float


@dataclass(frozen=True, slots=True)
class Attribute:
    """One named value.

    Parameters
    ----------
    type : {"string", "long", "boolean", "double"}
        As both formats call it.
    """

    name: str
    type: str


def _declare(**types: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, kind) for name, kind in types.items())


GRAPH: Final = _declare(
    tool="string", numbers="string", window_from="string", window_to="string", case_no="string",
    case_name="string", inputs_sha256="string", inputs="string", records_aside="long",
    about="string",
)  # fmt: skip
MEMBER: Final = _declare(
    label="string", uscc="string", party_kind="string", registration="string", carrier="boolean",
    layer="long", layers="string", roles="string", own_messages="string", gaps="string",
    allocations="string", corrected="string", leads="string", x="double", y="double",
)  # fmt: skip
TIE: Final = _declare(
    label="string", record="string", record_kind="string", access="boolean", evidence="string",
    numbers="string", status="string", statuses="string", attested="string", contract_no="string",
    segments="string", number="string", first_day="string", last_day="string", not_stated="string",
    messages="long", blocked="long", parts="long", unit="string", reporter="string",
    delivery="long", corrected="string", leads="string", path="string", sheet="string",
    first_row="long", last_row="long", sha256="string", source_ref="string", document="string",
    document_page="string", document_sha256="string",
)  # fmt: skip


def about(network: Network, words: str) -> dict[str, Value]:
    """Give what the file as a whole says of itself.

    Parameters
    ----------
    words : str
        What the reader should know, in the reader's language.
    """
    case, window = network.case, network.window
    found: dict[str, Value | None] = {
        "tool": f"tracer {network.version}",
        "numbers": ";".join(network.numbers),
        "window_from": None if window.first is None else str(window.first),
        "window_to": None if window.last is None else str(window.last),
        "case_no": stated(case.number),
        "case_name": stated(case.name),
        "inputs_sha256": network.digest,
        "inputs": "\n".join(f"{digest}  {stated(path)}" for path, digest in network.sources),
        "records_aside": len(network.aside),
        "about": words,
    }
    return _present(found)


def of_member(member: Member) -> dict[str, Value]:
    """Give what is said of a party; `layer` only where all numbers agree on it."""
    node = member.first
    own = [(number, each.own) for number, each in member.nodes if each.own]
    gaps = [(number, gap.kind) for number, gap in member.gaps]
    x, y = member.at
    found: dict[str, Value | None] = {
        "label": as_named(member.name),
        "uscc": node.uscc and as_named(node.uscc),
        "party_kind": stated(node.kind),
        "registration": stated(node.status),
        "carrier": member.is_carrier,
        "layer": agreed(member.layers),
        "layers": by_number(member.layers),
        "roles": ";".join(member.roles) or None,
        "own_messages": by_number(own) or None,
        "gaps": by_number(gaps) or None,
        "allocations": ";".join(row.segment.prefix for row in member.allocations) or None,
        "corrected": corrected_allocations(member),
        "leads": ";".join(member.leads) or None,
        "x": x,
        "y": -y,
    }
    return _present(found)


def of_tie(tie: Tie) -> dict[str, Value]:
    """Give what is said of a record; `status` only where all numbers agree on it."""
    days = tie.days
    statuses = [(each.number, each.status) for each in tie.standings]
    attested = [(each.number, each.attested) for each in tie.standings]
    ref = tie.record.ref
    found: dict[str, Value | None] = {
        "label": " ".join((*tie.evidence, *_title(tie))),
        "record": ref.record_id,
        "record_kind": tie.kind,
        "access": tie.is_access,
        "evidence": ";".join(tie.evidence),
        "numbers": ";".join(each.number for each in tie.standings),
        "status": agreed(statuses),
        "statuses": by_number(statuses),
        "attested": agreed(attested),
        "first_day": None if days.first is None else str(days.first),
        "last_day": None if days.last is None else str(days.last),
        "corrected": corrected_words(tie.corrections),
        "leads": ";".join(tie.leads) or None,
        "path": stated(ref.path),
        "sheet": stated(ref.sheet),
        "first_row": ref.row,
        "last_row": ref.last_row,
        "sha256": ref.digest,
        **dict(_own(tie.record)),
    }
    return _present(found)


def corrected_allocations(member: Member) -> str | None:
    """Say which values of a party's allocations were put right, record by record."""
    told = (
        f"{record} {corrected_words(made)}" for record, made in sorted(member.corrections.items())
    )
    return "\n".join(told) or None


def _title(tie: Tie) -> tuple[str, ...]:
    record = tie.record
    return (as_named(record.contract_no if isinstance(record, Contract) else record.number),)


def _own(record: Contract | RoutingTotal) -> Iterator[tuple[str, Value | None]]:
    """Yield what only a contract states, or only a log."""
    if isinstance(record, Contract):
        yield "contract_no", as_named(record.contract_no)
        yield "segments", ";".join(segment.prefix for segment in record.segments) or None
        stated_ends = {"start": record.start_stated, "end": record.end_stated}
        silent = (end for end, is_stated in stated_ends.items() if not is_stated)
        yield "not_stated", ";".join(silent) or None
        yield "source_ref", stated(record.source_ref)
        if record.document is not None:
            yield "document", stated(record.document.path)
            yield "document_page", stated(record.document.page)
            yield "document_sha256", record.document.digest
    else:
        yield "number", record.number
        yield "messages", record.messages
        yield "blocked", record.blocked
        yield "parts", record.parts
        yield "unit", record.unit
        yield "reporter", record.reporter and as_named(record.reporter)
        yield "delivery", record.delivery


def _present(found: dict[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in found.items() if value is not None}
