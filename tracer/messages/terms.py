"""Texts: the field's words, used alike by terminal, page and tables."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "status.contract_only": ("仅有合同", "contract only"),
    "status.routing_only": ("仅有路由记录", "log only"),
    "status.partly_covered": ("部分有合同", "partly under contract"),
    "status.corroborated": ("合同与路由相互印证", "contract and log"),
    "attested.both": ("双方日志", "both ends' logs"),
    "attested.upstream": ("上游日志", "upstream's log"),
    "attested.downstream": ("下游日志", "downstream's log"),
    "attested.third_party": ("第三方日志", "third party's log"),
    "attested.unattributed": ("提供单位未注明", "provider not stated"),
    "attested.none": ("无日志", "no log"),
    "start.holder": ("持有人", "holder"),
    "start.gap": ("断档", "gap"),
    "start.unallocated": ("未见分配", "unallocated"),
    "end.terminal": ("终点", "terminal"),
    "end.cycle": ("回环", "cycle"),
    "basis.declared": ("合同或主体类型载明", "declared"),
    "basis.own_log": ("本单位日志载明", "own log"),
    "basis.possible_renumbering": ("可能为改号（平台追加号码）", "possible renumbering"),
    "basis.last_on_record": ("记录止于此", "last on record"),
    "why.no_segment": ("合同未写明号段", "contract names no segment"),
    "why.other_days": ("合同期限不含这些日期", "contract of other days"),
    "why.other_segment": ("合同号段不含这些号码", "contract of other segments"),
    "why.other_routing": ("其他号码或日期的路由记录", "routing of other numbers or days"),
}
