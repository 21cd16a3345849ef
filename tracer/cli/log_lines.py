"""The custody log on the terminal: each entry on a line of its own, in words.

An entry may be of another version of the program, or spoilt: what cannot be said in words is
shown as it is recorded.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tracer.cli.cells import fold_pieces, pad, visible, width, wrap
from tracer.cli.labels import Labels, told_time
from tracer.cli.output import Line, Span, line
from tracer.messages import Language, is_key
from tracer.model.case import DEFAULT_TIMEZONE
from tracer.model.event import Event

__all__ = ["log_lines"]

_Params = Mapping[str, Any]
_HEADS: Final = ("seq", "at", "operator", "action", "digest", "told")
_DIGITS: Final = 12
_LEAST: Final = 40
"""Cells below which a column of words cannot be read."""


def log_lines(events: Sequence[Event], lang: Language, cells: int | None) -> list[Line]:
    """Write the custody log as a table whose last column says in words what happened.

    Parameters
    ----------
    events : sequence of Event
        Oldest first.
    lang : {"zh", "en"}
        Language of the words.
    cells : int or None
        Cells of a line of the terminal, within which the words are folded; None for one line an
        entry.
    """
    labels = Labels(lang)
    if not events:
        return [line(labels.say("cli.log.none"))]
    zone = _zone(events)
    rows = [
        (str(event.seq), told_time(event.at, zone), visible(event.operator),
         _action(event.action, labels), visible(event.digest[:_DIGITS]))
        for event in events
    ]  # fmt: skip
    header = [labels.say(f"cli.head.{name}") for name in _HEADS]
    table = [tuple(header[:-1]), *rows]
    widths = [max(width(row[at]) for row in table) for at in range(len(header) - 1)]
    margin = sum(widths) + 2 * len(widths)

    def beginning(row: Sequence[str]) -> str:
        return "".join(pad(cell, widths[at], right=at == 0) + "  " for at, cell in enumerate(row))

    lines = [line(Span(beginning(header[:-1]) + header[-1], "faint"))]
    for row, event in zip(rows, events, strict=True):
        pieces = list(_pieces(event, labels, zone))
        if cells is None or cells - margin >= _LEAST:
            folded = _folded(pieces, beginning(row), " " * margin, cells)
        else:
            folded = [beginning(row).rstrip(), *_folded(pieces, "    ", "    ", cells)]
        lines += [line(each) for each in folded]
    return [*lines, line(Span(labels.say("cli.log.more"), "faint"))]


def _folded(pieces: Sequence[str], first: str, rest: str, cells: int | None) -> list[str]:
    lines: list[str] = []
    for each in fold_pieces(pieces, first, rest, cells):
        if cells is None or width(each) <= cells:
            lines.append(each)
            continue
        start = rest if lines else first
        parts = wrap(each[len(start) :], cells - width(rest))
        lines += [start + parts[0], *(rest + part for part in parts[1:])]
    return lines


def _zone(events: Sequence[Event]) -> str:
    """Tell the zone of the case by the newest entry that states it."""
    told = (event.params.get("timezone") for event in reversed(events) if event.action == "case")
    return str(next((zone for zone in told if zone), DEFAULT_TIMEZONE))


def _action(action: str, labels: Labels) -> str:
    key = f"cli.action.{action}"
    return labels.say(key) if is_key(key) else visible(action)


def _pieces(event: Event, labels: Labels, zone: str) -> Iterator[str]:
    """Say what an entry records; as it is recorded, where that is not what we would record."""
    try:
        found = list(_SAID[event.action](event.params, labels, zone))
    except (KeyError, TypeError, ValueError, AttributeError):
        found = [json.dumps(event.params, ensure_ascii=False, sort_keys=True)]
    yield from (visible(each) for each in found)


def _plainly(action: str) -> Callable[[_Params, Labels, str], Iterator[str]]:
    """Say an entry by the text of its kind, filled with what it records."""

    def said(params: _Params, labels: Labels, _zone: str) -> Iterator[str]:
        values = {name: "–" if value is None else value for name, value in params.items()}
        if "units" in params:
            values["units"] = labels.join(str(unit["name"]) for unit in params["units"])
        yield labels.say(f"cli.log.{action}", **values)

    return said


def _load(params: _Params, labels: Labels, _zone: str) -> Iterator[str]:
    delivery = "–" if params.get("delivery") is None else params["delivery"]
    yield labels.say("cli.log.load", path=params["path"], delivery=delivery,
                     digest=params["sha256"][:_DIGITS])  # fmt: skip
    if params.get("keep_recipients"):
        yield labels.say("cli.log.recipients_kept")
    for sheet in params["sheets"]:
        yield from _sheet(sheet, labels)


def _sheet(sheet: _Params, labels: Labels) -> Iterator[str]:
    counts = {name: f"{sheet[name]:,}" for name in ("rows", "loaded", "rejected", "duplicates")}
    name, key = sheet["sheet"], f"table.{sheet['table']}"
    yield labels.say(
        "cli.log.sheet",
        source="–" if sheet.get("source") is None else sheet["source"],
        sheet="" if name is None else labels.say("cli.log.sheet_name", sheet=name),
        table=labels.say(key) if is_key(key) else labels.say("cli.load.no_table"),
        **counts,
    )
    for setting, value in sorted(sheet.get("settings", {}).items()):
        short = str(value)[:_DIGITS] if setting.startswith("rests_on.") else value
        yield labels.say("cli.log.setting", name=setting, value=short)


def _correct(params: _Params, labels: Labels, _zone: str) -> Iterator[str]:
    blank = labels.say("page.blank_cell")
    read = {"was": params["was"] or blank, "now": params["now"] or blank}
    yield labels.say("cli.log.correct", **{**params, **read})


def _note(params: _Params, labels: Labels, _zone: str) -> Iterator[str]:
    meant = params["target"]
    match meant["kind"]:
        case "hop":
            target = f"{meant['upstream']} → {meant['downstream']}"
        case "finding":
            target = f"{meant['rule']} {labels.join(meant['parties'])}"
        case kind:
            target = str(meant[kind])
    if params.get("grade"):
        yield labels.grade(params["grade"])
    yield labels.say("cli.log.note", target=target, said=params["text"])
    if paper := params.get("document"):
        page = labels.say("page.comment_page", page=paper["page"]) if paper["page"] else ""
        yield labels.say("cli.document", path=f"{paper['path']} {page}".strip(" ，,"))


def _export(params: _Params, labels: Labels, zone: str) -> Iterator[str]:
    first, last = params["from"], params["to"]
    days = f"{first or ''}…{last or ''}" if first or last else labels.say("cli.all_days")
    yield labels.say("cli.log.export", package=params["package"], digest=params["digest"][:_DIGITS],
                     numbers=labels.join(params["numbers"]), days=days)  # fmt: skip
    if params["as_of"]:
        yield labels.say("cli.log.export_as_of", moment=told_time(params["as_of"], zone))
    if params["redacted"]:
        yield labels.say("cli.log.export_redacted")
    if not params["with_sources"]:
        yield labels.say("cli.log.export_bare")


def _verify(params: _Params, labels: Labels, _zone: str) -> Iterator[str]:
    yield labels.say("cli.log.verify", package=params["package"],
                     digest=params["digest"][:_DIGITS], faults=params["faults"])  # fmt: skip
    if params["rerun_faults"] is not None:
        yield labels.say("cli.log.rerun", faults=params["rerun_faults"])


_SAID: Final[Mapping[str, Callable[[_Params, Labels, str], Iterator[str]]]] = {
    **{each: _plainly(each) for each in ("case", "retract", "merge", "split", "rename", "undo")},
    "load": _load,
    "correct": _correct,
    "note": _note,
    "export": _export,
    "verify": _verify,
}
