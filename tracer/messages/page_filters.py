"""Texts: filters, days, links and the foot of the pages (keys page.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "page.foot": (
        "本页载明记录所示与线索，不是认定。文件自足，不连接网络；输入相同，逐字节相同。",
        "This page shows what the records say, and leads; it concludes nothing. It is complete in itself, uses no network, and is the same byte for byte for equal inputs.",
    ),
    "page.no_script_paper": (
        "脚本未运行：语言与明暗切换不可用，内容完整。",
        "Scripts are off: language and theme cannot be changed; the content is complete.",
    ),
}
