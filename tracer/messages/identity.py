"""Texts: parties decided on, likely same parties, and taking events back."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # help
    "help.parties": (
        "主体同一性：提示可能是同一主体的名称，合并、拆分、改称，每一项都是一条可撤销的记录。",
        "Who is who: likely same parties; merge, split and name them, each an event that can be taken back.",
    ),
    "help.parties.merge": (
        "认定几个名称为同一主体；今后载入的旧写法也归入该主体。",
        "Decide that some names are one party; old spellings loaded later land on it too.",
    ),
    "help.parties.names": (
        "两个以上的名称（任一写法）或信用代码；第一个为今后的名称。",
        "Two or more names, by any spelling, or credit codes; the first is the name from now on.",
    ),
    "help.parties.as": (
        "今后的名称；默认为第一个。",
        "The name from now on; by default the first.",
    ),
    "help.parties.split": (
        "拆开已合并的主体，恢复合并前的状态；列出成员时只拆出这些成员。",
        "Take a merged party apart, each as it was before; or only the members named out of it.",
    ),
    "help.parties.party": (
        "主体的任一写法或信用代码。",
        "A party by any spelling, or its credit code.",
    ),
    "help.parties.members": (
        "要拆出的成员；默认全部。",
        "The members to take out; all by default.",
    ),
    "help.parties.rename": (
        "给主体一个统一名称；材料中的写法仍列在旁边。",
        "Give a party a name; those in the papers stay beside it.",
    ),
    "help.parties.called": ("今后的名称。", "The name from now on."),
    "help.parties.decisions": (
        "把现行有效的认定写成文件，供另一数据库采用（tracer.decisions/1）。",
        "Write the decisions that stand to a file for another database (tracer.decisions/1).",
    ),
    "help.parties.out": ("写到哪个文件；默认打印。", "The file to write; printed by default."),
    "help.parties.apply": (
        "采用另一数据库的认定；按名称和信用代码对应，对不上的逐条说明。",
        "Take over decisions of another database, matched by names and codes; what does not match is said.",
    ),
    "help.parties.file": ("parties decisions 写出的文件。", "A file that parties decisions wrote."),
    "help.decision.reason": ("理由，记入保管记录。", "Why; kept in the custody log."),
    "help.undo": (
        "撤销一条认定；记录与撤销都留在保管记录中。",
        "Take one decision back; the custody log keeps both.",
    ),
    "help.undo.event": (
        "保管记录中的序号，见 tracer log。",
        "Its number in the custody log, see tracer log.",
    ),
    "help.parties.suggest": (
        "列出可能为同一主体的名称、理由、反对的理由，以及合并后各码号的链路会有何变化；只提问，不合并。",
        "List names that may be one party, what speaks for and against it, and what a merge would change in the traces; asks, never merges.",
    ),
    "help.parties.suggest.out": (
        "写到文件：.xlsx、.json 或 .html。",
        "Write to a file: .xlsx, .json or .html.",
    ),
    # suggestions
    "suggest.title": ("可能为同一主体的名称", "Names that may be of one party"),
    "suggest.statement": (
        "以下只是提问：是否为同一主体由办案人员核对后决定（parties merge），程序不作合并。",
        "These are questions: whether two are one party is for a person to decide (parties merge); nothing is merged by the program.",
    ),
    "suggest.none": ("没有可提示的名称。", "Nothing to ask."),
    "suggest.pairs": ("待核对的名称", "Names to check"),
    "suggest.effects": ("如合并，链路的变化", "What a merge would change"),
    "suggest.left_out": (
        "{count} 个主体同为“{value}”（{kind}），共有者过多，不据此提示。",
        "{count} parties share “{value}” ({kind}): too many to say anything of two of them.",
    ),
    "suggest.head.no": ("序号", "No."),
    "suggest.head.one": ("名称一", "Name 1"),
    "suggest.head.other": ("名称二", "Name 2"),
    "suggest.head.level": ("程度", "Level"),
    "suggest.head.reasons": ("理由", "For"),
    "suggest.head.against": ("反对的理由", "Against"),
    "suggest.head.likeness": ("字号相似（%）", "Trade names alike (%)"),
    "suggest.head.codes": ("所涉码号数", "Codes"),
    "suggest.head.changed": ("链路有变化的码号数", "Codes whose trace changes"),
    "suggest.head.closed": ("消除断档", "Gaps closed"),
    "suggest.head.code": ("码号", "Code"),
    "suggest.head.chains": ("链路（前→后）", "Chains (before → after)"),
    "suggest.head.gaps": ("断档（前→后）", "Gaps (before → after)"),
    "suggest.head.joined": ("接上的链路", "Chains joined"),
    "suggest.head.closed_at": ("不再断档之处", "No gap any more at"),
    "suggest.head.remark": ("说明", "Remark"),
    "suggest.between": (
        "两者之间有交付记录，合并后这些记录不再计入",
        "one handed the number to the other on record: those records would count no more",
    ),
    "suggest.level.strong": ("很可能", "strong"),
    "suggest.level.likely": ("较可能", "likely"),
    "suggest.level.possible": ("可能", "possible"),
    "suggest.reason.uscc": ("信用代码相同：{detail}", "same credit code: {detail}"),
    "suggest.reason.uscc_typo": (
        "信用代码仅差一位且其一校验位不符：{detail}",
        "credit codes one place apart, and one of them cannot be right: {detail}",
    ),
    "suggest.reason.former_name": ("曾用名：{detail}", "former name: {detail}"),
    "suggest.reason.spelling": (
        "仅写法不同（括号、全半角、繁简、地名位置）{detail}",
        "spelled differently only (brackets, width, traditional characters, place of the region){detail}",
    ),
    "suggest.reason.form": ("仅公司形式的写法不同{detail}", "only the legal form differs{detail}"),
    "suggest.reason.looks": ("仅形近字不同{detail}", "only look-alike characters differ{detail}"),
    "suggest.reason.region": ("仅少写地名{detail}", "only the region is left out{detail}"),
    "suggest.reason.branch": ("分支机构与其总公司{detail}", "a branch and its company{detail}"),
    "suggest.reason.trade": (
        "字号相同、行业用语相近{detail}",
        "same trade name, similar trade{detail}",
    ),
    "suggest.reason.alike": ("字号仅差一字{detail}", "trade names one character apart{detail}"),
    "suggest.reason.masked": (
        "隐去字号（某）后相同，他家也可能如此{detail}",
        "alike with the trade name masked (某), as others may be{detail}",
    ),
    "suggest.reason.phone": ("电话相同：{detail}", "same phone: {detail}"),
    "suggest.reason.address": ("地址相同：{detail}", "same address: {detail}"),
    "suggest.reason.representative": (
        "法定代表人同名：{detail}",
        "legal representatives of the same name: {detail}",
    ),
    "suggest.reason.account": ("同一接入账号：{detail}", "same account: {detail}"),
    "suggest.reason.usccs": (
        "信用代码不同且均有效：{detail}",
        "different credit codes, both valid: {detail}",
    ),
    "suggest.reason.regions": ("地名不同：{detail}", "different regions: {detail}"),
    "suggest.reason.hop": (
        "两者之间有交付记录",
        "one handed the number to the other on record",
    ),
    "suggest.kind.uscc": ("信用代码", "credit code"),
    "suggest.kind.former": ("名称或曾用名", "name or former name"),
    "suggest.kind.phone": ("电话", "phone"),
    "suggest.kind.address": ("地址", "address"),
    "suggest.kind.person": ("法定代表人", "legal representative"),
    "suggest.kind.account": ("接入账号", "account"),
    "suggest.kind.name": ("名称", "name"),
    "suggest.kind.company": ("地名、字号和行业", "region, trade name and trade"),
    "suggest.kind.trade": ("字号", "trade name"),
    # what the commands say
    "cli.action.merge": ("合并主体", "merge"),
    "cli.action.split": ("拆分主体", "split"),
    "cli.action.rename": ("改称", "rename"),
    "cli.action.undo": ("撤销", "undo"),
    "cli.parties.merged": (
        "已认定为同一主体：{name}（记录第 {event} 条；撤销：tracer undo {event} --reason …）。",
        "Decided to be one party: {name} (event {event}; to take it back: tracer undo {event} --reason …).",
    ),
    "cli.parties.split": (
        "已拆分：{name}（记录第 {event} 条）。",
        "Taken apart: {name} (event {event}).",
    ),
    "cli.parties.renamed": (
        "今后称为：{name}（记录第 {event} 条）。",
        "Called from now on: {name} (event {event}).",
    ),
    "cli.parties.exported": (
        "已写出认定 {count} 条：{path}",
        "Decisions written ({count}): {path}",
    ),
    "cli.parties.applied": (
        "采用 {done} 条，已有 {held} 条，未采用 {left} 条。",
        "Taken over {done}, held already {held}, left out {left}.",
    ),
    "cli.parties.left": (
        "未采用（{action}，{parties}）：{why}",
        "Left out ({action}, {parties}): {why}",
    ),
    "cli.identities.title": ("材料中的其他写法", "Also written in the papers"),
    "cli.identities.events": ("经认定，记录第 {events} 条", "decided, event {events}"),
    "page.field.printed_upstream": ("材料中的上游名称", "Upstream as printed"),
    "page.field.printed_downstream": ("材料中的下游名称", "Downstream as printed"),
    "page.field.printed_holder": ("材料中的持有人名称", "Holder as printed"),
    "page.field.printed_reporter": ("材料中的日志提供方", "Reporter as printed"),
    "page.field.decided": ("认定", "Decided"),
    "page.decided": ("由保管记录第 {events} 条认定", "by events {events} of the custody log"),
    "cli.parties.comparing": ("试算合并后的链路", "Tracing as if merged"),
    "cli.undone": (
        "已撤销记录第 {event} 条（{action}）。",
        "Taken back: event {event} ({action}).",
    ),
    "note.merge_codes": (
        "{name}：合并的各方载有不同的信用代码（{usccs}），不同代码通常指不同主体，请核对。",
        "{name}: the parties merged have different credit codes ({usccs}); different codes usually mean different parties: please check.",
    ),
    # errors
    "error.out_needed": (
        "--format {form} 要用 --out 写明文件。",
        "--format {form} needs a file: --out FILE.",
    ),
    "error.party_name": (
        "“{name}”不能作为主体名称；请写一行可见文字，不超过 200 字。",
        "“{name}” cannot be the name of a party; write one line of at most 200 visible characters.",
    ),
    "error.party_name_taken": (
        "“{name}”是另一主体的名称或保留的写法；如属同一主体，请用 parties merge。",
        "“{name}” is the name of another party or a reserved form; if they are one party, use parties merge.",
    ),
    "error.party_several": (
        "“{party}”可能指几个主体：{names}；请写其中一个。",
        "“{party}” may mean several parties: {names}; name one of them.",
    ),
    "error.party_code_shared": (
        "信用代码 {uscc} 载于几个名称：{names}；请写名称。",
        "Credit code {uscc} is stated for several names: {names}; give the name.",
    ),
    "error.merge_one": (
        "这些写法已是同一主体（{parties}）；合并要写两个以上不同的主体。",
        "These are one party already ({parties}); a merge takes two or more.",
    ),
    "error.split_none": (
        "“{party}”没有合并过，无从拆分。",
        "“{party}” was not merged: there is nothing to take apart.",
    ),
    "error.split_no_member": (
        "“{member}”不是{party}的成员；其成员：{members}。",
        "“{member}” is no member of {party}; its members: {members}.",
    ),
    "error.rename_same": ("主体现在就称为“{party}”。", "The party is called “{party}” already."),
    "error.decisions_file": (
        "{path} 不是 parties decisions 写出的文件（tracer.decisions/1）。",
        "{path} is no file that parties decisions wrote (tracer.decisions/1).",
    ),
    "error.decision_codes": (
        "“{name}”在文件中的信用代码为 {uscc}，在本库为 {other}，未作对应。",
        "“{name}” has credit code {uscc} in the file and {other} here: not matched.",
    ),
    "error.undo_none": (
        "保管记录第 {event} 条不是可以撤销的认定；见 tracer log。",
        "Event {event} is no decision that can be taken back; see tracer log.",
    ),
    "error.undo_twice": ("记录第 {event} 条已撤销。", "Event {event} was taken back already."),
    "error.undo_later": (
        "记录第 {later} 条以第 {event} 条为基础；请按此顺序先撤销它们。",
        "Events {later} rest on event {event}; take those back first, in this order.",
    ),
}
