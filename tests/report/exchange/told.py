"""What a trace holds, and what somebody else's reader finds in a file: to be compared."""

import csv
import io
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import openpyxl

from tracer.graph.result import Trace
from tracer.report.textfit import printable

__all__ = ["READERS", "Told", "hulls", "table", "told_by"]

RECORD = re.compile(r"(contracts|routing):[0-9a-f]{16}(/\d+)?:\d+")
Record = tuple[str, str, str, str | None, str | None]
"""Stable name, upstream, downstream, first and last day."""


@dataclass(frozen=True)
class Told:
    """Parties, hops and, where a file holds them one by one, records."""

    parties: frozenset[str]
    hops: frozenset[tuple[str, str]]
    records: tuple[Record, ...]


def told_by(traces: Iterable[Trace]) -> Told:
    """Take it from the traces' own multigraphs, a record of several numbers once."""
    parties: set[str] = set()
    records: set[Record] = set()
    for trace in traces:
        parties |= {printable(name) for name in trace.graph}
        for up, down, key, data in trace.graph.edges(keys=True, data=True):
            first, last = data.get("first_day"), data.get("last_day")
            if data["kind"] == "routing":
                first = last = data["day"]
            days = tuple(None if day is None else str(day) for day in (first, last))
            ends = (printable(up), printable(down))
            records.add((key.partition("#")[0], *ends, *days))
    return _told(parties, records)


def _told(parties: Iterable[str], records: Iterable[Record]) -> Told:
    listed = tuple(sorted(records, key=str))
    hops = frozenset((up, down) for _, up, down, _, _ in listed)
    return Told(frozenset(parties), hops, listed)


def hulls(told: Told) -> Mapping[tuple[str, str], tuple[str | None, str | None]]:
    """Give the first and last day of each hop's records; open where one of them is."""
    found: dict[tuple[str, str], list[tuple[str | None, str | None]]] = defaultdict(list)
    for _, up, down, first, last in told.records:
        found[up, down].append((first, last))
    return {
        ends: (
            None if any(first is None for first, _ in days) else min(str(f) for f, _ in days),
            None if any(last is None for _, last in days) else max(str(x) for _, x in days),
        )
        for ends, days in found.items()
    }


def by_networkx(content: bytes) -> Told:
    graph: Any = nx.read_graphml(io.BytesIO(content), edge_key_type=str, force_multigraph=True)
    return _graph(graph.nodes(data=True), graph.edges(keys=True, data=True))


def _graph(nodes: Iterable[Any], edges: Iterable[Any]) -> Told:
    names = {key: data["label"] for key, data in nodes}
    assert len(set(names.values())) == len(names)
    return _told(
        names.values(),
        [
            (data["record"], names[up], names[down], data.get("first_day"), data.get("last_day"))
            for up, down, _, data in edges
        ],
    )


def by_networkx_gexf(content: bytes) -> Told:
    graph: Any = nx.read_gexf(io.BytesIO(content), version="1.3")
    if not graph.is_multigraph():
        graph = nx.MultiDiGraph(graph)
    for _, _, data in graph.edges(data=True):
        (spell,) = data.get("spells", [("None", "None")])
        texts = tuple(data.get(name, "None") for name in ("first_day", "last_day"))
        assert spell == texts
    return _graph(graph.nodes(data=True), graph.edges(keys=True, data=True))


def by_igraph(content: bytes, folder: Any) -> Told:
    file = folder / "read.graphml"
    file.write_bytes(content)
    graph = igraph.Graph.Read_GraphML(str(file))
    names = graph.vs["label"]
    return _told(
        names,
        [
            (
                edge["record"], names[edge.source], names[edge.target],
                edge["first_day"] or None, edge["last_day"] or None,
            )
            for edge in graph.es
        ],
    )  # fmt: skip


