"""GraphML: for networkx, igraph, yEd, Gephi, Cytoscape. One edge a record, with its own id."""

from collections.abc import Iterator, Mapping
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
from tracer.report.exchange.wording import about_words
from tracer.report.exchange.xml import add, element, write_xml, written
from tracer.report.rendering import Rendering

__all__ = ["write_graphml"]

_NAMESPACES: Final = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
}
_PARTS: Final = (("graph", "g", GRAPH), ("node", "n", MEMBER), ("edge", "e", TIE))


def write_graphml(wanted: Rendering) -> bytes:
    """Write parties as nodes and every record between two of them as a directed edge.

    Dates are texts (ISO); what is not on record has no `data` element. Records that evidence no hop
    are left out and counted (`records_aside`).
    """
    network = gather(wanted)
    root = element("graphml", _NAMESPACES)
    for domain, prefix, names in _PARTS:
        for each in names:
            given = {"id": _key(prefix, each.name), "for": domain}
            add(root, "key", given | {"attr.name": each.name, "attr.type": each.type})
    graph = add(root, "graph", {"id": "tracer", "edgedefault": "directed"})
    _describe(graph, "g", GRAPH, about(network, about_words(network, wanted.lang)))
    ids = network.ids()
    for member in network.members:
        _describe(add(graph, "node", {"id": member.id}), "n", MEMBER, of_member(member))
    for tie in network.steps:
        ends = {"source": ids[tie.record.upstream], "target": ids[tie.record.downstream]}
        _describe(add(graph, "edge", {"id": tie.id} | ends), "e", TIE, of_tie(tie))
    return write_xml(root)


def _key(prefix: str, name: str) -> str:
    return f"{prefix}_{name}"


def _describe(
    parent: Element, prefix: str, names: tuple[Attribute, ...], values: Mapping[str, Value]
) -> None:
    for name, value in _ordered(names, values):
        add(parent, "data", {"key": _key(prefix, name)}, written(value))


def _ordered(
    names: tuple[Attribute, ...], values: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    return ((each.name, values[each.name]) for each in names if each.name in values)
