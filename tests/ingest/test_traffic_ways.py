"""However a log is read (in blocks of any size, by rows, from Parquet), it says the same."""

import gzip
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.errors import UsageError
from tracer.ingest import duckdb_engine
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.duckdb_ids import IdFile
from tracer.ingest.reading import OpenSheet, open_file
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.load import RoutingRow

from .test_traffic_reference import ACCOUNTS, logs, open_log, write
from .traffic_logs import HEADER, MASKER, ROW, Read, open_sheet, rows_of, write_csv

Outcome = tuple[list[RoutingRow], list[tuple[object, ...]], int, int]


def outcome(sheet: OpenSheet, lines: Sequence[int] | None = None, **lane: object) -> Outcome:
    """Read a sheet; `lines` are what its rows are numbered in the log they were taken from."""
    with LogLane(ACCOUNTS, LaneSettings(**lane), MASKER) as opened:  # type: ignore[arg-type]
        result = opened.read(sheet, sheet.settings)

        def place(row: int) -> int:
            return lines[row - 1] if lines is not None else row

        totals = [
            replace(row, first_row=place(row.first_row), last_row=place(row.last_row))
            for row in rows_of(result.totals)
        ]
        rejects: list[tuple[object, ...]] = [
            (place(item.row), item.column, item.raw, item.reason, sorted(item.values.items()))
            for item in result.rejected
        ]
        assert result.read == result.loaded + len(rejects) + result.duplicates
        return totals, rejects, result.read, result.duplicates


def by_rows(sheet: OpenSheet) -> OpenSheet:
    return replace(sheet, delimiter=None)


def write_parquet(file: Path, columns: Sequence[str], rows: list[list[str]], group: int) -> None:
    arrays = [
        pa.array([row[place] or None for row in rows], pa.string()) for place in range(len(columns))
    ]
    table = pa.Table.from_arrays(arrays, names=list(columns))
    pq.write_table(table, file, row_group_size=group)


@settings(max_examples=40, print_blob=True)
@given(
    log=logs(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=1, max_size=3),
    block_bytes=st.sampled_from([7, 64, 500, 1 << 20]),
    compression=st.sampled_from(["", "gzip", "zstd"]),
    group=st.sampled_from([1, 3, 1000]),
)
def test_every_way_of_reading_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    log: tuple[tuple[str, ...], list[list[str]]],
    encoding: str,
    ends: list[str],
    block_bytes: int,
    compression: str,
    group: int,
) -> None:
    folder = tmp_path_factory.mktemp("ways")
    columns, rows = log
    file = folder / "log.csv"
    write(file, columns, rows, "utf-8", ends, last_end=True)
    expected = outcome(by_rows(open_log(file, "utf-8")))
    packed = folder / "packed.csv"
    write(packed, columns, rows, encoding, ends, last_end=True)
    content = packed.read_bytes()
    if compression == "gzip":
        packed.write_bytes(gzip.compress(content))
    elif compression == "zstd":
        packed.write_bytes(pa.compress(content, "zstd", asbytes=True))
    assert outcome(open_log(packed, encoding), block_bytes=block_bytes) == expected

    whole = [row for row in rows if len(row) == len(columns)]
    lines = [line for line, _ in write(file, columns, whole, "utf-8", ends, last_end=True)]
    expected = outcome(by_rows(open_log(file, "utf-8")))
    if whole:
        write_parquet(folder / "log.parquet", columns, whole, group)
        [sheet] = open_file(folder / "log.parquet", "log.parquet", FileSettings(reporter="默认方"))
        assert outcome(sheet, lines) == expected


