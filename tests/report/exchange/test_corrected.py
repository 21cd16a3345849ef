"""Values put right are marked in every format that has a place for it, and nowhere else."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tests.report.exchange.conftest import PHONE, Wanted
from tracer.graph.result import Trace
from tracer.model.mark import Correction, Marks
from tracer.report.corrected import corrected_words
from tracer.report.exchange.anx import write_anx
from tracer.report.exchange.dot import write_dot
from tracer.report.exchange.ftm import write_ftm
from tracer.report.exchange.gexf import write_gexf
from tracer.report.exchange.graphml import write_graphml
from tracer.report.tables import hops_csv

FIXES = (
    Correction(7, "2026-01-01", "张", "误读", "valid_to", "终止日期", "2023-12-31", "2023-06-30"),
    Correction(9, "2026-01-02", "张", "误读", "source_ref", "出处", "", f"甲\x01 {PHONE}"),
)
SAID = 'valid_to "2023-12-31" → "2023-06-30" (#7); source_ref "" → "甲‹U+0001› 138****0002" (#9)'

HOLDERS = ("甲公司", "丙公司")
"""Whose allocations stand in one row of one file."""


@pytest.fixture
def corrected(two_numbers: tuple[Trace, Trace]) -> tuple[Trace, Trace]:
    """Give two numbers, of which a contract in both and the allocations were put right."""
    first, second = two_numbers
    (shared,) = (row for hop in first.hops for row in hop.contracts if row.contract_no == "HT-1")
    marks = Marks(corrections=dict.fromkeys((shared.ref.record_id, _allocation(first)), FIXES))
    return _marked(first, marks), _marked(second, marks)


def _allocation(trace: Trace) -> str:
    return trace.allocations[0].ref.record_id


def _marked(trace: Trace, marks: Marks) -> Trace:
    return replace(trace, evidence=replace(trace.evidence, marks=marks))


def test_words_of_a_correction() -> None:
    assert corrected_words(FIXES) == SAID
    assert corrected_words(()) is None


def test_graphs_carry_them_as_an_attribute(corrected: tuple[Trace, ...], wanted: Wanted) -> None:
    for graph in (
        nx.read_graphml(
            io.BytesIO(write_graphml(wanted(*corrected))), str, str, force_multigraph=True
        ),
        nx.read_gexf(io.BytesIO(write_gexf(wanted(*corrected)))),
    ):
        marked = {
            data["contract_no"]: data["corrected"]
            for _, _, data in graph.edges(data=True)
            if data.get("corrected")
        }
        assert marked == {"HT-1": SAID}
        parties = {
            data["label"]: data["corrected"]
            for _, data in graph.nodes(data=True)
            if data.get("corrected")
        }
        assert parties == dict.fromkeys(HOLDERS, f"{_allocation(corrected[0])} {SAID}")


def test_a_chart_of_i2_carries_them_on_links_cards_and_parties(
    corrected: tuple[Trace, ...], wanted: Wanted
) -> None:
    chart = ET.fromstring(write_anx(wanted(*corrected)))
    marked = {
        item.get("Label"): found.get("Value")
        for item in chart.iter("ChartItem")
        for found in item.iter("Attribute")
        if found.get("AttributeClassReference") == "class-corrected"
    }
    assert len(marked) == 3
    assert marked["甲公司"] == f"{_allocation(corrected[0])} {SAID}"
    cards = [card.get("Text", "") for card in chart.iter("Card")]
    assert sum(f"更正: {SAID}" in text for text in cards) == 3
    assert len(cards) > 2


def test_entities_carry_them_in_description_and_notes(
    corrected: tuple[Trace, ...], wanted: Wanted
) -> None:
    entities = [json.loads(line) for line in write_ftm(wanted(*corrected)).decode().splitlines()]
    links = [e for e in entities if e["schema"] == "UnknownLink"]
    marked = [e for e in links if f"更正: {SAID}" in e["properties"]["description"]]
    assert len(marked) == 1
    assert "HT-1" in marked[0]["properties"]["summary"][0]
    (party,) = (e for e in entities if e["properties"].get("name") == ["甲公司"])
    assert f"{_allocation(corrected[0])}: 更正: {SAID}" in party["properties"]["notes"]


def test_dot_and_csv_carry_them(corrected: tuple[Trace, ...], wanted: Wanted) -> None:
    drawn = write_dot(wanted(*corrected)).decode()
    quoted = SAID.replace('"', '\\"')
    assert drawn.count(f'corrected="{quoted}"') == 1
    assert drawn.count(f'corrected="{_allocation(corrected[0])} {quoted}"') == 2
    rows = list(
        csv.DictReader(io.StringIO(hops_csv(wanted(*corrected).traces).removeprefix("\ufeff")))
    )
    marked = [row for row in rows if row["corrected"]]
    assert {(row["upstream"], row["downstream"]) for row in marked} == {("甲公司", "乙公司")}
    for row in marked:
        record = row["corrected"].partition(" ")[0]
        assert record in row["records"]
        assert row["corrected"] == f"{record} {SAID}"


def test_a_record_that_reads_as_its_paper_is_not_marked(
    two_numbers: tuple[Trace, Trace], wanted: Wanted
) -> None:
    for write in (write_graphml, write_gexf, write_anx, write_ftm, write_dot):
        said = write(wanted(*two_numbers)).decode()
        assert "(#" not in said
    assert ",\r\n" in hops_csv(wanted(*two_numbers).traces)
