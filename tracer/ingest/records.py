"""Builders: the cells of a row become the record of its table."""

from collections.abc import Callable
from datetime import date
from typing import Final

from tracer.ingest.cells import Cells
from tracer.ingest.clauses import (
    parse_check_kind,
    parse_check_result,
    parse_contract_kind,
    parse_sublease,
)
from tracer.ingest.values import OPEN_END
from tracer.model.paper import (
    AccountRow,
    AllocationRow,
    CheckRow,
    ContractRow,
    IncidentRow,
    OpeningRow,
    PaperRow,
    PartyRow,
    PaymentRow,
    RelationRow,
)
from tracer.model.period import Period

__all__ = [
    "BUILDERS",
    "read_appends",
    "read_case_no",
    "read_content",
    "read_recipient",
    "read_sublease",
    "read_victim",
]


def _party(cells: Cells) -> PartyRow:
    return PartyRow(
        name=cells.require("name", cells.party("name")),
        uscc=cells.uscc("uscc"),
        former_names=cells.names("former_names"),
        kind=cells.text("kind"),
        legal_representative=cells.text("legal_representative"),
        address=cells.text("address"),
        phone=cells.text("phone"),
        licence_no=cells.text("licence_no"),
        licence_term=cells.period("licence_from", "licence_to"),
        has_licence_column=cells.has("licence_no", "licence_from", "licence_to"),
        status=cells.text("status"),
        role=cells.text("role"),
        provenance=cells.provenance(),
    )


def _allocation(cells: Cells) -> AllocationRow:
    return AllocationRow(
        segments=cells.require("segment", cells.segments("segment") or None),
        holder=cells.require("holder", cells.party("holder")),
        holder_uscc=cells.uscc("holder_uscc"),
        authority=cells.text("authority"),
        certificate_no=cells.text("certificate_no"),
        purpose=cells.text("purpose"),
        region=cells.text("region"),
        term=cells.period("valid_from", "valid_to"),
        source_ref=cells.text("source_ref"),
        provenance=cells.provenance(),
    )


def _contract(cells: Cells) -> ContractRow:
    contract_no = cells.require("contract_no", cells.text("contract_no"))
    upstream = cells.require("upstream", cells.party("upstream"))
    downstream = cells.require("downstream", cells.party("downstream"))
    upstream_uscc, downstream_uscc = cells.uscc("upstream_uscc"), cells.uscc("downstream_uscc")
    cells.distinct("upstream", "downstream", upstream_uscc, downstream_uscc)
    unit_price, unit_price_raw = cells.price("unit_price")
    signed_on, valid_from = cells.day("signed_on"), cells.day("valid_from")
    valid_to, terminated_on = cells.end("valid_to"), cells.day("terminated_on")
    renews = cells.boolean("renews")
    start = "valid_from" if valid_from else "signed_on"
    first = valid_from or signed_on
    cells.span(start, first, "valid_to", valid_to)
    term, end_stated = _contract_term(cells, start, first, valid_to, terminated_on, renews)
    return ContractRow(
        contract_no=contract_no,
        upstream=upstream,
        downstream=downstream,
        upstream_uscc=upstream_uscc,
        downstream_uscc=downstream_uscc,
        segments=cells.segments("segments"),
        title=cells.text("title"),
        kind=cells.read("kind", parse_contract_kind),
        right=cells.text("right"),
        signed_on=signed_on,
        valid_from=valid_from,
        valid_to=None if valid_to == OPEN_END else valid_to,
        terminated_on=terminated_on,
        renews=renews,
        term=term,
        start_stated=first is not None,
        end_stated=end_stated,
        unit_price=unit_price,
        unit_price_raw=unit_price_raw,
        sublease_clause=read_sublease(cells),
        approval_no=cells.text("approval_no"),
        amends=cells.text("amends"),
        region=cells.text("region"),
        purpose=cells.text("purpose"),
        source_ref=cells.text("source_ref"),
        provenance=cells.provenance(),
    )


def _contract_term(
    cells: Cells,
    start: str,
    first: date | None,
    valid_to: date | None,
    terminated_on: date | None,
    renews: bool | None,
) -> tuple[Period, bool]:
    """Fix the term as `semantics` does, and whether the paper states its end."""
    if terminated_on is not None:
        return cells.span(start, first, "terminated_on", terminated_on), True
    if renews or valid_to == OPEN_END:
        return Period(first, None), True
    return Period(first, valid_to), valid_to is not None


def read_sublease(cells: Cells) -> str | None:
    """Read the sublease clause; the header may be the question a 是 answers."""
    header = cells.printed("sublease_clause") or ""
    return cells.read("sublease_clause", lambda text: parse_sublease(text, header))


