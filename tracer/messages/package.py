"""Texts: the evidence package, what it says of itself, and its check."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # errors
    "error.export_missing": (
        "来源文件 {path} 不在（从 {folder} 找起）；用 --folder 指明它所在的文件夹，或加 --no-sources 只附数字摘要。",
        "The source file {path} is not there (looked for from {folder}); say where it lies with --folder, or pack digests only with --no-sources.",
    ),
    "error.export_changed": (
        "来源文件 {path} 已不是载入时的内容；放回原件，或加 --no-sources 只附数字摘要。",
        "The source file {path} is no longer what was loaded; put the original back, or pack digests only with --no-sources.",
    ),
    "error.export_there": (
        "{path} 已存在；证据包不覆盖任何文件，请换一个名称。",
        "{path} is there already; a package overwrites nothing. Choose another name.",
    ),
    "error.export_log": (
        "保管日志自第 {entry} 条起与其摘要不符，不能出具证据包；见 tracer log --verify。",
        "The custody log does not hold from entry {entry} on, so no package is made of it; see tracer log --verify.",
    ),
    "error.export_time": (
        "--at {value} 不是带时区的时间，例如 2026-03-01T09:00:00+08:00。",
        "--at {value} is no time with a zone, such as 2026-03-01T09:00:00+08:00.",
    ),
    "error.package_none": ("没有证据包 {path}。", "There is no package {path}."),
    "error.package_no_bag": (
        "{path} 不是证据包：缺少 bagit.txt 或 data 文件夹。",
        "{path} is no package: bagit.txt or the folder data is missing.",
    ),
    "error.package_schema": (
        "{path} 不是本版本能读的证据包（应为 {schema}）。",
        "{path} is no package this version reads ({schema}).",
    ),
    "error.package_unreadable": (
        "证据包 {path} 中的 {file} 无法读取。",
        "{file} in the package {path} cannot be read.",
    ),
    "error.package_zip_damaged": (
        "{path} 已损坏，无法完整解压。",
        "{path} is damaged: it cannot be taken out whole.",
    ),
    "error.package_zip_more": (
        "{path} 在条目之外另有字节（附注、前缀或后缀），未解压：它们不受任何摘要保护。",
        "{path} holds bytes beside its entries (a comment, a prefix, a tail); nothing was taken out: no digest covers them.",
    ),
    "error.package_zip_tops": (
        "{path} 应只含一个文件夹，实有 {count} 个。",
        "{path} should hold one folder, and holds {count}.",
    ),
    "error.package_zip_many": (
        "{path} 的条目超过 {most} 个，未解压。",
        "{path} has more than {most} entries; nothing was taken out.",
    ),
    "error.package_zip_large": (
        "{path} 解压后为 {size} 字节，超出磁盘余量或上限，未解压。",
        "{path} unfolds to {size} bytes, more than the disk or the limit allows; nothing was taken out.",
    ),
    "error.package_zip_outside": (
        "{path} 中的条目 {entry} 会写到文件夹之外，未解压。",
        "The entry {entry} of {path} would leave its folder; nothing was taken out.",
    ),
    "error.package_zip_link": (
        "{path} 中的条目 {entry} 是链接，未解压。",
        "The entry {entry} of {path} is a link; nothing was taken out.",
    ),
    "error.package_zip_locked": (
        "{path} 中的条目 {entry} 加了密码，未解压。",
        "The entry {entry} of {path} is locked by a password; nothing was taken out.",
    ),
    "error.package_zip_bomb": (
        "{path} 中的条目 {entry} 解压后大得不合常理，已停止。",
        "The entry {entry} of {path} unfolds beyond all proportion; stopped.",
    ),
    "error.package_zip_twice": (
        "{path} 中有两个条目落在同一处：{entry}，未解压。",
        "Two entries of {path} would lie in one place, {entry}; nothing was taken out.",
    ),
    "error.package_faulty": (
        "证据包 {path} 未通过核验：{count} 处不符，见上。",
        "The package {path} fails its check: {count} {count:fault|faults}, listed above.",
    ),
    "error.package_faulty_unlisted": (
        "证据包 {path} 未通过核验；见 tracer verify {path}。",
        "The package {path} fails its check; see tracer verify {path}.",
    ),
    "error.log_package_bare": (
        "证据包 {path} 是遮去姓名名称的副本，不含保管日志。",
        "The package {path} is a redacted copy and holds no custody log.",
    ),
    "error.log_cut": (
        "日志与证据包 {path} 不符：证据包记有 {stated} 条，日志有 {count} 条，或第 {stated} 条不同；日志曾被截短或改写。",
        "The log does not match the package {path}: it states {stated} {stated:entry|entries}, the log has {count}, or entry {stated} is another; the log was cut off or rewritten.",
    ),
    "error.package_other_digest": (
        "证据包摘要为 {found}，与所给 {stated} 不同：不是同一份证据包。",
        "The digest of the package is {found}, not {stated}: it is not that package.",
    ),
    "error.package_no_rerun": (
        "证据包 {path} 不含来源文件（或已遮去姓名名称），不能重新运行。",
        "The package {path} holds no source files (or is a redacted copy), so it cannot be run again.",
    ),
    "error.package_rerun_differs": (
        "重新运行的结果与证据包不同：{count} 处，见上。",
        "Run again, the results differ from the package in {count} {count:place|places}, listed above.",
    ),
    "error.replay_unknown": (
        "保管日志第 {entry} 条（{action}）是本版本不认识的操作，无法重新运行。",
        "Entry {entry} of the custody log ({action}) is of a kind this version does not know; it cannot be run again.",
    ),
    "error.replay_missing": (
        "保管日志第 {entry} 条载入的文件 {path} 不在证据包中，无法重新运行。",
        "The file {path}, loaded by entry {entry} of the custody log, is not in the package; it cannot be run again.",
    ),
    "error.replay_entry": (
        "保管日志第 {entry} 条的内容不成其为这种操作，无法重新运行。",
        "What entry {entry} of the custody log says is nothing that can be done again.",
    ),
    "error.replay_refused": (
        "保管日志第 {entry} 条重做未成：{detail}",
        "Entry {entry} of the custody log could not be done again: {detail}",
    ),
    "error.replay_unreadable": (
        "重新载入 {path} 未成：{detail}",
        "{path} could not be loaded again: {detail}",
    ),
    # faults of a package
    "note.package_part_missing": ("缺少 {file}", "{file} is missing"),
    "note.package_part_unreadable": ("{file} 无法读取", "{file} cannot be read"),
    "note.package_file_missing": ("缺少文件 {file}", "the file {file} is missing"),
    "note.package_file_changed": (
        "文件 {file} 与其摘要不符（{digests}）",
        "the file {file} is not what its digests say ({digests})",
    ),
    "note.package_file_unlisted": (
        "文件 {file} 未列入 {algorithm} 清单",
        "the file {file} is not in the {algorithm} list",
    ),
    "note.package_file_extra": ("多出文件 {file}", "the file {file} is one too many"),
    "note.package_file_unlike": (
        "文件 {file} 与 reproduction.json 所载不符",
        "the file {file} is not what reproduction.json states",
    ),
    "note.package_file_unstated": (
        "reproduction.json 未提及文件 {file}",
        "reproduction.json does not speak of the file {file}",
    ),
    "note.package_manifest_line": (
        "{file} 第 {line} 行不成其为清单条目",
        "line {line} of {file} is no entry",
    ),
    "note.package_bag_invalid": ("不符合 BagIt：{detail}", "not valid BagIt: {detail}"),
    "note.package_log_broken": (
        "保管日志自第 {entry} 条起与其摘要不符",
        "the custody log does not hold from entry {entry} on",
    ),
    "note.package_log_head": (
        "保管日志应有 {stated} 条，实有 {found} 条，或末条摘要不同",
        "the custody log should have {stated} {stated:entry|entries} and has {found}, or its last digest is another",
    ),
    "note.rerun_log_differs": (
        "保管日志第 {entry} 条重做后不同：当时载入的结果未能重现",
        "entry {entry} of the custody log came out differently: what was loaded then is not what is loaded now",
    ),
    "note.rerun_differs": ("{file} 的字节不同", "the bytes of {file} differ"),
    "note.rerun_missing": ("未能生成 {file}", "{file} was not made"),
    "note.rerun_form": (
        "未比对 {form}：本机未安装所需组件",
        "{form} was not compared: what it needs is not installed here",
    ),
    "note.rerun_version": (
        "{name} 版本不同：证据包 {theirs}，本机 {ours}",
        "another version of {name}: {theirs} in the package, {ours} here",
    ),
    # what the commands say
    "cli.action.export": ("导出", "export"),
    "cli.action.verify": ("核验", "check"),
    "cli.export.done": ("证据包 {path}", "package {path}"),
    "cli.export.digest": (
        "证据包摘要（请另行记下） {digest}",
        "digest of the package (note it elsewhere) {digest}",
    ),
    "cli.export.counts": (
        "{files} 个文件，{size} 字节；来源文件 {sources} 个，结果 {results} 个",
        "{files} {files:file|files}, {size} {size:byte|bytes}; {sources} source {sources:file|files}, {results} {results:result|results}",
    ),
    "cli.verify.intact": (
        "核验通过：{files} 个文件、{size} 字节与摘要相符，无多无缺。",
        "The package holds: {files} {files:file|files}, {size} {size:byte|bytes} are what their digests say; none is missing, none too many.",
    ),
    "cli.verify.log": (
        "保管日志 {events} 条首尾相接，末条与所记相同。",
        "{events} {events:entry|entries} of the custody log {events:links|link} up, and the last is the one stated.",
    ),
    "cli.verify.redacted": (
        "这是遮去姓名名称的副本，不含保管日志，不能重新运行。",
        "This is a redacted copy: it holds no custody log, and cannot be run again.",
    ),
    "cli.verify.no_sources": (
        "证据包不含来源文件，不能重新运行。",
        "The package holds no source files, and cannot be run again.",
    ),
    "cli.verify.rerun": (
        "重新运行：{files} 个来源文件重新载入，保管日志 {events} 条与 {results} 个结果逐字节相同。",
        "Run again: {files} source {files:file|files} loaded anew; {events} {events:entry|entries} of the log and {results} {results:result|results} are the same, byte for byte.",
    ),
    "cli.verify.digest": ("证据包摘要 {digest}", "digest of the package {digest}"),
    "cli.log.holds": (
        "日志前 {entry} 条与证据包所记相同。",
        "The first {entry} {entry:entry|entries} of the log {entry:is that|are those} of the package.",
    ),
    # help
    "help.export": (
        "写出证据包（BagIt）：结果、来源文件、清单、保管日志与复现说明，任何人可凭 tracer verify 核验并重新运行。",
        "Write an evidence package (BagIt): results, source files, lists, custody log and how to reproduce it; anyone can check it and run it again with tracer verify.",
    ),
    "help.export.out": (
        "文件夹或 .zip 文件；不覆盖任何文件。",
        "A folder, or a .zip file; nothing is overwritten.",
    ),
    "help.export.no_sources": (
        "不附来源文件，只附其数字摘要和所用各行。",
        "Pack no source files: their digests, and the rows that were used.",
    ),
    "help.export.at": (
        "导出时间（带时区），默认现在；证据包中唯一随时间变化之处。",
        "Time of export, with its zone; now by default. Nothing else in the package depends on the clock.",
    ),
    "help.export.case_no": (
        "案号，默认取自 case.toml。",
        "Number of the case; that of case.toml by default.",
    ),
    "help.export.folder": (
        "来源文件现在所在的文件夹（相对路径从这里算起）；默认当前文件夹。",
        "Where the source files lie now (relative paths begin there); the current folder by default.",
    ),
    "help.verify": (
        "核验证据包：清单、每个文件的摘要、多出与缺少的文件、保管日志；不需要别的任何东西。不符时状态 6。",
        "Check a package: its lists, the digest of every file, files too many or missing, its custody log; nothing else is needed. Status 6 if it fails.",
    ),
    "help.verify.package": (
        "证据包：文件夹或 .zip 文件。",
        "The package: a folder or a .zip file.",
    ),
    "help.verify.rerun": (
        "把包内来源文件重新载入一个新数据库，重做每一步，逐字节比对结果。",
        "Load the packed sources into a fresh database, do every step again, and compare the results byte by byte.",
    ),
    "help.verify.digest": (
        "另行记下的证据包摘要，一并比对。",
        "The digest of the package as it was noted elsewhere, to be compared too.",
    ),
    "help.verify.record": (
        "把这次核验及结果记入案件数据库（--db）的保管日志。",
        "Enter this check and its result in the custody log of the case database (--db).",
    ),
    "help.log.package": (
        "同时核对日志是否含有此证据包所记的末条：日志被截短时由此发现。",
        "Check as well that the log has the last entry this package states: a log that was cut off is found so.",
    ),
    # names hidden
    "redact.title": (
        "遮名副本：主体、个人、编号均为代号",
        "redacted copy: parties, persons and numbers of papers under pseudonyms",
    ),
    "redact.title_digits": (
        "遮名副本：主体、个人、编号均为代号，码号以下各位为代位数字",
        "redacted copy: parties, persons and numbers of papers under pseudonyms, digits below the code stood in for",
    ),
    "help.mask_digits": (
        "码号（所列号码）以下各位也以代位数字代替：包含关系不变，数字不是原来的。",
        "Stand in for digits below the codes (the numbers given), too: what covers what stays, the digits are others.",
    ),
    "cli.redact.key": (
        "代号对照表（请与证据分开保管） {path}",
        "key of the pseudonyms (keep it apart from the evidence) {path}",
    ),
    "error.redact_only": ("{option} 要与 --redact 一起用。", "{option} goes with --redact."),
    "error.keep_unknown": (
        "--keep：没有名为 {names} 的主体；名称请按材料所写。",
        "--keep: no party on record is called {names}; write the name as the papers do.",
    ),
    "error.keep_unknown_near": (
        "--keep：没有名为 {names} 的主体；名称相近的有：{near}。名称请按材料所写。",
        "--keep: no party on record is called {names}; written much like it: {near}. Write the name as the papers do.",
    ),
    "error.redact_key_there": (
        "对照表 {path} 已存在；用 --key 另指一个文件。",
        "The key file {path} is there already; name another with --key.",
    ),
    "error.redact_differs": (
        "号码 {number} 遮去姓名名称后结果不同（{what}）：有规则依据了被遮去的文字，故不出具。",
        "Under pseudonyms the result for {number} is another ({what}): a rule reads a text that was hidden, so nothing was written.",
    ),
    "error.redact_leak": (
        "{file} 中仍有应遮去的“{value}”，故不出具；若它是所保留名称的一部分，请勿保留该名称。",
        "{file} still holds {value}, which was to be hidden, so nothing was written; if it is part of a name that is kept, do not keep that name.",
    ),
    "error.pseudonyms_unreadable": (
        "代号表 {path} 无法读取：应为 UTF-8 的 CSV，每行一个名称和它的代号。",
        "The list of pseudonyms {path} cannot be read: it should be CSV in UTF-8, a name and its pseudonym a line.",
    ),
    "error.pseudonym_taken": (
        "代号 {pseudonym} 是案中一个主体或基础运营商的名称，会使人误认；请另取一个。",
        "The pseudonym {pseudonym} is the name of a party of the case or of a basic operator, and would be taken for it; choose another.",
    ),
    "error.pseudonyms_line": (
        "代号表 {path} 第 {line} 行应为一个名称和一个不重复的代号。",
        "Line {line} of the list of pseudonyms {path} should be a name and a pseudonym of its own.",
    ),
    "help.redact": (
        "以代号代替主体、个人、合同号、统一社会信用代码、电话、案号、文件名；对照表另存。",
        "Put pseudonyms for parties, persons, contract numbers, credit codes, phone numbers, case numbers and files; their key is a file of its own.",
    ),
    "help.redact.keep": (
        "保留此主体的名称（可多次）。基础运营商的名称总是保留。",
        "Keep the name of this party (may be repeated). Basic operators always keep theirs.",
    ),
    "help.redact.pseudonyms": (
        "自定代号：CSV，每行一个名称和它的代号。",
        "Pseudonyms of your own: CSV, a name and its pseudonym a line.",
    ),
    "help.redact.key": (
        "对照表写到这里；默认为输出文件名加 .key.csv。",
        "Where the key is written; the name of the output with .key.csv by default.",
    ),
}
