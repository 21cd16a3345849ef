"""Logs read by both engines, for the tests of Spark."""

import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from tracer.ingest.reading import OpenSheet
from tracer.ingest.spark_engine import SparkEngine
from tracer.ingest.spark_session import SparkHost
from tracer.ingest.traffic import LaneSettings, LogLane, RoutingResult
from tracer.model.case import Account
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.load import RoutingRow
from tracer.model.period import Period

from .traffic_logs import HEADER, MASKER, Cells, rows_of

FULL = (*HEADER, "扩展码", "账号", "短信条数", "消息ID", "状态", "日志提供方", "短信内容")
ACCOUNTS = (
    Account("甲公司", "8001", "乙公司", term=Period(None, date(2023, 7, 5))),
    Account("甲公司", "8001", "丙公司", term=Period(date(2023, 7, 6), date(2023, 7, 7))),
    Account("甲公司", "8002", "丁公司", appends="07"),
    Account("甲公司", "8003", "丁公司"),
    Account("甲公司", "8003", "戊公司"),
)

QUICK_JAVA = "-XX:TieredStopAtLevel=1"
"""Tests are over before a better compiler would pay."""


def why_no_spark() -> str | None:
    """Say why Spark cannot run here."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    java = shutil.which("java")
    if java is None or subprocess.run([java, "-version"], capture_output=True).returncode:
        return "there is no Java"
    return None


GOOD: tuple[Cells, ...] = (
    ("2023-07-05 10:00:01", "2023/7/6 9:05", "2023-07-08"),
    ("10687415", "10687415", "１０６８ 7415"),
    ("甲公司", "甲公司", "甲 公司"),
    ("乙公司", "乙 公司"),
    ("", "", "01", "*"),
    ("", "8001", "８００１", "8002", "8009"),
    ("", "1", "3", "2"),
    ("", "-", "m1", "m2", "m3", "m3 "),
    ("", "DELIVRD", "REJECTD", "已拦截"),
    ("", "", "甲公司", " 丙公司 "),
    ("", "您好", "13800000001", 'a"b, c'),
)
BAD: tuple[Cells, ...] = (
    ("2023-06-31", "x", ""),
    ("1.07E+14", "12", "1068741510687415106874151"),
    ("",),
    ("甲公司", ""),
    ("甲", "99999999999999"),
    ("8003",),
    ("0", "一"),
)


def messy_rows(seed: int, count: int) -> list[Cells]:
    """Make rows of which many are bad, each in its own way, and many repeat others."""
    chosen = random.Random(seed)
    rows: list[Cells] = [FULL]
    for number in range(count):
        row = [chosen.choice(cells) for cells in GOOD]
        wild = number % 24
        if wild < len(BAD):
            row[wild] = chosen.choice(BAD[wild])
            if wild in {3, 5}:
                row[8 - wild] = ""
        elif wild == 7:
            row = row[:3]
        elif wild == 8:
            row = [chosen.choice(["", "合计"]), *[""] * (len(row) - 1)]
        elif wild in {9, 15, 21}:
            row = list(chosen.choice(rows))
        elif wild in {12, 14, 16, 18, 20}:
            row[3], row[5] = "", chosen.choice(("8001", "８００１", "8002", "8009"))
        elif wild == 10:
            row = list(FULL)
        rows.append(row)
    return rows


@dataclass(frozen=True)
class Outcome:
    """All that a lane says of a sheet."""

    rows: list[RoutingRow]
    rejected: list[Diagnostic]
    read: int
    loaded: int
    duplicates: int
    notes: tuple[Note, ...]


def outcome(result: RoutingResult) -> Outcome:
    return Outcome(
        rows_of(result.totals),
        list(result.rejected),
        result.read,
        result.loaded,
        result.duplicates,
        result.notes,
    )


def spark_lane(
    host: SparkHost,
    scratch: Path,
    accounts: Sequence[Account] = (),
    *,
    span: int = 2000,
) -> LogLane:
    """Open a lane that works in a session of the tests, in ranges as small as these logs need."""
    lane = LogLane(accounts, LaneSettings(engine="spark"), MASKER)
    lane._engine = SparkEngine("spark", scratch, host=host, span=span, block_bytes=200)
    return lane


def read_by_both(
    host: SparkHost,
    scratch: Path,
    sheets: Sequence[OpenSheet],
    accounts: Sequence[Account] = (),
    *,
    span: int = 2000,
    forgotten: Sequence[int] = (),
) -> list[Outcome]:
    """Read sheets as one load with either engine, and see that the outcomes are equal.

    Those whose places are among `forgotten` are rolled back.
    """
    found: list[list[Outcome]] = []
    here = LogLane(accounts, LaneSettings(), MASKER)
    for lane in (here, spark_lane(host, scratch, accounts, span=span)):
        outcomes = []
        with lane:
            for place, sheet in enumerate(sheets):
                outcomes.append(outcome(lane.read(sheet, sheet.settings)))
                if place in forgotten:
                    lane.rollback()
                else:
                    lane.commit()
        found.append(outcomes)
    expected, said = found
    for place in range(len(sheets)):
        assert said[place].rejected == expected[place].rejected
        assert said[place].rows == expected[place].rows
        assert said[place] == expected[place]
    return said
