"""Texts: filters, days, links and the foot of the pages (keys page.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "page.foot": (
        "本页载明记录所示与线索，不是认定。文件自足，不连接网络；输入相同，逐字节相同。",
        "This page shows what the records say, and leads; it concludes nothing. It is complete in itself, uses no network, and is the same byte for byte for equal inputs.",
    ),
    "page.findings_asked": ("线索（不是认定）", "Leads (not conclusions)"),
    # filters
    "page.filter": ("筛选", "Filters"),
    "page.filter.code": ("号码或号段", "Number or segment"),
    "page.filter.any_layer": ("层级：全部", "Layer: all"),
    "page.filter.any_kind": ("类型：全部", "Type: all"),
    "page.filter.any_status": ("印证：全部", "Status: all"),
    "page.filter.any_rule": ("线索：全部", "Leads: all"),
    "page.filter.with_leads": ("有线索", "with any lead"),
    "page.filter.rule": ("{rule} {title}", "{rule} {title}"),
    "page.filter.layer": ("层级", "Layer"),
    "page.filter.from": ("自", "From"),
    "page.filter.to": ("至", "To"),
    "page.filter.only": ("只看匹配", "Matches only"),
    "page.filter.reset": ("清除", "Reset"),
    "page.filter.counts": (
        "证据 {evidence} · 主体 {parties} · 环节 {hops} · 线索 {leads}",
        "evidence {evidence} · parties {parties} · hops {hops} · leads {leads}",
    ),
    "page.filter.of": ("{shown}／{all}", "{shown}/{all}"),
    "page.filter.shown": (
        "筛选后 {shown}／{all} 项证据",
        "Filtered: {shown} of {all} {all:exhibit|exhibits}",
    ),
    "page.filter.whole": (
        "方框内的条数与期间为全期数字；未显示的记录仍在案。",
        "Figures in boxes are of the whole period; records not shown remain on record.",
    ),
    "page.filter.by": ("筛选条件：{listed}", "filtered by: {listed}"),
    "page.filter.by_code": ("号码 {what}", "number {what}"),
    "page.filter.by_layer": (
        "{what}（含进出该层的记录）",
        "{what} (with the records into and out of it)",
    ),
    "page.filter.by_kind": ("类型 {what}", "type {what}"),
    "page.filter.by_status": ("印证情况 {what}", "status {what}"),
    "page.filter.by_rule": ("线索 {what}", "leads {what}"),
    "page.filter.by_from": ("自 {what}", "from {what}"),
    "page.filter.by_to": ("至 {what}", "to {what}"),
    "page.filter.by_words": ("查找“{what}”", "matches of “{what}”"),
    "page.filter.by_day": ("单日 {what}", "the single day {what}"),
    "page.filter.none_here": ("不在筛选结果中", "not among what is shown"),
    "page.filter.within": ("所选日期 {messages}", "{messages} on the days chosen"),
    "page.filter.no_date": ("日期写作 2023-07-01", "write days as 2023-07-01"),
    "page.filter.rest": (
        "主体 {parties} · 环节 {hops} · 线索 {leads}",
        "parties {parties} · hops {hops} · leads {leads}",
    ),
    "page.filter.of_all_days": ("按全部日期计", "counted over all days"),
    "page.filter.parties": ("{parties} 家主体", "{parties} {parties:party|parties}"),
    "page.filter.hops": ("{hops} 个环节", "{hops} {hops:hop|hops}"),
    "page.filter.leads": ("线索 {shown}／{all} 条", "{shown} of {all} {all:lead|leads}"),
    "page.filter.sources": (
        "所显示的记录出自 {shown}／{all} 个文件。",
        "What is shown stands in {shown} of {all} {all:file|files}.",
    ),
    "page.hidden_by_filter": (
        "筛选后未在图中和表中显示。",
        "Not shown in picture and table: it is filtered out.",
    ),
    # days
    "page.day": ("单日", "Single day"),
    "page.day.back": ("上一变化日", "Previous day of change"),
    "page.day.next": ("下一变化日", "Next day of change"),
    "page.day.play": ("▷ 播放", "▷ Play"),
    "page.day.pause": ("❚❚ 暂停", "❚❚ Pause"),
    "page.day.stop": ("退出单日", "Leave single day"),
    "page.day.place": ("变化日 {index}／{count}", "day of change {index} of {count}"),
    "page.day.on": (
        "{day}：当日有效合同与有记录的路由共 {evidence} 项，环节 {hops}；短信 {messages}",
        "{day}: {evidence} contracts in term and logs with records, hops {hops}; {messages}",
    ),
    "page.day.new": ("新出现：{listed}", "new: {listed}"),
    "page.day.gone": ("不再存在：{listed}", "gone: {listed}"),
    "page.day.same": ("与前一日相同", "as on the day before"),
    "page.day.no_change": ("所显示的记录未载日期", "what is shown bears no days"),
    # links and citations
    "page.copy_zh": ("复制引用（中文）", "Copy citation (Chinese)"),
    "page.copy_en": ("复制引用（英文）", "Copy citation (English)"),
    "page.copy_link": ("复制链接", "Copy link"),
    "page.copied_not": ("请手动复制：", "Copy by hand:"),
    "page.link_copied": ("链接已复制", "Link copied"),
    "page.link_other": (
        "此链接出自另一份输入（摘要 {digest}…），其中编号在本页可能指另一条记录，未予打开。",
        "This link is of other inputs (digest {digest}…): its number may name another record here and was not opened.",
    ),
    # hops over time
    "page.timeline": ("环节时间线", "Hops over time"),
    "page.timeline_help": (
        "上方横线为合同期限；柱为每日短信条数，实心有合同覆盖，空心未见合同。各环节同一比例，最高 {most} 条。",
        "Lines above are terms of contracts; bars are messages a day, filled under contract, hollow without. One scale for all hops, the highest bar is {most}.",
    ),
    "page.timeline_bins": ("每柱 {days} 日。", "One bar is {days} {days:day|days}."),
    "page.timeline_left": (
        "另有 {count} 个环节未画，见证据目录。",
        "{count} more {count:hop is|hops are} not drawn; the list of evidence has {count:it|them}.",
    ),
    "page.strip.total": ("{total}；最多 {day}：{most}", "{total}; most on {day}: {most}"),
    "page.strip.paper": ("合同 {no}（{term}）", "contract {no} ({term})"),
    "page.strip.no_days": ("{paper}；未见短信。", "{paper}; no messages on record."),
    "page.strip.in_words": (
        "{paper}；{first} 至 {last} 间有 {days} 日有短信，合计 {total}，最多一日 {day} 为 {most} 条；其中 {bare} 日有未见合同覆盖的短信。",
        "{paper}; messages on {days} {days:day|days} between {first} and {last}, {total} in all, most on {day}: {most}; on {bare} of these days some are under no contract.",
    ),
    "page.field.strip": ("每日短信", "Messages per day"),
    "page.no_script_paper": (
        "脚本未运行：语言与明暗切换不可用，内容完整。",
        "Scripts are off: language and theme cannot be changed; the content is complete.",
    ),
}
