"""Texts: remarks on files, records and traces (keys note.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # store: what reading the records back brings to light
    "note.uscc_two_names": (
        "统一社会信用代码 {uscc} 在材料中对应不同名称：{names}；未作合并。",
        "The credit code {uscc} stands beside different names: {names}; they are not merged.",
    ),
    "note.name_two_usccs": (
        "{name} 在材料中有不同的统一社会信用代码：{usccs}；未采用其中任何一个。",
        "{name} stands beside different credit codes: {usccs}; none of them is used.",
    ),
    "note.party_kind_differs": (
        "{name} 的主体类型在材料中不一致：{values}。",
        "The papers differ on the kind of {name}: {values}.",
    ),
    "note.party_status_differs": (
        "{name} 的登记状态在材料中不一致：{values}。",
        "The papers differ on the registration status of {name}: {values}.",
    ),
    "note.party_role_differs": (
        "{name} 的诉讼地位在材料中不一致：{values}。",
        "The papers differ on the role of {name} in the proceedings: {values}.",
    ),
    "note.same_party_both_ends": (
        "记录 {record} 的上下游经核对为同一主体（{party}），不计为一次转手。",
        "Both ends of record {record} turn out to be one party ({party}); it is no hop.",
    ),
    "note.incident_losses_differ": (
        "号码 {number} 于 {received_at} 的同一涉诈记录载有不同损失（{losses} 元），按较大者计（{record}）。",
        "The same incident under {number} at {received_at} is on record with different losses ({losses} yuan); the largest is taken ({record}).",
    ),
    # store: what `db check` finds
    "note.db_schema": (
        "表结构与本程序不符：{difference}",
        "The schema is not this program's: {difference}",
    ),
    "note.db_integrity": ("数据库文件损坏：{detail}", "The database file is damaged: {detail}"),
    "note.db_reference": (
        "表 {table} 第 {row} 行指向 {target} 中不存在的行。",
        "Row {row} of {table} refers to a row of {target} that is not there.",
    ),
    "note.db_unfinished": (
        "来源 {source}（{path}）没有载入结果的记录。",
        "Source {source} ({path}) has no record of what became of its rows.",
    ),
    "note.db_count_loaded": (
        "来源 {source}（{path}）记录载入 {recorded} 行，库中有 {found} 行。",
        "Source {source} ({path}): {recorded} {recorded:row|rows} recorded as loaded, {found} in the database.",
    ),
    "note.db_count_rejected": (
        "来源 {source}（{path}）记录拒收 {recorded} 行，库中有 {found} 行。",
        "Source {source} ({path}): {recorded} {recorded:row|rows} recorded as rejected, {found} in the database.",
    ),
    "note.db_count_rows": (
        "来源 {source}（{path}）记录读入 {recorded} 行，而载入、拒收与重复之和为 {found} 行。",
        "Source {source} ({path}): {recorded} {recorded:row|rows} recorded as read, but loaded, rejected and duplicates add up to {found}.",
    ),
    "note.db_stray_rows": (
        "表 {table} 中有来源 {source} 的记录，而该来源并非此表。",
        "Table {table} holds records of source {source}, which is no source of that table.",
    ),
    "note.db_event_chain": (
        "保管记录自第 {event} 条起与摘要链不符。",
        "The custody log does not fit its chain of digests from entry {event} on.",
    ),
    "note.db_file_changed": (
        "文件 {path} 已不是载入时的内容（载入时 SHA-256 为 {digest}）。",
        "The file {path} is no longer what was loaded (its SHA-256 was {digest}).",
    ),
    "note.rejects_file_missing": (
        "存有其余 {rows} 行拒收行的文件 {path} 不在数据库旁边（其 SHA-256 应为 {digest}）。",
        "The file {path} with {rows} more rejected {rows:row|rows} is not beside the database (its SHA-256 was {digest}).",
    ),
    "note.rejects_file_changed": (
        "存有其余 {rows} 行拒收行的文件 {path} 已不是载入时写下的内容（当时 SHA-256 为 {digest}）。",
        "The file {path} with {rows} more rejected {rows:row|rows} is no longer what the load wrote (its SHA-256 was {digest}).",
    ),
    "note.db_files_gone": (
        "{count} 个源文件已不在原处，无法核对其内容。",
        "{count} source {count:file is no longer where it was|files are no longer where they were} and could not be compared.",
    ),
    "note.db_totals_twice": (
        "来源 {source} 有 {count} 处首行与部分相同的汇总记录不止一条。",
        "Source {source} has {count} {count:place|places} (first row and part) with more than one total.",
    ),
    "note.db_event_source": (
        "保管记录第 {event} 条所载的来源（{path}）不在库中。",
        "Entry {event} of the custody log tells of a source ({path}) that is not in the database.",
    ),
    "note.db_event_differs": (
        "来源 {source}（{path}）与保管记录第 {event} 条所载不符。",
        "Source {source} ({path}) is not what entry {event} of the custody log tells.",
    ),
    "note.db_source_untold": (
        "保管记录中没有载入来源 {source}（{path}）的记载。",
        "The custody log does not tell of source {source} ({path}).",
    ),
    "note.db_event_delivery": (
        "保管记录第 {event} 条所载的批次 {delivery} 不在库中。",
        "Entry {event} of the custody log names delivery {delivery}, which is not in the database.",
    ),
    "note.db_delivery_untold": (
        "保管记录中没有批次 {delivery} 的记载。",
        "The custody log does not tell of delivery {delivery}.",
    ),
    "note.db_retraction_untold": (
        "来源 {source}（{path}）已标记撤回，而保管记录所指的条目并非撤回该来源。",
        "Source {source} ({path}) is marked as retracted, but the entry of the custody log it names is no retraction of it.",
    ),
    "note.db_event_retraction": (
        "保管记录第 {event} 条所载的撤回在库中没有对应的来源。",
        "Entry {event} of the custody log retracts a source that is not marked so in the database.",
    ),
    # ingest: what opening and reading a file brings to light
    "note.unknown_columns": (
        "以下列不在表的定义中，只保留原文：{columns}。",
        "Columns that belong to no table, kept as raw text only: {columns}.",
    ),
    "note.profile_columns": (
        "按 profile {profile} 读取：{columns}。",
        "Read by profile {profile}: {columns}.",
    ),
    "note.profile_counts_parts": (
        "profile {profile} 的日志一行是一次提交（长短信的一段、一个接收号码计一条），因此按计费条数统计，不与按短信条数统计的日志比较。",
        "A row of a {profile} log is one submit, each part and each recipient counting one: it counts billed parts, which are never compared with messages.",
    ),
    "note.profile_not_used": (
        "不是 profile {profile} 所读的日志，按自己的表头读取。",
        "Not a log that profile {profile} reads; read by its own header.",
    ),
    "note.joined_table": (
        "供 profile {profile} 对照使用，本身不作为来源；其 SHA-256 记在所对照的日志之下。",
        "Looked things up in by profile {profile}, no source by itself; its SHA-256 is recorded with the log.",
    ),
    "note.log_lines": (
        "{rows} 行是提交记录；其余 {others} 行不是（状态报告、调试信息等），另有 {retries} 行失败后重发，由后来的行计入。",
        "{rows} {rows:line tells|lines tell} of a message; {others} {others:other does|others do} not (reports, debugging …), and {retries} {retries:tells|tell} of a failure that was tried again and counts in a later line.",
    ),
    "note.dump_rows_counted": (
        "表 {table} 有几条记录写在同一行，因此行号是记录的序号（从 1 起），不是文件的行号。",
        "Several rows of table {table} stand in one line, so rows are numbered as they come, from 1, not by line.",
    ),
    "note.second_table": (
        "第 {row} 行起像是另一张表（{table_zh}，{table}）；一张工作表只读一张表，请把它移到另一张工作表。",
        "From row {row} on another table ({table}, {table_zh}) seems to begin; one table is read per sheet, so move it to a sheet of its own.",
    ),
    "note.price_without_unit": (
        "{count} 行的单价未写单位，按元/条计；单位不同时请在 case.toml 中写 price_unit。",
        "{count} {count:row gives|rows give} a price without a unit, read as yuan per message; say price_unit in case.toml if it is another.",
    ),
    "note.contracts_without_segment": (
        "{count} 份合同记录没有写明号段（{contracts} 等）：已载入并列出，但不作为转手的依据。",
        "{count} contract {count:row names|rows name} no segment ({contracts} …): loaded and shown, but {count:it evidences|they evidence} no hop.",
    ),
    # /ingest
    # log lane
    "note.unknown_accounts": (
        "{accounts} 个账号未能对应到任何主体（{examples}），涉及 {rows} 行、{messages} 条；其主体暂记为“未识别账号”。如需识别：先撤回本来源（tracer sources retract 来源编号 --reason …），载入 accounts 表，再重新载入本日志；不撤回而重复载入同一文件，各行均计为重复。",
        "{accounts} {accounts:account resolves|accounts resolve} to nobody ({examples}): {rows} {rows:row|rows}, {messages} {messages:message|messages}; whoever holds them stands as 未识别账号. To have them named, retract this source (tracer sources retract ID --reason …), load the accounts table, then load the log again; without retracting, the same bytes are only duplicates.",
    ),
    # /log lane
    # trace
    "note.mixed_units": (
        "{party} 在 {number} 下相邻日期的日志有的按条数、有的按计费条数统计，单位不同，不作收发对应；由此无法对应的发出部分计为来源不明",
        "logs of {party} under {number} count messages on some neighbouring days and billed parts on others: units are not matched, and what it sent beside them counts as of unknown origin",
    ),
    "note.incident_search_cut": (
        "{number} 在 {day} 的环节过于交错，未能逐一查明有无全程有流量的链条，当日涉诈短信按合同链条计",
        "hops of {number} on {day} are too entangled to search for a chain with traffic throughout; that day's incidents are counted by paper",
    ),
    "note.number_within": (
        "{number} 已含在 {within} 之内，不重复计",
        "{number} is within {within} and is not counted again",
    ),
    "note.reach_undecided": (
        "{party}：{count} 条涉诈短信当日环节过于交错，未能查明其是否在全程有流量的链上，未计入",
        "{party}: of {count} fraud {count:message|messages} the hops were too entangled to tell whether it is on a chain with traffic; {count:it is|they are} not counted",
    ),
    "note.loss_repeated": (
        "{party}：{count} 条涉诈短信为同案同一受害人且损失相同，可能是同一笔损失的重复记载，按记载计",
        "{party}: {count} fraud messages are of one case and victim with equal losses, perhaps one loss written down again; they are counted as they stand",
    ),
    "note.carried_in_parts": (
        "{party}：经手短信中有 {count} 条是计费条数",
        "{party}: {count} of the messages carried are billed parts",
    ),
    # load
    "note.document_outside": (
        "原件 {path} 不在移送的文件夹之内，未读取",
        "the document {path} lies outside the folder handed in and was not read",
    ),
    "note.document_missing": (
        "原件 {path} 不在表格所在的文件夹中",
        "the document {path} is not beside the table",
    ),
    "note.covered_again": (
        "与来源 {source}（{path}）重复覆盖 {pairs} 个（号码，日期），该来源计 {messages} 条；同一环节按较大者计，不相加",
        "covers {pairs} (number, day) {pairs:pair|pairs} of source {source} ({path}) again, {messages} {messages:message|messages} there; per hop the larger counts, never the sum",
    ),
    "note.same_bytes": (
        "与已载入的文件字节完全相同，各行均计为重复，未作改动",
        "the very bytes are on record: every row is a duplicate, nothing changed",
    ),
    "note.rule_unused": (
        "case.toml 中的 match “{match}” 不对应任何文件，该项设置未起作用；请检查写法",
        "no file matches “{match}” of case.toml, so those settings were not used; check its spelling",
    ),
    "note.sheet_skipped": ("与任何表都不相符，已跳过", "matches no table and was skipped"),
}
