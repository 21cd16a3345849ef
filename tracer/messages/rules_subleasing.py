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
        "{upstream} holds {segment} by contract only and handed it on to {downstream} ({span}, {messages} messages); no approval number is on record.",
    ),
    "rule.TR202.title": (
        "合同禁止转租而另订下游合同",
        "onward contract under a contract that forbids it",
    ),
    "rule.TR202.flags": (
        "主体的上游合同载明禁止转租，而该主体就重叠号段、在重叠期间另订有下游合同。",
        "An incoming contract of a party forbids subletting, and the party has an onward contract for overlapping numbers on overlapping days.",
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
}
