"""The page in use: filters, days, links, citations; on the screen and on paper."""

import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.report.trees import broad_tree
from tracer.graph.result import Trace

from .test_browser import press, requests_of, text_of

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

_ROWS = (
    "return [...document.querySelectorAll('.panel:not([hidden]) table[data-sortable] tbody tr')]"
    ".filter((row) => row.getClientRects().length).map((row) => row.dataset.item)"
)
_DRAWN = (
    "return [...document.querySelectorAll('.panel:not([hidden]) .sheets .zh [data-box]')]"
    ".filter((box) => !box.closest('.gone')).map((box) => box.dataset.box)"
)
_LINES = (
    "return [...document.querySelectorAll('.panel:not([hidden]) .sheets .zh [data-ends]')]"
    ".filter((line) => !line.closest('.gone')).map((line) => line.dataset.ends)"
)
_CHOOSE = (
    "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
    "field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change'));"
)


def choose(driver: Any, field: str, value: str) -> None:
    driver.execute_script(_CHOOSE, field, value)


def click(driver: Any, selector: str) -> None:
    driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def rows(driver: Any) -> list[str]:
    found: list[str] = driver.execute_script(_ROWS)
    return found


def drawn(driver: Any) -> set[str]:
    return set(driver.execute_script(_DRAWN))


def state_of(driver: Any) -> str:
    found: str = driver.execute_script("return location.hash")
    return found


