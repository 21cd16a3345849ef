"""Texts: the rules on allocated numbers, TR1xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "rule.TR101.title": ("码号未见分配记录", "number under no allocation on record"),
    "rule.TR101.flags": (
        "合同所载号段或路由所载号码，未被任何一条在案码号分配记录覆盖，而同类码号（前四位相同）已有分配记录在案。",
        "A contract's segment or a routed number that no allocation on record covers, while allocations of its class (first four digits) are on record.",
    ),
    "rule.TR101.evidence": (
        "载明该号段的合同，以及该号段、号码下的路由记录。",
        "The contracts that name the segment, and the routing records under it.",
    ),
    "rule.TR101.limits": (
        "在案分配记录可能只是摘录，无法区分分配记录未移送与确无分配；短于一个码号的号段（如仅写 1069）不作判断。",
        "The register on record may be an extract; it cannot tell an allocation that was not handed in from none. A segment shorter than a code (1069 alone) is not judged.",
    ),
    "rule.TR101.rebuttal": (
        "该码号的分配批复或码号证书；合同或日志号码系误写的证明。",
        "The allocation or certificate of the code; proof that the number was misspelt in the contract or the log.",
    ),
    "finding.TR101": (
        "{upstream} 与 {downstream} 之间的合同或路由涉及 {segment}（{span}，{messages} 条），在案分配记录均未覆盖该号段。",
        "Contracts or routing between {upstream} and {downstream} concern {segment} ({span}, {messages} {messages:message|messages}), which no allocation on record covers.",
    ),
    "rule.TR102.title": ("超出码号分配期限", "outside the term of the allocation"),
    "rule.TR102.flags": (
        "合同期限内或路由发生之日，覆盖该码号的分配记录均未生效，而在其他日期有效。",
        "Days of a contract's term, or of routing, on which no allocation covers the number, though one does on other days.",
    ),
    "rule.TR102.evidence": (
        "相应合同、路由记录，以及其他日期有效的分配记录。",
        "The contracts, the routing records, and the allocations of other days.",
    ),
    "rule.TR102.limits": (
        "无法区分续期批复未移送与未续期；无止期的合同，不因其无止期而计入此后日期。",
        "It cannot tell a renewal that was not handed in from none. An open end of a contract is held against nobody by itself.",
    ),
    "rule.TR102.rebuttal": (
        "续期或重新分配的批复；合同在分配期限内即已终止的证明。",
        "The renewal or new allocation; proof that the contract ended within the term of the allocation.",
    ),
    "finding.TR102": (
        "{upstream} 与 {downstream} 之间的合同或路由涉及 {segment}（{span}，{messages} 条），这些日期不在在案分配记录的有效期内。",
        "Contracts or routing between {upstream} and {downstream} concern {segment} ({span}, {messages} {messages:message|messages}) on days outside the terms of the allocations on record.",
    ),
    "rule.TR103.title": ("同一号段分配给两个主体", "one segment allocated to two holders"),
    "rule.TR103.flags": (
        "完全相同的号段在两日以上同时分配给两个主体（非同一主体的两个名称）。",
        "The very same segment is allocated to two holders, not two names of one party, on two or more days.",
    ),
    "rule.TR103.evidence": ("期限重叠的分配记录。", "The allocations that overlap."),
    "rule.TR103.limits": (
        "无法区分登记有误、变更登记滞后与重复分配。",
        "It cannot tell a wrong entry or a late change of the register from two allocations.",
    ),
    "rule.TR103.rebuttal": (
        "变更使用主体的批复及生效日期；登记错误的更正说明；两个名称为同一主体的证明。",
        "The approval of a change of holder and its day; a correction of the register; proof that the two names are one party.",
    ),
    "finding.TR103": (
        "在案分配记录中，{segment} 同时分配给 {parties}（{span}）。",
        "The allocations on record give {segment} to {parties} at the same time ({span}).",
    ),
    "rule.TR104.title": ("与批准的地域或用途不一致", "other area or purpose than approved"),
    "rule.TR104.flags": (
        "合同载明的地域或用途，与同期覆盖该号段的分配记录所载不一致（双方均有记载时）。",
        "A contract states another area or purpose than the allocations of its numbers and days, where both state one.",
    ),
    "rule.TR104.evidence": (
        "相应合同及分配记录。",
        "The contracts and the allocations they are held against.",
    ),
    "rule.TR104.limits": (
        "仅比较文字：同义表述可能显示为不一致；地域仅按省级比较；实际发送内容与地域无从得知。",
        "Texts are compared as texts: two words for one purpose look different; areas are compared by province only; what was really sent, and where, it cannot tell.",
    ),
    "rule.TR104.rebuttal": (
        "变更用途或使用范围的批复；两种表述含义相同的说明。",
        "The approval of a change of purpose or area; an explanation that both wordings mean the same.",
    ),
    "finding.TR104": (
        "{upstream} 与 {downstream} 的合同 {contracts} 就 {segment} 载明地域为 {agreed}，分配记录所载为 {approved}（{span}）。",
        "Contracts {contracts} between {upstream} and {downstream} state the area {agreed} for {segment}; the allocation states {approved} ({span}).",
    ),
    "finding.TR104.purpose": (
        "{upstream} 与 {downstream} 的合同 {contracts} 就 {segment} 载明用途为 {agreed}，分配记录所载为 {approved}（{span}）。",
        "Contracts {contracts} between {upstream} and {downstream} state the purpose {agreed} for {segment}; the allocation states {approved} ({span}).",
    ),
    "rule.TR105.title": ("同一主体持有多个同类码号", "several codes of one class with one holder"),
    "rule.TR105.flags": (
        "同一主体同时持有两个以上前四位相同的八位码号。",
        "One holder has two or more eight-digit codes of one class (first four digits) in force together.",
    ),
    "rule.TR105.evidence": ("相应分配记录。", "The allocations concerned."),
    "rule.TR105.limits": (
        "多个码号可能用于不同业务或系新旧更替；名称不同的主体视为不同主体。",
        "Codes may serve different businesses, or one replace the other; holders that differ in name are taken to be different.",
    ),
    "rule.TR105.rebuttal": (
        "各码号分别获批的依据；旧码号已收回的证明。",
        "The grounds on which each code was approved; proof that an old code was returned.",
    ),
    "finding.TR105": (
        "在案分配记录中，{holder} 同时持有 {group} 类码号 {count} 个：{codes}（{span}）。",
        "The allocations on record give {holder} {count} codes of class {group} in force together: {codes} ({span}).",
    ),
}
