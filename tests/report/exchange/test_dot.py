"""The graph in DOT: what is drawn how. That Graphviz reads it is shown in `test_read_back`."""

import re

from tests.report.exchange.conftest import Wanted
from tracer.graph.result import Trace
from tracer.report.exchange.dot import quote, write_dot
from tracer.report.exchange.network import party_id

ATTRIBUTE = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
EDGE = re.compile(r'^"([^"]+)" -> "([^"]+)" \[(.*)\];$', re.MULTILINE)
Edge = tuple[str, str, dict[str, str]]


def drawn(wanted: Wanted, *traces: Trace) -> tuple[str, list[Edge]]:
    graph = write_dot(wanted(*traces)).decode()
    return graph, [
        (up, down, dict(ATTRIBUTE.findall(rest))) for up, down, rest in EDGE.findall(graph)
    ]


def test_the_log_of_each_end_is_a_line_of_its_own(hangzhou: Trace, wanted: Wanted) -> None:
    _, edges = drawn(wanted, hangzhou)
    for hop in hangzhou.hops:
        ends = (party_id(hop.upstream), party_id(hop.downstream))
        logs = [data for *pair, data in edges if tuple(pair) == ends and data["kind"] == "routing"]
        assert [(data["messages"], data["records"]) for data in logs] == [("6525", "59")] * 2
        assert sorted(data["label"].split("\\n")[0].split(" · ")[1] for data in logs) == sorted(
            {row.reporter or "" for row in hop.routing}
        )


def test_lines_tell_paper_from_log_and_whether_they_agree(messy: Trace, wanted: Wanted) -> None:
    _, edges = drawn(wanted, messy)
    for _, _, data in edges:
        if "record" in data:
            assert data["style"] == {"contract": "solid", "routing": "dashed"}[data["kind"]]
            assert ("color" in data) == (data["strength"] == "Confirmed")
    assert {data["strength"] for *_, data in edges} == {"Confirmed", "Tentative", "Unconfirmed"}


def test_what_is_not_on_record_is_a_box(messy: Trace, new_trace: type, wanted: Wanted) -> None:
    graph, edges = drawn(wanted, messy)
    gap = f"{party_id('上海某云通信公司')}-1068-gap"
    assert f'"{gap}" [' in graph
    assert [(up, down) for up, down, _ in edges if gap in (up, down)] == [
        (gap, party_id("上海某云通信公司"))
    ]  # fmt: skip
    single = new_trace().allocate("甲公司").contract("HT-1", "乙公司", "丙公司").gap("乙公司")
    _, edges = drawn(wanted, single.build())
    heads = {up: data.get("arrowhead") for up, _, data in edges if data["style"] == "dotted"}
    assert heads[party_id("甲公司")] == "none"  # nothing says that it was handed on there
    assert (party_id("甲公司"), party_id("乙公司")) not in {edge[:2] for edge in edges}


def test_parties_stand_in_the_cluster_of_their_layer(hangzhou: Trace, wanted: Wanted) -> None:
    graph, _ = drawn(wanted, hangzhou)
    clusters = re.findall(
        r'^subgraph "cluster_layer_(\d)" {\n(.*?)^}', graph, re.MULTILINE | re.DOTALL
    )
    found = {int(layer): re.findall(r'party="([^"]+)"', inner) for layer, inner in clusters}
    assert found == {party.layer: [party.name] for party in hangzhou.parties}


def test_a_party_of_several_layers_is_in_no_cluster(
    two_numbers: tuple[Trace, Trace], wanted: Wanted
) -> None:
    graph, _ = drawn(wanted, *two_numbers)
    assert "cluster_layer" not in graph
    assert "10687415=2;10684500=0（层级因码号而异）" in graph


def test_the_graph_says_what_it_is_of(hangzhou: Trace, wanted: Wanted) -> None:
    graph, _ = drawn(wanted, hangzhou)
    said = dict(ATTRIBUTE.findall(graph.split("node [")[0]))
    assert "10687415" in said["label"]
    digests = {row.ref.digest for hop in hangzhou.hops for row in hop.contracts}
    assert all(digest in said["inputs"] for digest in digests)


def test_a_text_stands_for_itself() -> None:
    assert quote('"]; x -> y [label="') == '"\\"]; x -> y [label=\\""'
    assert quote("\\") == '"\\\\"'
    assert quote("<b>") == '"<b>"'
