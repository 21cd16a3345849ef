"""Whether what a contract says of area and purpose goes beyond what an allocation says.

Both are free text. Only what can be told from the text alone counts as a difference.
"""

from tracer.rules.stated import fold_stated, stated_items

__all__ = ["is_beyond_purpose", "is_beyond_region"]

_EVERYWHERE = "全国"
_PROVINCES = (
    *("北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江"),
    *("安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州"),
    *("云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港"),
    "澳门",
)


def is_beyond_region(agreed: str | None, approved: str | None) -> bool:
    """Tell whether a contract names a province that the allocation does not.

    Compared by province; false where either says anything that names no province, for a town may
    lie in the province that the other names.

    Examples
    --------
    >>> is_beyond_region("全国", "浙江省"), is_beyond_region("江苏", "浙江、上海")
    (True, True)
    >>> is_beyond_region("浙江省杭州市", "浙江"), is_beyond_region("杭州", "浙江省")
    (False, False)
    """
    here, there = _provinces(agreed), _provinces(approved)
    return bool(here and there) and _EVERYWHERE not in there and not here <= there


def _provinces(cell: str | None) -> frozenset[str]:
    """Give the provinces a cell names, empty where it names anything else."""
    found = set()
    for item in stated_items(cell):
        named = next((name for name in (_EVERYWHERE, *_PROVINCES) if item.startswith(name)), None)
        if named is None or "除" in item or "外" in item:
            return frozenset()
        found.add(named)
    return frozenset(found)


def is_beyond_purpose(agreed: str | None, approved: str | None) -> bool:
    """Tell whether a contract names a purpose of which the allocation's text has no trace.

    A purpose that contains one of the other's, or is contained in one, is taken to be meant by it.

    Examples
    --------
    >>> is_beyond_purpose("营销短信", "验证码"), is_beyond_purpose("验证码", "行业短信（验证码）")
    (True, False)
    """
    whole, others = fold_stated(approved), stated_items(approved)
    return bool(whole) and any(
        item not in whole and not any(other in item for other in others)
        for item in stated_items(agreed)
    )
