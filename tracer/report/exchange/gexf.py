"""GEXF 1.3: for Gephi and Gephi Lite. One edge a record, with the days on which it holds."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from tracer.report.exchange.attributes import (
    GRAPH,
    MEMBER,
    TIE,
    Attribute,
    Value,
    about,
    of_member,
    of_tie,
)
from tracer.report.exchange.gathering import gather
from tracer.report.exchange.network import Tie
from tracer.report.exchange.wording import about_words
from tracer.report.exchange.xml import add, element, write_xml, written
from tracer.report.rendering import Rendering

__all__ = ["write_gexf"]

_NAMESPACES: Final = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:viz": "http://gexf.net/1.3/viz",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
    "version": "1.3",
}
_GRAPH: Final = {
    "mode": "dynamic",
    "defaultedgetype": "directed",
    "timeformat": "date",
    "timerepresentation": "interval",
}
_NOT_LISTED: Final = {"label", "x", "y"}
"""Said by the format's own means."""


def write_gexf(wanted: Rendering) -> bytes:
    """Write parties as nodes at their places, and every record as a directed edge with its spell.

    A spell runs from the first day to the last, both ISO dates; an end that is not on record is
    absent. GEXF has no place for values of the whole graph: they stand in its description.
    """
    network = gather(wanted)
    root = element("gexf", _NAMESPACES)
    meta = add(root, "meta")
    add(meta, "creator", text=f"tracer {network.version}")
    facts = about(network, about_words(network, wanted.lang))
    add(meta, "description", text=_lines(facts))
    graph = add(root, "graph", _GRAPH)
    members, ties = _declared(MEMBER), _declared(TIE)
    for domain, names in (("node", members), ("edge", ties)):
        listed = add(graph, "attributes", {"class": domain, "mode": "static"})
        for each in names:
            add(listed, "attribute", {"id": each.name, "title": each.name, "type": each.type})
    ids = network.ids()
    nodes = add(graph, "nodes")
    for member in network.members:
        values = of_member(member)
        node = add(nodes, "node", {"id": member.id, "label": written(values["label"])})
        _describe(node, members, values)
        add(node, "viz:position", {axis: written(values[axis]) for axis in ("x", "y")} | {"z": "0"})
    edges = add(graph, "edges")
    for tie in network.steps:
        values = of_tie(tie)
        ends = {"source": ids[tie.record.upstream], "target": ids[tie.record.downstream]}
        shown = {"id": tie.id, "label": written(values["label"]), "kind": tie.kind}
        edge = add(edges, "edge", shown | ends)
        _describe(edge, ties, values)
        _spell(edge, tie)
    return write_xml(root)


def _lines(facts: Mapping[str, Value]) -> str:
    return "\n".join(f"{each.name}: {facts[each.name]}" for each in GRAPH if each.name in facts)


def _declared(names: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    return tuple(each for each in names if each.name not in _NOT_LISTED)


def _describe(parent: Element, names: tuple[Attribute, ...], values: Mapping[str, Value]) -> None:
    listed = add(parent, "attvalues")
    for each in names:
        if each.name in values:
            add(listed, "attvalue", {"for": each.name, "value": written(values[each.name])})


def _spell(edge: Element, tie: Tie) -> None:
    """Say when it holds; a record that is open at both ends always does."""
    days = {"start": tie.days.first, "end": tie.days.last}
    known = {name: str(day) for name, day in days.items() if day is not None}
    if known:
        add(add(edge, "spells"), "spell", known)
