"""A case of several files, a warm process that loads it, and what a database holds."""

import csv
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

import tracer
from tracer.model.diagnostic import Note
from tracer.model.load import SourceSheet
from tracer.model.period import ALL_DAYS
from tracer.report.trace_json import trace_json
from tracer.rules.examined import ExaminedTrace
from tracer.store.engine import open_engine
from tracer.store.record_tables import metadata
from tracer.store.sources import SourceEntry, list_sources
from tracer.usecases.jobs import Job
from tracer.usecases.keeping import Keeper
from tracer.usecases.trace import examine_number

HOME = Path(next(iter(tracer.__path__))).parent
CODES = ("10687415", "10689000", "106550")
PARTIES = [f"第{number}信息技术公司" for number in range(40)]

_WARM = """
import glob, json, os, signal, sys, time
import alembic.command, duckdb, ibis, numpy, pandas, pyarrow, pyarrow.compute, pyarrow.csv
import pyarrow.parquet, sqlalchemy.dialects.postgresql, sqlalchemy.dialects.sqlite
import tracer.store.upgrade, tracer.usecases.load, tracer.cli.app, tracer.cli.load_report
import tracer.ingest.duckdb_engine, tracer.ingest.template, tracer.report.tables
from tracer.__main__ import main
from tracer.store.engine import open_engine

# what every load works out once, all of them need not
open_engine("warm.db").dispose()

def ended(child):
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None

def attend(child, when, after, number):
    status = None
    while when and not glob.glob(when) and status is None:
        time.sleep(0.0005)
        status = ended(child)
    until = time.monotonic() + after
    while status is None and time.monotonic() < until:
        time.sleep(0.0005)
        status = ended(child)
    if status is None:  # not waited for yet, so the number is still its own
        os.kill(child, number)
    return status

for line in sys.stdin:
    asked = json.loads(line)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(os.open(asked["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.stdin.close()
        # a shell that runs tests in the background has it ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["tracer", *asked["words"]]
        main()
    status = None
    if asked["signal"]:
        status = attend(child, asked["when"], asked["after"], asked["signal"])
    if status is None:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps([status, time.monotonic() - began]), flush=True)
"""


def make_case(folder: Path, *, bad: int = 10_300, seed: int = 7) -> Path:
    """Write papers and logs that add up, repeat one another, and hold rows to be rejected."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    write_csv(
        folder / "分配.csv",
        ["码号", "持有人", "生效日期"],
        [[code, PARTIES[at], "2020-01-01"] for at, code in enumerate(CODES)],
    )
    contracts = []
    for number in range(1500):
        low, high = sorted(chance.sample(range(len(PARTIES)), 2))
        segment = chance.choice(CODES) + str(number % 90)
        dates = ["2023-01-01", "2023-06-31" if number % 97 == 0 else "2023-12-31"]
        contracts.append([f"HT-{number}", PARTIES[low], PARTIES[high], segment, *dates])
    head = ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"]
    write_csv(folder / "合同.csv", head, contracts, encoding="gb18030")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "账号"
    sheet.append(["平台", "账号", "使用方"])
    for at in range(20):
        sheet.append([PARTIES[0], f"80{at:02}", PARTIES[at + 5]])
    sheet = book.create_sheet("报案")
    sheet.append(["涉诈号码", "收到时间", "受害人", "损失金额"])
    for at in range(200):
        sheet.append([CODES[at % 3] + str(at % 90), "2023-07-05", f"受害人{at % 50}", 100 + at])
    book.save(folder / "台账.xlsx")
    rows: list[list[str]] = []
    for name in ("日志一.csv", "日志二.csv", "日志三.csv"):
        repeated = chance.sample(rows, len(rows) // 20)
        fresh = [_log_row(chance, f"{name}-{at}") for at in range(4000)]
        write_csv(folder / name, LOG_HEAD, [*fresh, *repeated])
        rows += fresh
    wrong = [["never", *_log_row(chance, f"x{at}")[1:]] for at in range(bad)]
    write_csv(folder / "日志坏.csv", LOG_HEAD, [*wrong, *rows[:500]])
    return folder


LOG_HEAD = ["发送时间", "源号码", "上游", "账号", "消息ID", "条数"]


def _log_row(chance: random.Random, message: str) -> list[str]:
    at = datetime(2023, 7, 1) + timedelta(seconds=chance.randrange(10 * 86400))  # noqa: DTZ001
    number = chance.choice(CODES) + str(chance.randrange(90))
    account = f"80{chance.randrange(25):02}"  # some resolve to nobody
    return [at.isoformat(" "), number, PARTIES[0], account, message, str(chance.randrange(1, 4))]


def write_csv(file: Path, head: list[str], rows: list[list[str]], encoding: str = "utf-8") -> Path:
    """Write a table."""
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows(rows)
    return file


@dataclass(frozen=True)
class Content:
    """What a database holds, but for who loaded it and when."""

    traces: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    sources: tuple[tuple[int, SourceSheet, tuple[Note, ...], tuple[int, ...]], ...]


def content(database: str, codes: tuple[str, ...] = CODES) -> Content:
    """Read what a database holds."""
    engine = open_engine(database, create=False)
    with engine.connect() as conn:
        traces = tuple(_json(examine_number(conn, code, ALL_DAYS)) for code in codes)
        counts = tuple(
            (table.name, conn.execute(select(func.count()).select_from(table)).scalar_one())
            for table in metadata.sorted_tables
            if table.name not in {"events", "deliveries"}
        )
        found = list_sources(conn)
    engine.dispose()
    sources = tuple((entry.id, entry.sheet, entry.report.notes, figures(entry)) for entry in found)
    return Content(traces, counts, sources)


def figures(entry: SourceEntry) -> tuple[int, ...]:
    """Give what a source's report counts."""
    report = entry.report
    return (report.rows, report.loaded, report.rejected, report.duplicates)


