"""Paints a page as PNG, 300 dots an inch."""

from pathlib import Path
from struct import pack
from typing import Final
from zlib import crc32

from tracer.errors import UsageError
from tracer.report.diagram.shapes import Drawing
from tracer.report.diagram.svg import svg_of

__all__ = ["DOTS_PER_INCH", "paint_png"]

DOTS_PER_INCH: Final = 300
MOST_DOTS: Final = 120_000_000
"""Of a picture; it takes four bytes a dot while it is painted."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_FAMILY: Final = "Noto Sans SC"
_POINTS_PER_INCH: Final = 72
_PIXELS_PER_INCH: Final = 96


def paint_png(page: Drawing, font: Path, title: str) -> bytes:
    """Paint a page.

    Parameters
    ----------
    page : Drawing
        Its size in points.
    font : pathlib.Path
        What all text is set in; has every character of it.
    title : str
        What it shows.

    Raises
    ------
    UsageError
        If it has more dots than a program can be expected to open.
    """
    from resvg_py import svg_to_bytes

    width, height = (
        round(side * DOTS_PER_INCH / _POINTS_PER_INCH) for side in (page.width, page.height)
    )
    if width * height > MOST_DOTS:
        raise UsageError("png_too_large", width=f"{width:,}", height=f"{height:,}")
    svg = svg_of(page, title, _FAMILY, is_one_weight=True)
    painted = svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(font)],
        font_family=_FAMILY,
        dpi=_PIXELS_PER_INCH,
        zoom=DOTS_PER_INCH / _PIXELS_PER_INCH,
    )
    return with_density(bytes(painted))


def with_density(png: bytes) -> bytes:
    """State in a PNG how many dots an inch has, so that it prints at its true size."""
    start = len(_SIGNATURE) + 25  # after the first chunk, the header
    metre = round(DOTS_PER_INCH / 0.0254)
    content = b"pHYs" + pack(">IIB", metre, metre, 1)
    chunk = pack(">I", len(content) - 4) + content + pack(">I", crc32(content))
    return png[:start] + chunk + png[start:]