def printed(driver: Any, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    options = {"preferCSSPageSize": True, "printBackground": True}
    made = driver.execute_cdp_cmd("Page.printToPDF", options)
    (folder / "page.pdf").write_bytes(b64decode(made["data"]))
    words = ("pdftotext", "-layout", str(folder / "page.pdf"), "-")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def test_each_filter_leaves_what_fits_everywhere(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    whole = rows(driver)
    boxes = drawn(driver)
    for field, value, left in (
        ("f-kind", "allocation", {"E001", "E002"}),
        ("f-status", "partly_covered", {"E005"}),
        ("f-code", "10685555", {"E019"}),
        ("f-from", "2023-08-09", None),
        ("f-rule", "TR201", None),
        ("f-layer", "-1", None),
    ):
        choose(driver, field, value)
        shown = rows(driver)
        assert 0 < len(shown) < len(whole), field
        if left is not None and field != "f-code":
            assert len(shown) == len(left), field
        assert {box for box in drawn(driver) if box.startswith("E")} <= set(shown), field
        assert len(drawn(driver)) < len(boxes), field
        for ends in driver.execute_script(_LINES):
            assert set(ends.split()) <= drawn(driver), field
        count = text_of(driver, "#f-count")
        everything = driver.execute_script(
            "return document.querySelectorAll('tr[data-item]:not(.gone)').length"
        )
        assert count.startswith(f"证据 {everything}／"), field
        assert text_of(driver, ".filter-line").startswith(f"筛选后 {everything}／"), field
        click(driver, "#f-reset")
        assert rows(driver) == whole
        assert drawn(driver) == boxes
        assert state_of(driver) == ""
    assert driver.get_log("browser") == []


def test_the_painted_picture_leaves_out_the_same(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    ink = (
        "const painted = []; const own = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (words, ...rest) {"
        "painted.push(words); return own.call(this, words, ...rest); };"
        "const lines = new Set(); const line = CanvasRenderingContext2D.prototype.stroke;"
        "CanvasRenderingContext2D.prototype.stroke = function (...path) {"
        "if (path.length) lines.add(path[0]); return line.call(this, ...path); };"
        "document.getElementById('f-status').value = 'partly_covered';"
        "document.getElementById('f-status').dispatchEvent(new Event('change'));"
        "return new Promise((done) => setTimeout(() => {"
        "CanvasRenderingContext2D.prototype.fillText = own;"
        "CanvasRenderingContext2D.prototype.stroke = line; done([painted, lines.size]); }, 120));"
    )
    words, lines = driver.execute_script(ink)
    painted = "\n".join(words)
    assert lines == 2, "into the one box and out of it"
    assert "广东某科技公司" in painted
    assert "武汉某信息科技公司" in painted
    for name in ("无锡", "上海某云", "成都", "安徽", "第2层", "未流向更深一层", "层级不明"):
        assert name not in painted, name


def test_filters_combine_and_the_code_covers_both_ways(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-code", "1068741501")
    assert len(rows(driver)) == 9, "shorter segments cover it, longer numbers lie in it"
    choose(driver, "f-code", "1068741502")
    assert rows(driver) == ["E001", "E002", "E004"]
    choose(driver, "f-kind", "contract")
    assert rows(driver) == ["E002", "E004"]
    choose(driver, "f-layer", "2")
    assert rows(driver) == ["E004"]
    assert drawn(driver) == {"P2", "P3", "E004"}
    assert "号码 1068741502、第 2 层（含进出该层的记录）、类型 合同" in text_of(
        driver, ".filter-line"
    )
    assert state_of(driver) == "#code=1068741502&layer=2&kind=contract"


def test_the_answer_is_of_what_is_shown(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-layer", "2")
    assert driver.execute_script("return document.querySelector('.answer.whole').hidden")
    said = text_of(driver, ".answer.now")
    assert "3／5 家主体" in said
    assert "2／4 个环节" in said
    assert said.count("不在筛选结果中") == 2, "neither holder nor sender"
    assert "广东某科技公司" not in text_of(driver, "main")


def test_the_filtered_print_says_so_and_names_no_other(
    hangzhou: Trace, opened: Open, tmp_path: Path
) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-layer", "2")
    text = printed(driver, tmp_path)
    flat = re.sub(r"\s", "", text)
    assert "筛选后4／9项证据；主体3／5·环节2／4·线索" in flat
    assert "筛选条件：第2层（含进出该层的记录）" in flat
    for name in ("广东某科技公司", "原河北某网络科技公司", "E003", "E009", "第4层"):
        assert name not in flat, name
    for name in (
        "武汉某信息科技公司",
        "北京某科技公司",
        "安徽某信息公司",
        "E004",
        "图例",
        "SHA-256",
    ):
        assert name in flat, name
    click(driver, "#f-reset")
    whole = re.sub(r"\s", "", printed(driver, tmp_path))
    assert "筛选" not in whole
    assert "广东某科技公司" in whole
    assert "逐日" not in whole


def test_search_as_a_filter(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    whole = rows(driver)
    choose(driver, "search", "无锡")
    assert rows(driver) == whole, "search alone finds and hides nothing"
    click(driver, "#only")
    assert text_of(driver, ".answer.now").startswith("码号持有人\n无锡某网络公司")
    assert "查找“无锡”" in text_of(driver, ".filter-line")
    assert len(rows(driver)) == 2
    choose(driver, "search", "ht-7")
    assert len(rows(driver)) == 1
    click(driver, "#only")
    assert rows(driver) == whole


def test_dates_count_messages_of_these_days(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-from", "2023.7.4")
    choose(driver, "f-to", "20230705")
    cell = "document.querySelector('table[data-sortable] tr[data-item=E003] td.figure')"
    assert "所选日期 440 条" in driver.execute_script(f"return {cell}.innerText")
    choose(driver, "f-to", "2023-02-30")
    assert text_of(driver, ".notice") == "日期写作 2023-07-01"
    assert driver.execute_script("return document.getElementById('f-to').ariaInvalid") == "true"
    assert state_of(driver) == "#from=2023-07-04&to=2023-07-05"
    click(driver, "#f-reset")
    assert "所选" not in driver.execute_script(f"return {cell}.innerText")


def test_days_step_from_change_to_change(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    seen = []
    for _ in range(6):
        click(driver, "#d-next")
        seen.append(driver.execute_script("return document.getElementById('d-day').value"))
    assert seen == [
        "2022-03-01", "2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01", "2023-07-03",
    ]  # fmt: skip
    said = text_of(driver, ".filter-line")
    assert "变化日 6／8" in said
    assert "新出现：E003、E005、E007、E009" in said
    assert len(rows(driver)) == 9
    press(driver, "[")
    press(driver, "[")
    assert rows(driver) == ["E001", "E002", "E004", "E006"]
    assert drawn(driver) == {"P1", "P2", "P3", "P4", "E002", "E004", "E006"}
    choose(driver, "d-day", "2023-02-14")
    assert "与前一日相同" in text_of(driver, ".filter-line")
    click(driver, "#d-stop")
    assert len(rows(driver)) == 9
    assert driver.get_log("browser") == []


def test_days_play_pause_and_stop_at_the_end(hangzhou: Trace, opened: Open) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    driver = opened(hangzhou)
    driver.execute_script(
        "const own = setInterval; window.setInterval = (act) => own(act, 30);"
        "document.getElementById('d-play').click()"
    )
    day = "return document.getElementById('d-day').value"
    pressed = "return document.getElementById('d-play').ariaPressed"
    assert driver.execute_script(day)
    WebDriverWait(driver, 5).until(lambda d: d.execute_script(pressed) == "false")
    assert driver.execute_script(day) == "2024-01-01", "the day after the last contract ends"
    length = driver.execute_script("return history.length")
    driver.execute_script("window.setInterval = () => 7")
    press(driver, " ")
    assert driver.execute_script(pressed) == "true"
    assert driver.execute_script(day) == "2022-03-01", "from the beginning"
    press(driver, " ")
    assert driver.execute_script(pressed) == "false"
    assert driver.execute_script("return history.length") <= length + 1, "playing fills no history"


def test_less_motion_means_no_playing(hangzhou: Trace, browser: Any, opened: Open) -> None:
    reduced = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [reduced]})
    try:
        driver = opened(hangzhou)
        assert driver.execute_script("return document.getElementById('d-play').hidden")
        press(driver, " ")
        assert state_of(driver) == ""
        press(driver, "]")
        assert state_of(driver) == "#day=2022-03-01"
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_an_address_opens_what_it_names(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    address = driver.current_url.split("#")[0]
    for fragment, title in (
        ("E004", "E004 HT-2023-002"),
        ("P3", "北京某科技公司"),
        ("F1", "F1 TR201"),
        ("v0-E005", "E005"),
    ):
        driver.get("about:blank")
        driver.get(f"{address}#{fragment}")
        assert title in text_of(driver, ".content h4"), fragment
    driver.get("about:blank")
    driver.get(f"{address}#layer=2&status=bogus&from=nonsense&item=E004&lang=en")
    assert rows(driver) == ["E004", "E005", "E006", "E007"]
    assert driver.title == "Chain of number 10687415"
    assert text_of(driver, ".filter-line").startswith("Filtered: 4 of 9 exhibits")
    assert driver.execute_script("return document.getElementById('f-layer').value") == "2"
    counted = driver.execute_script(
        "const say = Shell.sayer(Shell.read('page-data').texts);"
        "return [1, '1', 2, '1,000'].map((count) => say('messages', {count}))"
    )
    assert counted == ["1 msg", "1 msg", "2 msgs", "1,000 msgs"]
    assert driver.get_log("browser") == []


def test_a_link_of_other_inputs_opens_no_other_record(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    click(driver, "tr[data-item=E004]")
    own = state_of(driver)
    assert re.fullmatch(r"#item=E004&in=[0-9a-f]{8}", own)
    address = driver.current_url.split("#")[0]
    driver.get("about:blank")
    driver.get(f"{address}#item=E004&in=00000000")
    assert "出自另一份输入（摘要 00000000…）" in text_of(driver, ".notice")
    assert driver.execute_script("return document.querySelector('.shown').hidden")
    driver.get(f"{address}{own}")
    assert "E004" in text_of(driver, ".content h4")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_button_lies_over_the_picture(hangzhou: Trace, opened: Open, lang: str) -> None:
    driver = opened(hangzhou)
    address = driver.current_url.split("#")[0]
    driver.get("about:blank")
    driver.get(f"{address}#lang={lang}")
    bottom, top, *heights = driver.execute_script(
        "const box = (name) => document.querySelector(name).getBoundingClientRect();"
        "return [box('.zoom').bottom, box('.stage').top,"
        " box('#language').height, box('#print').height]"
    )
    assert 0 < bottom <= top
    assert heights[0] == heights[1]


def test_back_and_forward_walk_what_was_opened(hangzhou: Trace, opened: Open) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    driver = opened(hangzhou)
    click(driver, "tr[data-item=E002]")
    click(driver, "tr[data-item=E004]")
    choose(driver, "f-kind", "contract")
    driver.back()
    WebDriverWait(driver, 5).until(lambda d: len(rows(d)) == 9)
    assert "E004" in text_of(driver, ".content h4")
    driver.back()
    WebDriverWait(driver, 5).until(lambda d: "E002" in text_of(d, ".content h4"))
    driver.back()
    closed = "return document.querySelector('.shown').hidden"
    WebDriverWait(driver, 5).until(lambda d: d.execute_script(closed))
    driver.forward()
    WebDriverWait(driver, 5).until(lambda d: "E002" in text_of(d, ".content h4"))


def test_tabs_and_filters_of_several_numbers(traces: tuple[Trace, ...], opened: Open) -> None:
    driver = opened(*traces)
    click(driver, "#tab-v2")
    choose(driver, "f-status", "routing_only")
    assert state_of(driver) == "#number=1068&status=routing_only"
    assert 0 < len(rows(driver)) < 15
    assert not driver.execute_script(
        "return document.querySelector('.overview').getClientRects().length"
    )
    address = driver.current_url
    driver.get("about:blank")
    driver.get(address)
    assert driver.execute_script("return document.querySelector('#v2').hidden") is False
    assert text_of(driver, "#v2 .filter-line").startswith("筛选后")


def test_citations_in_both_languages_without_a_clipboard(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    driver.execute_script(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => { copied.push(document.activeElement.value); return true; };"
    )
    click(driver, "tr[data-item=E002]")
    for what in ("zh", "en", "link"):
        click(driver, f"[data-copy={what}]")
    zh, en, link = driver.execute_async_script(
        "const done = arguments[0]; setTimeout(() => done(window.copied), 50);"
    )
    assert zh.startswith("E002 合同 HT-2023-001，广东某科技公司 → 武汉某信息科技公司")
    assert en.startswith("E002 Contract HT-2023-001, 广东某科技公司")
    for said in (zh, en):
        assert "证据卷二第15页" in said
        assert re.search(r"SHA-256 [0-9a-f]{64}", said)
    assert re.search(r"page\.html#item=E002&in=[0-9a-f]{8}$", link)
    driver.execute_script("document.execCommand = () => false")
    click(driver, "[data-copy=zh]")
    field = driver.execute_async_script(
        "const done = arguments[0]; setTimeout(() => done("
        "document.querySelector('.copied textarea')?.value), 50);"
    )
    assert field == zh, "by hand, where nothing else works"


def test_clauses_open_on_click(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    click(driver, "tr[data-item=E004]")
    clause = ".content .clause"
    assert "第二十八条第三款" in text_of(driver, f"{clause} summary")
    shown = f"return document.querySelector('{clause}').open"
    assert not driver.execute_script(shown)
    click(driver, f"{clause} summary")
    assert driver.execute_script(shown)
    assert "E004" in text_of(driver, ".content h4"), "the lead about it stays open"


def test_hops_over_time_are_told_marked_and_lead_on(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    strip = "document.querySelector('tr[data-hop=H1] svg.strip')"
    assert "合计 6,525 条" in driver.execute_script(f"return {strip}.getAttribute('aria-label')")
    click(driver, "#language")
    assert "6,525 msgs in all" in driver.execute_script(
        f"return {strip}.getAttribute('aria-label')"
    )
    click(driver, "tr[data-hop=H1]")
    assert "E003" in text_of(driver, ".content h4")
    assert (
        driver.execute_script("return document.querySelectorAll('.content svg.strip').length") == 1
    )
    choose(driver, "f-kind", "contract")
    gone = f"return [...{strip}.querySelectorAll('.gone')].map((path) => path.dataset.record)"
    assert set(driver.execute_script(gone)) == {"E003"}
    assert driver.execute_script(f"return {strip}.ariaHidden") == "true"
    row = text_of(driver, "tr[data-hop=H1]")
    assert "E002" in row
    assert "E003" not in row
    assert "6,525" not in row, "a log filtered out gives no figure"
    choose(driver, "d-day", "2023-07-03")
    assert driver.execute_script(f"return {strip}.querySelectorAll('.edge').length") == 2


def test_what_is_filtered_out_says_so_in_its_details(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    click(driver, "tr[data-item=E002]")
    assert "筛选后未在图中" not in text_of(driver, ".content")
    choose(driver, "f-layer", "4")
    assert "筛选后未在图中和表中显示" in text_of(driver, ".content")


def test_keys_walk_only_what_is_shown(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-layer", "2")
    heard = "return document.querySelector('p.heard').textContent"
    press(driver, "ArrowDown")
    assert driver.execute_script(heard).startswith("主体; 武汉某信息科技公司")
    press(driver, "ArrowUp")
    assert driver.execute_script(heard).startswith("主体; 武汉某信息科技公司"), "nothing above"
    press(driver, "/", ".stage")
    assert driver.execute_script("return document.activeElement.id") == "search"


def test_language_reaches_filters_lines_and_cards(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    choose(driver, "f-layer", "2")
    click(driver, "#language")
    assert text_of(driver, ".filter-line").startswith("Filtered: 4 of 9 exhibits")
    assert "Layer 2 (with the records into and out of it)" in text_of(driver, ".filter-line")
    assert text_of(driver, "#f-count").startswith("evidence 4/9")
    assert "not among what is shown" in text_of(driver, ".answer.now")
    heads = driver.execute_script(
        "return [...document.querySelectorAll('thead th')].map((head) => head.innerText).join(' ')"
    )
    assert not re.search(r"[\u4e00-\u9fff]", heads.replace("→", "")), heads
    options = driver.execute_script(
        "return [...document.querySelectorAll('.filters option[data-zh]')].map((o) => o.text)"
    )
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(options))
    assert state_of(driver) == "#layer=2&lang=en"


def test_nothing_hostile_runs_whatever_is_used(hostile: Trace, opened: Open) -> None:
    driver = opened(hostile)
    choose(driver, "f-kind", "contract")
    click(driver, "#d-next")
    choose(driver, "search", "</script>")
    click(driver, "#only")
    for item in driver.execute_script(
        "return [...document.querySelectorAll('[data-item]')].map((row) => row.dataset.item)"
    )[:12]:
        click(driver, f"[data-item={item}]")
    click(driver, "#language")
    driver.execute_script(
        "location.hash = arguments[0]",
        "q=%3Cimg%20src=x%20onerror=alert(1)%3E&item=__proto__&layer=%22%3E&in=%3Cb%3E&lang=xx",
    )
    assert "owned" not in driver.title
    assert (
        driver.execute_script("return document.querySelectorAll('img, .panel script').length") == 0
    )
    assert driver.get_log("browser") == []
    assert {url.split(":")[0] for url in requests_of(driver)} == {"file"}


def test_dark_is_never_printed(hangzhou: Trace, opened: Open) -> None:
    driver = opened(hangzhou)
    click(driver, "#theme")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        grounds = driver.execute_script(
            "return ['html', '.card', '.evidence'].map((part) =>"
            "getComputedStyle(document.querySelector(part)).backgroundColor)"
        )
        assert grounds == ["rgb(255, 255, 255)"] * 3
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_is_left_is_brought_in_sight_and_back(new_trace: Any, opened: Open) -> None:
    builder = new_trace().allocate("持有公司")
    for index in range(24):
        builder.contract(f"HT-{index}", "持有公司", f"甲{index}公司")
    builder.contract("HT-99", "甲23公司", "末端公司").log("甲23公司", "末端公司", 5, days=1)
    driver = opened(builder.build())
    view = (
        "const own = Picture.prototype.bringInSight; let seen = null;"
        "Picture.prototype.bringInSight = function () { own.call(this);"
        "const at = this.network.canvasToDOM({x: this.nodes.get(arguments_item).x,"
        "y: this.nodes.get(arguments_item).y});"
        "seen = [at.x > 0 && at.x < this.corner.x, at.y > 0 && at.y < this.corner.y]; };"
        "const field = document.getElementById('f-layer'); field.value = '2';"
        "field.dispatchEvent(new Event('change')); return seen;"
    )
    last = driver.execute_script(
        "return JSON.parse(document.getElementById('page-nodes').textContent)"
        ".find((node) => node.lines.zh[0][0] === '末端公司').item"
    )
    assert driver.execute_script(view.replace("arguments_item", f"'{last}'")) == [True, True]
    click(driver, "#f-reset")
    assert driver.get_log("browser") == []


def test_gaps_alone(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    choose(driver, "f-status", "gap")
    assert drawn(driver) == {"G1", *(box for box in drawn(driver) if box.startswith("P"))}
    assert len(drawn(driver)) == 2, (
        "the gap and the party below it: two holders, none of them named"
    )
    assert rows(driver) == []
    assert text_of(driver, "#f-count").startswith("证据 0／20 · 主体 1／9 · 环节 0／11")
    assert "断档 1 处" in text_of(driver, ".answer.now")
    lists = "return [...document.querySelectorAll('[data-part]:not(.gone)')].length"
    assert driver.execute_script(lists) == 1, "only the list of gaps"


def test_files_and_prices_follow(new_trace: Any, opened: Open, tmp_path: Path) -> None:
    builder = new_trace().allocate("持有公司")
    for up, down, price in (("持有公司", "中间公司", 30_000), ("中间公司", "末端公司", 40_000)):
        builder.contract(f"HT-{down}", up, down, unit_price=price)
        builder.log(up, down, 10, reporter=up, days=1)
    driver = opened(builder.build())
    ladder = (
        "return [...document.querySelectorAll('.ladder tbody tr')]"
        ".filter((row) => row.getClientRects().length).length"
    )
    assert driver.execute_script(ladder) == 2
    choose(driver, "f-layer", "2")
    assert driver.execute_script(ladder) == 1
    said = text_of(driver, ".sources")
    assert "所显示的记录出自 2／5 个文件" in said
    assert "持有公司.csv" not in said
    assert "中间公司.csv" in said
    assert "主体.csv" not in said, "the lead that rests on it names another party"
    assert "持有公司" not in re.sub(r"\s", "", printed(driver, tmp_path))


def test_sorting_and_filtering_do_not_mind_each_other(messy: Trace, opened: Open) -> None:
    driver = opened(messy)
    click(driver, ".evidence .c-no button")
    choose(driver, "f-kind", "contract")
    shown = rows(driver)
    assert shown == sorted(shown, reverse=True)
    click(driver, ".evidence .c-no button")
    assert rows(driver) == shown[::-1]


def test_plain_lines_are_filtered_by_their_records(new_trace: Any, opened: Open) -> None:
    builder = new_trace().allocate("持有公司")
    for index in range(80):
        name = f"甲{index:02d}公司"
        builder.contract(f"HT-{index}", "持有公司", name)
        if index < 72:
            builder.log("持有公司", name, 5, days=1)
    driver = opened(builder.build())
    choose(driver, "f-status", "contract_only")
    left = drawn(driver)
    assert len([box for box in left if box.startswith("H")]) in {0, 8}
    assert text_of(driver, "#f-count").startswith("证据 8／153 · 主体 9／81 · 环节 8／80")
    assert len(rows(driver)) == 8
    assert driver.get_log("browser") == []


def test_index_and_key_of_the_sheets_follow(opened: Open) -> None:
    driver = opened(broad_tree(40))
    listed = (
        "return [...document.querySelectorAll('.index tbody tr:not(.gone)')]"
        ".map((row) => row.dataset.box)"
    )
    keyed = (
        "return [...document.querySelector('.sheets figure .zh').querySelectorAll("
        "'[data-box^=P]:not(.gone)')].map((box) => box.dataset.box)"
    )
    whole = driver.execute_script(listed)
    assert sorted(whole) == sorted(driver.execute_script(keyed))
    choose(driver, "f-layer", "0")
    left = driver.execute_script(listed)
    assert 0 < len(left) < len(whole)
    assert sorted(left) == sorted(driver.execute_script(keyed))
    assert set(left) == {box for box in drawn(driver) if box.startswith("P")}
    assert driver.get_log("browser") == []
