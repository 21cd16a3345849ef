"""Dossier and links as the documents `tracer.party/1` and `tracer.links/1`."""

from tracer.dossier.links import LinkedHop, Links
from tracer.dossier.party import Dossier
from tracer.dossier.ties import Tie
from tracer.messages import text
from tracer.model.particulars import CheckRecord, Opening, Payment
from tracer.model.partyfile import AccountRecord, RegisterEntry
from tracer.model.period import Period
from tracer.report.citing import source_files
from tracer.report.documents import dump
from tracer.report.factor_json import (
    contract_document,
    fault_document,
    gain_document,
    iso,
    money,
    reach_document,
    remedy_document,
    standing_document,
)
from tracer.report.masking import masked
from tracer.report.party_paper import dossier_records

__all__ = ["links_json", "party_json"]


def party_json(dossier: Dossier) -> str:
    """Write the dossier of one party."""
    mine, file = dossier.factors, dossier.file
    party = mine.party
    return dump(
        {
            "schema": "tracer.party/1",
            "statement": text("dossier.statement", "zh"),
            "statement_en": text("dossier.statement", "en"),
            "name": party.name,
            "uscc": party.uscc,
            "kind": party.kind,
            "status": party.status,
            "role": party.role,
            "spellings": list(party.spellings),
            "window": _term(dossier.window),
            "register": [_entry(each) for each in file.entries],
            "successors": [_entry(each) for each in file.successors],
            "codes": [standing_document(each) for each in mine.standings],
            "messages": mine.messages,
            "own": mine.own,
            "days": dossier.days,
            "hops": [
                hop_document(LinkedHop(s.code, hop))
                for s in mine.standings
                for hop in (*s.upstreams, *s.downstreams)
            ],
            "contracts": [contract_document(each) for each in dossier.contracts],
            "unsegmented": [contract_document(each) for each in dossier.unsegmented],
            "gain": gain_document(mine.gain),
            "findings": [fault_document(each) for each in mine.faults],
            "reach": reach_document(mine.reach),
            "remedy": remedy_document(mine.remedy),
            "ties": [tie_document(each) for each in dossier.ties],
            "relations": [
                {
                    "party_a": each.party_a,
                    "party_b": each.party_b,
                    "kind": each.kind,
                    "share": each.share,
                    **_term(each.term),
                    "record": each.ref.record_id,
                }
                for each in file.relations
            ],
            "checks": [_check(each) for each in file.checks],
            "accounts": [_account(each) for each in file.accounts],
            "openings": [_opening(each) for each in dossier.openings],
            "documents": [
                {
                    "path": document.path,
                    "page": document.page,
                    "sha256": document.digest,
                    "record": ref.record_id,
                }
                for document, ref in dossier.documents
            ],
            "sources": [
                {"path": path, "sha256": digest}
                for path, digest in source_files(dossier_records(dossier))
            ],
            "notes": [{"note": each.key, "values": dict(each.values)} for each in dossier.notes],
        }
    )


def links_json(links: Links) -> str:
    """Write how some parties relate."""
    return dump(
        {
            "schema": "tracer.links/1",
            "statement": text("dossier.statement", "zh"),
            "statement_en": text("dossier.statement", "en"),
            "parties": [{"name": party.name, "uscc": party.uscc} for party in links.asked],
            "between": list(links.between),
            "window": _term(links.window),
            "codes": list(links.codes),
            "layers": {name: dict(layers) for name, layers in links.layers.items()},
            "chains": [
                {
                    "code": each.code,
                    "parties": list(each.chain.parties),
                    "between": list(each.between),
                    "starts": list(each.chain.starts),
                    "ends": list(each.chain.ends),
                    "messages": each.chain.messages,
                    "first_day": iso(each.chain.first_day),
                    "last_day": iso(each.chain.last_day),
                }
                for each in links.joinings
            ],
            "truncated": list(links.truncated),
            "hops": [hop_document(each) for each in links.hops],
            "unsegmented": [contract_document(each) for each in links.unsegmented],
            "payments": [payment_document(each) for each in links.payments],
            "ties": [tie_document(each) for each in links.ties],
            "notes": [{"note": each.key, "values": dict(each.values)} for each in links.notes],
        }
    )


def _term(term: Period) -> dict[str, object]:
    return {"from": iso(term.first), "to": iso(term.last)}


def hop_document(each: LinkedHop) -> dict[str, object]:
    """Build the document of one hop of one code."""
    hop = each.hop
    return {
        "code": each.code,
        "upstream": hop.upstream,
        "downstream": hop.downstream,
        "status": hop.status,
        "attested": hop.attested,
        "messages": hop.messages,
        "messages_covered": hop.messages_covered,
        "blocked": hop.blocked,
        "contracts": list(hop.contract_numbers),
        "records": list(hop.records),
        "first_day": iso(hop.first_day),
        "last_day": iso(hop.last_day),
    }


def payment_document(payment: Payment) -> dict[str, object]:
    """Build the document of one payment."""
    return {
        "payer": payment.payer,
        "payee": payment.payee,
        "amount": money(payment.amount),
        "paid_on": iso(payment.paid_on),
        "contract": payment.contract_no,
        "record": payment.ref.record_id,
    }


def tie_document(tie: Tie) -> dict[str, object]:
    """Build the document of one tie."""
    return {
        "kind": tie.kind,
        "label": masked(tie.label),
        "parties": list(tie.parties),
        "ends": [
            {
                "party": end.party,
                "how": end.how,
                "share": end.share,
                **_term(end.term),
                "record": end.ref.record_id,
            }
            for end in tie.ends
        ],
    }


def _entry(entry: RegisterEntry) -> dict[str, object]:
    licence = entry.licence
    return {
        "name": entry.name,
        "uscc": entry.uscc,
        "former_names": list(entry.former_names),
        "kind": entry.kind,
        "legal_representative": entry.representative,
        "address": entry.address,
        "phone": None if entry.phone is None else masked(entry.phone),
        "licence": None if licence is None else {"number": licence.number, **_term(licence.term)},
        "status": entry.status,
        "role": entry.role,
        "record": entry.ref.record_id,
    }


def _check(check: CheckRecord) -> dict[str, object]:
    return {
        "upstream": check.upstream,
        "downstream": check.downstream,
        "kind": check.kind,
        "done_on": iso(check.done_on),
        "result": check.result,
        "record": check.ref.record_id,
    }


def _account(account: AccountRecord) -> dict[str, object]:
    return {
        "platform": account.platform,
        "account": account.account,
        "party": account.party,
        "appends": account.appends,
        **_term(account.term),
        "record": account.ref.record_id,
    }


def _opening(opening: Opening) -> dict[str, object]:
    return {
        "carrier": opening.carrier,
        "segment": opening.segment.prefix,
        "user": opening.user,
        **_term(opening.term),
        "record": opening.ref.record_id,
    }
