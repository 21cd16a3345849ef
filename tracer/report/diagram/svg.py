"""A scene as SVG: vector, self-contained, for paper; looks alike wherever it is opened."""

from html import escape
from typing import Final

from tracer.messages import Language
from tracer.report.diagram.sheets import Joint, Sheet, whole
from tracer.report.geometry import Point, Rect
from tracer.report.scene import LINE_HEIGHT, Band, Caption, Mark, Scene, SceneBox

__all__ = ["FONTS", "write_svg"]

FONTS: Final = (
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
)
_INKS: Final = {"main": "#15191e", "soft": "#3f4852", "warn": "#8a3b00"}
_LINE: Final = "#2b333b"
_BAND: Final = "#eef2f6"
_BAND_INK: Final = "#4a5663"
_WARN_FILL: Final = "#fff6ec"
_DASHES: Final = {"routing": "6 4", "partly": "9 3 2 3", "gap": "2 4", "doubtful": "1 3 1 3 8 3"}


def write_svg(scene: Scene, lang: Language, *, title: str, sheet: Sheet | None = None) -> str:
    """Draw a scene, or one sheet of it.

    Parameters
    ----------
    scene : Scene
        What to draw.
    lang : {"zh", "en"}
        Language of its words.
    title : str
        Said to readers who cannot see it.
    sheet : Sheet, optional
        The part to draw, with its size on paper; without one, the whole at its own size.
    """
    part = sheet or whole(scene)
    window = part.window
    marks = [mark for mark in scene.marks if _meets(_extent(mark), window)]
    pieces = [
        _opening(part, title),
        f"<title>{escape(title)}</title>",
        *(_band(band, scene.direction, lang) for band in scene.bands if _meets(band.rect, window)),
        *(_line(mark) for mark in marks),
        *(_arrow(mark.tip, scene.direction, mark.style) for mark in marks if mark.tip),
        *(_box(box, lang) for box in scene.boxes if _meets(box.rect, window)),
        *(_caption(caption, lang) for caption in scene.captions),
        *(_joint(joint) for joint in part.joints),
        "</svg>",
    ]
    return "".join(pieces)


def _opening(part: Sheet, title: str) -> str:
    width, height = part.paper
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_span(part.window)}" '
        f'width="{width:g}pt" height="{height:g}pt" role="img" '
        f'aria-label="{escape(title)}" font-family="{FONTS}">'
    )


def _span(rect: Rect) -> str:
    return f"{rect.x:g} {rect.y:g} {rect.width:g} {rect.height:g}"


def _meets(rect: Rect, window: Rect) -> bool:
    return (
        rect.x <= window.x + window.width
        and window.x <= rect.x + rect.width
        and rect.y <= window.y + window.height
        and window.y <= rect.y + rect.height
    )


def _extent(mark: Mark) -> Rect:
    xs = [x for x, _ in mark.route.points]
    ys = [y for _, y in mark.route.points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _rect(rect: Rect, attributes: str, inset: float = 0.0, corner: float = 4.0) -> str:
    return (
        f'<rect x="{rect.x + inset:g}" y="{rect.y + inset:g}" '
        f'width="{rect.width - 2 * inset:g}" height="{rect.height - 2 * inset:g}" '
        f'rx="{max(corner - inset, 0):g}" {attributes}/>'
    )


def _text(words: str, x: float, y: float, attributes: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {attributes}>{escape(words)}</text>'


def _band(band: Band, direction: str, lang: Language) -> str:
    rect = band.rect
    label = band.label.get(lang)
    look = f'font-size="12" font-weight="700" fill="{_BAND_INK}"'
    if direction == "down":
        words = _text(label, rect.x + 10, round(rect.y + rect.height / 2 + 4, 1), look)
    else:
        words = _text(label, rect.x + 8, rect.y + 16, look)
    return _rect(rect, f'fill="{_BAND}"', corner=0) + words


def _line(mark: Mark) -> str:
    ink = _INKS["warn"] if mark.style == "gap" else _LINE
    head = f'<path d="{mark.path}" fill="none" stroke="{{}}" stroke-width="{{}}"{{}}/>'
    if mark.style == "both":
        return head.format(ink, "4.4", "") + head.format("#ffffff", "1.8", "")
    dashes = f' stroke-dasharray="{_DASHES[mark.style]}"' if mark.style in _DASHES else ""
    return head.format(ink, "1.4", dashes)


def _arrow(tip: Point, direction: str, style: str) -> str:
    x, y = tip
    ink = _INKS["warn"] if style == "gap" else _LINE
    if direction == "down":
        points = f"{x:g},{y:g} {x - 4.5:g},{y - 9:g} {x + 4.5:g},{y - 9:g}"
    else:
        points = f"{x:g},{y:g} {x - 9:g},{y - 4.5:g} {x - 9:g},{y + 4.5:g}"
    return f'<polygon points="{points}" fill="{ink}"/>'


def _box(box: SceneBox, lang: Language) -> str:
    rect = box.rect
    gap = box.kind in {"gap", "unallocated"}
    fill = _WARN_FILL if gap else "#ffffff"
    ink = _INKS["warn"] if gap else _LINE
    width = "2.8" if {"sender", "asked"} & set(box.looks) else "1.2"
    dashes = {"routing": ' stroke-dasharray="5 3"', "gap": ' stroke-dasharray="2 3"'}
    dash = dashes.get("gap" if gap else box.kind, "")
    pieces = [_rect(rect, f'fill="{fill}" stroke="{ink}" stroke-width="{width}"{dash}')]
    if "double" in box.looks:
        pieces.append(_rect(rect, f'fill="none" stroke="{ink}" stroke-width="0.8"{dash}', 3))
    if "holder" in box.looks:
        bar = Rect(rect.x, rect.y, 6, rect.height)
        pieces.append(_rect(bar, f'fill="{_LINE}"', corner=2))
    if "lead" in box.looks:
        right = rect.x + rect.width
        corner = f"{right - 12:g},{rect.y:g} {right:g},{rect.y:g} {right:g},{rect.y + 12:g}"
        pieces.append(f'<polygon points="{corner}" fill="{_LINE}"/>')
    lines = box.lines[lang]
    y = rect.y + (rect.height - sum(line.size * LINE_HEIGHT for line in lines)) / 2
    for line in lines:
        weight = ' font-weight="700"' if line.bold else ""
        look = f'font-size="{line.size:g}" fill="{_INKS[line.tone]}" text-anchor="middle"{weight}'
        pieces.append(_text(line.text, rect.centre[0], round(y + line.size * 1.02, 1), look))
        y += line.size * LINE_HEIGHT
    return "".join(pieces)


def _caption(caption: Caption, lang: Language) -> str:
    look = f'font-size="12" font-weight="700" fill="{_INKS["warn"]}"'
    return _text(caption.text.get(lang), caption.x, caption.y, look)


def _joint(joint: Joint) -> str:
    x, y = joint.at
    return f'<circle cx="{x:g}" cy="{y:g}" r="8" fill="#ffffff" stroke="{_LINE}"/>' + _text(
        joint.label, x, y + 3.6, f'font-size="10" fill="{_LINE}" text-anchor="middle"'
    )
