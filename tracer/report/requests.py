"""The records to ask for: as a paper, as text to attach to a notice, and as JSON."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from tracer.dossier.requests import Request, RequestList
from tracer.messages import Language, text
from tracer.model.period import Period
from tracer.report.documents import dump
from tracer.report.papers import Cell, Paper, Section, head_notes, table
from tracer.report.wording import Said, count, join, same, say, term, window

__all__ = ["REQUESTS_SCHEMA", "requests_json", "requests_paper", "requests_text"]

REQUESTS_SCHEMA: Final = "tracer.requests/1"
_HEADS: Final = ("no", "material", "numbers", "days", "carrier", "why", "messages")
_MOST_NUMBERS: Final = 12
_BETWEEN: Final = f"\n\n{'─' * 30}\n\n"


def requests_json(found: RequestList) -> str:
    """Write the requests as the document `tracer.requests/1`."""
    return dump(
        {
            "schema": REQUESTS_SCHEMA,
            "number": found.number,
            "window": _days(found.window),
            "requests": [
                {
                    "addressee": each.addressee or None,
                    "authority": not each.addressee,
                    "material": each.material,
                    "why": each.why,
                    "upstream": each.upstream,
                    "downstream": each.downstream,
                    "numbers": list(each.numbers),
                    "days": _days(each.days),
                    "messages": each.messages,
                    "text": _material(each).zh,
                    "text_en": _material(each).en,
                }
                for each in found.requests
            ],
            "notes": [{"note": each.key, "values": dict(each.values)} for each in found.notes],
        }
    )


def _days(days: Period) -> dict[str, str | None]:
    first, last = (None if day is None else day.isoformat() for day in (days.first, days.last))
    return {"from": first, "to": last}


def requests_paper(found: RequestList, *, in_one: bool = False) -> Paper:
    """Set the requests, a section an addressee; or, for a workbook, in one table."""
    sections = (_one_section(found),) if in_one else tuple(_sections(found))
    nothing = () if found.requests else (say("request.none"),)
    return Paper(
        title=say("request.title", number=found.number),
        window=window(found.window),
        statement=(*head_notes(found.notes), say("request.statement"), *nothing),
        sections=sections,
    )


def _sections(found: RequestList) -> Iterator[Section]:
    heads = [say(f"request.head.{each}") for each in _HEADS]
    for addressee, requests in _by_addressee(found):
        rows = ((number, *_row(each)) for number, each in enumerate(requests, start=1))
        made = table(f"to {addressee}", _name(addressee), heads, rows)
        yield Section(say("request.to", name=_called(found, addressee)), tables=(made,))


def _one_section(found: RequestList) -> Section:
    heads = [say(f"request.head.{each}") for each in ("addressee", *_HEADS)]
    rows = (
        (_called(found, addressee), number, *_row(each))
        for addressee, requests in _by_addressee(found)
        for number, each in enumerate(requests, start=1)
    )
    name = say("request.list")
    return Section(name, tables=(table("requests", name, heads, rows),))


def _by_addressee(found: RequestList) -> Iterator[tuple[str, list[Request]]]:
    for addressee, requests in groupby(found.requests, key=lambda each: each.addressee):
        yield addressee, list(requests)


def _name(addressee: str) -> Said:
    return same(addressee) if addressee else say("request.authority")


def _called(found: RequestList, addressee: str) -> Said:
    """Name an addressee; with the names the papers give it, where they differ."""
    printed = dict(found.printed).get(addressee)
    if not printed:
        return _name(addressee)
    return say("request.also", name=addressee, others=join(map(same, printed)))


def _row(each: Request) -> tuple[Cell, ...]:
    return (
        _material(each),
        _numbers(each),
        _period(each.days),
        say(f"request.carrier.{_carrier(each)}"),
        _why(each),
        each.messages,
    )


def _material(each: Request) -> Said:
    other = each.downstream if each.addressee == each.upstream else each.upstream
    told = {"other": other or "", "party": each.downstream or "", "upstream": each.upstream or ""}
    return say(f"request.material.{each.material}", **told)


def _why(each: Request) -> Said:
    return say(f"request.why.{each.why}", messages=count(each.messages or 0))


def _numbers(each: Request) -> Said:
    shown = join(map(same, each.numbers[:_MOST_NUMBERS]))
    if len(each.numbers) <= _MOST_NUMBERS:
        return shown
    rest = len(each.numbers) - _MOST_NUMBERS
    return say("request.more_numbers", numbers=shown, count=count(len(each.numbers)), rest=rest)


def _period(days: Period) -> Said:
    return say("request.all_days") if days == Period() else term(days)


def _carrier(each: Request) -> str:
    return "log" if each.material in ("log", "below", "origin") else "paper"


def requests_text(found: RequestList, lang: Language) -> str:
    """Write the requests as text, a list an addressee, ready to attach to a notice."""
    lists = [
        "\n".join(_list(found, addressee, requests, lang))
        for addressee, requests in _by_addressee(found)
    ]
    return _BETWEEN.join(lists or [text("request.none", lang)]) + "\n"


def _list(
    found: RequestList, addressee: str, requests: list[Request], lang: Language
) -> Iterator[str]:
    yield text("request.text.title", lang)
    yield text("request.text.to", lang, name=_called(found, addressee).get(lang))
    yield text("request.text.about", lang, number=found.number)
    for number, each in enumerate(requests, start=1):
        yield ""
        yield text("request.text.item", lang, no=number, what=_material(each).get(lang))
        facts = (
            ("numbers", join(map(same, each.numbers))),
            ("days", _period(each.days)),
            ("carrier", say(f"request.carrier.{_carrier(each)}")),
            ("why", _why(each)),
        )
        for name, said in facts:
            head = text(f"request.head.{name}", lang)
            yield text("request.text.line", lang, head=head, said=said.get(lang))
    yield ""
    yield text("request.text.end", lang)
