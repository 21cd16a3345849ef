"""An audit shared out to processes: the same answer, of one state, and nothing left running."""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from tracer import Case, NothingOnRecord, UsageError, open_case
from tracer.errors import IntegrityError, TracerError
from tracer.model.period import ALL_DAYS, Period
from tracer.rules.audited import Audit, AuditFilter
from tracer.store.codes import Code
from tracer.store.engine import is_shared, open_engine
from tracer.usecases import workers as sharing
from tracer.usecases.audit import audit_codes
from tracer.usecases.workers import Workers, worth_dealing

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = datetime(2026, 1, 1, tzinfo=UTC)
WriteTable = Callable[..., Path]
ALLOCATED = [["码号", "持有人"], *([f"1069000{n}", "甲公司"] for n in range(1, 5))]


@pytest.fixture(autouse=True)
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "CODES_DEALT", 7)


@pytest.fixture
def nobody_left() -> Iterator[None]:
    yield
    for child in multiprocessing.active_children():
        child.join(20)
    assert not multiprocessing.active_children()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("audit") / "案 件.db"
    with open_case(file, now=lambda: AT) as case:
        case.load([EXAMPLES / "audit"])
    return str(file)


@pytest.fixture
def small(case: Case, database: str, write_table: WriteTable) -> str:
    case.load([write_table("分配.csv", ALLOCATED)])
    return database


def audit(database: str, count: int, *, before: Callable[[], object] = bool, **how: Any) -> Audit:
    engine = open_engine(database)
    try:
        with engine.connect() as conn:
            how = {"window": ALL_DAYS, "asked": AuditFilter(), **how}
            conn.exec_driver_sql("SELECT count(*) FROM events")  # the transaction begins
            before()
            return audit_codes(conn, workers=Workers(database, count), **how)
    finally:
        engine.dispose()


@pytest.mark.usefixtures("nobody_left")
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"keep_findings": False},
        {"window": Period(date(2024, 3, 1), date(2024, 9, 30)), "max_chains": 2},
    ],
    ids=["all", "counted", "window"],
)
def test_the_answer_is_that_of_one_process(example: str, how: dict[str, Any]) -> None:
    alone, shared = audit(example, 1, **how), audit(example, 2, **how)
    assert len(alone.codes) > 2 * sharing.CODES_DEALT
    assert repr(shared) == repr(alone)


@pytest.mark.usefixtures("nobody_left")
def test_progress_is_told_share_by_share(example: str) -> None:
    told: list[tuple[int, int]] = []
    audit(example, 2, progress=lambda *at: told.append(at))
    count = told[0][1]
    steps = [later - done for (done, _), (later, _) in pairwise(told)]
    assert {of for _, of in told} == {count}
    assert (told[0][0], sum(steps), told[-1][0]) == (0, count, count)
    assert steps == sorted(steps, reverse=True)  # smaller and smaller
    assert 2 < len(steps) < count


@pytest.mark.usefixtures("nobody_left")
def test_what_nobody_holds_is_told_as_by_one_process(
    small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "CODES_DEALT", 1)
    asked = AuditFilter(authority="无此机关")
    with pytest.raises(NothingOnRecord) as caught:
        audit(small, 2, asked=asked)
    assert caught.value.key == "audit_nothing"


@pytest.mark.usefixtures("nobody_left")
def test_workers_read_what_kind_of_database_it_is(
    case: Case, small: str, write_table: WriteTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "CODES_DEALT", 1)
    chain = [("甲公司", "乙公司"), ("乙公司", "丙公司"), ("乙公司", "丁公司")]
    rows = [
        [f"HT-{n}-{code}", *ends, code, "禁止"]
        for n, ends in enumerate(chain)
        for code in ("10690001", "10690002", "1069000299", "10690004")
    ]
    rows.append(["HT-补", "甲公司", "乙公司", "95001", "允许"])
    rows[-1].append("HT-0-10690004")
    headed = [["合同编号", "上游", "下游", "号段", "转租条款", "主合同编号"]]
    case.load([write_table("合同.csv", headed + [[*row, ""][:6] for row in rows])])
    for keep in (True, False):
        alone, shared = (audit(small, count, keep_findings=keep) for count in (1, 2))
        assert repr(shared) == repr(alone)
    found = {each.code: each.findings for each in alone.codes}
    assert found["10690001"]["TR202"] == 2
    assert "TR202" not in found["10690004"]  # the supplement, under another code, allows it
    assert found["10690002"]["TR206"] == 1
    assert not found["10690003"]


