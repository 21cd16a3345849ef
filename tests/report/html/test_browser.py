"""The page in headless Chromium: quiet, offline, usable by mouse and keyboard, printable."""

import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracer.graph.result import Trace

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def press(driver: Any, key: str, selector: str = ".stage") -> None:
    driver.execute_script(
        "const at = document.querySelector(arguments[1]); at.focus();"
        "at.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}));",
        key,
        selector,
    )


def text_of(driver: Any, selector: str) -> str:
    found: str = driver.execute_script(
        "return document.querySelector(arguments[0]).innerText", selector
    )
    return found


def requests_of(driver: Any) -> list[str]:
    import json

    entries = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return [
        entry["params"]["request"]["url"]
        for entry in entries
        if entry["method"] == "Network.requestWillBeSent"
    ]


@pytest.mark.parametrize("name", ["hangzhou", "messy", "one_hop", "hostile"])
def test_quiet_and_offline(name: str, request: pytest.FixtureRequest, opened: Open) -> None:
    driver = opened(request.getfixturevalue(name))
    assert driver.get_log("browser") == []
    urls = requests_of(driver)
    assert len(urls) == 1
    assert urls[0].startswith("file://")
    assert not driver.execute_script("return document.documentElement.classList.contains('still')")
    assert driver.execute_script("return document.body.inert") is False


def test_several_numbers_one_tab_each(traces: tuple[Trace, ...], opened: Open) -> None:
    driver = opened(*traces)
    visible = "return [...document.querySelectorAll('.panel')].map((p) => !p.hidden)"
    assert driver.execute_script(visible) == [True, False, False]
    driver.execute_script("document.getElementById('tab-v1').click()")
    assert driver.execute_script(visible) == [False, True, False]
    drawn = "return document.querySelector('#v1 canvas').width"
    assert driver.execute_script(drawn) > 500
    press(driver, "ArrowRight", "#tab-v1")
    assert driver.execute_script(visible) == [False, False, True]
    assert driver.get_log("browser") == []


def test_hostile_names_do_nothing(hostile: Trace, opened: Open) -> None:
    driver = opened(hostile)
    for item in ("P1", "P2", "E001", "E002"):
        driver.execute_script(
            "document.getElementById('search').value = ''; const row ="
            "document.querySelector(`tr[data-item=${arguments[0]}]`); if (row) row.click();",
            item,
        )
    assert "owned" not in driver.title
    assert driver.execute_script("return document.querySelectorAll('img').length") == 0
    assert "</script><script>" in text_of(driver, ".content")
    assert driver.get_log("browser") == []