def by_ftm(content: bytes) -> Told:
    entities = [json.loads(line) for line in content.decode().splitlines()]
    names = {e["id"]: e["properties"]["name"][0] for e in entities if e["schema"] == "LegalEntity"}

    def one(link: Mapping[str, Any], name: str) -> str | None:
        given: Sequence[str] = link["properties"].get(name, [None])
        (value,) = given
        return value

    return _told(
        names.values(),
        [
            (
                str(one(link, "recordId")), names[str(one(link, "subject"))],
                names[str(one(link, "object"))], one(link, "startDate"), one(link, "endDate"),
            )
            for link in entities
            if link["schema"] == "UnknownLink"
        ],
    )  # fmt: skip


def by_element_tree(content: bytes) -> Told:
    """Read a chart of i2: a record is a card of a link."""
    chart = ET.fromstring(content)
    names, records = {}, []
    for item in chart.iter("ChartItem"):
        entity, link = item.find("End/Entity"), item.find("Link")
        if entity is not None and entity[0][0].get("EntityTypeReference") == "entity-party":
            names[entity.get("EntityId")] = str(item.get("Label"))
        if link is None or link.find("CardCollection") is None:
            continue
        days = {
            each.get("AttributeClassReference"): str(each.get("Value"))[:10]
            for each in item.iter("Attribute")
        }
        hull = (days.get("class-first_day"), days.get("class-last_day"))
        ends = (names[link.get("End1Id")], names[link.get("End2Id")])
        for card in link.iter("Card"):
            record = next(filter(RECORD.fullmatch, str(card.get("Text")).splitlines()))
            first = str(card.get("DateTime"))[:10] if card.get("DateSet") == "true" else None
            last = hull[1] if record.startswith("contracts:") else first
            records.append((record, *ends, first, last))
    return _told(names.values(), records)


def by_openpyxl(content: bytes) -> Told:
    book = openpyxl.load_workbook(io.BytesIO(content))
    told = _told(
        {row["主体"] for row in table(book["主体"])},
        {
            (row["记录编号"], *_ends(row), _day(row["首日"]), _day(row["末日"]))
            for row in table(book["记录"])
            if row["类别"] in {"合同", "路由记录"} and row["用于"] in {"环节", "接入"}
        },
    )
    assert {_ends(row) for row in table(book["环节"])} == told.hops
    return told


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def _ends(row: Mapping[str, Any]) -> tuple[str, str]:
    return (row["上游（交出方）"], row["下游（接收方）"])


def _day(value: object) -> str | None:
    return str(value.date()) if isinstance(value, datetime) else None


def by_csv(content: bytes) -> Told:
    """Read the hops: their records are named but have no days of their own."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    records = [
        (record, row["upstream"], row["downstream"], None, None)
        for row in rows
        for record in row["records"].split(";")
    ]
    parties = {name for row in rows for name in (row["upstream"], row["downstream"])}
    return _told(parties, set(records))


def by_graphviz(content: bytes) -> Told:
    """Read with the program itself; it gives back what it understood as JSON."""
    done = subprocess.run(["dot", "-Tdot_json"], input=content, capture_output=True, check=True)
    assert done.stderr == b""
    graph = json.loads(done.stdout)
    parties = [each for each in graph["objects"] if "party" in each]
    # Graphviz undoubles a backslash when it draws a label, and gives every value as it was quoted
    names = {each["_gvid"]: each["party"].replace("\\\\", "\\") for each in parties}
    return _told(
        names.values(),
        [
            (
                edge["record"], names[edge["tail"]], names[edge["head"]],
                edge.get("first_day"), edge.get("last_day"),
            )
            for edge in graph["edges"]
            if edge.get("record")
        ],
    )  # fmt: skip


READERS: Mapping[str, Callable[[bytes], Told]] = {
    "networkx .graphml": by_networkx,
    "networkx .gexf": by_networkx_gexf,
    "json .ftm.json": by_ftm,
    "ElementTree .anx": by_element_tree,
    "openpyxl .xlsx": by_openpyxl,
}
"""Readers that find every record; the others find hops and their days."""
