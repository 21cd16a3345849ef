"""Errors of input files: those that cannot be used, and what is said of them in `case.toml`."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "error.no_such_path": ("没有 {path}；请检查路径。", "There is no {path}; check the path."),
    "error.no_tables": (
        "文件夹 {path} 中没有可读的表格（CSV、TSV、XLSX、XLS、ODS、Parquet）；请指明其他文件夹或文件。",
        "The folder {path} holds no table (CSV, TSV, XLSX, XLS, ODS, Parquet); name another folder or the files.",
    ),
    "error.scratch_full": (
        "{path} 放不下读取日志时的临时数据（{detail}）；请腾出空间，或用 --scratch DIR 指定另一目录。",
        "{path} cannot hold what a log needs while it is read ({detail}); make room there, or name another folder with --scratch DIR.",
    ),
    "error.unreadable_file": ("无法读取 {path}：{detail}。", "{path} cannot be read: {detail}."),
    "error.file_changed": (
        "{path} 在读取期间被改动或移走，其内容一概未载入；请等文件不再变动后，重复同一命令。",
        "{path} was changed or moved away while it was read, and nothing of it was kept; repeat the command once it no longer changes.",
    ),
    "error.disk_full": (
        "磁盘已满，无法继续写入 {where}：{path} 一概未载入，此前的 {kept} 个文件已完整载入。请腾出空间，再重复同一命令即可补齐。",
        "The disk is full and {where} cannot be written: nothing of {path} was kept, the {kept} {kept:file before it is|files before it are} whole. Make room and repeat the command to complete the load.",
    ),
    "error.load_interrupted": (
        "载入被中断：正在读取的文件一概未载入，此前的文件已完整载入；重复同一命令即可补齐。",
        "The load was interrupted: nothing of the file at hand was kept, the files before it are whole; repeat the command to complete it.",
    ),
    "error.no_such_folder": (
        "{option} 指明的文件夹 {path} 不存在。",
        "{option}: there is no folder {path}.",
    ),
    "error.bad_engine": (
        "--engine 不能是 {value}；可以是 duckdb、spark 或 spark://主机:端口。",
        "--engine cannot be {value}; it is duckdb, spark or spark://host:port.",
    ),
    "error.spark_missing": (
        "使用 --engine spark 需要 PySpark；请安装：pip install 'tracer[spark]'。",
        "--engine spark needs PySpark; install it: pip install 'tracer[spark]'.",
    ),
    "error.spark_no_java": (
        "无法启动 Spark 所需的 Java（{detail}）；请安装 Java 17 或 21，必要时设置 JAVA_HOME。",
        "the Java that Spark needs does not start ({detail}); install Java 17 or 21, and set JAVA_HOME if need be.",
    ),
    "error.spark_bad_master": (
        "“{master}”不是 Spark 地址；请写 spark（本机）或 spark://主机:端口（集群）。",
        "{master!r} names no Spark; write spark (this machine) or spark://host:port (a cluster).",
    ),
    "error.spark_unreachable": (
        "{seconds} 秒内未能连接 Spark 主节点 {master}（{detail}）；请核对地址，并确认主节点已启动。",
        "the Spark master {master} did not answer within {seconds} s ({detail}); check the address, and that it runs.",
    ),
    "error.spark_no_workers": (
        "Spark 主节点 {master} 在 {seconds} 秒内没有可用的工作节点；请启动工作节点，或等待其他任务结束后重试。",
        "no worker of the Spark master {master} took the work within {seconds} s; start one, or try again when others are done.",
    ),
    "error.spark_unseen_file": (
        "工作节点 {host} 无法打开 {path}（{detail}）；集群的每台主机都必须能以同一路径看到该文件。",
        "the worker on {host} cannot open {path} ({detail}); every host of the cluster must see the file under the same path.",
    ),
    "error.spark_other_file": (
        "工作节点 {host} 上的 {path} 与本机的不是同一文件，或读取期间文件已改变；请使用各主机共享的目录，然后重试。",
        "{path} on the worker {host} is not the file seen here, or it changed while it was read; use a folder all hosts share, and try again.",
    ),
    "error.spark_unseen_scratch": (
        "工作节点 {host} 无法写入临时目录 {path}；请用 --scratch 指定集群每台主机以同一路径可见、且可写的目录。",
        "the worker on {host} cannot write to the scratch folder {path}; name one with --scratch that every host sees under the same path and may write to.",
    ),
    "error.spark_failed": (
        "Spark（{master}）未能完成：{detail}。",
        "Spark ({master}) could not do it: {detail}.",
    ),
    "error.empty_file": (
        "{path} 是空文件；请向提供单位重新调取。",
        "{path} is empty; ask for it again.",
    ),
    "error.not_a_table": (
        "{path} 不是表格文件（从内容看是 PDF、图片、压缩包或其他文件）；请转换为 XLSX 或 CSV，压缩包请先解压。",
        "{path} is no table (by its content a PDF, picture, archive or the like); convert it to XLSX or CSV, unpack archives first.",
    ),
    "error.broken_archive": (
        "压缩文件 {path} 不完整或已损坏（{detail}）；其中内容一概未载入，请重新调取。",
        "The compressed file {path} is damaged or cut off ({detail}); nothing of it was kept, ask for it again.",
    ),
    "error.markup_file": (
        "{path} 的内容是网页或 XML，不是它的扩展名所说的表格；请用电子表格软件打开后另存为 XLSX。",
        "{path} is a web page or XML inside, whatever its name says; open it in a spreadsheet program and save it as XLSX.",
    ),
    "error.password": (
        "{path} 设有密码；请解除密码另存一份，或调取未加密的文件。",
        "{path} is locked with a password; save a copy without it, or ask for one.",
    ),
    "error.broken_workbook": (
        "{path} 不是完好的电子表格（{detail}）；请用电子表格软件打开后另存为 XLSX，或重新调取。",
        "{path} is no sound spreadsheet ({detail}); open it in a spreadsheet program and save it as XLSX, or ask for it again.",
    ),
    "error.stray_cell": (
        "{path} 的工作表 {sheet} 只有 {count} 个单元格有内容，其中 {cell} 却远在表格之外，整张表因此大得无法读取；请删去该单元格后另存，或只保留表格另存。",
        "Sheet {sheet} of {path} holds only {count} {count:cell|cells}, but {cell} stands so far out that the sheet is too large to read; delete that cell, or save the table in a sheet of its own.",
    ),
    "error.broken_parquet": (
        "{path} 不是完好的 Parquet 文件（{detail}）；请重新导出。",
        "{path} is no sound Parquet file ({detail}); export it again.",
    ),
    "error.unknown_encoding": (
        "{path}：没有名为 {encoding} 的文本编码；常用的有 utf-8、gb18030、utf-16。",
        "{path}: there is no text encoding {encoding}; common ones: utf-8, gb18030, utf-16.",
    ),
    "error.nothing_matches": (
        "{path} 中没有与任何一种表相符的表头（编码 {encoding}，首行为：{seen}）；请对照 tracer template 生成的模板改表头，或在 case.toml 中写明 table 与 columns，编码有误时用 --encoding。",
        "No row of {path} is the header of any table (encoding {encoding}, first line: {seen}); name its columns as in the workbook of tracer template, say table and columns in case.toml, or give --encoding if it was read wrongly.",
    ),
    "error.missing_column": (
        "{where} 第 {row} 行是{table_zh}表的表头，但缺少必填的列：{labels}；请补上该列，或在 case.toml 的 columns 中写明它叫什么。",
        "Row {row} of {where} is a header of table {table} but lacks the required column {columns}; add it, or say in case.toml under columns what it is called.",
    ),
    "error.column_twice": (
        "{where} 第 {row} 行的表头“{first}”与“{second}”是同一列（{column}）；请在 case.toml 的 columns 中写明取哪一列，另一列写成空字符串。",
        'Row {row} of {where}: the headers "{first}" and "{second}" are the same column ({column}); say in case.toml under columns which one counts and give the other an empty string.',
    ),
    "error.parties_unclear": (
        "{where} 第 {row} 行的表头只写了甲方、乙方，看不出谁是上游；请用 --party-a upstream 或 --party-a downstream 写明甲方是哪一方，或在 case.toml 中写 party_a。",
        "Row {row} of {where} names its parties only 甲方 and 乙方, which does not tell the upstream; say which one 甲方 is with --party-a upstream or --party-a downstream, or party_a in case.toml.",
    ),
    "error.ambiguous_table": (
        "{where} 第 {row} 行的表头同样符合几种表：{labels}；请在 case.toml 中用 table 写明（{tables}）。",
        "The header in row {row} of {where} fits several tables alike: {tables}; say which with table in case.toml.",
    ),
    "error.unknown_column": (
        "case.toml 为 {where} 写的列名 {column} 不是 {table} 表的列；列名见 tracer template 生成的模板。",
        "case.toml names the column {column} for {where}, which table {table} does not have; the workbook of tracer template shows the names.",
    ),
    "error.unknown_timezone": (
        "没有时区 {timezone}；请写成 Asia/Shanghai 这样的名称。",
        "There is no time zone {timezone}; write a name like Asia/Shanghai.",
    ),
    "error.two_case_files": (
        "一个案件只能有一个 case.toml，而找到了 {first} 和 {second}；请分次载入，或删去一个。",
        "One case has one case.toml, but there are {first} and {second}; load them one at a time, or remove one.",
    ),
    "error.case_syntax": (
        "{path} 不是合法的 TOML：{detail}。",
        "{path} is no valid TOML: {detail}.",
    ),
    "error.case_key": (
        "{path} 中的 {key} 不是可用的设置；此处可用的有：{known}。",
        "{path}: {key} is no setting; these are: {known}.",
    ),
    "error.case_value": (
        "{path} 中 {key} 的值 {value} 不可用；可用的值见 tracer template 生成的 case.toml。",
        "{path}: {value} is no value for {key}; the case.toml of tracer template shows what is.",
    ),
    "error.no_such_profile": (
        "没有名为 {profile} 的 profile；可用的有：{known}；自己写的请给出 .toml 文件的路径。",
        "There is no profile {profile}; these are: {known}; one of your own is named by the path of its .toml file.",
    ),
    "error.profile_value": (
        "profile {path} 中 {key} 的值 {value} 不可用；写法见 docs/profiles.zh.md。",
        "{path}: {value} is no value for {key} of a profile; docs/profiles.md shows what is.",
    ),
    "error.profile_key_missing": (
        "profile {path} 缺少 {key}；写法见 docs/profiles.zh.md。",
        "{path}: {key} is missing; docs/profiles.md shows how a profile is written.",
    ),
    "error.profile_needs": (
        "profile {path} 写了 {key}，但没有写与之配合的 {needed}；请补上，或删去 {key}。",
        "{path} says {key}, which means nothing without {needed}; add it, or leave {key} out.",
    ),
    "error.profile_lacks": (
        "profile {path} 没有写明从哪里取得必需的列：{columns}；请在 columns、constants 或 owner 中写明。",
        "{path} does not say where the required columns {columns} come from; say it under columns, constants or owner.",
    ),
    "error.profile_unmatched": (
        "{path} 不是 profile {profile} 所读的日志（编码 {encoding}），缺少的列：{columns}；请核对 profile，或在 case.toml 的 columns 中写明各列，或另写一个 profile。",
        "{path} is not the log that profile {profile} reads (encoding {encoding}); columns missing: {columns}; check the profile, name the columns in case.toml under columns, or write a profile of your own.",
    ),
    "error.profile_owner": (
        "{path} 按 profile {profile} 读取，是网关自己的日志，须写明网关归谁所有：请用 --reported-by，或在 case.toml 中写 reported_by。",
        "{path}, read by profile {profile}, is a gateway's own log, and it must be known whose gateway it is: give --reported-by, or reported_by in case.toml.",
    ),
    "error.rests_on_changed": (
        "{path} 载入时依据的 {file} 与当时不同（SHA-256 不符）；请找回当时的文件，或撤回本来源后重新载入。",
        "{path} was loaded by {file}, which is not what it was then (SHA-256 differs); bring back the file as it was, or retract the source and load it again.",
    ),
    "error.join_missing": (
        "读取 {path}（profile {profile}）还需要表 {table}，而日志旁边没有 {file}；请把它放在日志所在文件夹，或在 case.toml 中用 joined 写明。",
        "Reading {path} (profile {profile}) needs the table {table}, but there is no {file} beside the log; put it there, or name it in case.toml as joined.",
    ),
    "error.join_unmatched": (
        "{path} 不是表 {table}：其中没有同时含 {key} 和 {take} 两列的表头。",
        "{path} is not the table {table}: no row of it is a header with both {key} and {take}.",
    ),
    "error.template_exists": (
        "{path} 已经存在，没有覆盖；请换一个文件夹，或先移走它。",
        "{path} is there already and was not overwritten; choose another folder or move it away first.",
    ),
    "error.unwritable": (
        "无法写入 {path}：{detail}；请检查路径和权限。",
        "{path} cannot be written: {detail}; check the path and the permissions.",
    ),
    "error.case_match": (
        "{path} 中的 {key} 没有写；它指明这些设置用于哪些文件，例如 “*.csv”。",
        '{path}: {key} is missing; it says which files the settings are for, e.g. "*.csv".',
    ),
    "error.line_too_long": (
        "{path} 自第 {place} 字节起有一行超过 16 MiB：不是表格，或换行符缺失；请核对文件。",
        "A line of {path}, from byte {place} on, is longer than 16 MiB: it is no table, or has lost its line ends; check the file.",
    ),
    "error.workbook_bomb": (
        "{path} 中的 {part} 解压后大得不合常理，未读取；请用电子表格程序打开后另存。",
        "{part} of {path} unfolds beyond all proportion and was not read; open it in a spreadsheet program and save it anew.",
    ),
}
