"""Texts: the rules on subleasing, TR2xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "rule.TR201.title": ("未见批准文件的转租", "sublease without approval on record"),
    "rule.TR201.flags": (
        "仅凭合同取得号段的主体，在其持有期间将重叠的号段再提供给他人，且材料中未见批准文号。",
        "A party that holds a segment by contract only hands an overlapping segment on while it holds it, and no approval number is on record.",
    ),
    "rule.TR201.evidence": (
        "其上游合同、未载批准文号的下游合同，以及相应号码、日期上的路由记录。",
        "Its incoming contracts, its onward contracts without approval number, and the routing records at the points concerned.",
    ),
    "rule.TR201.limits": (
        "无法区分批准文件未移送与未经批准，也无法得知合同项下号码是否实际由该主体自行使用。",
        "It cannot tell an approval that was not handed in from one that was never given, nor whether the number stayed with the party after all.",
    ),
    "rule.TR201.rebuttal": (
        "批准文件；证明下游仅为该主体自身客户、号码未交其使用的材料；合同已解除或未履行的证明。",
        "The approval; papers showing that the onward party was merely a customer and never had the use of the number; proof that the contract ended or was never performed.",
    ),
    "finding.TR201": (
        "{upstream} 仅凭合同取得 {segment}，又提供给 {downstream}（{span}，{messages} 条），材料中未见批准文号。",
        "{upstream} holds {segment} by contract only and handed it on to {downstream} ({span}, {messages} {messages:message|messages}); no approval number is on record.",
    ),
    "rule.TR202.title": (
        "合同禁止转租而另订下游合同",
        "onward contract under a contract that forbids it",
    ),
    "rule.TR202.flags": (
        "主体的上游合同载明禁止转租，而该主体就重叠号段、在重叠期间另订有下游合同；面向第三方平台的码号项下的终端客户服务合同，其客户未再转出的除外。",
        "An incoming contract of a party forbids subletting, and the party has an onward contract for overlapping numbers on overlapping days; not an end customer's service under a code for third-party platforms, where the customer hands nothing on.",
    ),
    "rule.TR202.evidence": (
        "两份合同中相互重叠的各行；期间为两份合同同时有效且未见允许转租约定的日期。",
        "The rows of both contracts that overlap; the days on which both are in force and nothing on record allows it.",
    ),
    "rule.TR202.limits": (
        "未移送的补充协议或者同意文件视同不存在；未载明起止日期的合同按持续有效计，并在表述中注明。",
        "A supplement or consent that was not handed in looks like none; a contract that states no start or end counts as running on, and the sentence says so.",
    ),
    "rule.TR202.rebuttal": (
        "允许转租的补充协议或上游的书面同意；下游合同已解除、未履行或者不涉及该号段的证明。",
        "A supplement that allows it or the upstream's written consent; proof that the onward contract ended, was never performed, or concerns other numbers.",
    ),
    "finding.TR202": (
        "{upstream} 与 {party} 的合同 {incoming} 载明禁止转租，{party} 又与 {downstream} 就 {segment} 订有合同 {onward}（同时有效：{span}）。",
        "Contract {incoming} of {upstream} and {party} forbids subletting; {party} has contract {onward} with {downstream} for {segment} (both in force: {span}).",
    ),
    "finding.TR202.silent": (
        "{upstream} 与 {party} 的合同 {incoming} 载明禁止转租，{party} 又与 {downstream} 就 {segment} 订有合同 {onward}（同时有效：{span}；其中有合同未载明起止日期，按持续有效计）。",
        "Contract {incoming} of {upstream} and {party} forbids subletting; {party} has contract {onward} with {downstream} for {segment} (both in force: {span}; where a contract states no start or end it counts as running on).",
    ),
    "rule.TR203.title": ("下游合同号段大于所持号段", "onward contract wider than the segment held"),
    "rule.TR203.flags": (
        "下游合同约定的号段未被该主体的分配或者上游合同整体覆盖，而同日该主体仅持有其下更长（更窄）的号段。",
        "An onward contract lets a segment that no allocation or incoming contract of the party covers as a whole, while on the same day it holds only a longer, narrower one under it.",
    ),
    "rule.TR203.evidence": (
        "下游合同的相应各行，以及该主体持有较窄号段所依据的合同或者分配记录。",
        "The rows of the onward contract, and the contracts or allocations by which the narrower segments are held.",
    ),
    "rule.TR203.limits": (
        "逐个持有的十个扩展不视为其合成的号段；短于码号位数的号段（如 1069）不比对；存在未写明号段的上游合同的日期不计。",
        "Ten extensions held one by one are not the segment they make up; segments shorter than a code (1069) are not compared; days with an incoming contract that names no segment do not count.",
    ),
    "rule.TR203.rebuttal": (
        "取得较宽号段的合同或者批复；下游合同附件中另有更窄号段约定的材料。",
        "A contract or approval that gives the wider segment; an annex of the onward contract that names a narrower one.",
    ),
    "finding.TR203": (
        "{party} 与 {downstream} 的合同 {contract} 约定 {segment}，而材料显示 {party} 同期仅持有 {held}（{span}）。",
        "Contract {contract} of {party} and {downstream} names {segment}, while on record {party} then holds only {held} ({span}).",
    ),
    "rule.TR204.title": ("下游合同期限超出所持期限", "onward contract longer than the title held"),
    "rule.TR204.flags": (
        "凭合同取得号段的主体，其下游合同期限内有部分日期没有任何上游合同覆盖该号段，而其他日期有。",
        "A party that holds a segment by contract has an onward contract with days on which no incoming contract covers the segment, though one does on other days.",
    ),
    "rule.TR204.evidence": (
        "下游合同的相应各行，以及在其他日期覆盖该号段的上游合同。",
        "The rows of the onward contract, and the incoming contracts that cover the segment on other days.",
    ),
    "rule.TR204.limits": (
        "未移送的续签合同视同不存在；未载明起止日期的合同按持续有效计，并在表述中注明；存在未写明号段的上游合同的日期不计。",
        "A renewal that was not handed in looks like none; a contract that states no start or end counts as running on, and the sentence says so; days with an incoming contract that names no segment do not count.",
    ),
    "rule.TR204.rebuttal": (
        "续签、展期或者更早的上游合同；下游合同提前解除的证明。",
        "A renewal, an extension or an earlier incoming contract; proof that the onward contract ended earlier.",
    ),
    "finding.TR204": (
        "{party} 与 {downstream} 的合同 {contract} 就 {segment} 约定的期限内，有部分日期未见 {party} 持有该号段的上游合同（{span}）。",
        "Within the term of contract {contract} of {party} and {downstream} for {segment} there are days on which no incoming contract of {party} covers it ({span}).",
    ),
    "finding.TR204.silent": (
        "{party} 与 {downstream} 的合同 {contract} 就 {segment} 约定的期限内，有部分日期未见 {party} 持有该号段的上游合同（{span}；该合同未载明起止日期，按持续有效计）。",
        "Within the term of contract {contract} of {party} and {downstream} for {segment} there are days on which no incoming contract of {party} covers it ({span}; the contract states no start or end and counts as running on).",
    ),
    "rule.TR205.title": ("未见权利来源的下游合同", "onward contract without title on record"),
    "rule.TR205.flags": (
        "主体就某号段订有下游合同，而材料中没有任何分配记录或者上游合同显示其曾持有该号段的全部或者部分；仅限码号登记材料所涵盖的号码类别。",
        "A party has an onward contract on a segment, and no allocation or incoming contract on record shows that it ever held any of it; only for classes of codes that the register on record covers.",
    ),
    "rule.TR205.evidence": ("下游合同的相应各行。", "The rows of the onward contract."),
    "rule.TR205.limits": (
        "多为上游合同未移送所致，溯源链上对应断点；主体另有未写明号段的上游合同的，不列。",
        "Mostly an incoming contract that was not handed in: a gap of the chain; not listed where the party has an incoming contract that names no segment.",
    ),
    "rule.TR205.rebuttal": (
        "该主体取得号段的上游合同、分配批复或者授权材料。",
        "The incoming contract, allocation or authorisation by which the party has the segment.",
    ),
    "finding.TR205": (
        "{party} 与 {downstream} 订有合同 {contract}，提供 {segment}（{span}），材料中未见 {party} 曾持有该号段的记录。",
        "{party} has contract {contract} with {downstream} for {segment} ({span}); no record shows that {party} ever held it.",
    ),
    "rule.TR206.title": (
        "同一号段同时提供给多个下游",
        "one segment let to several at the same time",
    ),
    "rule.TR206.flags": (
        "主体与两个以上不同下游就重叠号段订立的合同在同一日均有效；获分配主体的各合同均仅写明码号本身的，以及仅一日由一个下游交接给另一个的除外。",
        "Contracts of one party with two or more different downstreams on overlapping segments are in force on the same day; not where the party is the holder and all name only the bare code, nor on a single day on which one downstream takes over from another.",
    ),
    "rule.TR206.evidence": (
        "在该等号码、日期上有效的该主体各下游合同的相应各行。",
        "The rows of the party's onward contracts in force at such numbers and days.",
    ),
    "rule.TR206.limits": (
        "合同附件中的号码划分未予读取；已提前解除而无材料的合同、未载明起止日期的合同按有效计，后者在表述中注明。",
        "Annexes that divide the numbers are not read; a contract ended early without a paper, or one that states no start or end, counts as in force, and the sentence says so of the latter.",
    ),
    "rule.TR206.rebuttal": (
        "划分各下游号码的合同附件；先前合同已解除或者未履行的证明。",
        "Annexes that divide the numbers among the downstreams; proof that the earlier contract had ended or was never performed.",
    ),
    "finding.TR206": (
        "{party} 就 {segment} 与 {downstreams} 共 {count} 个下游的合同在同一日重叠有效（{span}），每个下游至少与其中另一个重叠。",
        "Contracts of {party} on {segment} with {count} downstreams, {downstreams}, are in force for the same numbers on the same days ({span}); each overlaps with at least one other.",
    ),
    "finding.TR206.silent": (
        "{party} 就 {segment} 与 {downstreams} 共 {count} 个下游的合同在同一日重叠有效（{span}），每个下游至少与其中另一个重叠；其中有合同未载明起止日期，按持续有效计。",
        "Contracts of {party} on {segment} with {count} downstreams, {downstreams}, are in force for the same numbers on the same days ({span}); each overlaps with at least one other; where a contract states no start or end it counts as running on.",
    ),
    "rule.TR207.title": ("循环提供", "number handed round in a circle"),
    "rule.TR207.flags": (
        "同一号码、同一日上，若干主体依次提供该号码并回到起点。",
        "At one number and day, parties hand the number on in turn until it is back where it began.",
    ),
    "rule.TR207.evidence": (
        "循环各环节在该等号码、日期上的合同和路由记录。",
        "The contracts and routing records of every hop of the circle at such numbers and days.",
    ),
    "rule.TR207.limits": (
        "归还号码的合同、上下游填写颠倒的合同，表现相同；循环极多时每组主体最多列出最短的 100 个，并在表述中注明。",
        "A contract by which a number is given back, or one with its parties mixed up, looks the same; where circles are very many, at most the 100 shortest of each group of parties are listed, and the sentence says so.",
    ),
    "rule.TR207.rebuttal": (
        "各环节合同的真实用途说明；归还、解除或者更正上下游的材料。",
        "What each contract was for; papers showing a return, a termination, or that upstream and downstream were mixed up.",
    ),
    "finding.TR207": (
        "{segment} 依次由 {cycle} 提供，回到起点（{span}）。",
        "{segment} is handed round: {cycle} ({span}).",
    ),
    "finding.TR207.cut": (
        "{segment} 依次由 {cycle} 提供，回到起点（{span}）；这些主体之间的循环过多，仅列出其中较短者，其余未列。",
        "{segment} is handed round: {cycle} ({span}); these parties have, or may have, more circles than are listed: only the shortest are.",
    ),
    "rule.TR208.title": ("整码转租", "whole code passed on"),
    "rule.TR208.flags": (
        "仅凭合同持有整个分配码号的主体，又将该码号整体提供给他人，且符合 TR201 的情形。",
        "A party that holds the whole of an allocated code by contract only hands the whole of it on, and TR201 applies.",
    ),
    "rule.TR208.evidence": (
        "码号分配记录、覆盖整个码号的上下游合同，以及相应号码、日期上的路由记录。",
        "The allocations, the incoming and onward contracts that cover the whole code, and the routing records at the points concerned.",
    ),
    "rule.TR208.limits": (
        "无法得知号码是否实际仍由该主体自行使用；短于码号位数的号段（如 1069）不视为整码。",
        "It cannot tell whether the number stayed with the party after all; a segment shorter than a code (1069) passes no one code on.",
    ),
    "rule.TR208.rebuttal": (
        "批准文件；限定下游仅可使用部分扩展的合同附件；合同已解除或未履行的证明。",
        "The approval; an annex that limits the onward party to some extensions; proof that the contract ended or was never performed.",
    ),
    "finding.TR208": (
        "{party} 仅凭合同取得整个码号 {segment}，又整体提供给 {downstream}（{span}，{messages} 条），材料中未见批准文号。",
        "{party} holds the whole of {segment} by contract only and handed the whole of it on to {downstream} ({span}, {messages} {messages:message|messages}); no approval number is on record.",
    ),
    "rule.TR210.title": ("获分配主体的下游再行提供", "the holder's downstream lets on"),
    "rule.TR210.flags": (
        "获分配主体的直接下游仅凭合同取得号码，又提供给他人且未见批准文号（TR201）：码号由获分配主体及其自身客户以外的主体使用。",
        "A direct downstream of the holder holds by contract only and hands the number on with no approval on record (TR201): the code is used by others than its holder and the holder's own customer.",
    ),
    "rule.TR210.evidence": (
        "码号分配记录、获分配主体与其下游以及该下游与后手之间的合同，以及相应号码、日期上的路由记录。",
        "The allocations, the contracts of the holder with its downstream and of that downstream with those after it, and the routing records at the points concerned.",
    ),
    "rule.TR210.limits": (
        "材料不显示获分配主体是否知情；TR201 的局限同样适用。",
        "Whether the holder knew is not in the records; the limits of TR201 apply.",
    ),
    "rule.TR210.rebuttal": (
        "批准文件；获分配主体对下游再行提供的审批、核查或者处置材料。",
        "The approval; papers showing how the holder approved, checked or dealt with the onward letting.",
    ),
    "finding.TR210": (
        "{holder} 获分配的 {segment} 提供给 {downstream} 后，又由 {downstream} 提供给 {others}（{span}，{messages} 条），材料中未见批准文号。",
        "{segment}, allocated to {holder} and handed to {downstream}, was handed on by {downstream} to {others} ({span}, {messages} {messages:message|messages}); no approval number is on record.",
    ),
    "rule.TR211.title": (
        "接入或开通对象与码号获分配主体不一致",
        "access or opening for another than the holder",
    ),
    "rule.TR211.flags": (
        "运营商为某主体提供接入，或者开通/备案记录以其为用户，而同一号码、日期的获分配主体另有其人。",
        "A carrier gives a party access, or an opening on record names it as user, for numbers and days on which another party is the holder.",
    ),
    "rule.TR211.evidence": (
        "该运营商与该主体之间的接入合同、路由记录、开通/备案记录，以及相应的码号分配记录。",
        "The access contracts, routing records and openings of carrier and party, and the allocations concerned.",
    ),
    "rule.TR211.limits": (
        "分配变更、代获分配主体办理而授权材料未移送的，表现相同；未见获分配主体的号码、日期不列。",
        "An allocation that changed hands, or a user acting in the holder's name on a paper not handed in, look the same; where no holder is on record nothing is listed.",
    ),
    "rule.TR211.rebuttal": (
        "获分配主体的授权书；码号变更、合并或者更名的批复；更正后的开通/备案记录。",
        "The holder's authorisation; the approval of a change, merger or new name; a corrected opening.",
    ),
    "finding.TR211": (
        "{carrier} 为 {party} 提供 {segment} 的接入（{span}，{messages} 条），而该号码的获分配主体为 {holders}。",
        "{carrier} gave {party} access for {segment} ({span}, {messages} {messages:message|messages}), while the holder on record is {holders}.",
    ),
    "finding.TR211.opening": (
        "{carrier} 的开通/备案记录以 {party} 为 {segment} 的用户（{span}），而该号码的获分配主体为 {holders}。",
        "An opening of {carrier} names {party} as user of {segment} ({span}), while the holder on record is {holders}.",
    ),
    "finding.TR211.both": (
        "{carrier} 为 {party} 提供 {segment} 的接入（{messages} 条），开通/备案记录亦以其为用户（{span}），而该号码的获分配主体为 {holders}。",
        "{carrier} gave {party} access for {segment} ({messages} {messages:message|messages}) and an opening names it as user ({span}), while the holder on record is {holders}.",
    ),
}
