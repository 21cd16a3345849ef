"""Texts: the records to ask for (keys request.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.requests": (
        "列出能够补足每一处薄弱流转的材料：向谁调取、哪些号码、哪些日期；可作调取证据通知书的附件。",
        "List the records that would settle each weak hop: from whom, for which numbers and days; ready to attach to a notice.",
    ),
    "help.requests.format": (
        "格式：table（默认）、text（通知书附件）、json 或 xlsx。",
        "Format: table (default), text (to attach to a notice), json or xlsx.",
    ),
    "help.requests.out": (
        "写到文件：.txt、.xlsx、.json 或 .html。",
        "Write to a file: .txt, .xlsx, .json or .html.",
    ),
    "request.title": ("{number} 待调取的材料", "Records to ask for: {number}"),
    "request.statement": (
        "以下材料尚未见于卷内；未见不等于没有，也不说明任何一方有过错。同一材料可向双方调取，以便核对。",
        "These records are not on file; that is no sign that there are none, nor of any fault. The same record is asked of both ends, so that they can be compared.",
    ),
    "request.none": ("没有待调取的材料。", "Nothing to ask for."),
    "request.to": ("调取对象：{name}", "To: {name}"),
    "request.authority": (
        "核配该码号的通信管理机构",
        "The authority that assigns the code",
    ),
    "request.also": ("{name}（材料中又写作：{others}）", "{name} (also written: {others})"),
    "request.all_days": ("全部期间", "all days"),
    "request.more_numbers": (
        "{numbers} 等 {count} 个号码",
        "{numbers} and {rest} more",
    ),
    "request.head.addressee": ("调取对象", "To"),
    "request.list": ("待调取材料清单", "Records to ask for"),
    "request.head.no": ("序号", "No."),
    "request.head.material": ("材料名称", "Record"),
    "request.head.numbers": ("号码、号段", "Numbers"),
    "request.head.days": ("期间", "Days"),
    "request.head.carrier": ("载体", "Form"),
    "request.head.why": ("调取原因", "Why"),
    "request.head.messages": ("所涉短信（条）", "Messages concerned"),
    "request.carrier.paper": (
        "纸质原件，或者与原件核对无异、加盖印章的复印件；有电子版的一并提供",
        "original on paper, or a stamped copy checked against it; the electronic file too, if any",
    ),
    "request.carrier.log": (
        "电子数据（CSV 等原始导出格式），附导出说明和完整性校验值（SHA-256 或 SM3）",
        "electronic data as exported (CSV or the like), with how it was exported and a digest (SHA-256 or SM3)",
    ),
    "request.material.contract": (
        "与{other}之间关于下列号码的合同、协议、补充协议及附件（授权书、结算单）",
        "contracts, agreements, supplements and annexes (authorisations, settlements) with {other} on these numbers",
    ),
    "request.material.log": (
        "与{other}之间下列号码的短信提交、下发记录（逐条或者按日汇总，含账号、扩展码和状态）",
        "records of messages under these numbers between you and {other} (each, or by day; with account, extension and status)",
    ),
    "request.material.title": (
        "取得下列号码使用权的合同、授权书、接入账号开通材料，以及提供方的名称",
        "what the use of these numbers was obtained by (contract, authorisation, opening of the account), and from whom",
    ),
    "request.material.onward": (
        "将下列号码提供给他人使用的合同、授权书和接收方名单",
        "contracts and authorisations by which these numbers were given to others, and the list of those",
    ),
    "request.material.candidate": (
        "与{other}之间的合同及附件，能够说明所涉号码、号段和期间",
        "contracts and annexes with {other} that tell the numbers and days concerned",
    ),
    "request.material.below": (
        "下列号码短信的来源材料：接入账号登记资料、客户名单及合同、向贵单位提交短信的记录",
        "where the messages under these numbers came from: accounts, customers and their contracts, records of what was submitted to you",
    ),
    "request.material.origin": (
        "下列号码来源不明短信的提交记录和账号登记资料，含各下游当日的提交记录",
        "records and accounts of the messages of unknown origin under these numbers, with what each downstream submitted on these days",
    ),
    "request.material.allocation": (
        "下列号码的核配、备案资料（使用者、用途、范围、期限）",
        "assignment and filing of these numbers (user, purpose, area, term)",
    ),
    "request.material.licence": (
        "增值电信业务经营许可证（业务种类、覆盖范围、有效期）及历次变更、年报情况",
        "licence for value-added services (kinds, area, term) with its changes and annual reports",
    ),
    "request.material.identity_check": (
        "对{other}的主体身份核验记录",
        "records of the check of the identity of {other}",
    ),
    "request.material.content_check": (
        "对{other}所发短信内容、签名的审核记录",
        "records of the check of contents and signatures of what {other} sent",
    ),
    "request.material.contract_check": (
        "对{other}与其客户合同的审核、报备记录",
        "records of the check of the contracts of {other} with its customers",
    ),
    "request.why.routing_only": (
        "路由记录载有短信 {messages} 条，卷内未见相应合同",
        "logs show {messages} {messages:message|messages}; no contract on file covers {messages:it|them}",
    ),
    "request.why.partly_covered": (
        "路由记录所载短信中有 {messages} 条未见合同覆盖",
        "no contract on file covers {messages} of the messages in the logs",
    ),
    "request.why.contract_only": (
        "卷内有合同，未见路由记录",
        "there is a contract on file and no log",
    ),
    "request.why.one_sided_upstream": (
        "短信 {messages} 条仅有上游提供的日志",
        "only the upstream's log shows the {messages} {messages:message|messages}",
    ),
    "request.why.one_sided_downstream": (
        "短信 {messages} 条仅有下游提供的日志",
        "only the downstream's log shows the {messages} {messages:message|messages}",
    ),
    "request.why.one_sided_third_party": (
        "短信 {messages} 条仅有第三方提供的日志",
        "only a third party's log shows the {messages} {messages:message|messages}",
    ),
    "request.why.one_sided_unattributed": (
        "短信 {messages} 条的日志未载明提供方",
        "the log that shows the {messages} {messages:message|messages} does not say whose it is",
    ),
    "request.why.gap": (
        "卷内未见持有人到该处之间的材料",
        "nothing on file leads from the holder to here",
    ),
    "request.why.gap_no_segment": (
        "卷内有指向该处的合同，未载明号段",
        "a contract on file leads here and names no segment",
    ),
    "request.why.gap_other_days": (
        "卷内有指向该处的合同，期间不同",
        "a contract on file leads here, of other days",
    ),
    "request.why.gap_other_segment": (
        "卷内有指向该处的合同，号段不同",
        "a contract on file leads here, of another segment",
    ),
    "request.why.gap_other_routing": (
        "卷内有指向该处的路由记录，号码或者日期不同",
        "a log on file leads here, of other numbers or days",
    ),
    "request.why.unallocated": ("卷内未见该号码的核配材料", "no assignment of the number on file"),
    "request.why.last_on_record": (
        "短信 {messages} 条的现有记录止于贵单位",
        "the records of {messages} {messages:message|messages} stop with you",
    ),
    "request.why.unresolved": (
        "短信 {messages} 条的来源在现有记录中不明",
        "the records do not show where {messages} {messages:message|messages} came from",
    ),
    "request.why.TR209": ("卷内未见所涉期间的许可证", "no licence for these days on file"),
    "request.why.TR401": ("卷内未见主体身份核验记录", "no check of identity on file"),
    "request.why.TR402": ("卷内未见内容审核记录", "no check of contents on file"),
    "request.why.TR403": ("卷内未见客户合同审核记录", "no check of customer contracts on file"),
    "request.text.title": ("附：调取证据材料清单", "Annex: records asked for"),
    "request.text.to": ("致：{name}", "To: {name}"),
    "request.text.about": ("所涉号码：{number}", "Number concerned: {number}"),
    "request.text.item": ("{no}. 材料名称：{what}", "{no}. Record: {what}"),
    "request.text.line": ("   {head}：{said}", "   {head}: {said}"),
    "request.text.end": (
        "上列材料如无，请书面说明；如由他人持有，请写明持有人。",
        "If there is no such record, please say so in writing; if somebody else holds it, please name them.",
    ),
}
