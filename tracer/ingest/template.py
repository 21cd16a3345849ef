"""The workbook to fill in, one sheet per table, and a `case.toml` to go with it.

A sheet holds a line of explanation, a sample row, the header in both languages, and room. The
sample stands above the header, where reading skips whatever stands: a template that nobody
filled in loads as no rows at all.
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracer.errors import UsageError
from tracer.ingest.columns import TABLES, Table, column_label, table_label
from tracer.ingest.folders import CASE_FILE
from tracer.messages import Language, text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["WORKBOOK", "build_case_toml", "build_workbook", "write_template"]

WORKBOOK: Final = "tables.xlsx"

_EXPLANATION, _SAMPLE, _HEADER, _FIRST = 1, 2, 3, 4
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark, so that equal templates have equal bytes
_MADE_ENTRY = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_WIDTH = 18
_TALL = 32

SAMPLES: Final[dict[str, dict[str, str]]] = {
    "parties": {
        "name": "武汉某信息科技公司",
        "uscc": "91420100000000001Y",
        "former_names": "武汉某网络公司",
        "kind": "代理商",
        "legal_representative": "李某",
        "address": "武汉市某区某路1号",
        "phone": "027-00000000",
        "licence_no": "鄂B2-20200001",
        "licence_from": "2020-01-01",
        "licence_to": "2025-01-01",
        "status": "存续",
        "role": "被告",
    },
    "allocations": {
        "segment": "10687415",
        "holder": "广东某科技公司",
        "authority": "工业和信息化部",
        "certificate_no": "号[2020]00001-A01",
        "purpose": "短信平台",
        "region": "全国",
        "valid_from": "2020-01-01",
        "valid_to": "2025-01-01",
        "source_ref": "卷一第12页",
    },
    "contracts": {
        "contract_no": "HT-2023-001",
        "upstream": "广东某科技公司",
        "downstream": "武汉某信息科技公司",
        "segments": "1068741501、1068741510-1068741519",
        "title": "短信服务合作协议",
        "kind": "委托运营",
        "right": "短信发送权限",
        "signed_on": "2022-12-20",
        "valid_from": "2023-01-01",
        "valid_to": "2023-12-31",
        "unit_price": "0.035 元/条",
        "sublease_clause": "禁止",
        "renews": "否",
        "document": "扫描件/HT-2023-001.pdf",
        "page": "3",
        "obtained_from": "武汉某信息科技公司",
        "obtained_on": "2024-03-01",
    },
    "accounts": {
        "platform": "安徽某信息公司",
        "account": "hb001",
        "party": "河北某网络科技公司",
        "appends": "01",
        "valid_from": "2023-06-01",
        "valid_to": "长期",
    },
    "routing": {
        "sent_at": "2023-07-05 09:30:00",
        "number": "10687415",
        "extension": "0101",
        "upstream": "安徽某信息公司",
        "downstream": "河北某网络科技公司",
        "messages": "1",
        "message_id": "0705093000100001",
        "recipient": "13800000000",
        "status": "DELIVRD",
        "reported_by": "安徽某信息公司",
    },
    "incidents": {
        "number": "106874150101",
        "received_at": "2023-07-05 09:31:00",
        "victim": "张某",
        "recipient": "13800000000",
        "loss": "1000.00",
        "case_no": "某公（刑）立字〔2023〕1号",
        "reported_at": "2023-07-06 10:00:00",
        "notified_party": "广东某科技公司",
        "notified_on": "2023-07-10",
    },
    "checks": {
        "upstream": "安徽某信息公司",
        "downstream": "河北某网络科技公司",
        "kind": "实名核验",
        "done_on": "2023-06-01",
        "result": "未审核",
    },
    "openings": {
        "carrier": "中国移动某省公司",
        "segment": "10687415",
        "user": "广东某科技公司",
        "opened_on": "2020-02-01",
        "closed_on": "长期",
    },
    "payments": {
        "payer": "武汉某信息科技公司",
        "payee": "广东某科技公司",
        "amount": "35000.00 元",
        "paid_on": "2023-08-05",
        "period_from": "2023-07-01",
        "period_to": "2023-07-31",
        "messages": "1000000",
        "contract_no": "HT-2023-001",
    },
    "relations": {
        "party_a": "广东某科技公司",
        "party_b": "武汉某信息科技公司",
        "kind": "股东",
        "share": "51%",
        "valid_from": "2021-01-01",
        "valid_to": "至今",
    },
}
"""A sample row per table; the companies are invented."""


def write_template(folder: Path, lang: Language) -> tuple[Path, ...]:
    """Write the workbook and the `case.toml` into a folder, which is made if need be.

    Returns
    -------
    tuple of pathlib.Path
        The files written.

    Raises
    ------
    UsageError
        If one of them is there already, perhaps filled in, or the folder cannot be written.
    """
    files = {folder / WORKBOOK: build_workbook, folder / CASE_FILE: build_case_toml}
    for path in files:
        if path.exists():
            raise UsageError("template_exists", path=path.as_posix())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, build in files.items():
            path.write_bytes(build(lang))
    except OSError as fault:
        raise UsageError(
            "unwritable", path=folder.as_posix(), detail=fault.strerror or ""
        ) from fault
    return tuple(files)


def build_case_toml(lang: Language) -> bytes:
    """Make a `case.toml` in which every setting is explained and none is made."""
    return text("template.case_toml", lang).encode()


def build_workbook(lang: Language) -> bytes:
    """Make the workbook; equal languages give equal bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "tracer"
    workbook.properties.created = _MADE
    for table in TABLES:
        sheet = workbook.create_sheet(table_label(table.name, lang))
        _fill(sheet, table, lang)
    workbook.remove(workbook.worksheets[0])
    packed = io.BytesIO()
    workbook.save(packed)
    return _dateless(packed.getvalue())


def _fill(sheet: "Worksheet", table: Table, lang: Language) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    purpose = text(f"template.{table.name}", lang)
    how = text("template.how", lang, first=_FIRST, sample=_SAMPLE)
    sheet.cell(_EXPLANATION, 1, f"{purpose} {how}")
    sheet.row_dimensions[_EXPLANATION].height = _TALL
    sheet.row_dimensions[_HEADER].height = _TALL
    asked = (column for column in table.columns if not column.is_told)
    for place, column in enumerate(asked, start=1):
        letter = get_column_letter(place)
        # Text, so that no spreadsheet makes 1.0687E+19 of a code number.
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = _WIDTH
        sample = sheet.cell(_SAMPLE, place, SAMPLES[table.name].get(column.name))
        sample.number_format = "@"
        sample.font = Font(italic=True, color="808080")
        header = sheet.cell(_HEADER, place, _header(table, column.name, lang))
        header.font = Font(bold=True)
        header.fill = PatternFill("solid", start_color="E7E6E6")
        header.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = f"A{_FIRST}"


def _header(table: Table, column: str, lang: Language) -> str:
    needed = column in table.required
    other: Language = "en" if lang == "zh" else "zh"
    mark = "*" if needed else ""
    return (
        f"{column_label(table.name, column, lang)}{mark}\n{column_label(table.name, column, other)}"
    )


def _dateless(packed: bytes) -> bytes:
    """Pack a workbook anew, without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _MADE_ENTRY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()
