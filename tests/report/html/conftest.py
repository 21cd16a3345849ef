"""Pages as bytes and, where there is a Chromium, pages in a browser."""

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.report.leads import examined
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.page import render_page

HOSTILE_NAMES = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"'`&amp;{{7*7}}{% raw %}${1}",
    "甲\u202e司公技科\u2066公司",
    "某" * 400,
    "<!--<script>",
    'a href="javascript:alert(1)"',
)
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
    "--hide-scrollbars",
)


@pytest.fixture
def hostile(new_trace: Any) -> Trace:
    builder = new_trace("10687415").allocate(HOSTILE_NAMES[0])
    for upper, lower in pairwise(HOSTILE_NAMES):
        builder.contract(f"HT-{upper[:40]}", upper, lower, title=upper, unit_price_raw=upper)
        builder.log(upper, lower, 7, reporter=upper)
    builder.gap(HOSTILE_NAMES[2], [(HOSTILE_NAMES[0], "no_segment", HOSTILE_NAMES[1])])
    built: Trace = builder.send(HOSTILE_NAMES[-1], 7).build()
    return built


@pytest.fixture
def page_of(case: CaseInfo) -> Callable[..., str]:
    def render(*traces: Trace, lang: Language = "zh") -> str:
        return render_page([examined(trace) for trace in traces], case, lang).decode()

    return render


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start one headless Chromium for all browser tests."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver_path = shutil.which("chromedriver")
    if not chromium or not driver_path:
        pytest.skip("no Chromium, or no chromedriver, on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in _FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, tmp_path: Path, case: CaseInfo) -> Callable[..., Any]:
    """Open traces as a page."""

    def show(*traces: Trace, lang: Language = "zh") -> Any:
        file = tmp_path / "page.html"
        file.write_bytes(render_page([examined(trace) for trace in traces], case, lang))
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get(file.as_uri())
        return browser

    return show
