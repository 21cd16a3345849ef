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
}
