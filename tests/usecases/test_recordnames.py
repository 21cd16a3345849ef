"""A record told by its place: one is taken, several or none are refused."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from tracer import NothingOnRecord, UsageError
from tracer.store.decisions import read_said
from tracer.store.engine import open_engine
from tracer.store.journal import fold_log
from tracer.store.rowplaces import records_at
from tracer.store.sources import list_sources
from tracer.usecases.commenting import comment
from tracer.usecases.correcting import correct
from tracer.usecases.load import LoadOptions, load_paths
from tracer.usecases.recordnames import find_record_name, is_record_name
from tracer.usecases.sources import retract

AT = datetime(2026, 1, 1, tzinfo=UTC)
HEADS = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
LOG = ["源号码", "发送时间", "上游", "下游", "短信条数"]
TERM = ["10687415", "2023-01-01", "2023-12-31"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the database of a case that is only read; `engine` gives one of its own."""
    home = tmp_path_factory.mktemp("places")

    def write_table(name: str, rows: list[list[str]]) -> None:
        file = home / "case" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")

    write_table("一/合同.csv", [HEADS, ["C1", "甲公司", "乙公司", *TERM]])
    write_table("二/合同.csv", [HEADS, ["C2", "乙公司", "丙公司", *TERM]])
    write_table("Caf\u00e9.csv", [["名称"], ["己公司"]])
    write_table("日志.csv", [LOG, *[["10687415", "2023-07-05", "甲公司", "乙公司", "3"]] * 2])
    book = Workbook()
    for title, rows in (
        ("主体", [["名称"], ["丁公司"]]),
        ("合同", [HEADS, ["C3", "丙公司", "丁公司", *TERM]]),
    ):
        sheet = book.create_sheet(title)
        for row in [*rows, *([["戊公司"]] if title == "主体" else [])]:
            sheet.append(row)
    book.save(home / "case" / "台账.xlsx")
    opened = open_engine(str(home / "tracer.db"))
    load_paths(opened, [home / "case"], LoadOptions(), now=lambda: AT)
    fold_log(opened)
    return home / "tracer.db"


@pytest.fixture
def engine(loaded: Path) -> Iterator[Engine]:
    opened = open_engine(str(loaded))
    yield opened
    opened.dispose()


@pytest.fixture
def own(loaded: Path, tmp_path: Path) -> Engine:
    for file in loaded.parent.glob("tracer.db*"):
        shutil.copy(file, tmp_path / file.name)
    return open_engine(str(tmp_path / "tracer.db"))


def name_of(engine: Engine, text: str) -> str | None:
    with engine.connect() as conn:
        return find_record_name(conn, text)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("一/合同.csv:2", "contracts:", ":2"),
        ("./一/合同.csv ： 2", "contracts:", ":2"),
        (r"二\合同.csv:2", "contracts:", ":2"),
        ("二/合同.csv 第 2 行", "contracts:", ":2"),
        ("台账.xlsx:合同:2", "contracts:", "/3:2"),
        ("台账.xlsx：主体：2", "parties:", "/2:2"),
        ("台账.xlsx［合同］第 2 行", "contracts:", "/3:2"),
        ("台账.xlsx [合同] row 2", "contracts:", "/3:2"),
        ("台账.xlsx:3", "parties:", "/2:3"),  # only one sheet of the book has a record there
        ("日志.csv:2", "routing:", ":2"),
        ("Cafe\u0301.csv:2", "parties:", ":2"),
    ],
)
def test_a_place_names_the_record_that_stands_there(
    engine: Engine, text: str, begins: str, ends: str
) -> None:
    name = name_of(engine, text)
    assert name is not None
    assert is_record_name(name)
    assert name.startswith(begins)
    assert name.endswith(ends)


@pytest.mark.parametrize("text", ["合同.csv:2", "台账.xlsx:2"])
def test_several_are_refused_with_the_candidates(engine: Engine, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        name_of(engine, text)
    said = refused.value.message("en")
    assert refused.value.key == "place_several"
    assert said.count(" / ") == 1
    assert "\n" not in said
    assert ("一/合同.csv" in said and "二/合同.csv" in said) or "[合同]" in said


@pytest.mark.parametrize(
    "text", ["一/合同.csv:1", "一/合同.csv:99", "台账.xlsx:合同:3", "日志.csv:3"]
)
def test_nothing_at_a_place_is_said(engine: Engine, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        name_of(engine, text)
    assert refused.value.key == "place_empty"


@pytest.mark.parametrize(
    "text", ["同.csv:2", "台账.xlsx:路由:2", "移交.csv 第 3 行", "移交.XLSX [表] row 4"]
)
def test_a_file_that_was_not_loaded_is_said(engine: Engine, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        name_of(engine, text)
    assert refused.value.key == "place_no_file"


@pytest.mark.parametrize("text", ["甲公司", "甲公司:2", "TR202:甲公司", ":2", "甲.网络公司"])
def test_what_names_no_place_on_record_is_left_to_others(engine: Engine, text: str) -> None:
    assert name_of(engine, text) is None


def test_a_record_is_corrected_and_written_on_by_its_place(own: Engine) -> None:
    name = name_of(own, "二/合同.csv:2")
    assert name is not None
    correct(own, "二/合同.csv:2", "终止日期", "2023-06-30", "误读", "张", lambda: AT)
    correct(own, "二/合同.csv:2", "终止日期", "2023-05-31", "再误读", "张", lambda: AT)
    comment(own, "二/合同.csv:2", "已核原件", "张", lambda: AT)
    with own.connect() as conn:
        said = read_said(conn)
    assert [each.now for each in said.corrections[name]] == ["2023-06-30", "2023-05-31"]
    assert said.comments[0].params["target"] == {"kind": "record", "record": name}
    with pytest.raises(UsageError, match="totals of logs are not corrected"):
        correct(own, "日志.csv:2", "短信条数", "4", "误读", "张", lambda: AT)
    with pytest.raises(NothingOnRecord):
        comment(own, "查无此人:2", "x", "张", lambda: AT)


def test_a_withdrawn_record_stands_nowhere(own: Engine) -> None:
    with own.connect() as conn:
        found = records_at(conn, "一/合同.csv:2")
        assert found is not None
        assert [ref.path.rpartition("case/")[2] for ref in found] == ["一/合同.csv"]
        source = next(e.id for e in list_sources(conn) if e.sheet.path.endswith("一/合同.csv"))
    retract(own, source, "重复", "张", lambda: AT)
    with own.connect() as conn:
        assert records_at(conn, "一/合同.csv:2") == ()
        rest = records_at(conn, "合同.csv:2")
    assert rest is not None
    assert len(rest) == 1
