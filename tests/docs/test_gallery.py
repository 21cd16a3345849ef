"""The pictures of the docs: small, all there, all shown; and the pages say where tests are."""

import re
import zlib
from pathlib import Path
from struct import pack

import pytest

from docs.palette import with_palette

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("reading-a-page.md", "reading-a-page.zh.md")


def png(rows: list[bytes], *, kind: int = 2, width: int = 2) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))

    header = pack(">IIBBBBB", width, len(rows), 8, kind, 0, 0, 0)
    body = zlib.compress(b"".join(rows))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_is_there_and_shown(page: str) -> None:
    shown = set(re.findall(r"gallery/([\w.-]+)", (DOCS / page).read_text("utf-8")))
    assert shown == {file.name for file in (DOCS / "gallery").iterdir()}


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "gallery").iterdir()) <= 150_000


def test_both_languages_have_the_same_parts() -> None:
    parts = [re.findall(r"^## ", (DOCS / page).read_text("utf-8"), re.MULTILINE) for page in PAGES]
    assert len(parts[0]) == len(parts[1]) > 5


def test_tests_named_beside_a_trouble_exist() -> None:
    folder = DOCS.parent / "tests" / "report"
    code = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    words = (DOCS / "page-pains.md").read_text("utf-8")
    for name in set(re.findall(r"\b(test_\w+)(?!\.py)\b", words)):
        assert (
            f"def {name}" in code
            or (folder / f"{name}.py").exists()
            or any(file.stem == name for file in folder.rglob("*.py"))
        ), name


def test_every_filter_of_png_is_undone() -> None:
    red, blue = b"\xf8\x00\x00", b"\x00\x00\xf8"
    plain = png([b"\0" + red + blue, b"\0" + red + blue])
    by_left = b"\1" + red + bytes((b - a) & 255 for a, b in zip(red, blue, strict=True))
    for second in (b"\2" + bytes(6), b"\4" + bytes(6), by_left):
        assert with_palette(png([b"\0" + red + blue, second])) == with_palette(plain)
    halved = b"\3" + bytes((x - y // 2) & 255 for x, y in zip(red, red, strict=True))
    halved += bytes((b - (a + b) // 2) & 255 for a, b in zip(red, blue, strict=True))
    assert with_palette(png([b"\0" + red + blue, halved])) == with_palette(plain)


def test_only_pngs_it_knows_are_read() -> None:
    for bad in (b"GIF89a", png([b"\0" + bytes(2)], kind=3)):
        with pytest.raises(ValueError, match="PNG"):
            with_palette(bad)


def test_many_colours_become_the_nearest() -> None:
    row = b"\0" + b"".join(bytes((r * 8, g * 8, 0)) for r in range(20) for g in range(20))
    made = with_palette(png([row], width=400))
    length = int.from_bytes(made[33:37], "big")
    assert made[37:41] == b"PLTE"
    assert length == 256 * 3
