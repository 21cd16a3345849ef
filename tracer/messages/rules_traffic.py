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
        "无法区分合同未移送与没有合同；以材料未载明的其他名称签订的合同也无法识别。合同行因内容有误未能载入的，句中另行说明。",
        "It cannot tell a contract that was not handed in from none at all, nor find one signed under a name not on record. Where contract rows could not be loaded, the sentence says so.",
    ),
    "rule.TR301.rebuttal": (
        "双方之间的合同、订单或附件；证明日志中的账号属于他人的材料。",
        "A contract, order form or annex between the two; proof that the account in the log is somebody else's.",
    ),
    "finding.TR301": (
        "{upstream} 接收 {downstream} 以 {segment} 提交的短信 {messages} 条（{span}），材料中未见双方之间的相应合同。",
        "{upstream} accepted {messages} {messages:message|messages} under {segment} from {downstream} ({span}); no contract between the two that would explain them is on record.",
    ),
    "finding.TR301.refused": (
        "{upstream} 接收 {downstream} 以 {segment} 提交的短信 {messages} 条（{span}），材料中未见双方之间的相应合同；另有 {refused} 行合同记录提到其中一方或双方，因内容有误未能载入（{places}），相应合同可能在其中。",
        "{upstream} accepted {messages} {messages:message|messages} under {segment} from {downstream} ({span}); no contract between the two that would explain them is on record. {refused} contract {refused:row that names|rows that name} one of the two, or both, could not be loaded ({places}): the contract may be among them.",
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
        "Contracts {contracts} between {upstream} and {downstream} cover {segment}, but {messages} {messages:message|messages} ({span}) {messages:falls|fall} outside their terms.",
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
        "Contracts {contracts} between {upstream} and {downstream} are in force, but {messages} {messages:message|messages} under {segment} ({span}) {messages:lies|lie} outside their segments.",
    ),
    "rule.TR304.title": ("有合同无路由", "contract without routing"),
    "rule.TR304.flags": (
        "合同在有效期内，其项下未见任何短信，而能够反映这些短信的日志在案：一方自己的日志中有同一码号的记录，或未载明提供者的日志中有同一上游接收他人同一码号短信的记录。",
        "A contract in force under which no message is on record, although logs that would show them are: one end's own log has records under the same allocated code, or a log without provider shows others' messages under it at the same upstream.",
    ),
    "rule.TR304.evidence": (
        "该合同，以及首日、末日各一条能够反映其短信的日志中的路由记录。",
        "The contract, and of the logs that would show its messages one routing record each of the first and last day.",
    ),
    "rule.TR304.limits": (
        "只提供了部分账号的日志，与完整日志看似相同；合同签订后未使用本身并不异常。",
        "A log of some accounts only looks like a complete one; a contract signed and never used is nothing unusual by itself.",
    ),
    "rule.TR304.rebuttal": (
        "合同未履行或已解除的材料；日志未涵盖该账号的证明；该合同项下短信的日志。",
        "Papers showing that the contract was never performed or had ended; proof that the log does not cover the account; the log of its messages.",
    ),
    "finding.TR304": (
        "{upstream} 与 {downstream} 的合同 {contracts}（{segment}）在有效期内，能够反映其短信的日志在案（{span}），其中未见该合同项下的短信。",
        "Contract {contracts} between {upstream} and {downstream} ({segment}) is in force while logs that would show its messages are on record ({span}); they show none.",
    ),
    "rule.TR305.title": ("来源不明的短信", "traffic of unknown origin"),
    "rule.TR305.flags": (
        "某主体向上游提交的短信多于其从下游接收的短信，而相应号码、日期上其下另有主体；改号（TR308）可以说明的不计。",
        "A party passed on more messages than it received while others stand below it at that number and day; what TR308 explains is left out.",
    ),
    "rule.TR305.evidence": (
        "该主体当日提交的，以及当日和前一日接收的同号路由记录。",
        "The routing records of what the party forwarded that day, and received under the number that day and the day before.",
    ),
    "rule.TR305.limits": (
        "无法区分下游日志未移送与该主体自行发送；不据此认作发送方。",
        "It cannot tell a downstream's log that was not handed in from messages of the party's own; the party is not named as sender.",
    ),
    "rule.TR305.rebuttal": (
        "下游提交这些短信的日志；证明该主体自行发送及其内容的材料。",
        "The log of the downstream that submitted these messages; papers showing that, and what, the party sent itself.",
    ),
    "finding.TR305": (
        "{party} 以 {segment} 提交的短信中有 {messages} 条（{span}）未见来源，其下另有主体，可能缺少下游日志。",
        "Of what {party} forwarded under {segment}, {messages} {messages:message|messages} ({span}) {messages:has|have} no origin on record; others stand below it, whose logs may be missing.",
    ),
    "rule.TR306.title": ("双方日志不一致", "logs disagree"),
    "rule.TR306.flags": (
        "上下游双方均提供了同一环节、同一计量单位的日志，而同一号码在连续若干日内的合计不同；可由拦截、午夜前后或一方日志未涵盖的日期说明的不计。",
        "Both ends handed in logs of a hop in the same unit, and their sums for a number over a run of consecutive days differ; what stopped messages, midnight or days a log does not cover may explain is left out.",
    ),
    "rule.TR306.evidence": (
        "双方日志中该环节、该号码在这些日期的全部路由记录。",
        "All routing records of both ends under the number in these days.",
    ),
    "rule.TR306.limits": (
        "无法判断哪一方的日志不完整；日志时钟相差一日以上也会出现同样情形。",
        "It cannot tell which log is short; a clock that is off by more than a day looks the same.",
    ),
    "rule.TR306.rebuttal": (
        "任何一方的完整日志；证明双方统计口径不同的材料。",
        "Either party's complete log; papers showing that the two count differently.",
    ),
    "finding.TR306": (
        "{upstream} 的日志载明 {begin} 至 {end} 以 {segment} 接收 {downstream} 的短信 {accepted} 条，{downstream} 的日志载明提交 {submitted} 条，相差 {messages} 条。",
        "From {begin} to {end} the log of {upstream} shows {accepted} {accepted:message|messages} accepted under {segment} from {downstream}, whose own log shows {submitted} submitted: {messages} apart.",
    ),
    "finding.TR306.parts": (
        "{upstream} 的日志载明 {begin} 至 {end} 以 {segment} 接收 {downstream} 的短信，计费条数 {accepted}，{downstream} 的日志载明提交的计费条数为 {submitted}，相差 {messages}。",
        "From {begin} to {end} the log of {upstream} shows {accepted} billed {accepted:part|parts} accepted under {segment} from {downstream}, whose own log shows {submitted} submitted: {messages} apart.",
    ),
    "rule.TR307.title": ("接收后未见转出", "received, not forwarded"),
    "rule.TR307.flags": (
        "某主体接收的短信当日和次日均未见转出，而该号码在其他时候有转出记录；被平台拦截的不计为接收，当日和次日均无任何日志载明该主体转出情况的不计。",
        "Messages a party received were passed on neither that day nor the next, though it did forward some under the number; stopped messages do not count as received, nor do days of which no log shows anything the party sent up, that day or the next.",
    ),
    "rule.TR307.evidence": (
        "该主体当日接收的，以及当日和次日提交的同号路由记录。",
        "The routing records of what the party received that day, and forwarded under the number that day and the next.",
    ),
    "rule.TR307.limits": (
        "无法区分上游日志缺失、以其他号码转出与确未转出。",
        "It cannot tell a gap in the log above, or messages that left under another number, from messages that did not leave.",
    ),
    "rule.TR307.rebuttal": (
        "其上游接收这些短信的日志；平台拦截、过滤的记录；号码变换规则。",
        "The log of the upstream that accepted them; records of what the platform stopped or filtered; its rules for changing numbers.",
    ),
    "finding.TR307": (
        "{party} 以 {segment} 接收的短信中有 {messages} 条（{span}）当日和次日均未见转出。",
        "Of what {party} received under {segment}, {messages} {messages:message|messages} ({span}) {messages:was|were}, by the logs, passed on neither that day nor the next.",
    ),
    "finding.TR307.renumbered": (
        "{party} 以 {segment} 接收的短信中有 {messages} 条（{span}）当日和次日均未见转出；其中 {renumbered} 条可能已改以其他号码转出（见 TR308）。",
        "Of what {party} received under {segment}, {messages} {messages:message|messages} ({span}) {messages:was|were}, by the logs, passed on neither that day nor the next; {renumbered} of them may have left under another number (see TR308).",
    ),
    "rule.TR308.title": ("可能为改号", "possible renumbering"),
    "rule.TR308.flags": (
        "某主体当日以一个号码接收而未转出的短信，与其当日以另一号码发起的短信数量相近（相差不超过十分之一），两号码一为另一的前缀。",
        "On one day a party kept about as many messages under one number (within a tenth) as it originated under another, one number being a prefix of the other.",
    ),
    "rule.TR308.evidence": (
        "两个号码上接收与提交的路由记录。",
        "The routing records of what it received and forwarded under both numbers.",
    ),
    "rule.TR308.limits": (
        "数量相近的两批不同短信也会出现同样情形；同一批剩余短信可能对应多个号码。",
        "Two different batches of about the same size look the same; one surplus may answer for several numbers.",
    ),
    "rule.TR308.rebuttal": (
        "平台增减号码位数的规则（或证明其不增减）；逐条对应的日志。",
        "The platform's rule for adding or dropping digits, or proof that it does neither; logs matched message by message.",
    ),
    "finding.TR308": (
        "{party} 以 {received_as} 接收而未转出的短信有 {surplus} 条，又以 {number} 转出未见来源的短信 {messages} 条（{span}）：其平台可能改变了号码，该主体就这些短信不宜认作发送方。",
        "{party} received {surplus} {surplus:message|messages} under {received_as} that went no further, and forwarded {messages} of no recorded origin under {number} ({span}): its platform may have changed the number; it is not to be taken as the sender of these.",
    ),
}
