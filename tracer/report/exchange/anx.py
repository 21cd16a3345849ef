"""i2 Analyst's Notebook (ANX): parties, links, and a card for every record.

The structure is that of the exchange format of version 9: item ids, types, strengths and attribute
classes are declared first and named by the items. Charts drawn from two cases merge by identity,
which is the canonical name.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from tracer.messages import Language, text
from tracer.model.evidence import Contract
from tracer.model.period import Period
from tracer.report.corrected import corrected_words
from tracer.report.exchange.anx_cards import Card, allocation_card, lead_card, tie_card
from tracer.report.exchange.attributes import corrected_allocations
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.gathering import gather
from tracer.report.exchange.network import Member, Network, agreed, by_number
from tracer.report.exchange.strands import (
    CONFIRMED,
    TENTATIVE,
    UNCONFIRMED,
    Strand,
    label,
    source,
    statuses,
    strands,
    when,
)
from tracer.report.exchange.wording import about_words, heading
from tracer.report.exchange.xml import add, element, write_xml
from tracer.report.rendering import Rendering
from tracer.report.view import GapBox
from tracer.report.wording import term

__all__ = ["write_anx"]

_STRENGTHS: Final = {
    CONFIRMED: "DotStyleSolid",
    TENTATIVE: "DotStyleDashed",
    UNCONFIRMED: "DotStyleDotted",
}
_CLASSES: Final = {
    "layer": "AttText",
    "uscc": "AttText",
    "roles": "AttText",
    "first_day": "AttTime",
    "last_day": "AttTime",
    "status": "AttText",
    "messages": "AttNumber",
    "corrected": "AttText",
    "leads": "AttText",
    "record": "AttText",
}
_ENTITIES: Final = ("party", "gap", "unallocated")
_LINKS: Final = ("contract", "routing", "gap", "unallocated")
_ABOVE: Final = 94
"""How far above its party something not on record stands."""


def write_anx(wanted: Rendering) -> bytes:
    """Write the answer as a chart: what the page draws, and a card for every record behind it.

    A contract row is a link, and so is each log; the strength of a link says whether contract and
    log agree (Confirmed), one alone shows the hop (Tentative), or nothing is on record
    (Unconfirmed). Records that evidence no hop are cards of the parties they name.
    """
    network, lang = gather(wanted), wanted.lang
    root = element("Chart")
    add(root, "ApplicationVersion", {"Major": "9", "Minor": "0", "Point": "0", "Build": "0"})
    _declare(root, lang)
    _summarise(root, network, lang)
    items = add(root, "ChartItemCollection")
    ids = network.ids()
    for member in network.members:
        _party(items, member, network, lang)
        for number, gap in member.gaps:
            _gap(items, member, number, gap, ids, lang)
    for strand in strands(network.steps):
        _link(items, strand, ids, lang)
    _legend(root, lang)
    return write_xml(root)


def _declare(root: Element, lang: Language) -> None:
    """Declare strengths, attribute classes and types; items refer to them by id."""
    listed = add(root, "StrengthCollection")
    for name, style in _STRENGTHS.items():
        add(listed, "Strength", {"Id": f"strength-{name}", "Name": name, "DotStyle": style})
    listed = add(root, "AttributeClassCollection")
    for name, kind in _CLASSES.items():
        flags = dict.fromkeys(("IsUser", "UserCanAdd", "UserCanRemove", "ShowValue"), "true")
        shown = {"Id": f"class-{name}", "Name": _class_name(name, lang), "Type": kind} | flags
        add(listed, "AttributeClass", shown)
    listed = add(root, "EntityTypeCollection")
    for name in _ENTITIES:
        icon = {"IconFile": "organ"} if name == "party" else {}
        shown = {"Id": f"entity-{name}", "Name": text(f"page.kind.{name}", lang)}
        add(listed, "EntityType", shown | icon)
    listed = add(root, "LinkTypeCollection")
    for name in _LINKS:
        add(listed, "LinkType", {"Id": f"link-{name}", "Name": text(f"page.kind.{name}", lang)})


def _class_name(name: str, lang: Language) -> str:
    return text(f"exchange.class.{name}", lang)


def _summarise(root: Element, network: Network, lang: Language) -> None:
    summary = add(root, "Summary")
    inputs = (f"{digest}  {stated(path)}" for path, digest in network.sources)
    comments = "\n".join((about_words(network, lang, links="strands"), network.digest, *inputs))
    case = " ".join(stated(part) or "" for part in (network.case.number, network.case.name))
    fields = {
        "Title": heading(network, lang),
        "Subject": case.strip(),
        "Author": f"tracer {network.version}",
        "Comments": comments,
    }
    listed = add(summary, "FieldCollection")
    for name, value in fields.items():
        if value:
            add(listed, "Field", {"Type": f"SummaryField{name}", "Field": value})


def _party(items: Element, member: Member, network: Network, lang: Language) -> None:
    x, y = _at(member)
    node = member.first
    item = add(
        items, "ChartItem", {"Id": member.id, "Label": as_named(member.name)} | {"XPosition": x}
    )
    entity = _entity(item, member.id, as_named(member.name), "party", (x, y), lang)
    cards = [
        allocation_card(row, member.corrections.get(row.ref.record_id, ()), lang)
        for row in member.allocations
    ]
    cards += [
        tie_card(tie, lang)
        for tie in network.aside
        if member.name in (tie.record.upstream, tie.record.downstream)
    ]
    _cards(entity, cards)
    known = agreed(member.layers)
    layers = by_number(member.layers) if known is None else str(known)
    roles = text("page.list_mark", lang).join(text(f"page.role.{r}", lang) for r in member.roles)
    values = {
        "layer": layers if any(layer is not None for _, layer in member.layers) else None,
        "uscc": node.uscc and as_named(node.uscc),
        "roles": roles,
        "corrected": corrected_allocations(member),
        "leads": ";".join(member.leads),
    }
    _attributes(item, values, lang)


def _at(member: Member) -> tuple[str, str]:
    x, y = member.at
    return str(round(x)), str(round(y))


def _entity(
    item: Element, key: str, identity: str, kind: str, at: tuple[str, str], lang: Language
) -> Element:
    end = add(item, "End", {"X": at[0], "Y": at[1], "Z": "0"})
    shown = {"EntityId": key, "Identity": identity, "LabelIsIdentity": "true"}
    entity = add(end, "Entity", shown)
    style = {"Type": text(f"page.kind.{kind}", lang), "EntityTypeReference": f"entity-{kind}"}
    add(add(entity, "Icon"), "IconStyle", style)
    return entity


def _gap(
    items: Element, member: Member, number: str, gap: GapBox, ids: Mapping[str, str], lang: Language
) -> None:
    """Set what is not on record above its party; to a holder it is tied where there is but one."""
    key = f"{member.id}-{number}-{gap.kind}"
    x, y = member.at
    words = f"{text(f'page.box.{gap.kind}', lang)} {number} → {as_named(member.name)}"
    given = {"Id": key, "Label": words, "XPosition": str(round(x) + _ABOVE)}
    item = add(items, "ChartItem", given | _dated(gap.term, lang))
    place = (str(round(x) + _ABOVE), str(round(y) - _ABOVE))
    entity = _entity(item, key, words, gap.kind, place, lang)
    _cards(entity, [lead_card(lead, lang) for lead in gap.leads])
    uppers = gap.holders if len(gap.holders) == 1 and gap.holders[0] != member.name else ()
    ends = [(f"{key}-up", ids[upper], key, "ArrowNone") for upper in uppers]
    ends.append((f"{key}-down", key, member.id, "ArrowOnHead"))
    for link_id, upper, lower, arrow in ends:
        link = add(items, "ChartItem", {"Id": link_id, "Label": ""})
        given = {"Strength": UNCONFIRMED, "ArrowStyle": arrow, **_link_type(gap.kind, lang)}
        add(add(link, "Link", {"End1Id": upper, "End2Id": lower}), "LinkStyle", given)


def _link_type(kind: str, lang: Language) -> dict[str, str]:
    return {"Type": text(f"page.kind.{kind}", lang), "LinkTypeReference": f"link-{kind}"}


def _link(items: Element, strand: Strand, ids: Mapping[str, str], lang: Language) -> None:
    tie = strand.first
    record = tie.record
    given = {
        "Id": tie.id,
        "Label": label(strand, lang),
        "SourceReference": source(tie, lang),
        "SourceType": text(f"page.kind.{tie.kind}", lang),
    }
    item = add(items, "ChartItem", given | _dated(strand.days, lang, when(strand, lang)))
    ends = {"End1Id": ids[record.upstream], "End2Id": ids[record.downstream]}
    link = add(item, "Link", ends)
    _cards(link, [tie_card(each, lang) for each in strand.ties])
    style = {"Strength": strand.strength, "ArrowStyle": "ArrowOnHead"}
    add(link, "LinkStyle", style | _link_type(tie.kind, lang))
    days = strand.days
    values = {
        "first_day": _moment(days.first),
        "last_day": _moment(days.last),
        "status": statuses(tie, lang),
        "messages": None if strand.messages is None else str(strand.messages),
        "corrected": corrected_words(tie.corrections),
        "leads": ";".join(tie.leads),
        "record": record.ref.record_id if isinstance(record, Contract) else None,
    }
    _attributes(item, values, lang)


def _moment(day: date | None) -> str | None:
    return None if day is None else f"{day}T00:00:00"


def _dated(days: Period, lang: Language, words: str | None = None) -> dict[str, str]:
    """Give the first day as the date of an item, and the whole term as its description."""
    described = {"DateTimeDescription": words or term(days).get(lang)}
    if days.first is None:
        return described
    return {"DateSet": "true", "DateTime": f"{days.first}T00:00:00.000"} | described


def _cards(parent: Element, cards: Iterable[Card]) -> None:
    listed = list(cards)
    if not listed:
        return
    collection = add(parent, "CardCollection")
    for card in listed:
        given = {"Summary": card.summary}
        if card.day is not None:
            given |= {"DateSet": "true", "DateTime": f"{card.day}T00:00:00.000"}
        given["DateTimeDescription"] = card.when
        given |= {"SourceReference": card.source, "SourceType": card.kind, "Text": card.words}
        add(collection, "Card", {name: value for name, value in given.items() if value})


def _attributes(item: Element, values: Mapping[str, str | None], lang: Language) -> None:
    known = {name: value for name, value in values.items() if value}
    if not known:
        return
    listed = add(item, "AttributeCollection")
    for name, value in known.items():
        shown = {"AttributeClass": _class_name(name, lang), "Value": value}
        add(listed, "Attribute", shown | {"AttributeClassReference": f"class-{name}"})


def _legend(root: Element, lang: Language) -> None:
    legend = add(root, "LegendDefinition", {"Arrange": "LegendArrangementTall", "Shown": "true"})
    for name, style in _STRENGTHS.items():
        words = text(f"exchange.strength.{name.casefold()}", lang)
        shown = {"Type": "LegendItemTypeLink", "Label": words, "DashStyle": style}
        add(legend, "LegendItem", shown | {"Arrows": "ArrowOnHead"})
    for words in _notes(lang):
        add(add(legend, "LegendItem", {"Type": "LegendItemTypeText", "Label": words}), "Font")


def _notes(lang: Language) -> Iterator[str]:
    yield text("exchange.layer", lang)
    yield text("exchange.sums", lang)
    yield text("finding_part.leads", lang)
