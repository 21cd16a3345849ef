"""The contract `tracer.audit/1`: an audit as JSON."""

from datetime import date

from tracer.model.money import format_yuan
from tracer.report.documents import dump
from tracer.report.finding_json import finding_document
from tracer.rules.audited import Audit, AuditedCode, CodeFinding, PartyLine

__all__ = ["AUDIT_SCHEMA", "audit_json"]

AUDIT_SCHEMA = "tracer.audit/1"


def audit_json(audit: Audit) -> str:
    """Write an audit as the document `tracer.audit/1`: equal inputs, equal bytes.

    The keys after `findings` of a code, `asked` and `parties` are additions to the contract's
    own.
    """
    asked = audit.asked
    return dump(
        {
            "schema": AUDIT_SCHEMA,
            "window": {"from": _day(audit.window.first), "to": _day(audit.window.last)},
            "asked": {
                "class": asked.digits,
                "holder": asked.holder,
                "authority": asked.authority,
                "region": asked.region,
            },
            "codes": [_code(each) for each in audit.codes],
            "findings": [_finding(each) for each in audit.findings],
            "parties": [_party(each) for each in audit.parties],
        }
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _code(each: AuditedCode) -> dict[str, object]:
    here, register, extensions = each.figures, each.register, each.extensions
    return {
        "code": each.code,
        "holder": here.holders[0] if len(here.holders) == 1 else None,
        "parties": here.parties,
        "layers": here.depth,
        "hops": here.hops,
        "senders": [
            {"name": s.name, "messages": s.messages, "basis": s.basis} for s in here.senders
        ],
        "messages": here.messages,
        "incidents": here.incidents,
        "loss": format_yuan(here.loss),
        "findings": dict(each.findings),
        "holders": list(here.holders),
        "exact": each.is_exact,
        "authorities": list(each.authorities),
        "regions": list(each.regions),
        "access": here.access,
        "gaps": here.gaps,
        "truncated": here.truncated,
        "register": {
            "holders": list(register.holders),
            "users": list(register.users),
            "carriers": list(register.carriers),
            "messages": register.messages,
            "first_day": _day(register.first_day),
            "last_day": _day(register.last_day),
            "states": list(register.states),
        },
        "extensions": {
            "whole": extensions.is_whole_let,
            "let": list(extensions.let),
            "unlet": list(extensions.unlet),
            "traffic": [
                {
                    "number": use.number,
                    "messages": use.messages,
                    "days": use.days,
                    "first_day": _day(use.first_day),
                    "last_day": _day(use.last_day),
                }
                for use in extensions.traffic
            ],
        },
    }


def _finding(each: CodeFinding) -> dict[str, object]:
    return {"code": each.code, **finding_document(each.finding)}


def _party(each: PartyLine) -> dict[str, object]:
    return {
        "name": each.name,
        "codes": each.codes,
        "held": each.held,
        "deepest": each.deepest,
        "onward": each.onward,
        "own": each.own,
        "findings": dict(each.findings),
    }