def read_appends(cells: Cells) -> str | None:
    """Read the digits a platform adds to what an account submits."""
    appends = cells.text("appends")
    if appends is not None and not (appends.isascii() and appends.isdigit()):
        raise cells.fault("appends", "not_digits", text=appends)
    return appends


def _account(cells: Cells) -> AccountRow:
    appends = read_appends(cells)
    return AccountRow(
        platform=cells.require("platform", cells.party("platform")),
        account=cells.require("account", cells.text("account")),
        party=cells.require("party", cells.party("party")),
        appends=appends,
        term=cells.period("valid_from", "valid_to"),
        provenance=cells.provenance(),
    )


def read_victim(cells: Cells) -> tuple[str | None, str | None]:
    """Read a victim, masked, and the digest that tells victims apart."""
    victim = cells.text("victim")
    return victim and cells.masker.person(victim), victim and cells.masker.digest(victim)


def read_recipient(cells: Cells) -> tuple[str | None, str | None]:
    """Read a recipient's number, masked, and the digest that tells recipients apart."""
    recipient = cells.text("recipient")
    return recipient and cells.masker.phone(recipient), recipient and cells.masker.digest(recipient)


def read_content(cells: Cells) -> str | None:
    """Read the words of a message, masked."""
    content = cells.text("content")
    return content and cells.masker.content(content)


def read_case_no(cells: Cells) -> str | None:
    """Read the number of a case; a handset number somebody wrote into it is masked."""
    case_no = cells.text("case_no")
    return case_no and cells.masker.mask(case_no)


def _incident(cells: Cells) -> IncidentRow:
    victim, victim_hash = read_victim(cells)
    recipient, recipient_hash = read_recipient(cells)
    content = read_content(cells)
    return IncidentRow(
        number=cells.number("number"),
        received_at=cells.require("received_at", cells.moment("received_at")),
        victim=victim,
        victim_hash=victim_hash,
        recipient=recipient,
        recipient_hash=recipient_hash,
        loss=cells.amount("loss"),
        content=content,
        case_no=read_case_no(cells),
        reported_at=cells.moment("reported_at"),
        notified_party=cells.party("notified_party"),
        notified_on=cells.day("notified_on"),
        provenance=cells.provenance(),
    )


def _check(cells: Cells) -> CheckRow:
    upstream = cells.require("upstream", cells.party("upstream"))
    downstream = cells.require("downstream", cells.party("downstream"))
    cells.distinct("upstream", "downstream")
    return CheckRow(
        upstream=upstream,
        downstream=downstream,
        kind=cells.require("kind", cells.read("kind", parse_check_kind)),
        done_on=cells.day("done_on"),
        result=cells.read("result", parse_check_result),
        source_ref=cells.text("source_ref"),
        provenance=cells.provenance(),
    )


def _opening(cells: Cells) -> OpeningRow:
    term = cells.period("opened_on", "closed_on")
    return OpeningRow(
        carrier=cells.require("carrier", cells.party("carrier")),
        segments=cells.require("segment", cells.segments("segment") or None),
        user=cells.require("user", cells.party("user")),
        opened_on=term.first,
        closed_on=term.last,
        purpose=cells.text("purpose"),
        region=cells.text("region"),
        provenance=cells.provenance(),
    )


def _payment(cells: Cells) -> PaymentRow:
    payer = cells.require("payer", cells.party("payer"))
    payee = cells.require("payee", cells.party("payee"))
    cells.distinct("payer", "payee")
    return PaymentRow(
        payer=payer,
        payee=payee,
        amount=cells.require("amount", cells.amount("amount")),
        paid_on=cells.require("paid_on", cells.day("paid_on")),
        period=cells.period("period_from", "period_to"),
        messages=cells.integer("messages", least=1),
        contract_no=cells.text("contract_no"),
        source_ref=cells.text("source_ref"),
        provenance=cells.provenance(),
    )


def _relation(cells: Cells) -> RelationRow:
    party_a = cells.require("party_a", cells.party("party_a"))
    party_b = cells.require("party_b", cells.party("party_b"))
    cells.distinct("party_a", "party_b")
    return RelationRow(
        party_a=party_a,
        party_b=party_b,
        kind=cells.require("kind", cells.text("kind")),
        share=cells.text("share"),
        term=cells.period("valid_from", "valid_to"),
        source_ref=cells.text("source_ref"),
        provenance=cells.provenance(),
    )


BUILDERS: Final[dict[str, Callable[[Cells], PaperRow]]] = {
    "parties": _party,
    "allocations": _allocation,
    "contracts": _contract,
    "accounts": _account,
    "incidents": _incident,
    "checks": _check,
    "openings": _opening,
    "payments": _payment,
    "relations": _relation,
}
