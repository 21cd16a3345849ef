"""Read by columns, a table comes to exactly the database that reading it row by row makes."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from tests.effort import tries
from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.columns import Column, find_table
from tracer.ingest.masking import Masker
from tracer.ingest.paper import read_paper
from tracer.ingest.paper_columns import read_paper_columns
from tracer.ingest.paper_plans import PLANS
from tracer.ingest.reading import OpenSheet, open_file
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import SourceSheet
from tracer.model.paper_columns import PaperColumns
from tracer.store.documents import add_document
from tracer.store.engine import begin_writing, open_engine
from tracer.store.record_tables import metadata
from tracer.store.records import add_records
from tracer.store.sources import add_source

MASKER = Masker(b"a key of the tests", keep=False)
CODES = ["91110000600037341L", "91110000600037342L", "9111 0000 6000 37341l", "9133"]
PARTIES = [
    *(
        "杭州某某科技公司",
        "杭州某某科技公司 ",
        "乙公司",
        "乙 公司",
        "丙（总部）",
        "丙(总部)",
        "无",
        "-",
    ),
    *("不详", "***", "和信云计算有限公司", "合计", "某某发展股份有限公司合肥分公司", "#N/A", ""),
    *('ACME "SMS" Ltd', "Total Telecom"),
    *CODES,
]
DAYS = [
    *("2023-01-01", "2023/7/1", "2022年12月31日", "20230630", "2023-06-31", "长期", "至今", ""),
    *("-", "45108", "9999-12-31", "2023-07-05 10:00:00", "1.0687E+19", "去年", "2307051203"),
]
SEGMENTS = [
    *("10687415", "106874150101", "1068741", "10687415、10687416", "10687415-10687419"),
    *("10687415XXXX", "8610687415", "１０６８７", "12", "abc", "", "无", "10687415\n10687416"),
    *("1.0687E+19", "95588"),
]
POOLS: dict[str, list[str]] = {
    "party": PARTIES,
    "uscc": [*CODES, "", "无"],
    "date": DAYS,
    "end": DAYS,
    "datetime": DAYS,
    "segments": SEGMENTS,
    "number": SEGMENTS,
    "money": ["1,234.50", "17万元", "-1", "", "3分", "0.0000001", "x元", "¥5"],
    "price": ["0.035", "3.5分/条", "0.035元/条", "", "三分", "-1", "0.1/月", "无"],
    "integer": ["1", "12条", "0", "-3", "1.5", "", "１，２３４"],
    "boolean": ["是", "否", "到期自动续期", "也许", "", "无"],
    "phone": ["13800000001", "010-66668888", "", "+86 138 0000 0002"],
    "person": ["张三丰", "13800000001", "", "无"],
    "content": ["您的验证码是1234", "", "合计"],
}
WORDS = [
    *("", " ", "HT-0000001", "HT-0000002", "HT 3", "无", "n/a", "委托运营", "终端客户服务", "合计"),
    *(
        "小计：",
        "禁止",
        "允许",
        "未经同意不得转租",
        "实名核验",
        "内容审核",
        "通过",
        "未审核",
        "存续",
    ),
    *(
        "回拨13800000001",
        "subtotal",
        "Grand total",
        "a" * 40,
        "扫描件/一.pdf",
        "../外.pdf",
        "C:\\x",
    ),
    *("曾用名一、曾用名二", "〇〇壹贰叁", "tab\there", "nbsp\u00a0here", "ideographic\u3000space"),
    *('say "x"', "back\\slash", "\u200b零宽字符里面", "＃N/A值值", "01", "股东", "#REF!错误错误"),
    *("第一页合计如下", "tttaaalll", "-----", "﹟﹟﹟﹟﹟"),
]
PLAIN: dict[str, list[str]] = {
    "party": [
        "杭州某某科技公司",
        "乙公司",
        "丙（总部）",
        "丁信息技术有限公司",
        "戊（总部）",
        "91110000600037341L",
    ],
    "uscc": ["91110000600037341L", "91330000MA27U03Y3K", "", ""],
    "date": ["2023-01-01", "2023/2/1", "2023年3月1日", "", "20220101"],
    "end": ["2023-12-31", "长期", "", "2024/6/30", "9999-12-31"],
    "datetime": ["2023-07-05 10:00:00", "2023-07-06"],
    "segments": ["10687415", "106874150101", "10687415、10687416", "10687415XXXX", ""],
    "number": ["10687415", "106874150101"],
    "money": ["1,234.50", "17万元", "¥5"],
    "price": ["0.035", "3.5分/条", ""],
    "integer": ["1", "12条"],
    "boolean": ["是", "否", "", "到期自动续期"],
}
CHOICES = {
    "sublease_clause": ["禁止", "允许", "", "未经同意不得转租"],
    "result": ["通过", "未审核"],
    "appends": ["01", ""],
    "document": ["扫描件/一.pdf", "二.pdf", ""],
}
KINDS = {"checks": ["实名核验", "内容审核"]}
TABLES = sorted(PLANS)


def plain_cells(table: str, column: Column) -> list[str]:
    """Give cells no reader doubts."""
    if column.name == "kind" and table in KINDS:
        return KINDS[table]
    words = ["HT-0000001", "HT-0000002", "委托运营", "第一号合同的附件", "x"]
    return CHOICES.get(column.name) or PLAIN.get(column.kind) or words


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Draw a header and rows, most of them of its width."""
    table = find_table(draw(st.sampled_from(TABLES)))
    known = [
        column
        for column in table.columns
        if column.required or draw(st.booleans())  # absent columns read as nothing
    ]
    header = [column.aliases[0] for column in known]
    good = [st.sampled_from(plain_cells(table.name, column)) for column in known]
    messy = [st.sampled_from([*POOLS.get(column.kind, WORDS), *WORDS[:3]]) for column in known]
    for extra in draw(
        st.lists(st.sampled_from(["备注", "经办人", "序号"]), max_size=2, unique=True)
    ):
        place = draw(st.integers(0, len(header)))
        header.insert(place, extra)
        good.insert(place, st.sampled_from(["", "1", "见附件"]))
        messy.insert(place, st.sampled_from(["13800000001", "合计", "合计：三"]))
    rows = draw(st.lists(st.tuples(*good).map(list), min_size=1, max_size=12))
    for row in draw(st.lists(st.sampled_from(rows), max_size=4)):
        place = draw(st.integers(0, len(header) - 1))
        row[place] = draw(messy[place])
    oddities = st.sampled_from([["合计", "12"], [""] * len(header), header, ["x"] * 40, [" "], []])
    rows += draw(st.lists(oddities, max_size=2))
    # some rows twice, so that names, numbers and whole rows repeat
    return header, draw(st.permutations([*rows, *rows[: draw(st.integers(0, 4))]]))


