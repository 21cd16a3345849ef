"""Tables of hops, ties, accounts and checks: what stands between parties."""

from collections.abc import Iterable

from tracer.dossier.links import LinkedHop
from tracer.dossier.ties import Tie, TieEnd
from tracer.model.evidence import Allocation, Document
from tracer.model.particulars import CheckRecord, Opening, Payment
from tracer.model.partyfile import AccountRecord, RegisterEntry
from tracer.model.period import ALL_DAYS, Period
from tracer.model.source import RecordRef
from tracer.report.citing import cite
from tracer.report.dossier_tables import head
from tracer.report.masking import masked
from tracer.report.papers import Cell, Table, Yuan, shown, table
from tracer.report.wording import Said, join, last_day, same, say, term

__all__ = [
    "accounts_table",
    "allocations_table",
    "between_table",
    "checks_table",
    "documents_table",
    "end_words",
    "hops_table",
    "openings_table",
    "register_table",
    "tie_kind",
    "ties_table",
]


def _table(
    key: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], *remarks: str
) -> Table:
    said = tuple(say(f"dossier.remark.{remark}") for remark in remarks)
    return table(key, say(f"dossier.table.{key}"), head(*columns), rows, said)


def hops_table(hops: Iterable[LinkedHop]) -> Table:
    """Set hops with their contracts, prices and messages, code by code."""
    columns = (
        "code", "upstream", "downstream", "status", "attested", "messages", "covered", "blocked",
        "price", "contract", "first_day", "last_day", "records",
    )  # fmt: skip
    rows = []
    for each in hops:
        hop = each.hop
        prices = sorted({c.unit_price for c in hop.contracts if c.unit_price is not None})
        refs = [*(c.ref for c in hop.contracts), *(r.ref for r in hop.routing)]
        row: tuple[Cell, ...] = (
            same(each.code),
            same(hop.upstream),
            same(hop.downstream),
            say(f"status.{hop.status}"),
            say(f"attested.{hop.attested}"),
            hop.messages,
            hop.messages_covered,
            hop.blocked,
            join(shown(Yuan(price)) for price in prices),
            join(same(number) for number in hop.contract_numbers),
            hop.first_day,
            hop.last_day,
            cite(refs),
        )
        rows.append(row)
    return _table("hops", columns, rows)


def ties_table(ties: Iterable[Tie]) -> Table:
    """Set what ties parties together."""
    rows = [
        (
            tie_kind(tie),
            same(masked(tie.label)),
            join(same(name) for name in tie.parties),
            join((end_words(end) for end in tie.ends), "page.clause_mark"),
            cite(tie.refs),
        )
        for tie in ties
    ]
    return _table("ties", ("tie", "shared", "parties", "how", "records"), rows, "ties")


def tie_kind(tie: Tie) -> Said:
    """Say what kind of tie it is."""
    return say(f"dossier.tie.{tie.kind}")


def end_words(end: TieEnd) -> Said:
    """Say how a party is tied."""
    known = {"representative", "address", "phone", "account"}
    how = say(f"dossier.tie_end.{end.how}") if end.how in known else same(end.how)
    if end.share:
        how = say("dossier.tie_share", how=how, share=end.share)
    if end.term != ALL_DAYS:
        how = say("dossier.tie_term", how=how, term=_stated(end.term))
    return say("dossier.tie_end", party=end.party, how=how)


def _stated(days: Period) -> Said:
    """Say a term of which the records do not keep whether a paper says 长期: a blank is a blank."""
    return term(days, start_stated=False, end_stated=False)


def register_table(entries: Iterable[RegisterEntry]) -> Table:
    """Set rows of the parties table."""
    columns = (
        "party", "uscc", "former", "kind_of_party", "representative", "address", "phone", "licence",
        "status", "position", "records",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            same(e.name),
            same(e.uscc or ""),
            join(same(name) for name in e.former_names),
            same(e.kind or ""),
            same(e.representative or ""),
            same(e.address or ""),
            same(masked(e.phone or "")),
            _licence(e),
            same(e.status or ""),
            same(e.role or ""),
            cite((e.ref,)),
        )
        for e in entries
    ]
    return _table("register", columns, rows)


def _licence(entry: RegisterEntry) -> Said:
    licence = entry.licence
    if licence is None:
        return say("dossier.licence.none")
    if licence.number is None:
        return say("dossier.licence.blank")
    return say("dossier.licence.stated", number=licence.number, term=_stated(licence.term))


def checks_table(checks: Iterable[CheckRecord]) -> Table:
    """Set checks that upstreams made of downstreams."""
    rows: list[tuple[Cell, ...]] = [
        (
            same(c.upstream),
            same(c.downstream),
            say(f"dossier.check.{c.kind}"),
            c.done_on,
            say(f"dossier.result.{c.result}") if c.result else None,
            cite((c.ref,)),
        )
        for c in checks
    ]
    columns = ("upstream", "downstream", "kind_of_check", "done_on", "result", "records")
    return _table("checks", columns, rows)


def accounts_table(accounts: Iterable[AccountRecord]) -> Table:
    """Set accounts of platforms."""
    rows: list[tuple[Cell, ...]] = [
        (
            same(a.platform),
            same(a.account),
            same(a.party),
            same(a.appends or ""),
            a.term.first,
            last_day(a.term.last),
            cite((a.ref,)),
        )
        for a in accounts
    ]
    columns = ("platform", "account", "user", "appends", "term_first", "term_last", "records")
    return _table("accounts", columns, rows)


def openings_table(openings: Iterable[Opening]) -> Table:
    """Set openings on record."""
    rows: list[tuple[Cell, ...]] = [
        (
            same(o.carrier),
            same(o.segment.label),
            same(o.user),
            o.term.first,
            last_day(o.term.last),
            cite((o.ref,)),
        )
        for o in openings
    ]
    columns = ("carrier", "segments", "user", "term_first", "term_last", "records")
    return _table("openings", columns, rows)


def allocations_table(allocations: Iterable[Allocation]) -> Table:
    """Set allocations to a holder."""
    rows: list[tuple[Cell, ...]] = [
        (
            same(a.segment.label),
            same(a.holder),
            same(a.authority or ""),
            same(a.certificate_no or ""),
            a.term.first,
            last_day(a.term.last),
            cite((a.ref,)),
        )
        for a in allocations
    ]
    columns = (
        "segments", "holder", "authority", "certificate", "term_first", "term_last", "records",
    )  # fmt: skip
    return _table("allocations", columns, rows)


def between_table(payments: Iterable[Payment]) -> Table:
    """Set payments between parties."""
    rows: list[tuple[Cell, ...]] = [
        (
            same(p.payer),
            same(p.payee),
            Yuan(p.amount),
            p.paid_on,
            same(p.contract_no or ""),
            cite((p.ref,)),
        )
        for p in payments
    ]
    columns = ("payer", "payee", "amount", "paid_on", "contract", "records")
    return _table("between", columns, rows)


def documents_table(documents: Iterable[tuple[Document, RecordRef]]) -> Table:
    """Set the scanned papers that records name."""
    rows: list[tuple[Cell, ...]] = [
        (same(document.path), same(document.page or ""), same(document.digest or ""), cite((ref,)))
        for document, ref in documents
    ]
    return _table("documents", ("document", "page", "digest", "records"), rows)
