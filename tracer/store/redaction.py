"""A copy of a case in which names and the like stand under pseudonyms.

Everything that is made of the copy is made as of any case, and can show nothing the copy does
not hold: no page, table, picture or file name has to be searched for what must not be in it. Each
column that holds text is listed here with what becomes of it; one that is not listed stops the
copy, so that a new column cannot let a name through.
"""

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, String, Table, Text, func, select

from tracer.model.decision import DECIDING
from tracer.model.party import fold_name, fold_party
from tracer.store.record_tables import metadata
from tracer.store.tables import events, spellings
from tracer.store.veil import Veil
from tracer.store.writing import batches, insert_rows

__all__ = ["TREATMENTS", "copy_redacted"]

Treat = Callable[[Veil, str], str | None]


def _keep(_veil: Veil, text: str) -> str:
    return text


def _drop(_veil: Veil, _text: str) -> None:
    return None


def _blank(_veil: Veil, _text: str) -> str:
    return ""


def _words(veil: Veil, text: str) -> str:
    return veil.words(text)


def _uscc(veil: Veil, text: str) -> str:
    return veil.uscc(text)


def _uscc_or_blank(veil: Veil, text: str) -> str:
    return veil.uscc(text) if text else text


def _digits(veil: Veil, text: str) -> str:
    return veil.digits(text)


def _stated(veil: Veil, text: str) -> str:
    """Keep how a paper spells a segment; where digits are hidden, its own are shown instead."""
    return "" if veil.hides_digits else text


def _number(kind: str) -> Treat:
    return lambda veil, text: veil.number(kind, text) if text.strip() else text


def _contract_key(veil: Veil, text: str) -> str:
    return fold_name(veil.number("contract", text))


def _former_names(veil: Veil, text: str) -> str:
    return json.dumps([veil.party(name) for name in json.loads(text)], ensure_ascii=False)


def _file(word: str) -> Treat:
    return lambda veil, text: veil.place(word, text, posixpath.splitext(text)[1].casefold())


def _sheet(veil: Veil, text: str) -> str:
    return veil.place("工作表", text)


def _digest(veil: Veil, text: str) -> str:
    return veil.digest(text)


def _empty(form: str) -> Treat:
    return lambda _veil, _text: form


_ANY: Final[Mapping[str, Treat]] = {
    # of every record table
    "part": _keep,
    "raw": _empty("[]"),
    "page": _words,
    "obtained_from": _words,
    "source_ref": _drop,
    "region": _words,
    "purpose": _words,
    "kind": _words,
    "title": _words,
    "contract_no": _number("contract"),
}
TREATMENTS: Final[Mapping[str, Mapping[str, Treat]]] = {
    "source_files": {"sha256": _keep, "sm3": _keep, "path": _file("来源")},
    "source_sheets": {
        "sheet": _sheet,
        "input_table": _keep,
        "encoding": _keep,
        "settings": _empty("[]"),
    },
    "source_totals": {"notes": _empty("[]")},
    "source_usccs": {"uscc": _uscc},
    "unstated": {"uscc": _uscc_or_blank},
    "deliveries": {"operator": _blank, "at": _keep},
    "documents": {"path": _file("文件"), "sha256": _keep, "sm3": _keep},
    "parties": {
        "uscc": _uscc,
        "former_names": _former_names,
        "legal_representative": _number("person"),
        "address": _number("address"),
        "phone": _number("phone"),
        "licence_no": _number("certificate"),
        "status": _words,
        "role": _words,
    },
    "allocations": {
        "holder_uscc": _uscc,
        "authority": _words,
        "certificate_no": _number("certificate"),
    },
    "contracts": {
        "contract_key": _contract_key,
        "upstream_uscc": _uscc,
        "downstream_uscc": _uscc,
        "right_granted": _words,
        "unit_price_raw": _words,
        "sublease_clause": _keep,
        "approval_no": _number("certificate"),
        "amends": _number("contract"),
    },
    "accounts": {"account": _number("account"), "appends": _words},
    "routing": {"number": _digits, "account": _number("account"), "unit": _keep},
    "incidents": {
        "number": _digits,
        "received_at": _keep,
        "reported_at": _keep,
        "victim": _drop,
        "victim_hash": _digest,
        "recipient": _drop,
        "recipient_hash": _digest,
        "content": _drop,
        "case_no": _number("case"),
    },
    "checks": {"result": _words},
    "relations": {"share": _words},
    **{
        name: {"prefix": _digits, "stated": _stated}
        for name in ("allocation_segments", "contract_segments", "opening_segments")
    },
}
"""What becomes of every column that holds text, table by table."""

_WITHHELD: Final = "withheld"
_SPECIAL: Final = frozenset({"spellings", "events", "rejected_rows", "rejected_files"})
"""Copied in a way of their own, or (rejected rows hold raw text) not at all."""