def plant(rows: int, seed: int) -> tuple[list[tuple[str, ...]], list[int], int]:
    """Make a log with rows at fault and repetitions planted; give the lines of the bad ones."""
    chance = random.Random(seed)
    log: list[tuple[str, ...]] = [(*HEADER, "消息ID")]
    bad: list[int] = []
    repeats = 0
    good: list[tuple[str, ...]] = []
    for line in range(2, rows + 2):
        second = f"{chance.randrange(24):02d}:{chance.randrange(60):02d}:{line % 60:02d}"
        row: tuple[str, ...] = (
            f"2023-07-{line % 28 + 1:02d} {second}",
            f"1068{line % 97:04d}",
            *ROW[2:],
            f"m{line}",
        )
        fate = chance.random()
        if fate < 0.01:
            bad.append(line)
            row = chance.choice(
                [
                    row[:3],
                    ("2023-02-30 10:00:00", *row[1:]),
                    (row[0], "1E+8", *row[2:]),
                    ("?", *row[1:]),
                ]
            )
        elif fate < 0.02 and good:
            repeats += 1
            row = chance.choice(good)
        else:
            good.append(row)
        log.append(row)
    return log, bad, repeats


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_every_planted_bad_row_is_found_at_its_line(tmp_path: Path, encoding: str) -> None:
    rows, bad, repeats = plant(20_000, seed=3)
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows, encoding=encoding))
    told: list[tuple[int, int]] = []
    with LogLane((), LaneSettings(block_bytes=1 << 16), MASKER) as lane:
        result = lane.read(sheet, sheet.settings, lambda *passed: told.append(passed))
        assert [item.row for item in result.rejected] == bad
        assert result.duplicates == repeats
        assert result.loaded == 20_000 - len(bad) - repeats
    assert told == sorted(told)
    assert told[-1] == (20_000, sheet.size)
    assert len(told) > 5


def test_what_is_spilled_is_summed_all_the_same(tmp_path: Path) -> None:
    rows, bad, repeats = plant(60_000, seed=4)
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    with LogLane((), LaneSettings(memory="40MB", scratch=tmp_path), MASKER) as lane:
        read = Read(lane.read(sheet, sheet.settings))
    assert ([item.row for item in read.rejected], read.result.duplicates) == (bad, repeats)
    assert [item.name for item in tmp_path.iterdir()] == ["log.csv"]


def test_no_room_is_said_in_one_line(tmp_path: Path) -> None:
    rows, _, _ = plant(30_000, seed=5)
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    with (
        LogLane((), LaneSettings(memory="2MB", scratch=tmp_path), MASKER) as lane,
        pytest.raises(UsageError) as caught,
    ):
        Read(lane.read(sheet, sheet.settings))
    assert caught.value.key == "scratch_full"
    assert caught.value.values["path"] == str(tmp_path)
    assert "\n" not in str(caught.value.values["detail"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_is_said_in_one_line_and_the_lane_reads_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, _, repeats = plant(30_000, seed=5)
    sheet = open_sheet(write_csv(tmp_path / "log.csv", rows))
    with LogLane((), LaneSettings(), MASKER) as lane:
        monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
        monkeypatch.setattr(duckdb_engine, "IdFile", lambda _: IdFile(Path("/dev/full")))
        with pytest.raises(UsageError) as caught:
            lane.read(sheet, sheet.settings)
        monkeypatch.undo()
        assert caught.value.key == "scratch_full"
        assert Read(lane.read(sheet, sheet.settings)).result.duplicates == repeats


def test_a_scratch_folder_that_is_not_there(tmp_path: Path) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW]))
    with (
        LogLane((), LaneSettings(scratch=tmp_path / "none"), MASKER) as lane,
        pytest.raises(UsageError) as caught,
    ):
        lane.read(sheet, sheet.settings)
    assert caught.value.key == "scratch_full"


def test_an_engine_nobody_knows(tmp_path: Path) -> None:
    sheet = open_sheet(write_csv(tmp_path / "log.csv", [HEADER, ROW]))
    with (
        LogLane((), LaneSettings(engine="abacus"), MASKER) as lane,
        pytest.raises(ValueError, match="abacus"),
    ):
        lane.read(sheet, sheet.settings)
