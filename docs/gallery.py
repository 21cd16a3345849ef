#!/usr/bin/env python3
"""Takes the pictures of `reading-a-page.md` from the page of the example case: `make gallery`.

Needs Chromium with chromedriver and Poppler beside what the tests need. Fonts differ from machine
to machine: the pictures are committed and looked at, never compared.
"""

import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, which
from typing import Any, Final

import tracer
from docs.palette import with_palette

HERE: Final = Path(__file__).parent
OUT: Final = HERE / "gallery"
EXAMPLE: Final = HERE.parent / "examples" / "hangzhou"
NUMBER: Final = "10687415"
MOST_BYTES: Final = 150_000
_WIDTH, _HEIGHT = 1440, 930
_FLAGS: Final = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


@dataclass(frozen=True)
class Shot:
    """One picture: the address after #, the part of the page, and at what scale.

    Parameters
    ----------
    part : tuple of int, or str
        x, y, width and height; or a selector, whose element is shown.
    """

    name: str
    address: str
    part: tuple[int, int, int, int] | str
    scale: float


SHOTS: Final = (
    Shot("page", "", (0, 0, _WIDTH, _HEIGHT), 0.56),
    Shot("filtered", "layer=2", (0, 38, _WIDTH, 600), 0.56),
    Shot("day", "day=2023-05-15", (0, 38, _WIDTH, 470), 0.56),
    Shot("details", "item=E004", ".details", 0.7),
    Shot("time", "", ".timeline", 0.56),
)


def main() -> None:
    """Write every picture; fail when together they are too large to commit."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _browser(folder) as driver:
        address = _page(Path(folder)).as_uri()
        for shot in SHOTS:
            _open(driver, address, shot.address)
            _write(shot.name, _taken(driver, shot))
        _open(driver, address, "layer=2")
        _write("print", _printed(driver, Path(folder)))
    total = sum(file.stat().st_size for file in OUT.glob("*.png"))
    sys.stdout.write(f"{total:,} bytes in {OUT}\n")
    if total > MOST_BYTES:
        sys.exit(f"more than {MOST_BYTES:,} bytes: take smaller parts or scales")


def _page(folder: Path) -> Path:
    """Render the example; its files are named as a user in their folder would name them."""
    copytree(EXAMPLE, folder / "hangzhou")
    with chdir(folder), tracer.open_case("case.db") as case:
        case.load(["hangzhou"])
        return case.render([NUMBER], "page.html").resolve()


@contextmanager
def _browser(folder: str) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = which("chromium") or which("google-chrome") or "chromium"
    for flag in (*_FLAGS, f"--user-data-dir={folder}/browser", f"--window-size={_WIDTH},{_HEIGHT}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(which("chromedriver")))
    size = {"width": _WIDTH, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield driver
    finally:
        driver.quit()


def _open(driver: Any, address: str, fragment: str) -> None:
    driver.get("about:blank")
    driver.get(f"{address}#{fragment}" if fragment else address)
    time.sleep(0.5)  # the first frame of the picture


def _taken(driver: Any, shot: Shot) -> bytes:
    place = shot.part
    if isinstance(place, str):
        place = driver.execute_script(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return [box.left + scrollX, box.top + scrollY, box.width, box.height]",
            place,
        )
    x, y, width, height = place
    clip = {"x": x, "y": y, "width": width, "height": height, "scale": shot.scale}
    asked = {"format": "png", "clip": clip, "captureBeyondViewport": True}
    return b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", asked)["data"])


def _printed(driver: Any, folder: Path) -> bytes:
    """Print, and show the first sheet."""
    asked = {"preferCSSPageSize": True, "printBackground": True}
    made = driver.execute_cdp_cmd("Page.printToPDF", asked)
    (folder / "page.pdf").write_bytes(b64decode(made["data"]))
    words = ["pdftoppm", "-r", "60", "-png", "-singlefile", "page.pdf", "sheet"]
    subprocess.run(words, cwd=folder, check=True)  # noqa: S603 - own words only
    return (folder / "sheet.png").read_bytes()


def _write(name: str, png: bytes) -> None:
    file = OUT / f"{name}.png"
    file.write_bytes(with_palette(png))
    sys.stdout.write(f"{file.stat().st_size:>8,}  {file.name}\n")


if __name__ == "__main__":
    main()
