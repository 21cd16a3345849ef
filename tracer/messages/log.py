"""Texts: the custody log, entry by entry, in words (keys cli.log.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.log.format": (
        "输出格式，默认 table（逐条说明）；json 给出每条的全部内容与完整摘要值。",
        "Output format; table by default, in words; json gives every entry whole, with its digests.",
    ),
    "cli.log.none": ("尚无保管记录。", "The custody log is empty."),
    "cli.head.told": ("所记内容", "What happened"),
    "cli.log.case": (
        "案件名称：{name}；案号：{number}；时区：{timezone}",
        "case name: {name}; case number: {number}; time zone: {timezone}",
    ),
    "cli.log.load": (
        "批次 {delivery} · {path} · SHA-256 {digest}",
        "delivery {delivery} · {path} · SHA-256 {digest}",
    ),
    "cli.log.sheet": (
        "来源 {source}{sheet}（{table}）：共 {rows} 行，载入 {loaded}，拒收 {rejected}，重复 {duplicates}",
        "source {source}{sheet} ({table}): rows {rows}, loaded {loaded}, rejected {rejected}, duplicates {duplicates}",
    ),
    "cli.log.sheet_name": ("［{sheet}］", " [{sheet}]"),
    "cli.log.setting": ("{name}={value}", "{name}={value}"),
    "cli.log.recipients_kept": ("接收号码未遮掩", "recipients kept unmasked"),
    "cli.log.retract": (
        "撤回来源 {source}；理由：{reason}",
        "source {source} withdrawn; why: {reason}",
    ),
    "cli.log.merge": (
        "{units} 认定为同一主体 {name}；理由：{reason}",
        "{units}: one party, {name}; why: {reason}",
    ),
    "cli.log.split": (
        "从 {party} 中拆出 {units}；理由：{reason}",
        "{units} taken out of {party}; why: {reason}",
    ),
    "cli.log.rename": (
        "{party} 改称 {name}；理由：{reason}",
        "{party} is called {name}; why: {reason}",
    ),
    "cli.log.undo": (
        "撤销第 {event} 条；理由：{reason}",
        "entry {event} taken back; why: {reason}",
    ),
    "cli.log.correct": (
        "{record} 的 {printed}：{was} → {now}；理由：{reason}",
        "{record}, {printed}: {was} → {now}; why: {reason}",
    ),
    "cli.log.note": ("{target}：{said}", "{target}: {said}"),
    "cli.log.export": (
        "证据包 {package}，摘要 {digest}；号码 {numbers}；期间 {days}",
        "package {package}, digest {digest}; numbers {numbers}; days {days}",
    ),
    "cli.log.export_as_of": ("按 {moment} 时的状态", "as the file stood at {moment}"),
    "cli.log.export_redacted": ("遮名副本", "redacted copy"),
    "cli.log.export_bare": ("不附来源文件", "without source files"),
    "cli.log.verify": (
        "证据包 {package}，摘要 {digest}；不符 {faults} 处",
        "package {package}, digest {digest}; faults: {faults}",
    ),
    "cli.log.rerun": ("重新运行不符 {faults} 处", "faults when run again: {faults}"),
    "cli.log.more": (
        "全部内容与完整摘要值：tracer log --format json",
        "All of it, digests in full: tracer log --format json",
    ),
}
