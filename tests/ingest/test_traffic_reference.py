"""The log lane against a slow reading of the same rows, one by one, in plain Python."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.ingest.reading import OpenSheet, open_file
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import Account
from tracer.model.load import RoutingRow
from tracer.model.period import Period

from .traffic_logs import rows_of

COLUMNS = (
    "发送时间", "源号码", "扩展码", "上游", "账号", "下游", "短信条数", "计费条数", "消息ID",
    "状态", "日志提供方", "短信内容",
)  # fmt: skip

ACCOUNTS = (
    Account("甲公司", "8001", "乙公司", appends="7", term=Period(None, date(2023, 7, 1))),
    Account("甲公司", "8001", "丙公司", term=Period(date(2023, 7, 2), None)),
    Account("甲公司", "8002", "乙公司", term=Period(None, date(2023, 7, 2))),
    Account("甲公司", "8002", "丁公司", term=Period(date(2023, 7, 2), None)),
    Account("乙公司", "8001", "乙公司"),
)

Said = object

# Cells as a log has them, and what each says: a value, or the reason it is rejected for.
TIMES: dict[str, tuple[str, str | None] | str] = {
    "2023-07-01 10:00:00": ("2023-07-01", "2023-07-01T10:00:00"),
    "2023/7/1 10:00": ("2023-07-01", "2023-07-01T10:00:00"),
    "２０２３年7月1日 10:00": ("2023-07-01", "2023-07-01T10:00:00"),
    "2023-07-01T02:00:00Z": ("2023-07-01", "2023-07-01T10:00:00"),
    "2023-07-01 10:00:01.5": ("2023-07-01", "2023-07-01T10:00:01.500000"),
    "2023-07-01 24:00": ("2023-07-02", "2023-07-02T00:00:00"),
    "2023-07-01T20:30:07.25+02:00": ("2023-07-02", "2023-07-02T02:30:07.250000"),
    "20230702003000": ("2023-07-02", "2023-07-02T00:30:00"),
    "2307020030": ("2023-07-02", "2023-07-02T00:30:00"),
    "2023.7.2": ("2023-07-02", None),
    "2023-07-01 10:00:61": "no_such_time",
    "2023-06-31 10:00:00": "no_such_time",
    "10点": "bad_time",
    " ": "blank",
}
NUMBERS: dict[str, str] = {
    "10687415": "10687415",
    "１０６８７４１５": "10687415",
    "+86 10687415": "10687415",
    "1068741501": "1068741501",
    "106874150101010101": "106874150101010101",
    "1.07E+14": "!scientific",
    "no": "!not_digits",
    "": "!blank",
}
EXTENSIONS: dict[str, str] = {"": "", "*": "", "01": "01", "０１": "01", "101": "101", "0x": "!"}
COUNTS: dict[str, int | str | None] = {
    "": None,
    "1": 1,
    "３": 3,
    "2.0": 2,
    "0": "too_small",
    "两": "bad_integer",
}
STATUSES = {"": False, "DELIVRD": False, "REJECTD": True, "未拦截": False, "已 拦截": True}
NAMES = ("甲公司", "乙公司", "乙 公司", "丙公司", "")
LOGINS = ("", "8001", " ８００２", "8003")
IDS = ("", "m1", "m1", "m2 ", "-")
CONTENTS = ("", "您好", 'a,b"c', "一行\n两行", "13800000001\r\n\r\n退订回T", "\t")


@dataclass(frozen=True)
class Expected:
    rows: list[RoutingRow]
    rejected: list[tuple[int, str]]
    duplicates: int


def fold(name: str) -> str:
    return name.replace(" ", "")


def find_party(upstream: str, login: str, day: date, named: str) -> tuple[str, str] | None:
    """Say who submitted and what is appended; None where that is ambiguous."""
    entries = [
        (entry.party, entry.appends)
        for entry in ACCOUNTS
        if entry.platform == fold(upstream)
        and entry.account == login
        and entry.term.contains(day)
        and (not named or entry.party == fold(named))
    ]
    if len(entries) > 1:
        return None
    if entries:
        return named or entries[0][0], entries[0][1]
    return named or f"未识别账号 {login}（{upstream}）", ""


@dataclass
class Row:
    """A row that is one."""

    upstream: str
    downstream: str
    account: str
    number: str
    day: str
    at: str | None
    messages: int
    parts: int | None
    blocked: bool
    reporter: str
    message_id: str


def read_row(cells: dict[str, str], columns: Sequence[str]) -> Row | str:  # noqa: C901
    time = TIMES[cells["发送时间"]]
    if isinstance(time, str):
        return time
    number = NUMBERS[cells["源号码"]]
    if number.startswith("!"):
        return number[1:]
    extension = EXTENSIONS[cells.get("扩展码", "")]
    if extension == "!":
        return "not_digits"
    if len(number + extension) > 20:
        return "number_too_long"
    number += extension
    upstream, downstream = cells["上游"], cells.get("下游", "")
    login = cells.get("账号", "").strip().replace("８００２", "8002")
    if not upstream or not (downstream or login):
        return "blank"
    if login:
        found = find_party(upstream, login, date.fromisoformat(time[0]), downstream)
        if found is None:
            return "ambiguous_account"
        downstream, appends = found
        if fold(upstream) == fold(downstream):
            return "same_party"
        if len(number + appends) > 20:
            return "number_too_long"
        number += appends
    if fold(upstream) == fold(downstream):
        return "same_party"
    counts = []
    for column in ("短信条数", "计费条数"):
        count = COUNTS[cells.get(column, "")]
        if isinstance(count, str):
            return count
        counts.append(count)
    messages, parts = counts
    if "计费条数" in columns and "短信条数" not in columns:
        if parts is None:
            return "blank"
        messages = parts
    message_id = cells.get("消息ID", "").strip()
    return Row(
        upstream,
        downstream,
        login,
        number,
        *time,
        messages or 1,
        parts,
        STATUSES[cells.get("状态", "")],
        cells.get("日志提供方", "") or "默认方",
        "" if message_id == "-" else message_id,
    )


def expect(
    records: list[tuple[int, dict[str, str] | None]],
    columns: Sequence[str],
    seen: set[tuple[object, ...]],
) -> Expected:
    rejected: list[tuple[int, str]] = []
    duplicates = 0
    groups: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for line, cells in records:
        if cells is None:
            rejected.append((line, "wrong_width"))
            continue
        if all(not cell.strip() for cell in cells.values()):
            continue
        row = read_row(cells, columns)
        if isinstance(row, str):
            rejected.append((line, row))
            continue
        ends = fold(row.upstream), fold(row.downstream)
        key = (row.reporter, row.message_id, row.number, *ends, row.day, row.at)
        if row.message_id and key in seen:
            duplicates += 1
            continue
        seen.add(key)
        names = (row.number, row.day, row.upstream, row.downstream, row.reporter, row.account)
        groups[names].append((line, row))
    unit = "parts" if "计费条数" in columns and "短信条数" not in columns else "messages"
    return Expected([total(groups[key], unit) for key in sorted(groups)], rejected, duplicates)


def total(group: list[tuple[int, Row]], unit: str) -> RoutingRow:
    _, first = group[0]
    rows = [row for _, row in group]
    stated = [row.parts for row in rows if row.parts is not None and not row.blocked]
    times = [datetime.fromisoformat(row.at) for row in rows if row.at is not None]
    return RoutingRow(
        upstream=first.upstream,
        downstream=first.downstream,
        number=first.number,
        day=date.fromisoformat(first.day),
        reporter=first.reporter,
        account=first.account or None,
        messages=sum(row.messages for row in rows if not row.blocked),
        blocked=sum(row.messages for row in rows if row.blocked),
        parts=sum(stated) if stated else None,
        unit=unit,
        rows=len(rows),
        first_row=min(line for line, _ in group),
        last_row=max(line for line, _ in group),
        first_at=min(times).isoformat() if times else None,
        last_at=max(times).isoformat() if times else None,
    )


def cell_of(column: str, *, tame: bool) -> st.SearchStrategy[str]:
    choices: Sequence[str] = {
        "发送时间": tuple(TIMES),
        "源号码": tuple(NUMBERS),
        "扩展码": tuple(EXTENSIONS),
        "上游": NAMES,
        "账号": LOGINS,
        "下游": NAMES,
        "短信条数": tuple(COUNTS),
        "计费条数": tuple(COUNTS),
        "消息ID": IDS,
        "状态": tuple(STATUSES),
        "日志提供方": ("", "丙公司"),
        "短信内容": CONTENTS,
    }[column]
    good = {"发送时间": 3, "源号码": 5, "上游": 1, "短信条数": 3, "计费条数": 3, "扩展码": 5}
    if tame and column == "下游":
        choices = NAMES[1:4]
    return st.sampled_from(choices[: good.get(column, len(choices))] if tame else choices)


@st.composite
def logs(draw: st.DrawFn) -> tuple[tuple[str, ...], list[list[str]]]:
    """Draw a log: its columns, and rows of which some are short, long or blank."""
    optional = ("扩展码", "短信条数", "计费条数", "消息ID", "状态", "日志提供方", "短信内容")
    chosen = {"发送时间", "源号码", "上游", *draw(st.sets(st.sampled_from(optional)))}
    chosen |= draw(st.sampled_from([{"下游"}, {"账号"}, {"下游", "账号"}]))
    columns = tuple(draw(st.permutations([name for name in COLUMNS if name in chosen])))
    rows: list[list[str]] = []
    for _ in range(draw(st.sampled_from([0, 1, 2, 3, 8, 20]))):
        wild = draw(st.sampled_from([*columns, "", ""]))
        row = [draw(cell_of(column, tame=column != wild)) for column in columns]
        fate = draw(st.sampled_from(["whole"] * 12 + ["short", "long", "blank", "again"]))
        if fate == "short":
            row = [" ".join(cell.split()) for cell in row[: draw(st.integers(1, len(row) - 1))]]
        elif fate == "long":
            row = [" ".join(cell.split()) for cell in [*row, "多"]]
        elif fate == "blank":
            row = [""] * len(row)
        elif fate == "again" and rows:
            row = list(draw(st.sampled_from(rows)))
        rows.append(row)
    return columns, rows


def write(
    file: Path,
    columns: Sequence[str],
    rows: list[list[str]],
    encoding: str,
    ends: Sequence[str],
    *,
    last_end: bool,
) -> list[tuple[int, dict[str, str] | None]]:
    """Write a log; give back its rows with the physical lines they begin at."""
    text = ""
    records: list[tuple[int, dict[str, str] | None]] = []
    for place, row in enumerate([list(columns), *rows]):
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator=ends[place % len(ends)]).writerow(row)
        line = len(io.StringIO(text, newline="").readlines()) + 1
        whole = len(row) == len(columns)
        if place and (whole or any(cell.strip() for cell in row)):
            records.append((line, dict(zip(columns, row, strict=True)) if whole else None))
        text += stream.getvalue()
    if not last_end:
        text = text.rstrip("\r\n")
    file.write_bytes(text.encode(encoding))
    return records


def open_log(file: Path, encoding: str) -> OpenSheet:
    settings_of_file = FileSettings(reporter="默认方", encoding=encoding)
    [sheet] = open_file(file, file.name, settings_of_file)
    return sheet


@settings(
    max_examples=tries(100),
    print_blob=True,
)
@given(
    drawn=st.lists(logs(), min_size=1, max_size=2),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=1, max_size=3),
    last_end=st.booleans(),
    block_bytes=st.sampled_from([32, 300, 1 << 20]),
    is_kept=st.booleans(),
)
def test_the_lane_reads_as_the_slow_reader(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[tuple[str, ...], list[list[str]]]],
    encoding: str,
    ends: list[str],
    last_end: bool,
    block_bytes: int,
    is_kept: bool,
) -> None:
    folder = tmp_path_factory.mktemp("logs")
    lane_settings = LaneSettings(scratch=folder, block_bytes=block_bytes)
    seen: set[tuple[object, ...]] = set()
    with LogLane(ACCOUNTS, lane_settings, Masker(b"key", keep=False)) as lane:
        for number, (columns, rows) in enumerate(drawn):
            file = folder / f"{number}.csv"
            records = write(file, columns, rows, encoding, ends, last_end=last_end)
            before = set(seen)
            expected = expect(records, columns, seen)
            sheet = open_log(file, encoding)
            result = lane.read(sheet, sheet.settings)
            found = rows_of(result.totals)
            rejected = [(item.row, item.reason) for item in result.rejected]
            assert found == expected.rows
            assert rejected == expected.rejected
            assert result.duplicates == expected.duplicates
            assert result.read == sum(row.rows for row in found) + len(rejected) + result.duplicates
            unknown = [row for row in found if row.downstream.startswith("未识别账号")]
            assert bool(result.notes) == bool(unknown)
            if result.notes:
                assert result.notes[0].values["rows"] == sum(row.rows for row in unknown)
            if is_kept:
                lane.commit()
            else:
                lane.rollback()
                seen = before


def test_the_drawn_logs_are_messy_enough() -> None:
    """Every reason, duplicates and blocked rows do occur among what is drawn."""
    met: Counter[str] = Counter()

    @settings(max_examples=800, database=None, derandomize=True)
    @given(logs())
    def look(log: tuple[tuple[str, ...], list[list[str]]]) -> None:
        columns, rows = log
        records = [
            (line, dict(zip(columns, row, strict=True)) if len(row) == len(columns) else None)
            for line, row in enumerate(rows, start=2)
        ]
        expected = expect(records, columns, set())
        met.update(reason for _, reason in expected.rejected)
        met["duplicate"] += expected.duplicates
        met["blocked"] += sum(row.blocked for row in expected.rows)
        met["unknown"] += sum(row.downstream.startswith("未识别") for row in expected.rows)
        met["rows"] += sum(row.rows for row in expected.rows)

    look()
    assert set(met) >= {
        "no_such_time", "bad_time", "blank", "scientific", "not_digits", "number_too_long",
        "ambiguous_account", "same_party", "too_small", "bad_integer", "wrong_width",
    }  # fmt: skip
    assert all(met[what] > 5 for what in ("duplicate", "blocked", "unknown", "rows"))