def test_text_is_large_enough_at_the_opening_zoom(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    panel, width, height, bottom = driver.execute_script(
        "const stage = document.querySelector('.stage').getBoundingClientRect();"
        "const data = JSON.parse(document.getElementById('page-data').textContent).panels[0];"
        "return [data, stage.width, stage.height, stage.bottom];"
    )
    scale = min(width / panel["width"], height / panel["height"])
    assert scale * panel["smallest"] >= 11
    # the whole chain is in sight without scrolling
    assert bottom <= 905


def test_language_toggle_needs_no_reload(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_script("window.kept = 1; document.getElementById('language').click()")
    assert driver.title == "Chain of number 10687415"
    assert text_of(driver, "h1") == "Chain of number 10687415"
    assert "Final sender" in text_of(driver, ".answer")
    assert "码号持有人" not in text_of(driver, ".answer")
    placeholder = "return document.getElementById('search').placeholder"
    assert driver.execute_script(placeholder).startswith("Find")
    driver.execute_script("document.getElementById('language').click()")
    assert driver.title == "码号 10687415 流转链"
    assert driver.execute_script("return window.kept") == 1


def test_row_click_opens_details(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_script("document.querySelector('tr[data-item=E002]').click()")
    shown = text_of(driver, ".content")
    for part in ("HT-2023-001", "合同台账.xlsx", "证据卷二第15页", "0.030元/条", "扫描件"):
        assert part in shown
    chosen = "return [...document.querySelectorAll('tr.chosen')].map((r) => r.dataset.item)"
    assert driver.execute_script(chosen) == ["E002"]
    driver.execute_script("document.getElementById('language').click()")
    assert "Sublease clause" in text_of(driver, ".content")


def test_canvas_click_opens_details(hangzhou: Trace, opened: Open) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    driver = opened(hangzhou)
    # the first party stands in the middle near the top of the stage
    stage = driver.find_element(By.CSS_SELECTOR, ".stage")
    node, panel = driver.execute_script(
        "return [JSON.parse(document.getElementById('page-nodes').textContent)[0],"
        "JSON.parse(document.getElementById('page-data').textContent).panels[0]]"
    )
    size = stage.size
    scale = min(size["width"] / panel["width"], size["height"] / panel["height"], 1.3)
    x = (node["x"] - panel["width"] / 2) * scale
    y = (node["y"] - panel["height"] / 2) * scale
    ActionChains(driver).move_to_element_with_offset(stage, round(x), round(y)).pause(
        0.2
    ).click().pause(0.5).perform()
    assert "广东某科技公司" in text_of(driver, ".content h4")


def test_keyboard_walks_the_chain(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    said = []
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown"):
        press(driver, key)
        said.append(driver.execute_script("return document.querySelector('p.heard').textContent"))
    assert said[0].startswith("主体; 广东某科技公司")
    assert said[1].startswith("合同; E002")
    assert said[2].startswith("路由记录; E003")
    assert said[3].startswith("主体; 武汉某信息科技公司")
    assert driver.execute_script("return document.querySelector('.shown').hidden")
    press(driver, "Enter")
    assert not driver.execute_script("return document.querySelector('.shown').hidden")
    focused = "return document.activeElement.className"
    assert "details" in driver.execute_script(focused)
    press(driver, "Escape", ".details")
    assert driver.execute_script("return document.querySelector('.shown').hidden")
    assert driver.execute_script(focused) == "stage"


def test_search_finds_party_contract_number_and_exhibit(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    for words, title in (
        ("无锡", "无锡某网络公司"),
        ("ht-7", "HT-7"),
        ("e005", "E005"),
    ):
        driver.execute_script(
            "const field = document.getElementById('search'); field.value = arguments[0];"
            "field.dispatchEvent(new Event('input'));",
            words,
        )
        press(driver, "Enter", "#search")
        assert title in text_of(driver, ".content h4")
        assert text_of(driver, "#found").startswith("1／")
    driver.execute_script(
        "const field = document.getElementById('search'); field.value = '不存在的公司';"
        "field.dispatchEvent(new Event('input'));"
    )
    assert text_of(driver, "#found") == "无匹配项"


def test_a_full_number_finds_the_segments_that_cover_it(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_script(
        "const field = document.getElementById('search'); field.value = '10687415990';"
        "field.dispatchEvent(new Event('input'));"
    )
    # the allocation and the two contracts of the bare code, not those of 1068741501
    assert text_of(driver, "#found") == "0／3"


def test_table_sorts_by_every_column(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    numbers = (
        "return [...document.querySelectorAll('.evidence[data-sortable] tbody tr')]"
        ".map((row) => row.dataset.item)"
    )
    first = driver.execute_script(numbers)
    head = "document.querySelector('.evidence .c-messages button').click();"
    driver.execute_script(head + head)
    assert driver.execute_script(numbers)[0] == "E005"
    state = "return document.querySelector('.evidence .c-messages').getAttribute('aria-sort')"
    assert driver.execute_script(state) == "descending"
    driver.execute_script("document.querySelector('.evidence .c-no button').click()")
    assert driver.execute_script(numbers) == first


def test_theme_toggles(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    before = driver.execute_script(ground)
    driver.execute_script("document.getElementById('theme').click()")
    assert driver.execute_script(ground) != before
    driver.execute_script("document.getElementById('theme').click()")
    assert driver.execute_script(ground) == before


def test_related_party_can_be_followed(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_script("document.querySelector('tr[data-item=E002]').click()")
    driver.execute_script("document.querySelector('.related button:last-child').click()")
    assert "武汉某信息科技公司" in text_of(driver, ".content h4")


def test_still_picture_without_scripts(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.refresh()
        shown = driver.execute_cdp_cmd(
            "Runtime.evaluate",
            {
                "expression": "[document.documentElement.className,"
                "document.querySelector('.sheets .zh svg').getBoundingClientRect().height,"
                "document.querySelector('.sheets .en svg').getBoundingClientRect().height,"
                "getComputedStyle(document.querySelector('.tools')).display]",
                "returnByValue": True,
            },
        )["result"]["value"]
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert shown[0] == "still"
    assert shown[1] > 300
    assert shown[2:] == [0, "none"]


@pytest.mark.parametrize("name", ["hangzhou", "messy"])
def test_print_is_text_and_vector(
    name: str, request: pytest.FixtureRequest, opened: Open, tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    driver = opened(request.getfixturevalue(name))
    driver.execute_script("document.getElementById('theme').click()")
    printed = driver.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
    )
    file = tmp_path / "page.pdf"
    file.write_bytes(b64decode(printed["data"]))

    def run(*words: str) -> str:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    text = run("pdftotext", "-layout", str(file), "-")
    for part in ("持有人 E001", "最终发送方", "证据目录", "图例", "层：", "SHA-256", "tracer"):
        assert part in text, part
    pages = text.count("\f")
    assert f"{pages}/{pages}" in text.replace(" ", "")
    # the table head is repeated on every page of the table
    assert run("pdfimages", "-list", str(file)).count("\n") <= 2
    info = run("pdfinfo", str(file))
    assert "A4" in info
    assert text.count("流转链") == 1


def test_findings_are_told_in_the_details_and_lead_to_their_boxes(
    hangzhou: Trace, opened: Open
) -> None:
    driver = opened(hangzhou)
    driver.execute_script("document.querySelector('tr[data-item=E004]').click()")
    shown = text_of(driver, ".content")
    assert "相关线索（不是认定）" in shown
    lead = text_of(driver, ".content .lead")
    for said in ("F", "TR201 未见批准文件的转租", "第二十八条第三款", "（未经核对）", "批准文件；"):
        assert said in lead
    driver.execute_script("document.querySelector('.content .lead button').click()")
    assert text_of(driver, ".content h4").startswith("线索（不是认定）")
    assert "相关证据" in text_of(driver, ".content")
    driver.execute_script("document.querySelector('tr[data-item=E002]').click()")
    cited = text_of(driver, ".content")
    assert "另被其他线索引为证据" in cited
    assert "相关线索（不是认定）" not in cited
    assert driver.get_log("browser") == []


def test_the_list_of_findings_leads_to_them(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    driver.execute_script("document.querySelector('.card.leads a').click()")
    assert driver.execute_script("return location.hash") == "#v0-findings"
    driver.execute_script("document.querySelector('.findings li[data-item=F1]').click()")
    chosen = "return [...document.querySelectorAll('li.chosen')].map((row) => row.dataset.item)"
    assert driver.execute_script(chosen) == ["F1"]
    assert "TR201" in text_of(driver, ".content h4")