@pytest.mark.usefixtures("nobody_left")
def test_a_write_in_between_is_refused(
    case: Case, small: str, write_table: WriteTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "CODES_DEALT", 1)
    later = write_table("另.csv", [["码号", "持有人"], ["10690009", "乙公司"]], folder="later")
    with pytest.raises(UsageError) as caught:
        audit(small, 2, before=lambda: case.load([later]))
    assert caught.value.key == "audit_outdated"
    assert "\n" not in caught.value.message("zh")
    assert len(audit(small, 2).codes) == 5


@pytest.mark.usefixtures("nobody_left")
def test_a_lost_worker_is_told_in_one_line(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def and_lose_them() -> Iterator[None]:
        yield
        for child in multiprocessing.active_children():
            child.kill()

    monkeypatch.setattr(sharing, "_uninterrupted", and_lose_them)
    with pytest.raises(UsageError) as caught:
        audit(example, 2)
    assert caught.value.key == "audit_worker_lost"
    assert "--workers 1" in caught.value.message("en")


@pytest.mark.usefixtures("nobody_left")
def test_ctrl_c_ends_all(example: str) -> None:
    running: list[int] = []

    def break_off(done: int, _: int) -> None:
        if done:
            running.extend(child.pid or 0 for child in multiprocessing.active_children())
            for pid in running:
                os.kill(pid, signal.SIGINT)  # as a terminal does: they leave it to the program
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(example, 2, progress=break_off)
    assert len(running) == 2


@pytest.mark.parametrize(
    ("count", "codes", "started"), [(2, 14, 2), (2, 13, 1), (8, 30, 4), (1, 99, 1), (4, 6, 0)]
)
def test_no_more_workers_than_pay(count: int, codes: int, started: int, tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "a.db"))
    with engine.connect() as conn:
        assert worth_dealing(conn, Workers("a.db", count), codes) == started
    engine.dispose()


def test_what_is_in_memory_stays_in_one_process() -> None:
    engine: Engine = create_engine("sqlite://")
    assert not is_shared(engine)
    with engine.connect() as conn:
        assert worth_dealing(conn, Workers(":memory:", 8), 1000) == 1


@pytest.mark.parametrize(("number", "count"), [(0, 2), (1, 2), (100, 2), (5000, 2), (57, 8)])
def test_every_code_is_dealt_once_and_in_order(number: int, count: int) -> None:
    codes = [Code(str(each)) for each in range(number)]
    shares = list(sharing._deal(codes, count))
    assert [code for share in shares for code in share] == codes
    assert all(1 <= len(share) <= sharing.CODES_DEALT for share in shares)


@pytest.mark.parametrize("kind", [UsageError, IntegrityError, NothingOnRecord])
def test_errors_travel_between_processes(kind: type[TracerError]) -> None:
    sent = kind("audit_outdated", database="案件.db")
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is kind
    assert (came.key, came.values, str(came)) == (sent.key, sent.values, str(sent))


def test_a_worker_that_cannot_begin_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that came to no share before may fail where the others wait for it to hand in."""
    waiting = Barrier(2, timeout=20)
    monkeypatch.setattr(sharing._Here, "all_done", waiting, raising=False)

    class Able:
        def hand_in(self) -> str:
            return "sums"

    def begin(job: str) -> Able:
        if job == "outdated":
            while not waiting.n_waiting:
                sleep(0.001)
            raise UsageError("audit_outdated", database="x")
        return Able()

    monkeypatch.setattr(sharing, "_worker", begin)
    began = monotonic()
    with ThreadPoolExecutor(2) as pool:
        able, unable = (pool.submit(sharing._hand_in, job) for job in ("able", "outdated"))  # type: ignore[arg-type]
        assert able.result() == "sums"
        with pytest.raises(UsageError) as refused:
            unable.result()
    assert refused.value.key == "audit_outdated"
    assert monotonic() - began < 15  # not by the barrier's own end of patience
