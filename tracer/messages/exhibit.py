"""Texts: exhibits for paper (keys exhibit.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "exhibit.page": ("第 {page} 页，共 {count} 页", "page {page} of {count}"),
    "exhibit.figure": ("图{number}", "Figure {number}"),
    "exhibit.figure_name": ("码号 {number} 流转图", "Chain of number {number}"),
    "exhibit.sheet": (
        "{mark}（第 {sheet} 张，共 {count} 张）",
        "{mark} (sheet {sheet} of {count})",
    ),
    "exhibit.tags": (
        "　线端标记“编号→张-格”：该线在所示张、所示格继续；“编号←张-格”：自该处而来；同一编号为同一条线。",
        ". A tag “number→sheet-square” at the end of a line says where it goes on, “number←sheet-square” where it comes from; equal numbers are one line.",
    ),
    "exhibit.key_map": (
        "分张示意：文字见以下 {count} 张；黑色为持有人，深灰为最终发送方，浅灰为其他主体，白色为合同、路由记录或断档。",
        "How the {count} {count:sheet|sheets} that follow lie together. Black: holder; dark grey: final sender; light grey: other parties; white: contracts, logs or gaps.",
    ),
    "exhibit.too_many": (
        "全图轮廓：按不小于 8 磅的字号需 {limit} 张以上，故不分张绘出；主体与环节逐条见证据目录，也可改用 --paper a3。",
        "Outline of the whole: with text of 8 points it would take more than {limit} sheets, so none is drawn; the list of evidence names every party and hop. --paper a3 takes fewer sheets.",
    ),
    "exhibit.next_page": (
        "{mark} 见下页；图后续列。",
        "{mark} is on the next page; the text goes on after it.",
    ),
    "exhibit.index": ("主体索引", "Index of parties"),
    "exhibit.index.exhibits": ("证据索引", "Index of evidence"),
    "exhibit.index.party": ("主体", "Party"),
    "exhibit.index.layer": ("层", "Layer"),
    "exhibit.index.place": ("张-格", "Sheet-square"),
    "exhibit.fold": (
        "叠框：未逐一绘出的部分，框内为其数目，逐条见证据目录",
        "Stacked frame: a part not drawn box by box, with its counts; the list of evidence names all",
    ),
    "exhibit.digest": ("输入摘要 SHA-256 {digest}", "Inputs SHA-256 {digest}"),
    "exhibit.note": (
        "由 tracer {version} 依在案记录生成；所列为线索，供核查，不是认定。",
        "Made by tracer {version} from the records on file; what it lists are leads to be checked, not conclusions.",
    ),
    "exhibit.overview": ("总览：{count} 个码号", "Overview: {count} {count:number|numbers}"),
    "exhibit.overview.figure": ("图号", "Figure"),
    "exhibit.overview.leads": ("线索", "Leads"),
    "exhibit.evidence.no": ("编号", "No."),
    "exhibit.evidence.what": ("证据", "Evidence"),
    "exhibit.evidence.ends": ("上游 → 下游", "Upstream → downstream"),
    "exhibit.evidence.content": ("记载内容", "What it states"),
    "exhibit.evidence.source": (
        "出处；文件号与 SHA-256 前 16 位",
        "Source; file number, first 16 digits of its SHA-256",
    ),
    "exhibit.evidence.scan": (
        "扫描件 {path}{page}，SHA-256 {digest}",
        "scan {path}{page}, SHA-256 {digest}",
    ),
    "exhibit.evidence.file": ("〔文件 {number}〕{digest}…", "[file {number}] {digest}…"),
    "exhibit.evidence.page": ("（页码 {page}）", " (page {page})"),
    "exhibit.evidence.rows": ("第 {rows} 行", "row {rows}"),
    "exhibit.evidence.rows_within": (
        "第 {first}–{last} 行之间共 {count} 处",
        "{count} {count:place|places} within rows {first}–{last}",
    ),
    "exhibit.evidence.blocked": (
        "被拦截 {messages}（不计入）",
        "stopped: {messages} (not counted)",
    ),
    "exhibit.evidence.covered": ("其中有合同覆盖 {messages}", "{messages} of these under contract"),
    "exhibit.files.no": ("文件", "File"),
    "exhibit.files.path": ("路径", "Path"),
    "exhibit.files.digest": ("SHA-256", "SHA-256"),
    "exhibit.lacking": ("字体未收的字符", "Characters the font lacks"),
    "exhibit.lacking_note": (
        "下列字符不在所用字体（Noto Sans SC）中，图文内以“〓”（窄字符以“¤”）代替；原字以码位为准，另见网页版（.html）。",
        "The font used (Noto Sans SC) lacks these characters; 〓 (¤ for narrow ones) stands in their place here. Their code points name them; the HTML page holds the characters themselves.",
    ),
    "exhibit.lacking.word": ("图文所印", "As printed"),
    "exhibit.lacking.codes": (
        "依次为（Unicode 码位）",
        "The signs stand for, in order (Unicode code points)",
    ),
    "exhibit.marks.title": ("认定、更正和说明", "Decisions, corrections and notes"),
    "exhibit.marks.target": ("对象", "On"),
    "exhibit.marks.what": ("事项", "What"),
    "exhibit.marks.content": ("内容", "Content"),
    "exhibit.marks.decided": (
        "材料中又写作：{names}（记录第 {events} 条）",
        "also written in the papers: {names} (event {events})",
    ),
    "exhibit.marks.count": (
        "经人工认定的主体 {decided} 家，经人工更正的值 {corrected} 处；材料原文见 PDF 所列“认定、更正和说明”。",
        "Parties that somebody decided on: {decided}; values put right by hand: {corrected}. What the papers read: see “Decisions, corrections and notes” of the PDF.",
    ),
    "error.exhibit_extra": (
        "写 {path} 需要附加组件（缺 {module}）；请安装：pip install '.[exhibits]'。",
        "{path} needs an extra that is not installed ({module} is missing); install it: pip install '.[exhibits]'.",
    ),
    "error.png_too_large": (
        "300 dpi 的 PNG 将有 {width} × {height} 点，过大；请改写 .pdf（分张）或 .svg。",
        "at 300 dpi the PNG would have {width} × {height} dots, too many; write .pdf (in sheets) or .svg instead.",
    ),
}