def copy_redacted(conn: Connection, target: Connection, veil: Veil, title: str) -> None:
    """Copy a whole case under pseudonyms.

    Parameters
    ----------
    conn : Connection
        The case.
    target : Connection
        An empty database with the schema, in a transaction that is written.
    veil : Veil
        Gives the pseudonyms, and knows them all afterwards.
    title : str
        What the case is called in the copy: that it is one.
    """
    _copy_spellings(conn, target, veil)
    _copy_events(conn, target, veil, title)
    tables = [table for table in metadata.sorted_tables if table.name not in _SPECIAL]
    # numbers before texts: a text can name only what has a pseudonym by then
    for table in tables:
        _learn(conn, table, veil)
    for table in tables:
        _copy(conn, target, table, veil)


def _copy_spellings(conn: Connection, target: Connection, veil: Veil) -> None:
    """Copy the names; further spellings of a party are told apart by a number."""
    seen: dict[str, int] = {}
    rows = []
    named = conn.execute(select(spellings.c.id, spellings.c.raw).order_by(spellings.c.id)).all()
    veil.reserve(raw for _number, raw in named)
    for number, raw in named:
        shown = veil.party(raw)
        if shown == raw:
            rows.append((number, raw, fold_party(raw)))
            continue
        seen[shown] = seen.get(shown, 0) + 1
        other = f"{shown}（写法{seen[shown]}）" if seen[shown] > 1 else shown
        rows.append((number, other, fold_party(shown)))
    for batch in batches(rows):
        insert_rows(target, spellings, ("id", "raw", "folded"), batch)


def _copy_events(conn: Connection, target: Connection, veil: Veil, title: str) -> None:
    """Copy that something was done, and when; what was done, and by whom, names the case.

    Decisions on who is who are copied with the names they name; what else was said is not told.
    """
    names = ("seq", "at", "operator", "action", "params", "previous", "digest")
    wanted = (events.c.seq, events.c.at, events.c.action, events.c.params)
    rows = []
    for seq, at, action, params in conn.execute(select(*wanted).order_by(events.c.seq)):
        said = json.loads(params)
        kept = {name: said[name] for name in ("timezone", "event") if name in said}
        if action in DECIDING:
            kept = _decision(veil, said)
        if action == "case":
            kept["name"] = title
        told = _WITHHELD if action in ("note", "correct") else action
        rows.append((seq, at, "", told, json.dumps(kept, ensure_ascii=False), "", ""))
    if not any(row[3] == "case" for row in rows):
        rows.append((len(rows) + 1, "", "", "case", json.dumps({"name": title}), "", ""))
    for batch in batches(rows):
        insert_rows(target, events, names, batch)


def _decision(veil: Veil, said: Mapping[str, Any]) -> dict[str, Any]:
    """Put pseudonyms into a decision on who is who."""
    units = [
        {
            "name": veil.qualified(unit["name"]),
            "keys": sorted(fold_party(veil.qualified(key)) for key in unit["keys"]),
            "uscc": veil.uscc(unit["uscc"]) if unit.get("uscc") else None,
        }
        for unit in said.get("units") or ()
    ]
    names = {key: veil.qualified(said[key]) for key in ("name", "party") if said.get(key)}
    return {**names, "units": units, "reason": ""}


def _treatments(table: Table) -> dict[str, Treat]:
    """Give what becomes of each column that holds text.

    Raises
    ------
    KeyError
        If one of them is not listed.
    """
    own = TREATMENTS.get(table.name, {})
    texts = [column.name for column in table.columns if isinstance(column.type, (String, Text))]
    return {name: own[name] if name in own else _ANY[name] for name in texts}


def _learn(conn: Connection, table: Table, veil: Veil) -> None:
    """Give pseudonyms to all numbers and names in a table, in its order."""
    learnt = {
        name: treat
        for name, treat in _treatments(table).items()
        if treat not in (_keep, _drop, _blank, _words)
    }
    if not learnt:
        return
    for row in _rows(conn, table, tuple(learnt)):
        for value, treat in zip(row, learnt.values(), strict=True):
            if value is not None:
                treat(veil, value)


def _copy(conn: Connection, target: Connection, table: Table, veil: Veil) -> None:
    treatments = _treatments(table)
    names = tuple(column.name for column in table.columns)
    places = [(place, treatments[name]) for place, name in enumerate(names) if name in treatments]
    told = names.index("event_seq") if "event_seq" in names else None
    last = target.execute(select(func.max(events.c.seq))).scalar()
    for batch in batches(_rows(conn, table, names)):
        rows = []
        for row in batch:
            values = list(row)
            for place, treat in places:
                if values[place] is not None:
                    values[place] = treat(veil, values[place])
            if told is not None and values[told] == 0:  # came after the time of an `--as-of`
                values[told] = last
            rows.append(values)
        insert_rows(target, table, names, rows)


def _rows(conn: Connection, table: Table, names: tuple[str, ...]) -> Iterator[Any]:
    wanted = select(*(table.c[name] for name in names)).order_by(*table.primary_key)
    yield from conn.execution_options(stream_results=True).execute(wanted)
