"""Texts: table and column names, template texts (keys table.*, column.*, template.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "table.parties": ("主体", "Parties"),
    "table.allocations": ("码号分配", "Allocations"),
    "table.contracts": ("合同", "Contracts"),
    "table.accounts": ("接入账号", "Accounts"),
    "table.routing": ("路由记录", "Routing"),
    "table.incidents": ("涉诈短信", "Incidents"),
    "table.checks": ("审核记录", "Checks"),
    "table.openings": ("开通备案", "Openings"),
    "table.payments": ("结算", "Payments"),
    "table.relations": ("关联关系", "Relations"),
    # Columns called alike in every table that has them.
    "column.document": ("原件", "Document"),
    "column.page": ("页码", "Page"),
    "column.obtained_from": ("来源单位", "Obtained from"),
    "column.obtained_on": ("调取日期", "Obtained on"),
    "column.source_ref": ("卷宗页码", "File page"),
    "column.region": ("使用范围", "Region"),
    "column.purpose": ("用途", "Purpose"),
    "column.valid_from": ("生效日期", "Valid from"),
    "column.valid_to": ("有效期至", "Valid to"),
    "column.upstream": ("上游", "Upstream"),
    "column.downstream": ("下游", "Downstream"),
    "column.segment": ("码号", "Segment"),
    "column.contract_no": ("合同编号", "Contract no."),
    "column.number": ("源号码", "Number"),
    "column.recipient": ("手机号", "Recipient"),
    "column.content": ("短信内容", "Content"),
    "column.messages": ("短信条数", "Messages"),
    "column.account": ("接入账号", "Account"),
    # parties
    "column.name": ("单位名称", "Name"),
    "column.uscc": ("统一社会信用代码", "USCC"),
    "column.former_names": ("曾用名", "Former names"),
    "column.parties.kind": ("主体类型", "Kind of party"),
    "column.legal_representative": ("法定代表人", "Legal representative"),
    "column.address": ("注册地址", "Address"),
    "column.phone": ("联系电话", "Phone"),
    "column.licence_no": ("许可证号", "Licence no."),
    "column.licence_from": ("许可证有效期起", "Licence from"),
    "column.licence_to": ("许可证有效期至", "Licence to"),
    "column.parties.status": ("登记状态", "Status"),
    "column.role": ("诉讼地位", "Role in the case"),
    # allocations
    "column.holder": ("持有人", "Holder"),
    "column.holder_uscc": ("持有人统一社会信用代码", "Holder USCC"),
    "column.authority": ("分配机关", "Authority"),
    "column.certificate_no": ("证书编号", "Certificate no."),
    # contracts
    "column.upstream_uscc": ("上游统一社会信用代码", "Upstream USCC"),
    "column.downstream_uscc": ("下游统一社会信用代码", "Downstream USCC"),
    "column.segments": ("号段", "Segments"),
    "column.title": ("合同名称", "Title"),
    "column.contracts.kind": ("合同类型", "Kind of contract"),
    "column.right": ("让渡权利", "Right conveyed"),
    "column.signed_on": ("签订日期", "Signed on"),
    "column.unit_price": ("单价", "Unit price"),
    "column.sublease_clause": ("转租条款", "Sublease clause"),
    "column.approval_no": ("批准文号", "Approval no."),
    "column.terminated_on": ("解除日期", "Terminated on"),
    "column.renews": ("自动续期", "Renews"),
    "column.amends": ("主合同编号", "Amends"),
    # accounts
    "column.platform": ("平台", "Platform"),
    "column.party": ("使用方", "Party"),
    "column.appends": ("追加扩展码", "Appends"),
    # routing
    "column.sent_at": ("发送时间", "Sent at"),
    "column.extension": ("扩展码", "Extension"),
    "column.parts": ("计费条数", "Billed parts"),
    "column.message_id": ("消息ID", "Message ID"),
    "column.routing.status": ("状态", "Status"),
    "column.reported_by": ("日志提供方", "Reported by"),
    "column.connector": ("上游通道", "Connector"),
    # incidents
    "column.received_at": ("收到时间", "Received at"),
    "column.victim": ("受害人", "Victim"),
    "column.loss": ("损失金额", "Loss"),
    "column.case_no": ("案号", "Case no."),
    "column.reported_at": ("报案时间", "Reported at"),
    "column.notified_party": ("被通知单位", "Notified party"),
    "column.notified_on": ("通知日期", "Notified on"),
    # checks
    "column.checks.kind": ("审核类型", "Kind of check"),
    "column.done_on": ("审核日期", "Done on"),
    "column.result": ("审核结果", "Result"),
    # openings
    "column.carrier": ("运营商", "Carrier"),
    "column.user": ("开通用户", "User"),
    "column.opened_on": ("开通日期", "Opened on"),
    "column.closed_on": ("关闭日期", "Closed on"),
    # payments
    "column.payer": ("付款方", "Payer"),
    "column.payee": ("收款方", "Payee"),
    "column.amount": ("金额", "Amount"),
    "column.paid_on": ("付款日期", "Paid on"),
    "column.period_from": ("结算期起", "Period from"),
    "column.period_to": ("结算期止", "Period to"),
    # relations
    "column.party_a": ("主体一", "Party one"),
    "column.party_b": ("主体二", "Party two"),
    "column.relations.kind": ("关系类型", "Kind of relation"),
    "column.share": ("持股比例", "Share"),
    # template
    "template.how": (
        "第 {sample} 行是填写示例，不会被读入；带 * 的列必填；请从第 {first} 行起填写，一行一条，不需要的列可以留空或删去。",
        "Row {sample} is a sample and is not read; columns with * are required; fill in from row {first} on, one record a row, and leave out columns you do not need.",
    ),
    "template.parties": (
        "主体：涉案各单位的登记信息。",
        "Parties: what is registered of the companies concerned.",
    ),
    "template.allocations": (
        "码号分配：主管部门把哪个码号或号段分配给了谁。",
        "Allocations: which code or segment the authority gave to whom.",
    ),
    "template.contracts": (
        "合同：上游把哪个号段交给下游使用；号段可写多个，用顿号隔开。",
        "Contracts: which segments the upstream handed to the downstream; set several apart with a semicolon.",
    ),
    "template.accounts": (
        "接入账号：平台上的账号由谁使用。",
        "Accounts: who submits under which account of a platform.",
    ),
    "template.routing": (
        "路由记录：谁在何时经谁发出了多少条短信；“下游”与“接入账号”填一项即可。",
        "Routing: who sent how many messages through whom, and when; give the downstream or its account.",
    ),
    "template.incidents": (
        "涉诈短信：受害人收到的短信与损失；手机号和姓名载入时会作遮蔽。",
        "Incidents: fraud messages received, and losses; phone numbers and names are masked when loaded.",
    ),
    "template.checks": (
        "审核记录：上游对下游作过何种审核，结果如何。",
        "Checks: what the upstream examined of the downstream, and with what result.",
    ),
    "template.openings": (
        "开通备案：运营商为谁开通了码号。",
        "Openings: for whom a carrier put a code into use.",
    ),
    "template.payments": ("结算：各方之间的付款。", "Payments: who paid whom."),
    "template.relations": (
        "关联关系：股东、法定代表人、高管、同一地址、同一电话、控制等。",
        "Relations: shareholder, legal representative, officer, same address, same phone, control.",
    ),
    "template.case_toml": (
        """# 案件设置。与表格放在同一文件夹，tracer load 会自动读取。
