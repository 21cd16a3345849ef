"""The overview in headless Chromium: quiet, offline, sorted, filtered, printed."""

import json
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.report.audits import full_audit, make_audit, make_code
from tracer.model.case import CaseInfo
from tracer.report.html.overview import render_overview
from tracer.report.html.overview_content import AT_FIRST
from tracer.rules.audited import Audit

from .test_overview import hostile_audit

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

_SHOWN = (
    "return [...document.querySelectorAll('#codes tbody tr')]"
    ".filter((row) => row.getClientRects().length)"
    ".map((row) => row.cells[0].textContent.match(/[0-9]+/)[0])"
)


@pytest.fixture
def overview(browser: Any, tmp_path: Path) -> Open:
    """Open an audit as a page."""

    def show(audit: Audit, **links: str) -> Any:
        file = tmp_path / "overview.html"
        named = {code.removeprefix("c"): link for code, link in links.items()}
        file.write_bytes(render_overview(audit, CaseInfo(), "zh", named))
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get(file.as_uri())
        return browser

    return show


def shown(driver: Any) -> list[str]:
    found: list[str] = driver.execute_script(_SHOWN)
    return found


def choose(driver: Any, field: str, value: str) -> None:
    driver.execute_script(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true}));",
        field,
        value,
    )


def sort(driver: Any, column: int) -> str:
    head = f"document.querySelectorAll('#codes th')[{column}]"
    state: str = driver.execute_script(
        f"{head}.querySelector('button').click(); return {head}.getAttribute('aria-sort')"
    )
    return state


def text_of(driver: Any, selector: str) -> str:
    found: str = driver.execute_script(
        "return document.querySelector(arguments[0]).textContent", selector
    )
    return found


@pytest.mark.parametrize("audit", [full_audit(), hostile_audit()], ids=["full", "hostile"])
def test_quiet_and_offline(overview: Open, audit: Audit) -> None:
    driver = overview(audit)
    assert driver.get_log("browser") == []
    entries = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [
        entry["params"]["request"]["url"]
        for entry in entries
        if entry["method"] == "Network.requestWillBeSent"
    ]
    assert len(urls) == 1
    assert "owned" not in driver.title
    assert driver.execute_script("return document.querySelectorAll('img').length") == 0


def test_figures_sort_largest_first_and_a_third_click_gives_back_the_order(overview: Open) -> None:
    driver = overview(full_audit())
    stated = shown(driver)
    assert stated == ["10687415", "10650000", "10690001", "1069"]
    assert sort(driver, 6) == "descending"
    assert shown(driver)[0] == "10687415"
    assert sort(driver, 6) == "ascending"
    assert shown(driver)[-1] == "10687415"
    assert sort(driver, 6) == "none"
    assert shown(driver) == stated
    assert sort(driver, 0) == "ascending"
    assert shown(driver) == ["10650000", "10687415", "1069", "10690001"]


def test_filters_leave_only_what_fits(overview: Open) -> None:
    driver = overview(full_audit())
    for field, value, codes in (
        ("class", "1069", ["10690001", "1069"]),
        ("rule", "TR201", ["10687415"]),
        ("state", "used_not_allocated", ["1069"]),
        ("state", "unlet", ["10687415"]),
        ("search", "无锡", ["10690001"]),
        ("search", "某公司 1069", ["10690001"]),
        ("search", "不存在", []),
    ):
        choose(driver, field, value)
        assert shown(driver) == codes, value
        driver.execute_script("document.getElementById('reset').click()")
        assert len(shown(driver)) == 4
    driver.execute_script("document.getElementById('only').click()")
    assert shown(driver) == ["10687415"]
    assert text_of(driver, "#shown") == "1／4 个码号"
    driver.execute_script("document.getElementById('language').click()")
    assert text_of(driver, "#shown") == "1 of 4 codes"
    assert "Filtered" in text_of(driver, ".filtered")


def test_a_line_of_the_rules_filters(overview: Open) -> None:
    driver = overview(full_audit())
    driver.execute_script("document.querySelector('[data-rule]').click()")
    assert shown(driver) == ["10687415"]
    assert "TR201" in text_of(driver, ".filtered")


def test_many_codes_come_in_steps(overview: Open) -> None:
    driver = overview(make_audit(*(make_code(f"1069{n:04d}") for n in range(AT_FIRST + 7))))
    assert len(shown(driver)) == AT_FIRST
    assert "另有 7 个未列出" in text_of(driver, ".left")
    sort(driver, 0)
    sort(driver, 0)
    assert shown(driver)[0] == f"1069{AT_FIRST + 6:04d}"
    driver.execute_script("document.getElementById('more').click()")
    assert len(shown(driver)) == AT_FIRST + 7
    assert driver.execute_script("return document.querySelector('.left').hidden")


def test_a_row_opens_its_page(overview: Open, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "10687415.html").write_text("<title>its page</title>")
    driver = overview(full_audit(), c10687415="pages/10687415.html")
    driver.execute_script("document.querySelectorAll('#codes tbody tr')[1].click()")
    assert driver.title == "码号使用核查"
    driver.execute_script("document.querySelectorAll('#codes tbody tr')[0].cells[5].click()")
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 10).until(lambda d: d.title == "its page")


def test_print_holds_what_the_filter_leaves_and_says_so(overview: Open, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")

    def printed(driver: Any) -> str:
        made = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        (tmp_path / "a.pdf").write_bytes(b64decode(made["data"]))
        words = ("pdftotext", "-layout", str(tmp_path / "a.pdf"), "-")
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        return said.replace(" ", "")

    driver = overview(make_audit(*(make_code(f"1069{n:04d}", f"持有{n}") for n in range(230))))
    whole = printed(driver)
    assert all(f"1069{n:04d}" in whole for n in range(230)), "those not on the screen too"
    assert whole.count("最终发送方") == whole.count("\f"), "headings on every sheet"
    assert "筛选后" not in whole
    choose(driver, "search", "持有22")
    text = printed(driver)
    assert "筛选后11／230个码号" in text
    assert "10690022" in text
    assert "10690023" not in text
    assert "另有" not in text


def test_without_scripts_all_is_listed(overview: Open, browser: Any) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver = overview(make_audit(*(make_code(f"1069{n:04d}") for n in range(AT_FIRST + 7))))
        evaluated = driver.execute_cdp_cmd(
            "Runtime.evaluate",
            {"expression": f"(() => {{ {_SHOWN} }})().length", "returnByValue": True},
        )
        assert evaluated["result"]["value"] == AT_FIRST + 7
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
