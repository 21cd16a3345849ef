"""Texts: the rules on traffic, TR3xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "rule.TR301.title": ("有路由无合同", "routing without contract"),
    "rule.TR301.flags": (
        "上下游之间有短信记录，而材料中没有双方之间能够说明这些短信的合同。",
        "Messages are on record between two parties, and no contract between them that would explain these.",
    ),
    "rule.TR301.evidence": (
        "相应号码、日期上的路由记录。",
        "The routing records at the numbers and days concerned.",
    ),
    "rule.TR301.limits": (
        "无法区分合同未移送与没有合同；以材料未载明的其他名称签订的合同也无法识别。",
        "It cannot tell a contract that was not handed in from none at all, nor find one signed under a name not on record.",
    ),
    "rule.TR301.rebuttal": (
        "双方之间的合同、订单或附件；证明日志中的账号属于他人的材料。",
        "A contract, order form or annex between the two; proof that the account in the log is somebody else's.",
    ),
    "finding.TR301": (
        "{upstream} 接收 {downstream} 以 {segment} 提交的短信 {messages} 条（{span}），材料中未见双方之间的相应合同。",
        "{upstream} accepted {messages} messages under {segment} from {downstream} ({span}); no contract between the two that would explain them is on record.",
    ),
    "rule.TR302.title": ("合同期限外的路由", "routing outside the contract's term"),
    "rule.TR302.flags": (
        "双方之间有涵盖该号码的合同，但短信发生在合同期限之外。",
        "A contract between the two covers the number, but the messages fall on days outside its term.",
    ),
    "rule.TR302.evidence": (
        "涵盖该号码的合同，以及期限外的路由记录。",
        "The contracts that cover the number, and the routing records outside their terms.",
    ),
    "rule.TR302.limits": (
        "无法区分续约材料未移送与未续约；日志时钟相差一日也会出现同样情形。",
        "It cannot tell a renewal that was not handed in from none; a log whose clock is a day off looks the same.",
    ),
    "rule.TR302.rebuttal": (
        "续约、补充协议或延期函；证明日志日期有误的材料。",
        "A renewal, supplement or letter of extension; proof that the days of the log are wrong.",
    ),
    "finding.TR302": (
        "{upstream} 与 {downstream} 的合同 {contracts} 涵盖 {segment}，但有短信 {messages} 条（{span}）发生在合同期限之外。",
        "Contracts {contracts} between {upstream} and {downstream} cover {segment}, but {messages} messages ({span}) fall outside their terms.",
    ),
    "rule.TR303.title": ("合同号段外的路由", "routing outside the contract's segments"),
    "rule.TR303.flags": (
        "短信发生之日双方之间有合同在有效期内，但合同载明的是其他号段。",
        "On the day of the messages a contract between the two is in force, but for other segments.",
    ),
    "rule.TR303.evidence": (
        "当日有效的合同，以及其号段之外的路由记录。",
        "The contracts in force that day, and the routing records under numbers they do not cover.",
    ),
    "rule.TR303.limits": (
        "无法区分载有其他号段的附件未移送与没有附件；平台增减号码位数也会出现同样情形。",
        "It cannot tell an annex with further segments that was not handed in from none; digits added or dropped by a platform look the same.",
    ),
    "rule.TR303.rebuttal": (
        "载明该号段的附件、订单或补充协议；证明平台增减号码位数的材料。",
        "An annex, order form or supplement that names the segment; proof that a platform added or dropped digits.",
    ),
    "finding.TR303": (
        "{upstream} 与 {downstream} 的合同 {contracts} 在有效期内，但另有以 {segment} 发送的短信 {messages} 条（{span}）不在其号段之内。",
        "Contracts {contracts} between {upstream} and {downstream} are in force, but {messages} messages under {segment} ({span}) lie outside their segments.",
    ),
}
