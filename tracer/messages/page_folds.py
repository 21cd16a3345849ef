"""Texts of folded pictures, of what several numbers share, and of incidents on the page."""

from typing import Final

__all__ = ["TEXTS"]

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "page.fold.head": (
        "▸ 已收起：{parties} 家主体 · {hops} 个环节",
        "▸ Folded: {parties} {parties:party|parties} · {hops} {hops:hop|hops}",
    ),
    "page.fold.layer": ("第 {first} 层", "layer {first}"),
    "page.fold.layers": ("第 {first}–{last} 层", "layers {first}–{last}"),
    "page.fold.routing": ("路由 {count} 项", "{count} {count:log|logs}"),
    "page.fold.passed": ("经其交给上游 {messages}", "{messages} handed up"),
    "page.fold.senders": (
        "发送方 {count} 家，自发 {sent}",
        "{count} {count:sender|senders}, {sent} of their own",
    ),
    "page.fold.gaps": ("断档或未见分配 {count} 处", "{count} {count:gap|gaps} or unallocated"),
    "page.fold.without_contract": (
        "{count} 个环节未见合同",
        "{count} {count:hop|hops} without a contract",
    ),
    "page.fold.partly": (
        "{count} 个环节仅部分有合同",
        "{count} {count:hop|hops} partly under contract",
    ),
    "page.fold.without_routing": (
        "{count} 个环节未见路由",
        "{count} {count:hop|hops} without a log",
    ),
    "page.fold.others": (
        "另有 {count} 个环节连向别处",
        "{count} more {count:hop leads|hops lead} elsewhere",
    ),
    "page.fold.findings": ("※ 线索 {count} 条", "※ {count} {count:lead|leads}"),
    "page.line.unseen": ("另有 {count} 个环节未画出", "{count} more {count:hop|hops} not drawn"),
    "page.fold.filtered": (
        "▸ 筛选后：{shown}／{all} 家主体",
        "▸ Chosen: {shown} of {all} {all:party|parties}",
    ),
    "page.kind.fold": ("收起的部分", "Folded part"),
    "page.fold.opening": ("首图", "First picture"),
    "page.fold.records": ("证据 {count} 项", "{count} {count:exhibit|exhibits}"),
    "page.fold.all": ("全部展开", "Unfold everything"),
    "page.fold.wide": ("展开至约 {limit} 个方框", "Unfold to some {limit} boxes"),
    "page.fold.below": ("{name} 的下游", "below {name}"),
    "page.fold.roots": ("另一组起点", "more starts"),
    "page.fold.elsewhere": (
        "此处未画出：另 {parties} 家主体，{hops} 个环节（均在证据目录、统计和查找之内）",
        "Not drawn here: {parties} more {parties:party|parties}, {hops} {hops:hop|hops} (all in the list, the counts and the search)",
    ),
    "page.fold.note": (
        "主体较多：每张图至多约 {limit} 个方框，其余收起并标注数量。点击或回车展开，再收起用退格键或上方路径。",
        "At most some {limit} boxes are drawn, the rest is folded. Enter unfolds, Backspace folds.",
    ),
    "page.fold.bare": (
        "环节较多：环节画为不带方框的线，选中主体或线后显示数量；不流向更深一层的环节只计数，不画线。",
        "Many hops: lines without boxes; click one for its counts. Hops to no deeper layer: counts.",
    ),
    "page.fold.named_more": ("{names} 等，另 {rest} 家", "{names} and {rest} more"),
    "page.fold.field.parties": ("主体", "Parties"),
    "page.fold.field.hops": ("环节", "Hops"),
    "page.fold.field.contracts": ("合同", "Contracts"),
    "page.fold.field.routing": ("路由", "Logs"),
    "page.fold.field.layers": ("层级", "Layers"),
    "page.fold.field.passed": ("交给上游", "Handed up"),
    "page.fold.field.senders": ("发送方", "Senders"),
    "page.fold.field.gaps": ("断档或未见分配", "Gaps or unallocated"),
    "page.fold.field.without_contract": ("未见合同的环节", "Hops without a contract"),
    "page.fold.field.partly": ("仅部分有合同的环节", "Hops partly under contract"),
    "page.fold.field.without_routing": ("未见路由的环节", "Hops without a log"),
    "page.fold.field.others": ("连向别处的环节", "Hops that lead elsewhere"),
    "page.fold.field.findings": ("线索", "Leads"),
    "page.fold.field.named": ("包括", "Among them"),
    "page.fold.trail": ("图中位置", "Place in the picture"),
    "page.steps": ("各层单价", "Prices layer by layer"),
    "page.steps_note": (
        "合同所载单价（元/条），最低至最高；价差为上游卖出价减买入价",
        "prices contracts state (yuan a message), lowest to highest; spreads over the price in",
    ),
    "page.steps_more": ("逐环节见价格阶梯", "hop by hop"),
    "page.step.where": ("层", "Layer"),
    "page.step.from": ("第 {layer} 层向下", "down from layer {layer}"),
    "page.step.hops": ("环节", "Hops"),
    "page.step.prices": ("单价（元/条）", "Price (yuan)"),
    "page.step.bar": (
        "对比（实心至最低价，空心至最高价）",
        "Compared (filled: lowest, open: highest)",
    ),
    "page.step.spreads": ("价差（元/条）", "Spread (yuan)"),
    "page.step.unpriced": ("未载单价的环节", "Hops without a price"),
    "page.step.none": ("—", "—"),
    "page.all_days": (
        "此表按全部记录统计，不随筛选变化，筛选时不显示",
        "This counts all records whatever is chosen, and is not shown while something is",
    ),
    "page.incidents": ("涉诈短信报案", "Reports of fraud messages"),
    "page.incident.parties": ("按主体", "By party"),
    "page.incident.hops": ("按环节", "By hop"),
    "page.incident.list": ("逐条", "One by one"),
    "page.incident.total": (
        "合计 {count} 条：{traffic} 条当日有各环节流量的链条，{paper} 条仅有书面链条，{unreached} 条未见链条；受害人 {victims} 名，已载损失 {loss} 元（{unstated} 条未载明）",
        "{count} in all: {traffic} by traffic, {paper} on paper only, {unreached} unreached; {victims} {victims:victim|victims}, {loss} yuan stated ({unstated} {unstated:states|state} none)",
    ),
    "page.incident.party_note": (
        "一条报案记入其链条上的每个主体，各行不可相加；链条当日有流量不等于该主体发送。",
        "A report counts for every party of its chains: rows do not add up, and none is thereby its sender.",
    ),
    "page.incident.hop_note": (
        "同一号码当日在该环节有短信记录的报案；各行不可相加。",
        "Reports of a number with messages on record at the hop that day; rows do not add up.",
    ),
    "page.incident.more": (
        "另有 {rest} 条未逐条列出，已计入上表",
        "{rest} more {rest:is|are} not listed here; the tables above count them",
    ),
    "page.incident.no_loss": ("未载明", "not stated"),
    "page.incident.kind.traffic": ("有流量的链条", "by traffic"),
    "page.incident.kind.paper": ("仅书面链条", "on paper only"),
    "page.incident.kind.unreached": ("未见链条", "unreached"),
    "page.incident.head.reports": ("报案", "Reports"),
    "page.incident.head.first_day": ("首日", "First day"),
    "page.incident.head.last_day": ("末日", "Last day"),
    "page.incident.head.victims": ("受害人", "Victims"),
    "page.incident.head.loss": ("损失（元）", "Loss (yuan)"),
    "page.incident.head.paper": ("另：仅书面", "On paper only"),
    "page.incident.head.undecided": ("另：未能判定", "Undecided"),
    "page.shared": ("各码号共有的主体", "Parties the numbers share"),
    "page.shared_count": (
        "{count} 家主体见于两个以上码号；层级按码号分别计算，点击可到该码号的图中查看",
        "{count} {count:party appears|parties appear} under two numbers or more; a layer belongs to one number; click to see",
    ),
    "page.shared_none": (
        "没有主体同时见于两个以上码号",
        "no party appears under two numbers or more",
    ),
    "page.shared_party": ("主体", "Party"),
    "page.legend.fold": (
        "▸ 收起的部分（叠框），点击展开",
        "▸ folded part (stacked frame): click to unfold",
    ),
    "page.legend.tie": ("多个环节合为一线（长点线）", "several hops as one line (long dots)"),
    "page.rows_more": (
        "此处先列前 {shown} 行，共 {all} 行。运行脚本的浏览器在向下滚动时续列、打印时全部列出；JSON 输出也有全部记录。",
        "The first {shown} of {all} rows stand here. A browser that runs scripts lists and prints all; so does JSON.",
    ),
    "page.rows_shown": (
        "已列第 {first}–{last} 行，共 {all} 行；向下滚动续列，搜索、筛选、排序和打印涉及全部。",
        "Rows {first}–{last} of {all} are listed; scroll down for more. Search, filters, sorting and print reach all.",
    ),
    "page.rows_first": ("从第一行列起", "List from the first row"),
}
