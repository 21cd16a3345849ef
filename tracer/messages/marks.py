"""Texts: corrections, comments, requests, and the case as it stood."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.correct": (
        "更正一条记录中误读的值（如日期、数字）；原文保留，两者都显示，可撤销。",
        "Put a misread value of a record right (a date, a digit); what the paper read stays, both are shown, and it can be taken back.",
    ),
    "help.correct.record": (
        "记录编号，如 contracts:0123456789abcdef:5（见 trace --format table 或 json，以及页面中的详情），或其出处：文件:行、文件:工作表:行。",
        "Name of the record, like contracts:0123456789abcdef:5 (see trace --format table or json, and the details of a page), or where it stands: FILE:ROW, FILE:SHEET:ROW.",
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
    "cli.mark.corrected": (
        "〔更正〕{field}：{was} → {now}（记录第 {event} 条）",
        "[corrected] {field}: {was} → {now} (event {event})",
    ),
    "cli.corrections.title": ("更正", "Corrections"),
    "page.field.corrected": ("更正", "Corrected"),
    "page.blank_cell": ("（空白）", "(blank)"),
    "page.corrected": (
        "{field}：材料写作“{was}”，更正为“{now}”（{reason}；{by}；记录第 {event} 条）",
        "{field}: the paper reads “{was}”, put right to “{now}” ({reason}; {by}; event {event})",
    ),
    "help.note": (
        "在主体、记录、流转或线索上写一段说明，可附可信程度和原件页码，可撤销。",
        "Write on a party, a record, a hop or a finding: a text, a grade, a paper with its page; it can be taken back.",
    ),
    "help.note.target": (
        "记录编号或出处（文件:行、文件:工作表:行）、主体名称、“上游>下游”，或“TR202:主体,主体”。",
        "A record's name or place (FILE:ROW, FILE:SHEET:ROW), a party, “upstream>downstream”, or “TR202:party,party”.",
    ),
    "help.note.text": ("说明。", "The text."),
    "help.note.grade": (
        "可信程度：confirmed（确定）、probable（很可能）或 doubtful（存疑）；用于记录和流转。",
        "Grade: confirmed, probable or doubtful; of records and hops.",
    ),
    "help.note.document": (
        "所依据的原件；其摘要值会记入。",
        "The paper it rests on; its digest is recorded.",
    ),
    "help.note.page": ("原件的页码。", "The page of that paper."),
    "help.trace.min_grade": (
        "不计可信程度低于此的记录（未评的照计）：confirmed、probable 或 doubtful。",
        "Leave out records graded lower (ungraded ones stay): confirmed, probable or doubtful.",
    ),
    "cli.action.note": ("说明", "note"),
    "cli.noted": (
        "已记入（记录第 {event} 条；撤销：tracer undo {event} --reason …）。",
        "Written down (event {event}; to take it back: tracer undo {event} --reason …).",
    ),
    "cli.comments.title": ("经办人的说明", "Notes by investigators"),
    "cli.grade": ("〔{grade}〕", "[{grade}]"),
    "grade.confirmed": ("确 C·确定", "C·confirmed"),
    "grade.probable": ("可 P·很可能", "P·probable"),
    "grade.doubtful": ("疑 D·存疑", "D·doubtful"),
    "page.field.comment": ("说明", "Note"),
    "page.comment": ("{text}（{by}；记录第 {event} 条）", "{text} ({by}; event {event})"),
    "page.comment_graded": ("〔{grade}〕{said}", "[{grade}] {said}"),
    "page.comment_page": ("第 {page} 页，", "page {page}, "),
    "page.comment_paper": (
        "{said}；依据：{path}，{page}SHA-256 {digest}",
        "{said}; paper: {path}, {page}SHA-256 {digest}",
    ),
    "page.box.doubtful": ("疑 D 存疑", "D doubtful"),
    "page.legend.doubtful": (
        "存疑（点划点线，框内标“疑 D”）",
        "Doubtful (dots and dashes, marked D)",
    ),
    "note.grade_left_out": (
        "{count} 条记录的可信程度低于 {grade}，未计入。",
        "{count} {count:record|records} graded lower than {grade} {count:was|were} left out.",
    ),
    "error.note_blank": ("说明不能为空。", "A note says something."),
    "error.note_grade": (
        "可信程度只用于记录和流转，不用于“{target}”。",
        "Grades are of records and hops, not of “{target}”.",
    ),
    "error.note_no_record": ("没有编号为 {record} 的现行记录。", "No record {record} counts."),
    "error.place_empty": (
        "{place} 处没有现行记录：该行未载入、已撤回，或是日志合计中的一行（以其首行称呼）。",
        "No record that counts stands at {place}: the row was not loaded, is withdrawn, or is one of a log's total, which goes by its first row.",
    ),
    "error.place_no_file": (
        "{place}：没有载入过这个文件（或这张工作表）；已载入的见 tracer sources。",
        "{place}: no such file, or sheet, is on record; see tracer sources.",
    ),
    "error.place_several": (
        "{place} 处有几条记录，请写明是哪一条：{records}。",
        "Several records stand at {place}; say which: {records}.",
    ),
    "error.note_document": ("读不到原件 {path}。", "The paper {path} cannot be read."),
    "error.note_page": ("--page 要与 --document 同用。", "--page goes with --document."),
    "help.as_of": (
        "按当时的状态回答：只计截至该时间已载入、已认定、已更正的内容；如 2026-01-01 或 2026-01-01T10:00。",
        "The answer as the file stood: only what had been loaded, decided and corrected by then; like 2026-01-01 or 2026-01-01T10:00.",
    ),
    "note.as_of": (
        "按 {moment} 时的状态（保管记录第 {event} 条为止）。",
        "As the file stood at {moment} (up to event {event} of the custody log).",
    ),
    "error.as_of_before": (
        "截至 {moment} 尚无任何记录；第一条记录的时间为 {first}。",
        "Nothing had been recorded by {moment}; the first entry is of {first}.",
    ),
    "error.bad_moment": (
        "{option} 的时间 {text} 无法识别；请写成 2026-01-01 或 2026-01-01T10:00。",
        "{option}: {text} is no time; write it as 2026-01-01 or 2026-01-01T10:00.",
    ),
    "note.db_correction_untold": (
        "更正后的记录（表页 {source}）所指的保管记录第 {event} 条不是更正或撤销",
        "event {event}, by which the record of sheet {source} took another's place, is no correction",
    ),
    "note.db_event_correction": (
        "保管记录第 {event} 条更正没有对应的记录",
        "the correction of event {event} has no record",
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
