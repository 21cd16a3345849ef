"""Texts: help of commands and options (keys help.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.usage": ("用法：{words}", "Usage: {words}"),
    "help.arguments": ("参数：", "Arguments:"),
    "help.options": ("选项：", "Options:"),
    "help.commands": ("命令：", "Commands:"),
    "help.options_word": ("[选项]", "[OPTIONS]"),
    "help.command_word": ("命令 …", "COMMAND …"),
    "help.help": ("显示本说明。", "Show this page."),
    # the program
    "help.tracer": (
        "把一个短信码号从持有人经各层转租追溯到最终发送方，逐跳列明所依据的合同与日志。",
        "Trace an SMS code number from its holder through every layer of subleasing to the final sender, with the contracts and logs each hop rests on.",
    ),
    "help.db_option": (
        "数据库：文件路径或 SQLAlchemy 地址；否则取环境变量 TRACER_DB，再否则为当前文件夹的 tracer.db。",
        "The database: a file path or SQLAlchemy URL; else TRACER_DB; else tracer.db in the current folder.",
    ),
    "help.lang": (
        "语言；否则取 TRACER_LANG，再否则依系统区域设置。",
        "Language; else TRACER_LANG, else the locale.",
    ),
    "help.quiet": ("不显示进度和附带说明。", "No progress, no remarks."),
    "help.version": ("显示版本号。", "Show the version."),
    # shared options
    "help.format": ("输出格式，默认 table。", "Output format; table by default."),
    "help.from": ("起始日期（含），如 2023-07-01 或 2023年7月1日。", "First day, e.g. 2023-07-01."),
    "help.to": ("截止日期（含）。", "Last day (included)."),
    "help.on": ("只看这一天。", "This one day only."),
    "help.max_chains": (
        "最多列出的链路条数，默认 1000。",
        "List at most so many chains; 1000 by default.",
    ),
    "help.number": (
        "号码、码号或任意号段前缀，如 10687415。",
        "A number, a code or any prefix, e.g. 10687415.",
    ),
    "help.by": (
        "经办人，记入保管记录；默认为本机用户名。",
        "Who does it, for the custody log; the computer's user by default.",
    ),
    # commands
    "help.template": (
        "写出空白模板：含全部表格的工作簿和带注释的 case.toml。",
        "Write an empty workbook with every table, and a commented case.toml.",
    ),
    "help.template.folder": ("写到哪个文件夹。", "The folder to write to."),
    "help.demo": (
        "把示例案件从头走一遍：载入、追溯、写出页面和 JSON，并画出链路。",
        "Walk the example case end to end: load, trace, write page and JSON, draw the chains.",
    ),
    "help.demo.out": (
        "写到哪个文件夹，默认 demo-out。",
        "The folder to write to; demo-out by default.",
    ),
    "help.load": (
        "载入文件夹、文件或工作簿（CSV、TSV、XLSX、Parquet），逐个文件报告行数、载入、拒收和重复。",
        "Load folders, files and workbooks (CSV, TSV, XLSX, Parquet); report rows, loaded, rejected and duplicates of each.",
    ),
    "help.load.paths": ("要载入的文件夹或文件。", "Folders or files to load."),
    "help.load.format": ("报告的格式，默认 table。", "Format of the report; table by default."),
    "help.load.encoding": (
        "文本文件的编码，如 gb18030；默认自动识别。",
        "Encoding of text files, e.g. gb18030; detected by default.",
    ),
    "help.load.party_a": (
        "表中只写甲方、乙方时，甲方是上游还是下游。",
        "Where a table names only 甲方 and 乙方: whether 甲方 is upstream or downstream.",
    ),
    "help.load.reported_by": ("日志由哪一方提供。", "The party whose logs these are."),
    "help.load.timezone": (
        "时间所在时区，如 Asia/Shanghai。",
        "Time zone of the times, e.g. Asia/Shanghai.",
    ),
    "help.load.engine": (
        "用什么读日志：duckdb（默认，在本机）、spark（本机）或 spark://主机:端口（集群）。",
        "What reads logs: duckdb (default, in this process), spark (on this machine) or spark://host:port (a cluster).",
    ),
    "help.load.scratch": (
        "读日志时存放中间数据的文件夹；默认为系统的临时文件夹。",
        "Folder for intermediate data while logs are read; the system's temporary folder by default.",
    ),
    "help.load.profile": (
        "把网关日志读成路由记录的方案：名称或 TOML 文件。",
        "How a gateway's log is read as routing records: the name of a profile, or a TOML file.",
    ),
    "help.load.adds_to": (
        "并入先前的批次（编号见 tracer sources）。",
        "Join an earlier delivery (its ID: tracer sources).",
    ),
    "help.load.dry_run": ("只检查和报告，不写入。", "Check and report only; write nothing."),
    "help.load.strict": (
        "有被拒收的行时以状态 5 退出（其余的行照常载入）。",
        "Exit with status 5 if rows were rejected (all others are loaded as ever).",
    ),
    "help.load.keep_recipients": (
        "保留手机号明文；默认只存带密钥的散列和掩码。",
        "Keep phone numbers in clear; by default only a keyed hash and a masked form.",
    ),
    "help.sources": (
        "列出已载入的文件；retract 撤回其中一个。",
        "List what was loaded; `retract` withdraws one of them.",
    ),
    "help.retract": (
        "撤回一个来源：保留并标记，不再计入任何结果。",
        "Retract a source: kept and marked, it counts in no result.",
    ),
    "help.retract.id": (
        "来源的编号（见 tracer sources）。",
        "ID of the source (see tracer sources).",
    ),
    "help.retract.reason": ("撤回的理由，记入保管记录。", "Why, for the custody log."),
    "help.rows": (
        "把一跳展开到来源文件中的原始行：逐文件、逐行列出，与汇总逐条核对。\n只读取有关的文件和行段；文件缺失或已改变时指明，仍列出依据它的汇总（状态 6）。",
        "Open a hop down to its raw rows: file by file, row by row, checked against the totals.\nOnly the files and rows concerned are read; a file that is missing or has changed is named, and the totals resting on it are listed all the same (status 6).",
    ),
    "help.rows.upstream": (
        "上游，任一写法或统一社会信用代码。",
        "The upstream, by any spelling or its credit code.",
    ),
    "help.rows.downstream": (
        "下游，任一写法或统一社会信用代码。",
        "The downstream, by any spelling or its credit code.",
    ),
    "help.rows.folder": (
        "来源文件现在所在的文件夹（相对路径从这里算起，也按文件名查找）；默认当前文件夹。",
        "Where the source files lie now (relative paths begin there, and mere names are looked for); the current folder by default.",
    ),
    "help.rows.limit": (
        "最多列出的行数，默认 1000；核对时总是逐行计入。",
        "List at most so many rows; 1000 by default. All of them are counted.",
    ),
    "help.rejects": ("列出被拒收的行及原因。", "List the rejected rows, and why."),
    "help.rejects.source": (
        "只列这个来源的（编号见 tracer sources）。",
        "Of this source only (ID: tracer sources).",
    ),
    "help.trace": (
        "追溯一个号码：画出各层流转、依据、短信数、最终发送方和线索。",
        "Trace a number: layers, the evidence of each hop, messages, final senders, leads.",
    ),
    "help.trace.format": (
        "输出格式，默认 tree（图）。",
        "Output format; tree (a picture) by default.",
    ),
    "help.trace.all": ("列出全部链路和全部合同行。", "List every chain and every contract row."),
    "help.trace.fail_on": (
        "有这条规则的线索（any：任何线索）时，以状态 3 退出；可重复。",
        "Exit with status 3 if this rule (any: any rule) found something; may be repeated.",
    ),
    "help.rules": (
        "列出各条规则：提示什么、依据哪些条款、何种材料可以推翻。",
        "List the rules: what each flags, its clauses, what would rebut it.",
    ),
    "help.rules.code": ("只看这条规则的详情，如 TR201。", "The details of this rule, e.g. TR201."),
    "help.audit": (
        "核查全部码号：持有人、层数、主体、转手、最终发送方、涉诈短信、各规则线索，三方登记核对，扩展号段。\n排序：涉诈短信、损失、线索数、层数、短信条数均由多到少，其后按码号。",
        "Audit all codes: holder, layers, parties, hops, final senders, incidents, findings by rule, three registers compared, extensions.\nOrder: most incidents first, then loss, findings, layers, messages; then by code.",
    ),
    "help.audit.class": (
        "只核查以这些数字开头的码号，如 1069。",
        "Only codes that begin with these digits, e.g. 1069.",
    ),
    "help.audit.holder": (
        "只核查该主体持有的码号；名称或统一社会信用代码。",
        "Only codes this party holds; by name or credit code.",
    ),
    "help.audit.authority": (
        "只核查核发机关名称含此字样的码号。",
        "Only codes allocated by an authority whose name contains this.",
    ),
    "help.audit.region": (
        "只核查使用范围含此字样的码号。",
        "Only codes allocated for a region whose name contains this.",
    ),
    "help.audit.workers": (
        "分给几个进程（默认：本程序可用的处理器核数，至多 8）；结果相同，每个进程各占内存。",
        "Share the codes out to N processes (default: the cores this program may use, at most 8); same result, each with memory of its own.",
    ),
    "help.audit.out": (
        "写到哪个文件，按扩展名：.html（总览页）、.pdf、.xlsx、.csv 或 .json。",
        "The file to write, by extension: .html (an overview page), .pdf, .xlsx, .csv or .json.",
    ),
    "help.audit.pages": (
        "把每个码号的页面写到这个文件夹；总览页的各行链接到它们。",
        "Write the page of every code to this folder; the overview page leads to them.",
    ),
    "help.audit.all": (
        "列出全部码号；默认只列前 50 个。",
        "List every code; the first 50 by default.",
    ),
    "help.party": (
        "一个主体的档案：各码号中的位置、上下游、价格与获利、流量、线索、所及受害人、登记、关联和原件，各附所依据的记录。",
        "The dossier of one party: its place in every code, upstreams and downstreams, prices and gain, traffic, findings, victims reached, register, ties and papers, each with its records.",
    ),
    "help.party.name": (
        "主体：名称的任一写法，或统一社会信用代码。",
        "A party: any spelling of its name, or its credit code.",
    ),
    "help.links": (
        "几个主体之间的关系：相连的链路、合同、付款、流量，以及所载和查出的关联。",
        "How several parties relate: chains that join them, contracts, payments, traffic, and ties declared or found.",
    ),
    "help.links.out": (
        "写到文件，按扩展名：.html 或 .pdf（含关系图）、.svg 或 .png（关系图）、.json 或 .xlsx。",
        "Write to a file, by extension: .html or .pdf (with the map), .svg or .png (the map), .json or .xlsx.",
    ),
    "help.factors": (
        "因素对照表：逐个主体列出行为、获利、过错线索、影响、停止与补救，各附所依据的记录；不作法律结论。",
        "The factor sheet: acts, gain, fault, reach and remedy of every party, each with its records; no legal conclusion.",
    ),
    "help.factors.weights": (
        "权重文件（TOML）；有它才计份额，算式一并列出。",
        "A file of weights (TOML); only with one there are shares, their arithmetic shown.",
    ),
    "help.dossier.out": (
        "写到文件，按扩展名：.html、.pdf、.json 或 .xlsx。",
        "Write to a file, by extension: .html, .pdf, .json or .xlsx.",
    ),
    "help.render": (
        "把追溯结果写成文件，按扩展名：.html；.pdf、.png、.svg（图证，供入卷）；.json。",
        "Write the trace to a file, by extension: .html; .pdf, .png, .svg (exhibits for the file); .json.",
    ),
    "help.render.out": (
        "写到哪个文件；供其他软件打开的有 .xlsx .csv .graphml .gexf .anx（i2）.ftm.json .dot。",
        "The file to write; for other programs: .xlsx .csv .graphml .gexf .anx (i2) .ftm.json .dot.",
    ),
    "help.paper": (
        "PDF 的纸张，默认 a4；横竖随图而定。",
        "Paper of a PDF, a4 by default; upright or across as the picture wants.",
    ),
    "help.db": ("数据库的结构、检查和概况。", "The database: schema, check, what it holds."),
    "help.db.upgrade": ("把数据库结构升级到最新版本。", "Bring the schema up to date."),
    "help.db.check": (
        "检查数据库；发现问题时以状态 6 退出。",
        "Check the database; exit status 6 if anything is wrong.",
    ),
    "help.db.info": (
        "显示数据库的位置、结构版本和各表行数。",
        "Where the database is, its schema, and rows of each table.",
    ),
    "help.log": (
        "列出保管记录：谁在何时做了什么。",
        "List the custody log: who did what, and when.",
    ),
    "help.log.verify": (
        "核对保管记录的摘要链；有改动时以状态 6 退出并指出第一条。",
        "Verify the chain of digests; exit status 6, naming the first entry that fails.",
    ),
}
