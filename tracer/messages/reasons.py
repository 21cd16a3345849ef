"""Texts: why a row was rejected (keys reason.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # ingest: rows as they stand in the file
    "reason.wrong_width": (
        "此行有 {found} 列，表头有 {expected} 列",
        "the row has {found} {found:cell|cells}, the header {expected}",
    ),
    "reason.undecodable": (
        "此行含有按所用编码无法识别的字节",
        "the line holds bytes that its encoding does not have",
    ),
    "reason.unclosed_quote": (
        "此行的引号没有配对的结束引号",
        "a quotation mark in this line is never closed",
    ),
    "reason.bad_quoting": (
        "此行的引号用法有误",
        "the quotation marks of this line are not well-formed",
    ),
    "reason.repeated_header": ("表头重复出现", "the header once more"),
    "reason.total_line": ("合计行，不是一条记录", "a line of totals, no record"),
    # cells
    "reason.error_cell": (
        "单元格是电子表格的错误值或未计算的公式：{text}",
        "the cell is a spreadsheet error or a formula never computed: {text}",
    ),
    "reason.blank": ("必填的单元格为空", "a required cell is blank"),
    "reason.blank_required": ("必填的单元格为空", "a required cell is blank"),
    "reason.no_name": ("不是名称：{text}", "no name: {text}"),
    "reason.name_too_long": (
        "名称超过 {most} 字，不像主体名称；请检查该列是否错位",
        "a name of more than {most} characters is hardly a party's: see whether the columns are out of place",
    ),
    "reason.scientific": (
        "{text} 是电子表格写成的科学计数法，末位数字已经丢失；请把该列设为文本后重新导出",
        "{text} is what a spreadsheet makes of a long number: its last digits are lost; export it again with the column set to text",
    ),
    "reason.not_digits": ("不是号码或号段：{text}", "no number or segment: {text}"),
    "reason.digit_count": (
        "号码应为 3 至 20 位数字：{text}",
        "a number has 3 to 20 digits: {text}",
    ),
    "reason.range_bounds": (
        "号段起止位数不同或次序颠倒：{text}",
        "the bounds of the range differ in length or are reversed: {text}",
    ),
    "reason.bad_date": ("无法识别的日期：{text}", "no date that can be read: {text}"),
    "reason.no_such_date": ("没有这一天：{text}", "there is no such day: {text}"),
    "reason.excel_serial": (
        "{text} 可能是电子表格的日期序号；请把该单元格设为日期格式后重新导出",
        "{text} may be a spreadsheet's serial number of a day; export it again with the cell formatted as a date",
    ),
    "reason.bad_time": ("无法识别的时间：{text}", "no time that can be read: {text}"),
    "reason.no_such_time": ("没有这一时刻：{text}", "there is no such time: {text}"),
    "reason.ambiguous_time": (
        "{text} 既可能是年月日时分（YYMMDDHHMM），也可能是自 1970 年起的秒数；请写四位年份的完整时间",
        "{text} may be YYMMDDHHMM or seconds since 1970; write the time with its full year",
    ),
    "reason.bad_integer": ("不是整数：{text}", "no whole number: {text}"),
    "reason.too_small": ("{text} 小于 {least}", "{text} is less than {least}"),
    "reason.bad_boolean": ("应填是或否：{text}", "neither yes nor no: {text}"),
    "reason.bad_uscc": (
        "不是统一社会信用代码（应为 18 位）：{text}",
        "no unified social credit code (18 characters): {text}",
    ),
    "reason.uscc_check_digit": (
        "统一社会信用代码 {text} 的校验码不符，末位应为 {expected}",
        "the check digit of credit code {text} is wrong; it should be {expected}",
    ),
    "reason.bad_money": ("无法识别的金额：{text}", "no amount of money that can be read: {text}"),
    "reason.negative": ("金额为负：{text}", "the amount is negative: {text}"),
    "reason.too_fine": (
        "金额细于百万分之一元：{text}",
        "the amount is finer than a millionth of a yuan: {text}",
    ),
    "reason.unknown_unit": ("无法换算的单位：{text}", "a unit that cannot be converted: {text}"),
    "reason.unit_conflict": (
        "{text} 的单位与表头的单位（{unit}）不一致",
        "the unit of {text} is not that of the header ({unit})",
    ),
    "reason.unclear_clause": (
        "看不出转租条款的意思：{text}；请填禁止、允许、经同意或未约定",
        "the sublease clause is unclear: {text}; write forbidden, allowed, with_consent or silent",
    ),
    "reason.unknown_choice": (
        "{text} 不在可填的内容之列（{choices}）",
        "{text} is none of the words for this column ({choices})",
    ),
    "reason.document_path": (
        "扫描件应写相对于本表所在文件夹的路径：{text}",
        "a document is named by its path from the folder of this table: {text}",
    ),
    # rows as a whole
    "reason.end_before_start": (
        "止期 {end} 早于起期 {start}",
        "the end {end} is before the start {start}",
    ),
    "reason.same_party": ("上下两方是同一主体：{text}", "both ends are one party: {text}"),
    # /ingest
    # log lane
    "reason.number_too_long": (
        "号码连同扩展码、平台追加的号码超过 20 位",
        "number, extension and the digits a platform adds are more than 20 digits",
    ),
    "reason.ambiguous_account": (
        "账号 {text} 在当日对应不止一个使用方，无法判断是谁提交",
        "account {text} is on record for more than one party on that day",
    ),
    "reason.no_log_line": (
        "此行是提交记录，但无法按 profile 的样式读取",
        "the line tells of a message but is not of the shape the profile knows",
    ),
    "reason.no_sql_row": (
        "INSERT 语句自此处起无法读取，至本行末的内容均未读入",
        "the INSERT statement cannot be read from here to the end of the line",
    ),
    "reason.not_joined": (
        "{table} 中没有 {text}，号码无法拼出",
        "{text} is not on record in {table}, so the number cannot be put together",
    ),
    "reason.joined_twice": (
        "{text} 在 {table} 中有不同的值，号码无法确定",
        "{text} has different values in {table}, so the number is not certain",
    ),
    "reason.no_year": (
        "{text} 中的时间没有年份；请在 case.toml 中写 year，或在 profile 的 time 中写 year",
        "the time in {text} does not tell its year; say year in case.toml, or under time in the profile",
    ),
    "reason.no_time_within": (
        "从 {text} 中读不出时间",
        "no time can be read from {text}",
    ),
    # /log lane
}
