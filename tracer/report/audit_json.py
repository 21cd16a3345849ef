"""The contract `tracer.audit/1`: an audit as JSON, piece by piece: it may be very long."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from tracer.model.diagnostic import Note
from tracer.model.money import format_yuan
from tracer.report.finding_json import finding_document
from tracer.rules.audited import Audit, AuditedCode, CodeFinding, PartyLine

__all__ = ["AUDIT_SCHEMA", "MOST_UNLET", "audit_json"]

AUDIT_SCHEMA: Final = "tracer.audit/1"

MOST_UNLET: Final = 100
"""Unlet segments listed of one code, the widest first; `unlet_count` counts them all."""


def audit_json(audit: Audit) -> Iterator[str]:
    """Write an audit as the document `tracer.audit/1`: equal inputs, equal bytes.

    The keys after `findings` of a code, `asked`, `parties` and `notes` are additions to the
    contract's own. Joined, the pieces are what `documents.dump` would write.
    """
    asked, window = audit.asked, audit.window
    yield f'{{\n  "schema": {json.dumps(AUDIT_SCHEMA)},\n'
    yield f'  "window": {_written({"from": _day(window.first), "to": _day(window.last)}, 2)},\n'
    wanted = {
        "class": asked.digits,
        "holder": asked.holder,
        "authority": asked.authority,
        "region": asked.region,
    }
    yield f'  "asked": {_written(wanted, 2)},\n'
    yield from _listed("codes", map(_code, audit.codes))
    yield ",\n"
    yield from _listed("findings", map(_finding, audit.findings))
    yield ",\n"
    yield from _listed("parties", map(_party, audit.parties))
    yield ",\n"
    yield from _listed("notes", map(_note, audit.notes))
    yield "\n}\n"


def _listed(key: str, items: Iterable[dict[str, object]]) -> Iterator[str]:
    yield f'  "{key}": ['
    mark = ""
    for item in items:
        yield f"{mark}\n    {_written(item, 4)}"
        mark = ","
    yield "\n  ]" if mark else "]"


def _written(value: object, indent: int) -> str:
    plain = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return plain.replace("\n", "\n" + " " * indent)  # a string holds no bare line break


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _note(each: Note) -> dict[str, object]:
    return {"note": each.key, "values": dict(each.values)}


def _code(each: AuditedCode) -> dict[str, object]:
    here, register, extensions = each.figures, each.register, each.extensions
    use = register.use
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
            "numbers": use.numbers,
            "days": use.days,
            "first_day": _day(use.first_day),
            "last_day": _day(use.last_day),
            "states": list(register.states),
            "silent": list(register.silent),
        },
        "extensions": {
            "whole": extensions.is_whole_let,
            "let": list(extensions.let),
            "unlet": list(islice(extensions.unlet(), MOST_UNLET)),
            "unlet_count": extensions.unlet_count,
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
        "named": dict(each.named),
    }