class Warm:
    """A process in which everything is imported; it forks one `tracer` after the other."""

    def __init__(self, folder: Path) -> None:
        self._out, self._err = folder / "out.txt", folder / "err.txt"
        self.scratch = folder / "scratch"
        self.scratch.mkdir(exist_ok=True)
        env = os.environ | {"PYTHONPATH": str(HOME), "TMPDIR": str(self.scratch)}
        env.pop("TRACER_DB", None)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WARM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            cwd=folder,
        )

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def run(
        self, *words: str, signal_number: int = 0, after: float = 0.0, when: str = ""
    ) -> "Ended":
        """Run `tracer` on some words; a signal may be sent so many seconds after it began.

        Parameters
        ----------
        signal_number : int
            None is sent if 0.
        after : float
            Seconds after the start, or after there is a file or folder as `when` says.
        when : str
            A glob.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked: dict[str, object] = {"words": words, "out": str(self._out), "err": str(self._err)}
        asked |= {"signal": signal_number, "after": after, "when": when}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status, seconds = json.loads(self._process.stdout.readline())
        return Ended(status, seconds, self._out.read_text("utf-8"), self._err.read_text("utf-8"))


@dataclass(frozen=True)
class Ended:
    """What became of one `tracer`: its exit status (a signal's is negative), and what it said."""

    status: int
    seconds: float
    stdout: str
    stderr: str


class _HookedFile(io.FileIO):
    """A file that does something once so many bytes of it have been read."""

    hook: "ReadHook"

    def readinto(self, buffer: Any, /) -> int | None:
        self.hook.reached(self.tell())
        return super().readinto(buffer)


class ReadHook:
    """Does something in the middle of the reading of a file, once it is being kept.

    Parameters
    ----------
    file : pathlib.Path
        The file.
    do : callable
        May write to the file, or raise what a failing disk would.
    after : int
        At which byte.
    """

    def __init__(
        self, patch: pytest.MonkeyPatch, file: Path, do: Callable[[], object], after: int = 0
    ) -> None:
        self._do, self._after = do, after
        self._armed = False
        self.times = 0
        plain_open, plain_attempt = Path.open, Keeper._attempt

        def hooked_open(path: Path, *args: Any, **options: Any) -> Any:
            if not self._armed or path.name != file.name or args[:1] != ("rb",):
                return plain_open(path, *args, **options)
            raw = _HookedFile(path)
            raw.hook = self
            return io.BufferedReader(raw, 512)

        def hooked_attempt(keeper: Keeper, job: Job, **options: Any) -> None:
            self._armed = job.file.name == file.name and self.times == 0
            try:
                plain_attempt(keeper, job, **options)
            finally:
                self._armed = False

        patch.setattr(Path, "open", hooked_open)
        patch.setattr(Keeper, "_attempt", hooked_attempt)

    def reached(self, place: int) -> None:
        """Act, the first time it comes to this."""
        if place >= self._after and self._armed:
            self._armed = False
            self.times += 1
            self._do()


def _json(examined: ExaminedTrace) -> str:
    return trace_json(examined.trace, examined.findings)
