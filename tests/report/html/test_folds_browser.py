"""Large pictures in headless Chromium: folded, unfolded, folded again, and found in every way."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.report.shapes import broad, cyclic, dense, long_chain, name_of, tree
from tracer.graph.result import Trace
from tracer.report.folding import MOST_DRAWN

from .test_browser import press, requests_of, text_of

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

TREE = tree(420, 6, logs=True)


def trail(driver: Any) -> str:
    return text_of(driver, ".trail")


def chosen(driver: Any) -> str:
    told: str = driver.execute_script("return document.querySelector('p.heard').textContent")
    return told


def walk_to_fold(driver: Any) -> str:
    """Walk by the arrow keys until a fold is chosen."""
    press(driver, "Home")
    for _ in range(12):
        press(driver, "ArrowRight")
        if chosen(driver).startswith("收起的部分"):
            return chosen(driver)
    raise AssertionError("no fold on the way: " + chosen(driver))


def test_a_tree_is_folded_unfolded_and_folded_again(opened: Open) -> None:
    driver = opened(TREE)
    assert "首图" in trail(driver)
    told = walk_to_fold(driver)
    assert "家主体" in told
    press(driver, "Enter")
    way = driver.execute_script(
        "return [...document.querySelectorAll('.trail > b, .trail > button')]"
        ".map((step) => step.textContent)"
    )
    assert way[0] == "首图"
    assert way[1].endswith("的下游")
    assert "此处未画出" in trail(driver)
    press(driver, "Backspace")
    assert text_of(driver, ".trail b") == "首图"
    press(driver, "Enter")
    assert text_of(driver, ".trail b") == way[1]
    assert driver.get_log("browser") == []
    assert len(requests_of(driver)) == 1


def test_what_is_folded_is_found_from_the_list_and_the_search(opened: Open) -> None:
    driver = opened(TREE)
    driver.execute_script(
        "[...document.querySelectorAll('.evidence[data-sortable] tbody tr')].pop().click()"
    )
    assert text_of(driver, ".trail b").endswith("的下游")
    driver.execute_script(
        "const field = document.getElementById('search'); field.value = arguments[0];"
        "field.dispatchEvent(new Event('input'));",
        name_of(410),
    )
    press(driver, "Enter", "#search")
    assert name_of(410) in text_of(driver, ".content h4")
    assert text_of(driver, ".trail b") == f"{name_of(11)} 的下游"
    assert driver.get_log("browser") == []


def test_a_click_on_a_fold_opens_it(opened: Open) -> None:
    driver = opened(TREE)
    nodes, panel, scale, left, top = driver.execute_script(
        "const read = (id) => JSON.parse(document.getElementById(id).textContent);"
        "const stage = document.querySelector('.stage'), at = stage.getBoundingClientRect();"
        "return [read('page-nodes'), read('page-data').panels[0], Number(stage.dataset.scale),"
        "at.left + at.width / 2, at.top + at.height / 2]"
    )
    folds = [node for node in nodes if node["box"] == "fold"]
    fold = min(folds, key=lambda node: abs(node["y"] - panel["height"] / 2))
    where = {
        "x": left + (fold["x"] - panel["width"] / 2) * scale,
        "y": top + (fold["y"] - panel["height"] / 2) * scale,
    }
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        event = {"type": kind, **where, "button": "left", "clickCount": int(kind != "mouseMoved")}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    driver.execute_async_script("setTimeout(arguments[0], 100)")
    assert "的下游" in trail(driver)


def test_everything_unfolds_at_once_where_it_can_be_drawn(opened: Open) -> None:
    driver = opened(broad())
    driver.execute_script("document.querySelector('.trail .widen').click()")
    assert text_of(driver, ".trail b") == "全部展开"
    press(driver, "Home")
    for _ in range(4):
        press(driver, "ArrowRight")
    assert chosen(driver).startswith("主体")
    assert driver.get_log("browser") == []


def test_filters_reach_into_folds(opened: Open) -> None:
    driver = opened(TREE)
    driver.execute_script(
        "const field = document.getElementById('search'); field.value = arguments[0];"
        "field.dispatchEvent(new Event('input'));"
        "document.getElementById('only').click();",
        name_of(419),
    )
    walked = set()
    for key in ("Home", *["ArrowRight"] * 4, *["ArrowDown"] * 4):
        press(driver, key)
        walked.add(chosen(driver))
    # the fold it is in is the only one left to walk to
    assert len([told for told in walked if told.startswith("收起的部分")]) <= 1
    assert driver.get_log("browser") == []
    assert "1／420" in text_of(driver, "#f-count") or "2／420" in text_of(driver, "#f-count")


@pytest.mark.parametrize("layers", [1, 4, 8])
def test_text_of_a_chain_is_never_below_eleven_pixels(layers: int, opened: Open) -> None:
    driver = opened(long_chain(layers))
    scale, smallest = driver.execute_script(
        "return [Number(document.querySelector('.stage').dataset.scale),"
        "JSON.parse(document.getElementById('page-data').textContent).panels[0].smallest]"
    )
    assert scale * smallest >= 11


def test_the_whole_hangzhou_chain_is_above_the_fold(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    node, scale, top = driver.execute_script(
        "const nodes = JSON.parse(document.getElementById('page-nodes').textContent);"
        "const stage = document.querySelector('.stage');"
        "return [nodes[nodes.length - 1], Number(stage.dataset.scale),"
        "stage.getBoundingClientRect().top];"
    )
    assert node["box"] == "party"
    assert top + (node["y"] + node["h"] / 2) * scale <= 900


@pytest.mark.parametrize(
    "trace", [broad(), dense(200, 600), cyclic(), TREE], ids=["broad", "dense", "cyclic", "tree"]
)
def test_shapes_are_quiet_and_never_too_many_boxes(trace: Trace, opened: Open) -> None:
    driver = opened(trace)
    sizes = driver.execute_script(
        "const read = (id) => JSON.parse(document.getElementById(id).textContent);"
        "const {parts, key} = read('page-data').panels[0];"
        "const sizes = parts.map(({id}) => read(key + '-' + id).nodes.length);"
        "return [read('page-nodes').length, ...sizes]"
    )
    assert max(sizes) <= MOST_DRAWN
    assert driver.get_log("browser") == []
    assert len(requests_of(driver)) == 1


def test_a_shared_party_leads_into_each_picture(opened: Open) -> None:
    driver = opened(broad(), tree(30, 3, number="10684500"))
    driver.execute_script("document.querySelector('.shared [data-panel=\"1\"]').click()")
    assert driver.execute_script("return document.getElementById('v0').hidden")
    assert text_of(driver, "#v1 .content h4").startswith("主体")
    assert driver.get_log("browser") == []