def written(header: list[str], rows: list[list[str]], mark: str, end: str, quoted: bool) -> str:
    def line(cells: list[str]) -> str:
        return mark.join(quote(cell) for cell in cells)

    def quote(cell: str) -> str:
        cell = cell.replace("\n", "；") if not quoted else cell
        if '"' in cell or mark in cell or "\n" in cell or (quoted and cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    return end.join(map(line, [header, *rows])) + end


def dump(conn: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


def load(conn: Connection, sheet: OpenSheet, **by_columns: int) -> tuple[Any, ...]:
    """Load a sheet; give everything that came of it, and how many rows came as columns."""
    assert sheet.header is not None
    notes: list[Note] = []
    rejected: list[Diagnostic] = []
    named: list[str] = []
    columns = 0
    read = read_paper_columns if by_columns else read_paper

    def records() -> Iterator[Any]:
        nonlocal columns
        for found in read(sheet, sheet.settings, MASKER, notes, **by_columns):
            if isinstance(found, Diagnostic):
                rejected.append(found)
                continue
            columns += found.count if isinstance(found, PaperColumns) else 0
            yield found

    def find_document(path: str) -> int:
        named.append(path)
        return add_document(conn, path, None, None, None)

    table = sheet.header.table
    place = SourceSheet("t.csv", 0, None, sheet.sha256, sheet.sm3, sheet.size, table, None, 1)
    source = add_source(conn, place, None)
    count = add_records(conn, source, records(), find_document)
    return (count, rejected, notes, named, dump(conn)), columns


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(str(tmp_path_factory.mktemp("lanes") / "case.db"))
    yield engine
    engine.dispose()


def compare(engine: Engine, file: Path, block_bytes: int, said: FileSettings) -> int:
    """Load a file both ways into equal databases; give how many rows came as columns."""
    try:
        (sheet,) = open_file(file, file.name, said)
    except UsageError:
        return 0
    if sheet.header is None or sheet.header.table == "routing":
        return 0
    outcomes = []
    columns = 0
    for by_columns in ({}, {"least_bytes": 0, "block_bytes": block_bytes}):
        with begin_writing(engine) as conn:
            outcome, columns = load(conn, sheet, **by_columns)
            outcomes.append(outcome)
            conn.rollback()
    assert outcomes[1] == outcomes[0]
    return columns


@settings(
    max_examples=tries(150),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=tables(),
    mark=st.sampled_from([",", "\t", ";"]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    quoted=st.booleans(),
    block_bytes=st.sampled_from([64, 300, 1 << 20]),
    tail=st.sampled_from([b"", b"\xff\xfe,\x80\n", b"1,\x00,2\n"]),
)
def test_both_ways_make_the_same_database(
    blank: Engine,
    tmp_path: Path,
    table: tuple[list[str], list[list[str]]],
    mark: str,
    end: str,
    encoding: str,
    quoted: bool,
    block_bytes: int,
    tail: bytes,
) -> None:
    content = written(*table, mark, end, quoted).encode(encoding)
    file = tmp_path / "t.csv"
    file.write_bytes(content if encoding == "utf-16" else content + tail)
    compare(blank, file, block_bytes, FileSettings(price_unit="元/条" if quoted else None))


GOOD = {
    "parties": """名称,信用代码,曾用名,许可证有效期至,备注
{0}公司,,甲、乙,长期,""",
    "allocations": """码号,持有人,生效日期,终止日期
1068741{0},{0}公司,2023-01-01,长期""",
    "contracts": """合同编号,上游,下游,号段,签订日期,终止日期,单价,原件
HT-000{0},甲{0}公司,乙{0}公司,1068741{0},2023-01-01,2023-12-31,0.03,扫描件/{0}.pdf""",
    "accounts": """平台,账号,使用方,追加扩展码
甲公司,kh{0},乙{0}公司,01""",
    "incidents": """number,received_at,victim,recipient,content,loss
1068741{0},2023-07-05 10:00,张三,13800000{0},您好,100""",
    "checks": """上游,下游,审核类型,审核结果
甲{0}公司,乙公司,实名核验,通过""",
    "openings": """运营商,码号,开通用户,opened_on,closed_on
中国移动,1068741{0},乙公司,2023-01-01,长期""",
    "payments": """付款方,收款方,金额,付款日期
甲{0}公司,乙公司,{0}元,2023-01-01""",
    "relations": """party_a,party_b,kind,share
甲{0}公司,乙公司,股东,51%""",
}


@pytest.mark.parametrize("table", TABLES)
def test_good_rows_of_every_table_come_as_columns(
    blank: Engine, tmp_path: Path, table: str
) -> None:
    header, row = GOOD[table].splitlines()
    file = tmp_path / "t.csv"
    rows = [row.format(number) for number in range(100, 160)]
    file.write_text("\n".join([header, *rows, ""]), "utf-8")
    assert compare(blank, file, 700, FileSettings()) == len(rows)


def test_the_row_path_judges_what_is_in_doubt(blank: Engine, tmp_path: Path) -> None:
    header, row = GOOD["contracts"].splitlines()
    rows = [row.format(number) for number in range(100, 140)]
    rows[5] = rows[5].replace("2023-12-31", "2022-12-31")  # ends before it begins
    rows[9] = rows[9].replace("乙", "甲")  # one party
    rows[12] = "合计,,,,,,3,"
    rows[15] += ",zu viel"
    rows[20] = rows[20].replace("扫描件/", "合计：")  # in doubt, and good after all
    rows[21] = rows[21].replace("0.03", "三分")
    rows[30] = header
    file = tmp_path / "t.csv"
    file.write_text("\n".join([header, *rows, ""]), "utf-8")
    assert compare(blank, file, 900, FileSettings()) == 40 - 7


def test_a_name_that_is_too_long_is_no_name(blank: Engine, tmp_path: Path) -> None:
    header, row = GOOD["contracts"].splitlines()
    rows = [row.format(number) for number in range(100, 140)]
    rows[5] = rows[5].replace("甲105公司", "甲" * 501)
    rows[6] = rows[6].replace("甲106公司", "甲" * 500)
    rows[7] = rows[7].replace("乙107公司", "乙" + "\ufdfa" * 40)
    file = tmp_path / "t.csv"
    file.write_text("\n".join([header, *rows, ""]), "utf-8")
    assert compare(blank, file, 20_000, FileSettings()) == 40 - 2
    (sheet,) = open_file(file, "t.csv", FileSettings())
    read = read_paper_columns(sheet, sheet.settings, MASKER, least_bytes=0)
    told = [(each.row, each.reason) for each in read if isinstance(each, Diagnostic)]
    assert told == [(7, "name_too_long"), (9, "name_too_long")]


def test_a_file_that_turns_irregular_is_read_on_row_by_row(blank: Engine, tmp_path: Path) -> None:
    header, row = GOOD["contracts"].splitlines()
    rows = [row.format(number) for number in range(100, 140)]
    rows[30] = rows[30].replace("甲130公司", '"甲130\n公司"')  # one record of two lines
    file = tmp_path / "t.csv"
    file.write_bytes(codecs.BOM_UTF8 + "\r\n".join([header, *rows, ""]).encode())
    assert 0 < compare(blank, file, 700, FileSettings()) < 40


def test_more_texts_than_are_remembered(
    blank: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracer.ingest.paper_coding._REMEMBERED", 7)
    header, row = GOOD["contracts"].splitlines()
    rows = [row.format(100 + number % 30) for number in range(200)]
    file = tmp_path / "t.csv"
    file.write_text("\n".join([header, *rows, ""]), "utf-8")
    assert compare(blank, file, 500, FileSettings()) == len(rows)


def test_small_files_are_read_row_by_row(tmp_path: Path) -> None:
    header, row = GOOD["contracts"].splitlines()
    file = tmp_path / "t.csv"
    file.write_text(f"{header}\n{row.format(100)}\n", "utf-8")
    (sheet,) = open_file(file, "t.csv", FileSettings())
    by_columns = list(read_paper_columns(sheet, sheet.settings, MASKER))
    assert by_columns == list(read_paper(sheet, sheet.settings, MASKER))
