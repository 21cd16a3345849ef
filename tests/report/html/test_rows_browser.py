"""Long tables, and what is told of items, in headless Chromium: all of it, in the same order."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.report.shapes import broad
from tracer.graph.result import Trace
from tracer.messages import LANGUAGES
from tracer.model.case import CaseInfo
from tracer.report.details import Citation, Fact, describe
from tracer.report.html import payload
from tracer.report.html.coded import pair
from tracer.report.projection import build_view

from .test_browser import text_of

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

BROAD = broad()
_ROWS = (
    "const rows = [...document.querySelectorAll('table[data-sortable] tbody tr:not(.gone)')];"
    "const cells = (row) => [...row.cells].map((cell) => cell.className + cell.innerHTML);"
    "return rows.map((row) => [row.id, row.dataset.item, row.tabIndex, ...cells(row)])"
)
_SORTED = "const by = document.querySelector('.c-messages button'); by.click(); by.click();"
_OF_LAYER = (
    "const layer = document.getElementById('f-layer'); layer.value = '2';"
    "layer.dispatchEvent(new Event('change'));"
)
_ACTS = {
    "as it is": "",
    "by messages": _SORTED,
    "by messages, of one layer": _SORTED + _OF_LAYER,
    "of one layer, by messages": _OF_LAYER + _SORTED,
    "on a day": "const day = document.getElementById('d-day'); day.value = '2023-03-05';"
    "day.dispatchEvent(new Event('change'));",
}


def rows_of(driver: Any, act: str) -> Any:
    driver.execute_script(act + "dispatchEvent(new Event('beforeprint'))")
    return driver.execute_script(_ROWS)


@pytest.fixture
def short_openings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "_LONG", 40)
    monkeypatch.setattr(payload, "MOST_ROWS", 25)


@pytest.mark.parametrize("act", _ACTS)
def test_rows_that_a_script_makes_are_those_that_stood_there(
    act: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows_of(opened(BROAD), _ACTS[act])
    monkeypatch.setattr(payload, "_LONG", 40)
    monkeypatch.setattr(payload, "MOST_ROWS", 25)
    driver = opened(BROAD)
    assert len(driver.execute_script(_ROWS)) == 25
    assert rows_of(driver, _ACTS[act]) == whole
    assert len(whole) > 25 or act != "as it is"
    driver.execute_script("dispatchEvent(new Event('afterprint'))")
    assert len(driver.execute_script(_ROWS)) == min(25, len(whole))
    assert driver.get_log("browser") == []


@pytest.mark.usefixtures("short_openings")
def test_rows_follow_as_one_scrolls(opened: Open) -> None:
    driver = opened(BROAD)
    last = "const more = document.querySelector('.more'); more.hidden || more.scrollIntoView();"
    assert "前 25 行，共 74 行" in text_of(driver, ".more .zh")
    for count in (50, 74):
        driver.execute_async_script(last + "setTimeout(arguments[0], 150)")
        assert len(driver.execute_script(_ROWS)) >= count
    assert driver.execute_script("return document.querySelector('.more').hidden")
    driver.execute_script("[...document.querySelectorAll('table[data-sortable] tr')].pop().click()")
    assert "E074" in text_of(driver, ".content h4")


@pytest.mark.usefixtures("short_openings")
def test_an_address_leads_to_a_row_that_was_not_made_yet(opened: Open) -> None:
    driver = opened(BROAD)
    driver.execute_async_script("location.hash = 'v0-E070'; setTimeout(arguments[0], 150)")
    assert "E070" in text_of(driver, ".content h4")
    top = driver.execute_script(
        "const row = document.getElementById('v0-E070').getBoundingClientRect();"
        "return [row.top >= 0 && row.bottom <= innerHeight,"
        "document.getElementById('v0-E070').classList.contains('chosen')]"
    )
    assert top == [True, True]
    assert len(driver.execute_script(_ROWS)) < 25
    assert "第 60–74 行，共 74 行" in text_of(driver, ".more")
    driver.execute_script("document.querySelector('.more button').click()")
    assert [row[1] for row in driver.execute_script(_ROWS)][::24] == ["E001", "E025"]


def test_items_say_what_was_described(hangzhou: Trace, case: CaseInfo, opened: Open) -> None:
    driver = opened(hangzhou)
    held = driver.execute_script(
        "const items = new Items('v0', Shell.sayer(Shell.read('page-data').texts)); items.read();"
        "return items.order.map((id) => [id, items.get(id)])"
    )
    told = dict(held)
    items = describe(build_view(hangzhou, (), case))
    assert items
    for item in items:
        found = told[item.id]
        assert found["kind"] == pair(item.kind)
        assert found["title"] == pair(item.title)
        assert found["facts"] == facts_of(item.facts)
        assert [block["facts"] for block in found["blocks"]] == [
            facts_of(block.facts) for block in item.blocks
        ]
        assert [block["heading"] for block in found["blocks"]] == [
            pair(block.heading) for block in item.blocks
        ]
        assert found["related"] == list(item.related)
        if isinstance(item.citation, Citation):
            cited = item.citation.said()
            assert found["citation"] == [cited.get(lang) for lang in LANGUAGES]


def facts_of(facts: Sequence[Fact]) -> list[list[Any]]:
    return [[pair(fact.label), pair(fact.value)] for fact in facts]
