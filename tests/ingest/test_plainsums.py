"""Sums made in memory are the sums the scratch database makes, in the same order."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.ingest import duckdb_engine, plainsums
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.plainsums import sum_plainly
from tracer.ingest.reading import open_file
from tracer.model.case import Account
from tracer.model.period import Period

from .test_traffic_reference import logs, write
from .test_traffic_ways import Outcome, outcome
from .traffic_logs import HEADER, ROW, read_rows

Log = tuple[tuple[str, ...], list[list[str]]]
OTHER = ("2023-07-06 09:00:00", "10687416", "丙公司", "丁公司")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Tell of every sheet read whether its sums were made in memory."""
    told: list[bool] = []

    def watched(*given: Any) -> Any:
        sums = sum_plainly(*given)
        told.append(sums is not None)
        return sums

    monkeypatch.setattr(duckdb_engine, "sum_plainly", watched)
    return told


def both_ways(folder: Path, log: Log, most_held: int) -> tuple[Outcome, Outcome]:
    columns, rows = log
    file = folder / "log.csv"
    write(file, columns, rows, "utf-8", ["\n"], last_end=True)
    found = []
    for most in (plainsums._MOST_HELD, most_held):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plainsums, "_MOST_HELD", most)
            [sheet] = open_file(file, "log.csv", FileSettings(reporter="默认方"))
            found.append(outcome(sheet, block_bytes=200))
    return found[0], found[1]


@settings(max_examples=40)
@given(log=logs(), most_held=st.integers(0, 3), has_accounts=st.booleans())
def test_both_ways_sum_alike(
    tmp_path_factory: pytest.TempPathFactory, log: Log, most_held: int, has_accounts: bool
) -> None:
    columns, rows = log
    if not has_accounts:  # a login may be ambiguous or unknown, which is never plain
        rows = [
            [cell if name != "账号" else "" for name, cell in zip(columns, row, strict=False)]
            for row in rows
        ]
    one, other = both_ways(tmp_path_factory.mktemp("sums"), (columns, rows), most_held)
    assert one == other


def test_a_plain_log_is_summed_in_memory(tmp_path: Path, made: list[bool]) -> None:
    read = read_rows(tmp_path, HEADER, OTHER, ROW, ROW)
    assert made == [True]
    assert [(row.number, row.rows) for row in read.rows] == [("10687415", 2), ("10687416", 1)]
    account = Account("甲公司", "8001", "乙公司")
    read = read_rows(tmp_path, (*HEADER, "账号"), (*ROW, "8001"), accounts=[account])
    assert made == [True, True]
    assert read.row.account == "8001"


@pytest.mark.parametrize(
    "account",
    [
        Account("甲公司", "8001", "乙公司", appends="7"),
        Account("甲公司", "8001", "乙公司", term=Period(date(2023, 7, 1), None)),
        Account("甲公司", "8002", "乙公司"),
    ],
)
def test_what_is_not_plain_is_left_to_the_database(
    tmp_path: Path, made: list[bool], account: Account
) -> None:
    header = ("发送时间", "源号码", "上游", "账号")
    read_rows(tmp_path, header, (*ROW[:3], "8001"), accounts=[account])
    assert made == [False]


def test_combinations_beyond_number_are_left_to_the_database(
    tmp_path: Path, made: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plainsums, "_MOST_SLOTS", 3)
    read = read_rows(tmp_path, HEADER, OTHER, ROW)
    assert made == [False]
    assert len(read.rows) == 2


def test_a_log_without_a_good_row_has_no_totals(tmp_path: Path, made: list[bool]) -> None:
    read = read_rows(tmp_path, HEADER, ("未知", *ROW[1:]))
    assert made == [True]
    assert read.rows == []


@given(ranks=st.lists(st.tuples(*[st.integers(0, 3)] * 3), max_size=30))
def test_ranks_are_sorted_one_after_the_other(ranks: list[tuple[int, ...]]) -> None:
    columns = [np.array([rank[n] for rank in ranks], dtype=np.int32) for n in range(3)]
    order = plainsums._order_of(columns)
    assert order is not None
    sorting, starts = order
    assert [ranks[place] for place in sorting.tolist()] == sorted(ranks)
    assert [ranks[place] for place in sorting[starts].tolist()] == sorted(set(ranks))
