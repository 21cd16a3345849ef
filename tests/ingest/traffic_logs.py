"""Logs written, opened and read, for the tests of the log lane."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.engines import totals_schema
from tracer.ingest.masking import Masker
from tracer.ingest.moments import iso_time
from tracer.ingest.reading import OpenSheet, open_file
from tracer.ingest.traffic import LaneSettings, LogLane, RoutingResult
from tracer.messages import text
from tracer.model.case import Account
from tracer.model.diagnostic import Diagnostic
from tracer.model.load import RoutingRow

HEADER = ("发送时间", "源号码", "上游", "下游")
ROW = ("2023-07-05 10:00:00", "10687415", "甲公司", "乙公司")
MASKER = Masker(b"key", keep=False)

Cells = Sequence[str]
ReadLog = Callable[..., "Read"]


def rows_of(batches: Iterable[pa.RecordBatch]) -> list[RoutingRow]:
    """Read totals back, one by one."""
    rows = []
    for batch in batches:
        assert batch.schema == totals_schema()
        for row in batch.to_pylist():
            row["first_at"], row["last_at"] = iso_time(row["first_at"]), iso_time(row["last_at"])
            rows.append(RoutingRow(**row))
    return rows


class Read:
    """A result, walked."""

    def __init__(self, result: RoutingResult) -> None:
        self.result = result
        self.rows = rows_of(result.totals)
        self.rejected = list(result.rejected)
        loaded = sum(row.rows for row in self.rows if not row.part)
        assert result.loaded == loaded
        assert result.read == loaded + len(self.rejected) + result.duplicates

    @property
    def row(self) -> RoutingRow:
        [row] = self.rows
        assert not self.rejected
        return row

    @property
    def reject(self) -> Diagnostic:
        [reject] = self.rejected
        assert not self.rows
        for lang in ("zh", "en"):
            assert text(f"reason.{reject.reason}", lang, **reject.values)
        return reject


def write_csv(
    file: Path, rows: Sequence[Cells], *, encoding: str = "utf-8", ends: str = "\r\n"
) -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=ends).writerows(rows)
    file.write_bytes(stream.getvalue().encode(encoding))
    return file


def open_sheet(file: Path, **settings: str) -> OpenSheet:
    [sheet] = open_file(file, file.name, FileSettings(**settings))  # type: ignore[arg-type]
    return sheet


def read_rows(
    folder: Path,
    header: Cells,
    *rows: Cells,
    accounts: Sequence[Account] = (),
    timezone: str = "Asia/Shanghai",
    masker: Masker = MASKER,
    **settings: str,
) -> Read:
    """Write a log, read it in a lane of its own, and walk the result."""
    sheet = open_sheet(write_csv(folder / "log.csv", [header, *rows]), **settings)
    with LogLane(accounts, LaneSettings(timezone=timezone), masker) as lane:
        return Read(lane.read(sheet, sheet.settings))


def with_column(name: str, *cells: str) -> list[Cells]:
    """Give a header with one more column, and a row per cell."""
    return [(*HEADER, name), *((*ROW, cell) for cell in cells)]
