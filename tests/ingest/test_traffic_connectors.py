"""A gateway's own log: its owner in the middle, customers below, connectors above."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracer.ingest.logshape import LogShape
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.ingest.values import CellError
from tracer.model.case import Account
from tracer.model.load import RoutingRow
from tracer.model.period import Period

from .traffic_logs import MASKER, Read, open_sheet, write_csv

HEADER = ("发送时间", "源号码", "上游", "账号", "通道", "消息ID")
ROW = ("2023-07-05 10:00:00", "10687415", "甲公司", "8001", "c1", "m1")
COLUMNS = ("sent_at", "number", "upstream", "account", "connector", "message_id")
ACCOUNTS = (
    Account("甲公司", "8001", "乙公司"),
    Account("甲公司", "c1", "丙公司", term=Period(None, date(2023, 7, 5))),
    Account("甲公司", "c1", "丁公司", term=Period(date(2023, 7, 6), None)),
)


def read(
    folder: Path,
    *rows: Sequence[str],
    accounts: Sequence[Account] = ACCOUNTS,
    columns: Sequence[str | None] = COLUMNS,
    shape: LogShape | None = None,
) -> Read:
    """Read rows whose columns are what a profile would make of them."""
    plain = ["发送时间", "源号码", "上游", "下游", *(f"列{n}" for n in range(len(rows[0]) - 4))]
    sheet = open_sheet(write_csv(folder / "log.csv", [plain[: len(rows[0])], *rows]))
    assert sheet.header is not None
    header = replace(sheet.header, columns=tuple(columns))
    shaped = replace(sheet, header=header, shape=shape)
    with LogLane(accounts, LaneSettings(), MASKER) as lane:
        return Read(lane.read(shaped, shaped.settings))


def hops(rows: Sequence[RoutingRow]) -> list[tuple[str, str, str, str, str | None]]:
    return [(row.upstream, row.downstream, row.number, row.part, row.account) for row in rows]


def test_a_row_gives_the_hop_below_and_the_hop_above(tmp_path: Path) -> None:
    found = read(tmp_path, ROW, (*ROW[:5], "m2"))
    assert hops(found.rows) == [
        ("丙公司", "甲公司", "10687415", "up", "c1"),
        ("甲公司", "乙公司", "10687415", "", "8001"),
    ]
    for row in found.rows:
        assert (row.messages, row.rows, row.first_row, row.last_row) == (2, 2, 2, 3)
    assert (found.result.read, found.result.loaded) == (2, 2)


def test_without_a_connector_there_is_no_hop_above(tmp_path: Path) -> None:
    found = read(tmp_path, (*ROW[:4], " ", "m1"), (*ROW[:4], "-", "m2"))
    assert hops(found.rows) == [("甲公司", "乙公司", "10687415", "", "8001")]


def test_connectors_hold_within_their_term(tmp_path: Path) -> None:
    found = read(tmp_path, ROW, ("2023-07-06 00:00:00", *ROW[1:]))
    assert [row.upstream for row in found.rows if row.part] == ["丙公司", "丁公司"]


def test_a_connector_of_nobody_is_named_and_noted(tmp_path: Path) -> None:
    found = read(tmp_path, (*ROW[:4], "c9", "m1"))
    assert hops(found.rows)[0] == (
        "未识别账号 c9（甲公司）", "甲公司", "10687415", "up", "c9",
    )  # fmt: skip
    [note] = found.result.notes
    assert note.values == {"accounts": 1, "rows": 1, "messages": 1, "examples": "c9（甲公司）"}


@pytest.mark.parametrize(
    ("below", "above", "numbers"),
    [
        ("", "", {"": "10687415", "up": "10687415"}),
        ("01", "", {"": "1068741501", "up": "1068741501"}),
        ("", "02", {"": "10687415", "up": "1068741502"}),
        ("01", "02", {"": "1068741501", "up": "106874150102"}),
    ],
)
def test_digits_that_are_appended(
    tmp_path: Path, below: str, above: str, numbers: Mapping[str, str]
) -> None:
    accounts = [
        Account("甲公司", "8001", "乙公司", appends=below),
        Account("甲公司", "c1", "丙公司", appends=above),
    ]
    found = read(tmp_path, ROW, accounts=accounts)
    assert {row.part: row.number for row in found.rows} == numbers


def test_a_number_that_comes_about_in_two_ways_is_one(tmp_path: Path) -> None:
    accounts = [Account("甲公司", "8001", "乙公司", appends="01"), ACCOUNTS[1]]
    columns = ("sent_at", "number", "extension", "upstream", "account", "connector")
    row = (ROW[0], "10687415", "01", "甲公司", "8001", "c1")
    found = read(tmp_path, row, accounts=accounts, columns=columns)
    assert {item.number for item in found.rows} == {"106874150101"}
    both = [
        (*row[:2], "01", "乙公司", "8001", ""),
        (ROW[0], "106874150", "1", "乙公司", "8002", ""),
    ]
    more = [
        Account("乙公司", "8001", "丙", appends="9"),
        Account("乙公司", "8002", "丙", appends="9"),
    ]
    found = read(tmp_path, *both, accounts=more, columns=columns)
    assert [(item.number, item.rows) for item in found.rows] == [("10687415019", 1)] * 2


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account("甲公司", "c1", "甲 公司"), "same_party"),
        (Account("甲公司", "c1", "丙公司", appends="1" * 13), "number_too_long"),
    ],
)
def test_a_fault_of_the_hop_above_rejects_the_row(
    tmp_path: Path, account: Account, reason: str
) -> None:
    found = read(tmp_path, ROW, accounts=[ACCOUNTS[0], account])
    assert (found.rows, [item.reason for item in found.rejected]) == ([], [reason])
    assert found.rejected[0].row == 2
    assert found.rejected[0].column == "列0"


def test_a_connector_of_two_parties_is_ambiguous(tmp_path: Path) -> None:
    accounts = [*ACCOUNTS, Account("甲公司", "c1", "戊公司")]
    assert read(tmp_path, ROW, accounts=accounts).reject.reason == "ambiguous_account"


def test_rows_are_duplicates_once(tmp_path: Path) -> None:
    other = (*ROW[:4], "c9", "m1")
    found = read(tmp_path, ROW, ROW, other)
    # over another connector it is no repetition: the hop above it is another one
    assert found.result.duplicates == 1
    assert found.result.loaded == 2
    assert [(row.part, row.rows) for row in found.rows] == [("up", 1), ("up", 1), ("", 2)]


def shorten(text: str) -> str:
    if not text.startswith("86"):
        raise CellError("not_digits", text)
    return text[2:]


def test_a_profile_rewrites_texts_and_names_the_owner(tmp_path: Path) -> None:
    shape = LogShape({"number": shorten}, {"upstream": "甲公司"})
    columns = ("sent_at", "number", None, "downstream")
    rows = [
        (ROW[0], "8610687415", "", "乙公司"),
        (ROW[0], "10687415", "", "乙公司"),
        (ROW[0], " ", "", "乙公司"),
    ]
    found = read(tmp_path, *rows, columns=columns, shape=shape)
    assert hops(found.rows) == [("甲公司", "乙公司", "10687415", "", None)]
    assert [(item.row, item.reason, item.values["text"]) for item in found.rejected] == [
        (3, "not_digits", "10687415"),
        (4, "blank", " "),
    ]


def test_a_constant_fills_blank_cells_only(tmp_path: Path) -> None:
    shape = LogShape(constants={"upstream": "甲公司", "status": "拦截"})
    rows = [(ROW[0], ROW[1], "", "乙公司"), (ROW[0], ROW[1], "丙公司", "乙公司")]
    columns = ("sent_at", "number", "upstream", "downstream")
    found = read(tmp_path, *rows, columns=columns, shape=shape)
    assert [(row.upstream, row.messages, row.blocked) for row in found.rows] == [
        ("丙公司", 0, 1),
        ("甲公司", 0, 1),
    ]


def refuse(text: str) -> str:
    if text == "?":
        raise CellError("bad_integer", text)
    return text.removeprefix("b'").removesuffix("'")


@pytest.mark.parametrize("column", ["status", "message_id", "reported_by", "messages", "sent_at"])
def test_what_a_profile_refuses_in_any_column_is_rejected(tmp_path: Path, column: str) -> None:
    shape = LogShape({column: refuse})
    good = ROW[0] if column == "sent_at" else "1"
    last = ("downstream", column) if column != "sent_at" else ("downstream", None)
    columns = (None if column == "sent_at" else "sent_at", "number", "upstream", *last)
    rows = [(ROW[0], ROW[1], "甲公司", "乙公司", cell) for cell in (f"b'{good}'", "?")]
    if column == "sent_at":
        columns = ("sent_at", "number", "upstream", "downstream", None)
        rows = [(cell, ROW[1], "甲公司", "乙公司", "") for cell in (f"b'{good}'", "?")]
    found = read(tmp_path, *rows, columns=columns, shape=shape)
    assert [row.rows for row in found.rows] == [1]
    assert [(item.row, item.reason) for item in found.rejected] == [(3, "bad_integer")]


def test_ids_are_rewritten_before_they_are_compared(tmp_path: Path) -> None:
    columns = ("sent_at", "number", "upstream", "downstream", "message_id")
    rows = [(ROW[0], ROW[1], "甲公司", "乙公司", cell) for cell in ("b'm1'", "m1", "b''", "b''")]
    shape = LogShape({"message_id": refuse})
    found = read(tmp_path, *rows, columns=columns, shape=shape)
    assert (found.result.duplicates, found.result.loaded) == (1, 3)
