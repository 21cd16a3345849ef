"""Texts: what a package tells whoever receives it, in both languages side by side."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "receiver.title": (
        "码号流转证据包：收件人说明",
        "Evidence package on a code number: for its receiver",
    ),
    "receiver.what": (
        "本包由 tracer {version} 于 {at} 导出，号码 {numbers}，期间 {window}。内容为线索与其依据，不是结论。",
        "Made by tracer {version} at {at}: number {numbers}, days {window}. It holds leads and what they rest on, not conclusions.",
    ),
    "receiver.case": ("案号：{case_no}", "Case: {case_no}"),
    "receiver.by": ("导出人：{operator}", "Exported by: {operator}"),
    "receiver.results": (
        "data/results：每个号码一个文件夹，内有网页（用浏览器打开，无需联网）、数据与图；factors 为各主体因素对照表。",
        "data/results: a folder for each number with the page (opens in any browser, offline), data and figures; factors is the factor sheet.",
    ),
    "receiver.inputs": (
        "data/inputs：载入的来源文件与所列文件的原样副本，共 {count} 个。",
        "data/inputs: the source files that were loaded and the documents they name, as they were: {count}.",
    ),
    "receiver.no_inputs": (
        "来源文件未附；data/reproduction.json 载明其数字摘要，data/extract 载明所用各行。",
        "The source files are not packed; data/reproduction.json states their digests, data/extract the rows that were used.",
    ),
    "receiver.lists": (
        "data/lists：证据清单与电子数据清单。",
        "data/lists: the list of evidence and the list of electronic data.",
    ),
    "receiver.custody": (
        "data/custody：保管日志，每条含前一条的摘要，共 {count} 条，末条摘要 {head}。",
        "data/custody: the custody log; each entry hashes the one before it. {count} {count:entry|entries}, the last is {head}.",
    ),
    "receiver.redacted": (
        "姓名、名称、合同号等已代以代号；对照表不在本包中。",
        "Names, contract numbers and the like stand under pseudonyms; their key is not in this package.",
    ),
    "receiver.check": (
        "核验：tracer verify 本包路径；或用任何 BagIt 工具。重新运行：tracer verify --rerun 本包路径。",
        "To check it: tracer verify PACKAGE, or any BagIt tool. To run it again: tracer verify --rerun PACKAGE.",
    ),
    "receiver.check_only": (
        "核验：tracer verify 本包路径；或用任何 BagIt 工具。",
        "To check it: tracer verify PACKAGE, or any BagIt tool.",
    ),
    "receiver.whole": (
        "证据包摘要 = tagmanifest-sha256.txt 的 SHA-256；导出时显示并记入数据库的保管日志，请与另行记下的比对。",
        "The digest of the package is the SHA-256 of tagmanifest-sha256.txt; it was shown at export and entered in the log of the database. Compare it with the one noted elsewhere.",
    ),
    "reproduction.title": ("复现说明", "How to make the results again"),
    "reproduction.inputs": ("一、输入", "1. Inputs"),
    "reproduction.options": ("二、选项", "2. Options"),
    "reproduction.versions": ("三、版本", "3. Versions"),
    "reproduction.commands": ("四、命令", "4. Commands"),
    "reproduction.results": ("五、结果的 SHA-256", "5. SHA-256 of each result"),
    "reproduction.absent": ("（载入时即不在）", "(not there when it was loaded)"),
    "reproduction.by_hand": (
        "手工重做（每条载入按其日志所记的选项）：",
        "By hand (each load with the options its entry of the log states):",
    ),
}
