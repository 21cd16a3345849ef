"""Texts: one-line errors (keys error.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # command line: words and options
    "error.unknown_command": ("没有命令 {name}。", "There is no command {name}."),
    "error.unknown_command_near": (
        "没有命令 {name}；是否指 {near}？",
        "There is no command {name}; did you mean {near}?",
    ),
    "error.unknown_option": ("没有选项 {name}。", "There is no option {name}."),
    "error.unknown_option_near": (
        "没有选项 {name}；是否指 {near}？",
        "There is no option {name}; did you mean {near}?",
    ),
    "error.option_misplaced": (
        "{name} 是全局选项，要写在命令之前：tracer {name} … 命令。",
        "{name} is a global option and stands before the command: tracer {name} … COMMAND.",
    ),
    "error.option_needs_value": ("选项 {name} 后面缺少值。", "Option {name} needs a value."),
    "error.option_without_value": ("选项 {name} 不带值。", "Option {name} takes no value."),
    "error.missing_words": ("缺少 {name}。", "{name} is missing."),
    "error.missing_command": ("缺少命令。", "A command is missing."),
    "error.extra_words": ("多出了不认识的内容：{words}。", "Words too many: {words}."),
    "error.words_refused": ("命令行无法识别：{what}", "The command line cannot be read: {what}"),
    "error.unknown_rule": (
        "{option} 不认识规则 {code}；规则一览：tracer rules。",
        "{option} knows no rule {code}; all rules: tracer rules.",
    ),
    "error.bad_choice": (
        "{option} 不能是 {value}；可以是：{choices}。",
        "{option} cannot be {value}; choose from: {choices}.",
    ),
    "error.bad_count": (
        "{option} 要写从 1 起的整数，不能是 {value}。",
        "{option} takes a whole number from 1, not {value}.",
    ),
    "error.bad_day": (
        "{option} 的日期 {text} 无法识别；请写成 2023-07-01。",
        "{option}: {text} is no date; write it as 2023-07-01.",
    ),
    "error.on_and_from": (
        "--on 不能与 --from、--to 同用。",
        "--on does not go together with --from or --to.",
    ),
    "error.window_reversed": (
        "截止日期 {last} 早于起始日期 {first}。",
        "The last day {last} is before the first, {first}.",
    ),
    "error.bad_encoding": (
        "没有名为 {value} 的文本编码；常用的有 utf-8、gb18030、utf-16。",
        "There is no text encoding {value}; common ones: utf-8, gb18030, utf-16.",
    ),
    "error.number_spelling": (
        "{text} 不是号码或号段；请写一个由数字组成的号码，如 10687415。",
        "{text} is no number or segment; write one number in digits, e.g. 10687415.",
    ),
    "error.number_length": (
        "{text} 的位数不对：号码为 3 至 20 位数字。",
        "{text} has the wrong length: a number has 3 to 20 digits.",
    ),
    "error.reason_blank": ("--reason 要写明理由。", "--reason must say why."),
    "error.weights_missing": (
        "权重文件 {path} 不存在。",
        "There is no file of weights {path}.",
    ),
    "error.weights_toml": (
        "权重文件 {path} 不是 TOML：{what}。",
        "The file of weights {path} is no TOML: {what}.",
    ),
    "error.weights_key": (
        "权重文件 {path} 中有不认识的 {key}；只能有 [weights] 和 [scores.因素]。",
        "The file of weights {path} has an unknown {key}; there are [weights] and [scores.FACTOR].",
    ),
    "error.weights_table": (
        "权重文件 {path} 中 {key} 应为一个表。",
        "In the file of weights {path}, {key} must be a table.",
    ),
    "error.weights_none": (
        "权重文件 {path} 的 [weights] 没有写任何因素。",
        "In the file of weights {path}, [weights] names no factor.",
    ),
    "error.weights_value": (
        "权重文件 {path} 中 {key} 不能是 {value}：权重为正数，评分不为负，至多六位小数。",
        "In the file of weights {path}, {key} cannot be {value}: a weight is above 0, a score not below, with six decimals at most.",
    ),
    "error.weights_factor": (
        "权重文件 {path} 中的因素 {factor} 无从计量：可写 {factors}，或在 [scores.{factor}] 给出各主体的评分。",
        "In the file of weights {path}, nothing measures the factor {factor}: write one of {factors}, or give scores under [scores.{factor}].",
    ),
    "error.weights_twice": (
        "权重文件 {path} 中 [scores.{factor}] 与记录所计的因素同名；请换一个名称。",
        "In the file of weights {path}, [scores.{factor}] has the name of a factor the records measure; use another.",
    ),
    "error.weights_unused": (
        "权重文件 {path} 有 [scores.{factor}]，但 [weights] 没有给 {factor} 权重。",
        "The file of weights {path} has [scores.{factor}], but [weights] gives {factor} no weight.",
    ),
    "error.weights_party": (
        "权重文件 {path} 的 [scores.{factor}] 写了 {party}，所查码号中没有这一主体；名称请按表内所写。",
        "In {path}, [scores.{factor}] names {party}, which is no party of these codes; write names as the sheet does.",
    ),
    "error.links_one": (
        "要写两个以上的主体；所写的都是 {party}。",
        "Name two parties or more; all that were named are {party}.",
    ),
    "error.out_format": (
        "{path} 的扩展名不能识别；可以是：{formats}。",
        "The extension of {path} is not known; choose from: {formats}.",
    ),
    "error.rows_rejected": (
        "有 {count} 行被拒收（--strict）；其余的行已载入。原因见 tracer rejects。",
        "{count} {count:row was|rows were} rejected (--strict); all others were loaded. Why: tracer rejects.",
    ),
    "error.log_broken": (
        "保管记录被改动：共 {count} 条，第 {entry} 条起与摘要链不符。",
        "The custody log was altered: of {count} {count:entry|entries}, number {entry} is the first that does not fit the chain of digests.",
    ),
    "error.db_check_failed": (
        "数据库检查发现 {count} 处问题，见上。",
        "The database check found {count} {count:problem|problems}, listed above.",
    ),
    "error.source_unlike": (
        "{path} 打开后不再是载入时的 {table} 表；请核对载入后程序或配置有无变化。",
        "{path} no longer opens as the table {table} that was loaded; check whether the program or a profile has changed since.",
    ),
    "error.hop_party_unknown": (
        "没有 {party} 的任何记录；名称或统一社会信用代码请按材料所写。",
        "Nothing is on record of {party}; write the name, or the credit code, as the papers do.",
    ),
    "error.party_unknown_near": (
        "没有 {party} 的任何记录；名称相近的有：{near}。请按材料所写重新输入。",
        "Nothing is on record of {party}; on record and written much like it: {near}. Write it as the papers do.",
    ),
    "error.hop_nothing": (
        "在所问的日期内没有 {upstream} → {downstream} 关于 {number} 的记录；请用 tracer trace {number} 查看已有的各跳。",
        "Nothing is on record of {upstream} → {downstream} under {number} on the days asked for; tracer trace {number} lists the hops there are.",
    ),
    "error.rows_incomplete": (
        "有 {totals} 条汇总未能逐行展开：{paths}。",
        "{totals} {totals:total|totals} could not be opened down to {totals:its|their} rows: {paths}.",
    ),
    "error.rejects_incomplete": (
        "拒收的行未能全部读出：{count} 个文件缺失或已改变（{paths}）。",
        "Not all rejected rows can be read: {count} {count:file is|files are} missing or altered ({paths}).",
    ),
    "error.file_refused": ("无法读写 {path}：{what}。", "Cannot read or write {path}: {what}."),
    "error.database_refused": ("数据库拒绝了操作：{what}。", "The database refused: {what}."),
    "error.our_bug": (
        "程序错误（{kind}）：这是程序本身的问题；设置 TRACER_DEBUG=1 再运行可显示详情。",
        "A fault of the program ({kind}), not of your input; run again with TRACER_DEBUG=1 to see the details.",
    ),
    # store: the database and what is in it
    "error.db_url": (
        "数据库地址 {database} 无法识别；请写文件路径，或写成 postgresql://用户:密码@主机/库名 的形式。",
        "The database address {database} cannot be read; give the path of a file, or a URL like postgresql://user:password@host/name.",
    ),
    "error.db_driver": (
        "无法使用数据库 {database}：{reason}。请先安装 PostgreSQL 驱动：pip install 'tracer[postgresql]'。",
        "The database {database} cannot be used: {reason}. Install the driver first: pip install 'tracer[postgresql]'.",
    ),
    "error.db_kind": (
        "不支持 {kind} 数据库（{database}）；请使用 SQLite 文件，或 postgresql:// 开头的地址。",
        "A {kind} database ({database}) is not supported; use an SQLite file or a postgresql:// URL.",
    ),
    "error.db_encoding": (
        "数据库 {database} 的编码是 {encoding}，不能保存所有汉字；请用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 另建数据库。",
        "The database {database} is encoded in {encoding}, which cannot hold every character; make another with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
    ),
    "error.db_no_such_schema": (
        "数据库 {database} 中没有可用的模式（search_path 为 {path}）；请先用 CREATE SCHEMA 建立。",
        "The database {database} has no schema to work in (search_path is {path}); make it first with CREATE SCHEMA.",
    ),
    "error.db_too_long": (
        "数据库 {database} 无法收下文件中的一个名称或合同编号：长度超出索引上限（约 900 个汉字）；该文件没有写入任何内容，请核对并更正后再载入。",
        "The database {database} cannot take a name or contract number in the file: it is longer than an index holds (some 900 Chinese characters). Nothing of the file was kept; correct it and load it again.",
    ),
    "error.db_lost": (
        "与数据库 {database} 的连接中断；正在处理的文件没有写入任何内容。请确认服务器在运行，再执行同一条命令，已载入的文件不会重复计入。",
        "The connection to the database {database} was lost; nothing of the file at work was kept. Check that the server runs and repeat the command: files already loaded do not count twice.",
    ),
    "error.db_busy": (
        "另一个程序正在写入数据库 {database}，等待超时；请等它结束后再执行同一条命令，已载入的文件不会重复计入。",
        "Another program is writing to the database {database} and did not end in time; repeat the command when it has: files already loaded do not count twice.",
    ),
    "error.db_full": (
        "保存数据库 {database} 的磁盘已满；正在处理的文件没有写入任何内容。请腾出空间后再执行同一条命令。",
        "The disk that holds the database {database} is full; nothing of the file at work was kept. Make room and repeat the command.",
    ),
    "error.db_unreachable": (
        "无法打开数据库 {database}：{reason}。请检查路径、权限，服务器是否在运行。",
        "The database {database} cannot be opened: {reason}. Check the path, the permissions, and that the server runs.",
    ),
    "error.db_read_only": (
        "数据库 {database} 只读，不能载入或撤回；请复制到可写的位置后再用 --db 指明。",
        "The database {database} is read-only, so nothing can be loaded or retracted; copy it to where it can be written and name that with --db.",
    ),
    "error.db_is_folder": (
        "{database} 是文件夹，不是数据库文件；请用 --db 写明文件。",
        "{database} is a folder, not a database file; name the file with --db.",
    ),
    "error.db_missing": (
        "没有数据库 {database}；请先用 tracer load 载入材料，或用 --db 指明其他文件。",
        "There is no database {database}; load papers with tracer load first, or name another file with --db.",
    ),
    "error.db_no_folder": (
        "无法新建数据库 {database}：没有文件夹 {folder}，请先建立。",
        "The database {database} cannot be made: there is no folder {folder}; make it first.",
    ),
    "error.db_no_sqlite": (
        "{database} 不是 SQLite 数据库文件；请用 --db 指明其他文件。",
        "{database} is no SQLite database; name another file with --db.",
    ),
    "error.db_foreign": (
        "数据库 {database} 里是其他程序的表，本程序不作改动；请用 --db 指明其他数据库。",
        "The database {database} holds tables of another program and is left alone; name another one with --db.",
    ),
    "error.db_no_schema": (
        "数据库 {database} 还没有建表；请先运行 tracer db upgrade。",
        "The database {database} has no schema yet; run tracer db upgrade first.",
    ),
    "error.db_outdated": (
        "数据库 {database} 的表结构是旧版 {version}，本程序需要 {head}；请先备份，再运行 tracer db upgrade。",
        "The database {database} has the older schema {version}, this program needs {head}; make a copy, then run tracer db upgrade.",
    ),
    "error.db_newer": (
        "数据库 {database} 的表结构版本 {version} 不为本程序所识（本程序最新为 {head}）；请使用较新版本的 tracer。",
        "The database {database} has schema {version}, which this program does not know (its newest is {head}); use a newer tracer.",
    ),
    "error.db_broken_reference": (
        "数据库 {database} 升级后会有记录指向不存在的行，因此未作任何改动；请运行 tracer db check 查看。",
        "After the upgrade, rows of {database} would refer to rows that are not there, so nothing was changed; see tracer db check.",
    ),
    "error.no_such_source": (
        "没有编号为 {source} 的来源；编号见 tracer sources。",
        "There is no source {source}; tracer sources lists their numbers.",
    ),
    "error.already_retracted": (
        "来源 {source} 已经撤回，见 tracer sources。",
        "Source {source} is retracted already, see tracer sources.",
    ),
    # usecases
    "error.bad_key_file": (
        "{path} 不是本程序的密钥文件；请恢复原文件，否则受害人号码的摘要无法与已有记录对应。",
        "{path} is no key file of this program; restore the original, or victims' digests will not match those on record.",
    ),
    "error.no_such_delivery": (
        "没有编号为 {delivery} 的批次；批次编号见 tracer sources。",
        "There is no delivery {delivery}; tracer sources lists them.",
    ),
    "error.other_timezone": (
        "本案已按时区 {timezone} 计日，不能改用 {stated}；请沿用原时区，或另建数据库。",
        "Days of this case are counted in {timezone}, so {stated} cannot be used; keep the zone, or start another database.",
    ),
    "error.trace_outdated": (
        "追踪 {number} 之后，数据库 {database} 又有新的记录；请重新追踪，再看断档可能的接续。",
        "Since {number} was traced something was recorded in the database {database}; trace it again to see what might close its gaps.",
    ),
    "error.nothing_in_window": (
        "{number} 在 {first} 至 {last} 期间没有任何主体的记录，其他日期有；请放宽日期。",
        "No party is on record for {number} between {first} and {last}, but on other days there is; widen the dates.",
    ),
    "error.nothing_on_record_near": (
        "没有 {number} 的记录；最接近的已有号段：{near}。",
        "Nothing is on record for {number}; the nearest segments on record: {near}.",
    ),
    "error.nothing_on_record": (
        "没有 {number} 的记录，也没有相近的号段；请用 tracer sources 查看已载入的材料。",
        "Nothing is on record for {number}, nor any segment near it; tracer sources lists what was loaded.",
    ),
    "error.audit_nothing": (
        "没有符合条件的码号；请放宽 --class、--holder、--authority、--region 或日期，或用 tracer sources 查看已载入的材料。",
        "No code fits what was asked; widen --class, --holder, --authority, --region or the days, or see tracer sources for what was loaded.",
    ),
    "error.audit_outdated": (
        "核查开始时数据库 {database} 又有新的记录；请在载入结束后重新核查。",
        "While the audit began something was recorded in the database {database}; audit again when the load is over.",
    ),
    "error.audit_worker_lost": (
        "核查数据库 {database} 的一个工作进程中途结束（多半是内存不足）；请用 --workers 1 重新核查。",
        "A process auditing the database {database} ended before its time, most likely for want of memory; audit again with --workers 1.",
    ),
    "error.audit_needs_file": (
        "{form} 不能写到终端；请用 --out 文件名.{form}。",
        "{form} cannot go to the terminal; use --out FILE.{form}.",
    ),
    "error.audit_two_formats": (
        "--format {form} 与 --out {path} 的扩展名不一致；请改其中之一。",
        "--format {form} and the extension of --out {path} differ; change one of them.",
    ),
    "error.render_format": (
        "无法按扩展名写出 {path}；可用的扩展名：{formats}。",
        "{path}: no format of that extension; these can be written: {formats}.",
    ),
    "error.out_is_evidence": (
        "{path} 是本案已载入的材料或在案文件，不能覆盖；请写到另一个文件。",
        "{path} is a source or a document on record in this case and is not overwritten; write to another file.",
    ),
    "error.out_is_database": (
        "{path} 是本案的数据库或其密钥，不能覆盖；请写到另一个文件。",
        "{path} is the database of this case, or its key, and is not overwritten; write to another file.",
    ),
    "error.out_no_folder": (
        "无法写出 {path}：没有文件夹 {folder}，请先建立，或写到别处。",
        "{path} cannot be written: there is no folder {folder}; make it first, or write elsewhere.",
    ),
    "error.out_is_folder": (
        "{path} 是文件夹；请写明其中的文件名。",
        "{path} is a folder; name a file in it.",
    ),
    "error.demo_not_ours": (
        "{path} 已经存在，且不是示例案件先前写出的；请用 --out 指明另一个文件夹。",
        "{path} is there already and was not written by an earlier demo; name another folder with --out.",
    ),
    "error.render_one": (
        "{path} 每次只能写一个号码；请分别写出。",
        "{path}: this format takes one number; write one file for each.",
    ),
    "error.no_example": (
        "找不到示例案件 {path}；请重新安装。",
        "The example case {path} is missing; install the program again.",
    ),
}
