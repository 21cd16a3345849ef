"""Cells as printed, made comparable: blank ones and words that stand for nothing say nothing."""

from re import compile as pattern

from tracer.model.party import fold_name

__all__ = ["fold_stated", "stated_items"]

_NOTHING = frozenset(
    {
        "无",
        "不详",
        "未知",
        "未填",
        "未填写",
        "暂无",
        "待补",
        "空",
        "na",
        "n/a",
        "nil",
        "none",
        "null",
    }
)
_BETWEEN_ITEMS = pattern(r"[、,，;；/\n]+")


def fold_stated(cell: str | None) -> str:
    """Fold a cell as names are folded; empty where it states nothing.

    Examples
    --------
    >>> fold_stated("某路 1 号"), fold_stated(" — "), fold_stated("不详"), fold_stated(None)
    ('某路1号', '', '', '')
    """
    folded = fold_name(cell or "").casefold()
    return "" if folded in _NOTHING or not any(c.isalnum() for c in folded) else folded


def stated_items(cell: str | None) -> tuple[str, ...]:
    """Give what a cell lists, each folded.

    Examples
    --------
    >>> stated_items("验证码、 行业 短信；/")
    ('验证码', '行业短信')
    """
    if not fold_stated(cell):  # N/A is no list
        return ()
    return tuple(filter(None, map(fold_stated, _BETWEEN_ITEMS.split(cell or ""))))
