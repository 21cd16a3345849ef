"""Pages in headless Chromium: time to the first frame, frames per second while dragging."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .measuring import Result

__all__ = ["Seen", "browse", "can_browse"]

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1440,900",
)  # fmt: skip
_WATCH = """
const clear = CanvasRenderingContext2D.prototype.clearRect;
window.frames_drawn = 0;
CanvasRenderingContext2D.prototype.clearRect = function (...given) {
  if (this.canvas.isConnected) {
    window.frames_drawn += 1;
    if (!window.first_drawn) requestAnimationFrame((time) => { window.first_drawn = time; });
  }
  return clear.apply(this, given);
};
"""
"""Counts what the picture paints; runs before any script of the page."""

_SECONDS = 2.0


@dataclass(frozen=True)
class Seen:
    """What one page showed.

    Parameters
    ----------
    first : float
        Seconds from opening the file to its first frame.
    drag, wide : float
        Frames per second while the picture is dragged, as it opens and unfolded as far as it goes.
    unfold : float
        Seconds to the frame that shows it unfolded; 0 where nothing is folded.
    """

    first: float
    drag: float
    wide: float
    unfold: float


def can_browse() -> bool:
    """Tell whether there is a browser to measure in."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return False
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


def browse(work: str, page: bytes, *, first: float = 1.0, fps: float = 30.0) -> Result:
    """Open a page and drag its picture about."""
    with tempfile.TemporaryDirectory() as folder, _driver(folder) as driver:
        file = Path(folder) / "page.html"
        file.write_bytes(page)
        seen = _look(driver, file)
    remarks = [f"{len(page) / 1e6:.1f} MB"]
    if seen.unfold:
        remarks.append(f"unfolded in {seen.unfold * 1000:.0f} ms, then {seen.wide:.0f} fps")
    return Result(
        work=work,
        bar=f"≤ {first:g} s to the first frame, ≥ {fps:g} fps while dragging",
        reached=seen.first <= first and min(seen.drag, seen.wide) >= fps,
        ours=None,
        theirs=None,
        found=f"{seen.first:.2f} s, {seen.drag:.0f} fps",
        remarks=tuple(remarks),
    )


@contextmanager
def _driver(folder: str) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS, f"--user-data-dir={folder}/profile"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        yield driver
    finally:
        driver.quit()


def _look(driver: Any, file: Path) -> Seen:
    driver.get(file.as_uri())
    first = _wait(driver, "return window.first_drawn || 0") / 1000
    drag = _drag(driver)
    unfold, wide = 0.0, drag
    if driver.execute_script("return Boolean(document.querySelector('.trail .widen'))"):
        taken = driver.execute_async_script(
            "const [done] = arguments, start = performance.now();"
            "document.querySelector('.trail .widen').click();"
            "requestAnimationFrame(() => requestAnimationFrame("
            "() => done(performance.now() - start)));"
        )
        unfold, wide = float(taken) / 1000, _drag(driver)
    return Seen(first, drag, wide, unfold)


def _wait(driver: Any, script: str) -> float:
    while not (found := float(driver.execute_script(script))):
        time.sleep(0.05)
    return found


def _drag(driver: Any) -> float:
    """Drag the picture to and fro for a while; give the frames painted per second."""
    left, top = driver.execute_script(
        "const at = document.querySelector('.panel:not([hidden]) .stage').getBoundingClientRect();"
        "return [at.left + 12, Math.min(at.top + at.height, innerHeight) - 30]"
    )
    _mouse(driver, "mousePressed", left, top)
    before = driver.execute_script("return window.frames_drawn")
    start = time.perf_counter()
    step = 0
    while (taken := time.perf_counter() - start) < _SECONDS:
        step += 1
        _mouse(driver, "mouseMoved", left + 3 * (step % 80), top - 2 * (step % 60))
    frames = int(driver.execute_script("return window.frames_drawn")) - int(before)
    _mouse(driver, "mouseReleased", left, top)
    return frames / taken


def _mouse(driver: Any, kind: str, x: float, y: float) -> None:
    event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
