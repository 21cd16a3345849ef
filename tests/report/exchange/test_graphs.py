"""GraphML and GEXF: what stands beside parties and records."""

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tests.report.exchange.conftest import Wanted
from tracer.graph.result import Trace
from tracer.report.exchange.gexf import write_gexf
from tracer.report.exchange.graphml import write_graphml
from tracer.report.exchange.network import party_id
from tracer.report.projection import build_views
from tracer.report.scene import build_scene

NMTOKEN = re.compile(r"[\w.:-]+", re.ASCII)
GEXF = "{http://gexf.net/1.3}"


def graphml(wanted: Wanted, *traces: Trace) -> Any:
    content = write_graphml(wanted(*traces))
    return nx.read_graphml(io.BytesIO(content), edge_key_type=str, force_multigraph=True)


def gexf(wanted: Wanted, *traces: Trace) -> Any:
    return nx.read_gexf(io.BytesIO(write_gexf(wanted(*traces))), version="1.3")


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_ids_are_what_the_formats_take(write: Any, hostile: Trace, wanted: Wanted) -> None:
    root = ET.fromstring(write(wanted(hostile)))
    ids = [each.get("id") for each in root.iter() if each.tag.endswith(("}node", "}edge"))]
    assert len(set(ids)) == len(ids) > 10
    assert all(NMTOKEN.fullmatch(str(each)) for each in ids)


def test_a_layer_belongs_to_a_number(two_numbers: tuple[Trace, Trace], wanted: Wanted) -> None:
    parties = graphml(wanted, *two_numbers).nodes
    layers = {data["label"]: (data.get("layer"), data["layers"]) for _, data in parties(data=True)}
    assert layers == {
        "甲公司": (None, "10687415=0;10684500=1"),
        "乙公司": (None, "10687415=1;10684500=2"),
        "丙公司": (None, "10687415=2;10684500=0"),
    }
    alone = graphml(wanted, two_numbers[0]).nodes
    assert [alone[party_id(name)]["layer"] for name in ("甲公司", "乙公司", "丙公司")] == [0, 1, 2]


def test_a_contract_of_two_numbers_is_one_edge(
    two_numbers: tuple[Trace, Trace], wanted: Wanted
) -> None:
    edges = graphml(wanted, *two_numbers).edges(data=True)
    (shared,) = [data for *_, data in edges if data.get("contract_no") == "HT-1"]
    assert shared["numbers"] == "10687415;10684500"
    assert shared["statuses"] == "10687415=corroborated;10684500=contract_only"
    assert "status" not in shared
    (other,) = [data for *_, data in edges if data.get("contract_no") == "HT-3"]
    assert (other["numbers"], other["status"]) == ("10684500", "corroborated")


def test_logs_of_both_ends_stay_apart(two_numbers: tuple[Trace, Trace], wanted: Wanted) -> None:
    graph = graphml(wanted, two_numbers[0])
    between = graph[party_id("甲公司")][party_id("乙公司")].values()
    logs = [(each["reporter"], each["messages"]) for each in between if "reporter" in each]
    assert sorted(logs) == [("乙公司", 9), ("乙公司", 9), ("甲公司", 10), ("甲公司", 10)]


def test_two_terms_of_one_row_are_two_edges(two_terms: Trace, wanted: Wanted) -> None:
    edges = graphml(wanted, two_terms).edges(keys=True, data=True)
    first, second = sorted((key, data) for *_, key, data in edges)
    assert first[1]["record"] == second[1]["record"]
    assert second[0] == first[0] + ".t2"
    assert (first[1]["first_day"], first[1]["last_day"]) == ("2023-01-01", "2023-12-31")
    assert (second[1]["first_day"], second[1].get("last_day")) == ("2024-07-01", None)
    assert (first[1].get("not_stated"), second[1]["not_stated"]) == (None, "end")


def test_the_graph_says_what_it_is_of(messy: Trace, wanted: Wanted) -> None:
    said = graphml(wanted, messy).graph
    (view,) = build_views(wanted(messy).traces, wanted().case)
    assert said["tool"].startswith("tracer ")
    assert (said["numbers"], said["inputs_sha256"]) == ("1068", view.digest)
    inputs = [line.split("  ") for line in said["inputs"].splitlines()]
    assert inputs == [[file.digest, file.path] for file in view.sources]
    assert "window_from" not in said
    assert said["records_aside"] == len(messy.unsegmented) + len(messy.blocked_only)
    assert str(said["records_aside"]) in said["about"]
    description = ET.fromstring(write_gexf(wanted(messy))).findtext(f"{GEXF}meta/{GEXF}description")
    assert all(f"{name}: {said[name]}" in str(description) for name in ("tool", "inputs_sha256"))


def test_leads_gaps_and_access_are_marked(messy: Trace, wanted: Wanted) -> None:
    graph = graphml(wanted, messy)
    assert graph.nodes[party_id("上海某云通信公司")]["gaps"] == "1068=gap"
    assert graph.nodes[party_id("重庆某传媒公司")]["gaps"] == "1068=unallocated"
    carrier = party_id("中国移动通信集团广东有限公司")
    assert graph.nodes[carrier]["carrier"] is True
    (access,) = graph.out_edges(carrier, data=True)
    assert access[2]["access"] is True
    assert not any(data["access"] for *_, data in graph.edges(data=True) if data != access[2])
    assert any("TR201" in data.get("leads", "") for *_, data in graph.edges(data=True))


def test_a_spell_has_the_ends_on_record(one_hop: Trace, two_terms: Trace, wanted: Wanted) -> None:
    for trace, days in ((one_hop, [("2023-01-01", None)]), (two_terms, [("2024-07-01", None)])):
        root = ET.fromstring(write_gexf(wanted(trace)))
        spells = [(each.get("start"), each.get("end")) for each in root.iter(f"{GEXF}spell")]
        assert spells[-1:] == days
    graph = ET.fromstring(write_gexf(wanted(one_hop))).find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")


def test_parties_stand_as_in_the_picture(hangzhou: Trace, messy: Trace, wanted: Wanted) -> None:
    (view,) = build_views(wanted(hangzhou).traces, wanted().case)
    centres = {box.id: box.rect.centre for box in build_scene(view, "down").boxes}
    nodes = gexf(wanted, hangzhou).nodes
    for party in view.parties:
        x, y = centres[party.id]
        place = nodes[party_id(party.name)]["viz"]["position"]
        assert (place["x"], place["y"]) == pytest.approx((x, -y), abs=0.06)
    places = [data["viz"]["position"] for _, data in gexf(wanted, messy, hangzhou).nodes(data=True)]
    assert len({(place["x"], place["y"]) for place in places}) == len(places)
