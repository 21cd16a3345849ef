"""Texts: corrections, comments, requests, and the case as it stood."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.correct": (
        "更正一条记录中误读的值（如日期、数字）；原文保留，两者都显示，可撤销。",
        "Put a misread value of a record right (a date, a digit); what the paper read stays, both are shown, and it can be taken back.",
    ),
    "help.correct.record": (
        "记录编号，如 contracts:0123456789abcdef:5；见追溯的表格、JSON 和页面。",
        "Name of the record, like contracts:0123456789abcdef:5; see tables, JSON and page of a trace.",
    ),
    "help.correct.field": (
        "哪一列：材料中的表头，或 valid_to 一类的列名。",
        "Which column: its header in the paper, or a name like valid_to.",
    ),
    "help.correct.value": (
        '正确的读法，写法与表格中相同；"" 表示空白。',
        'What it reads, as a table would have it; "" for blank.',
    ),
    "cli.action.correct": ("更正", "correct"),
    "cli.corrected": (
        "已更正 {field}：{was} → {now}（记录第 {event} 条；撤销：tracer undo {event} --reason …）。",
        "Put right, {field}: {was} → {now} (event {event}; to take it back: tracer undo {event} --reason …).",
    ),
    "cli.corrections.title": ("更正", "Corrections"),
    "page.field.corrected": ("更正", "Corrected"),
    "page.blank_cell": ("（空白）", "(blank)"),
    "page.corrected": (
        "{field}：材料写作“{was}”，更正为“{now}”（{reason}；{by}；记录第 {event} 条）",
        "{field}: the paper reads “{was}”, put right to “{now}” ({reason}; {by}; event {event})",
    ),
    "error.correct_no_record": (
        "没有编号为 {record} 的现行记录（日志合计不作更正，请重新载入日志）。",
        "No record {record} counts (totals of logs are not corrected: load the log anew).",
    ),
    "error.correct_field": (
        "表 {table} 没有“{field}”这一列；可用：{fields}。",
        "Table {table} has no column “{field}”; it has: {fields}.",
    ),
    "error.correct_unread": (
        "{path} 的这一行无法按载入时的方式重读（{table}）。",
        "This row of {path} cannot be read again as it was loaded ({table}).",
    ),
    "error.correct_refused": (
        "{record} 不能这样更正（{column}）：{zh}",
        "{record} cannot be corrected so ({column}): {en}",
    ),
    "error.correct_same": (
        "{record} 的 {field} 已是“{value}”。",
        "{field} of {record} reads “{value}” already.",
    ),
}
