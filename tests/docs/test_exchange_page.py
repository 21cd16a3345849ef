"""The pages on files for other programs name every format and every attribute there is."""

import re
from pathlib import Path

import pytest

from tracer.messages import text
from tracer.report.exchange.attributes import GRAPH, MEMBER, TIE
from tracer.report.exchange.evidence_list import COLUMNS
from tracer.usecases.exchange_forms import EXCHANGE

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("exchange.md", "exchange.zh.md")


@pytest.mark.parametrize("name", PAGES)
def test_every_format_has_a_line(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\.[\w.]+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted([*EXCHANGE, ".json"])


def test_every_attribute_is_named() -> None:
    page = (DOCS / PAGES[0]).read_text(encoding="utf-8")
    for of, attributes in (("the graph", GRAPH), ("a party", MEMBER), ("a record", TIE)):
        (row,) = re.findall(rf"^\| {of} \| (.*) \|$", page, re.MULTILINE)
        told = re.sub(r"\([^)]*\)", "", row)
        assert re.findall(r"`(\w+)`", told) == [each.name for each in attributes]


@pytest.mark.parametrize("name", PAGES)
def test_every_column_of_the_list_of_evidence_is_named(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert all(text(f"exchange.head.{column}", "zh") in page for column in COLUMNS)