# 去掉行首的 # 即可启用一项设置；不需要的保持原样。

[case]
# 案号、案件名称，以及按哪个时区划分日期。
#number = "（2024）某检民公诉1号"
#name = "某公司等短信码号转租案"
#timezone = "Asia/Shanghai"

# 表格本身看不出来的事，按文件写明；每个文件一段，可写多段，后写的优先。
#[[files]]
# 用于哪些文件：相对于本文件夹的路径或文件名，* 代表任意字符。
#match = "合同*.xlsx"
# 只用于其中一张工作表。
#sheet = "台账"
# 是哪一种表：parties allocations contracts accounts routing incidents checks openings payments relations
#table = "contracts"
# 文本文件的编码：utf-8、gb18030、utf-16 等。
#encoding = "gb18030"
# 表中只写甲方、乙方时，甲方是 upstream（上游）还是 downstream（下游）。
#party_a = "upstream"
# 日志由谁提供。
#reported_by = "安徽某信息公司"
# 单价没有写单位时按什么单位计：元/条、分/条、厘/条。
#price_unit = "分/条"
# 网关自己的日志：按哪个 profile 读取（cmpp2 cmpp3 sgip12 smgp3 jasmin-submit-log jasmin-messages-log
# cmpp-to-http，或自己写的 .toml 文件）；另须写明 reported_by（网关归谁所有）。
#profile = "cmpp3"
# 日志里的时间不带年份时，是哪一年。
#year = 2023
# profile 要对照的另一张表（如通道表），相对于日志所在文件夹。
#joined = "sms_channel.csv"

# 表头写法特别时，写明它是哪一列；写成空字符串的列不作为数据读取。
#[files.columns]
#"业务编号" = "contract_no"
#"备用号段" = ""
""",
        """# Settings of the case. Keep this file beside the tables; tracer load reads it.
# Take away the # at the start of a line to make a setting.

[case]
# Number and name of the case, and the time zone its days are counted in.
#number = "(2024) 1"
#name = "Subleased SMS codes"
#timezone = "Asia/Shanghai"

# What the tables themselves do not tell, file by file; of several entries the later goes first.
#[[files]]
# Which files: a path from this folder or a file name, * for anything.
#match = "contracts*.xlsx"
# Only one sheet of them.
#sheet = "Contracts"
# Which table: parties allocations contracts accounts routing incidents checks openings payments relations
#table = "contracts"
# Encoding of a text file: utf-8, gb18030, utf-16 …
#encoding = "gb18030"
# Where parties are named 甲方 and 乙方 only: is 甲方 the upstream or the downstream?
#party_a = "upstream"
# Whose log it is.
#reported_by = "Company A"
# Unit of prices that name none: 元/条, 分/条, 厘/条 (yuan, fen, li per message).
#price_unit = "分/条"
# A gateway's own log: the profile to read it by (cmpp2 cmpp3 sgip12 smgp3 jasmin-submit-log
# jasmin-messages-log cmpp-to-http, or a .toml file of one's own); reported_by says whose gateway.
#profile = "cmpp3"
# Year of times that do not tell it.
#year = 2023
# Another table the profile looks things up in, as a path from the log's folder.
#joined = "sms_channel.csv"

# Headers spelled in a way of their own; a column given "" is not read.
#[files.columns]
#"Deal" = "contract_no"
#"Spare segment" = ""
""",
    ),
    # /ingest
}
