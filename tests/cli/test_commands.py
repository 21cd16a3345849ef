"""Every command against stand-ins for the use cases: what it asks of them, prints, ends with."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from tracer.errors import NothingOnRecord, UsageError
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.event import GENESIS, Event
from tracer.model.load import RejectedRow, SourceReport, SourceSheet
from tracer.model.period import ALL_DAYS, Period
from tracer.rules.examined import ExaminedTrace
from tracer.store.check import Soundness

Run = Callable[..., Result]
DIGEST = "cd" * 32


@dataclass
class Asked:
    """What a stand-in was called with."""

    args: tuple[Any, ...] = ()
    options: dict[str, Any] | None = None


class Engine:
    def __init__(self, target: str) -> None:
        self.target = target

    @contextmanager
    def connect(self) -> Iterator["Engine"]:
        yield self


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Asked]:
    """Put a stand-in where a use case would be; remember what it is asked."""
    opener = SimpleNamespace(
        open_engine=lambda target, **_: Engine(target),
        plain_engine=lambda target, **_: Engine(target),
    )
    monkeypatch.setitem(sys.modules, "tracer.store.engine", opener)

    def place(module: str, name: str, answer: object, **others: object) -> Asked:
        asked = Asked()

        def call(*args: Any, **options: Any) -> object:
            asked.args, asked.options = args, options
            if isinstance(answer, Exception):
                raise answer
            return answer

        full = f"tracer.usecases.{module}"
        monkeypatch.setitem(sys.modules, full, SimpleNamespace(**{name: call}, **others))
        # `from tracer.usecases import database` looks at the package first.
        import tracer.usecases

        monkeypatch.setattr(tracer.usecases, module, sys.modules[full], raising=False)
        return asked

    return place


@dataclass
class LoadOptions:
    encoding: str | None = None
    profile: str | None = None
    party_a: str | None = None
    reported_by: str | None = None
    timezone: str | None = None
    adds_to: int | None = None
    dry_run: bool = False
    keep_recipients: bool = False
    operator: str = ""
    engine: str = "duckdb"
    scratch: Path | None = None


def _report(*files: SourceReport, unusable: tuple[UsageError, ...] = ()) -> SimpleNamespace:
    counts = {
        name: sum(getattr(each, name) for each in files)
        for name in ("rows", "loaded", "rejected", "duplicates")
    }
    return SimpleNamespace(files=files, unusable=unusable, delivery=3, notes=(), **counts)


GOOD = SourceReport("case/a.csv", None, DIGEST, "sm", "contracts", "gb18030", 9, 7, 2, 0)
OTHER = SourceReport("case/b.xlsx", "说明", DIGEST, "sm", None, None, 0, 0, 0, 0)


def test_load_passes_every_option_on(run: Run, stand_in: Any, tmp_path: Path) -> None:
    database = tmp_path / "case.db"
    database.touch()
    asked = stand_in("load", "load_paths", _report(GOOD), LoadOptions=LoadOptions)
    result = run(
        "--db", str(database), "load", "case", "more.csv", "--encoding", "gbk",
        "--party-a", "UPSTREAM", "--reported-by", "甲", "--timezone", "Asia/Urumqi",
        "--adds-to", "2", "--dry-run", "--profile", "sgip", "--engine", "SPARK",
        "--scratch", str(tmp_path), "--keep-recipients", "--by", "王某",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    engine, paths, options = asked.args
    assert engine.target == str(database)
    assert paths == [Path("case"), Path("more.csv")]
    assert options == LoadOptions(
        "gbk", "sgip", "upstream", "甲", "Asia/Urumqi", 2, True, True, "王某", "spark", tmp_path
    )
    assert asked.options is not None
    assert asked.options["now"]().tzinfo is not None
    assert asked.options["progress"] is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("合计", "编码", "拒收", "（未识别，已跳过）", "批次 3", "tracer rejects", "gb18030")),
     ("en", ("Total", "Encoding", "Rejected", "(no table, skipped)", "Delivery 3"))],
)  # fmt: skip
def test_load_reports_each_file_and_sums(
    run: Run, stand_in: Any, lang: str, words: tuple[str, ...]
) -> None:
    stand_in("load", "load_paths", _report(GOOD, OTHER), LoadOptions=LoadOptions)
    result = run("--lang", lang, "load", "case")
    assert (result.exit_code, result.stderr) == (0, "")
    assert all(word in result.stdout for word in words)
    assert "case/b.xlsx" in result.stdout


def test_load_as_json(run: Run, stand_in: Any) -> None:
    stand_in("load", "load_paths", _report(GOOD, OTHER), LoadOptions=LoadOptions)
    document = json.loads(run("load", "case", "--format", "json").stdout)
    assert document["schema"] == "tracer.load/1"
    assert document["loaded"] == 7
    assert document["files"][1]["table"] is None


def test_an_unusable_input_is_told_and_the_rest_reported(run: Run, stand_in: Any) -> None:
    bad = UsageError("file_refused", path="case/x.bin", what="?")
    stand_in("load", "load_paths", _report(GOOD, unusable=(bad, bad)), LoadOptions=LoadOptions)
    result = run("load", "case", "--strict")
    assert result.exit_code == 2
    assert "case/a.csv" in result.stdout
    assert result.stderr.splitlines() == ["错误：无法读写 case/x.bin：?。"] * 2


def test_strict_ends_with_5_only_where_rows_were_rejected(run: Run, stand_in: Any) -> None:
    stand_in("load", "load_paths", _report(GOOD), LoadOptions=LoadOptions)
    strict = run("--lang", "en", "load", "case", "--strict")
    assert strict.exit_code == 5
    assert strict.stderr.startswith("Error: 2 rows were rejected")
    assert "case/a.csv" in strict.stdout
    assert run("load", "case").exit_code == 0
    clean = SourceReport("a.csv", None, DIGEST, "sm", "contracts", "utf-8", 7, 7, 0, 0)
    stand_in("load", "load_paths", _report(clean), LoadOptions=LoadOptions)
    assert run("load", "case", "--strict").exit_code == 0


def test_trace_asks_for_number_and_window(run: Run, stand_in: Any, papers: Any) -> None:
    asked = stand_in("trace", "examine_number", ExaminedTrace(papers.simple(), ()))
    result = run("trace", "10687415XXXX", "--from", "2023年7月1日", "--max-chains", "5")
    assert result.exit_code == 0, result.stderr
    assert asked.args[1:] == ("10687415", Period(date(2023, 7, 1), None))
    assert asked.options == {"max_chains": 5, "min_grade": None}
    run("trace", "10687415")
    assert asked.args[2] == ALL_DAYS
    assert asked.options == {"max_chains": 1000, "min_grade": None}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_trace_draws_a_tree_unless_told_otherwise(
    run: Run, stand_in: Any, papers: Any, golden: Any, lang: str
) -> None:
    stand_in("trace", "examine_number", ExaminedTrace(papers.simple(), ()))
    plain = run("--lang", lang, "trace", "10687415")
    golden(f"simple.{lang}.txt", plain.stdout)
    assert run("--lang", lang, "trace", "10687415", "--format", "tree").stdout == plain.stdout
    table = run("--lang", lang, "trace", "10687415", "--format", "table")
    golden(f"simple.tables.{lang}.txt", table.stdout)


def test_trace_as_data(run: Run, stand_in: Any, papers: Any) -> None:
    stand_in("trace", "examine_number", ExaminedTrace(papers.simple(), ()))
    document = json.loads(run("trace", "10687415", "--format", "json").stdout)
    assert document["schema"] == "tracer.trace/1"
    table = run("trace", "10687415", "--format", "csv").stdout
    assert table.startswith("\ufeffnumber,")
    assert len(table.splitlines()) == 3


def test_all_is_handed_on(run: Run, stand_in: Any, papers: Any) -> None:
    stand_in("trace", "examine_number", ExaminedTrace(papers.circle(), ()))
    assert "链路 2 条" in run("trace", "106").stdout
    assert "链路 3 条" in run("trace", "106", "--all").stdout


def test_nobody_on_record(run: Run, stand_in: Any) -> None:
    stand_in("trace", "examine_number", NothingOnRecord("reason_blank"))
    result = run("trace", "10699999")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.count("\n") == 1


def test_render(run: Run, stand_in: Any) -> None:
    asked = stand_in("render", "render_file", None)
    result = run("--lang", "en", "render", "106874", "1069", "106874", "--out", "a.html", "--on",
                 "2023-07-05")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    day = date(2023, 7, 5)
    assert asked.args[1:] == (["106874", "1069"], Path("a.html"), Period(day, day), "en")
    assert result.stdout == "a.html\n"


def test_render_on_larger_paper(run: Run, stand_in: Any) -> None:
    asked = stand_in("render", "render_file", None)
    assert run("render", "106874", "--out", "a.pdf", "--paper", "A3").exit_code == 0
    assert asked.options["paper"] == "a3"
    result = run("--lang", "en", "render", "106874", "--out", "a.pdf", "--paper", "letter")
    assert result.exit_code == 2
    assert "a4 | a3" in result.stderr


def test_template(run: Run, stand_in: Any) -> None:
    asked = stand_in("template", "write_template", (Path("t/a.xlsx"), Path("t/case.toml")))
    result = run("--lang", "en", "template", "t")
    assert asked.args == (Path("t"), "en")
    assert result.stdout.splitlines() == [str(Path("t/a.xlsx")), str(Path("t/case.toml"))]


def test_demo(run: Run, stand_in: Any, papers: Any) -> None:
    answer = SimpleNamespace(
        database=Path("d/tracer.db"),
        pages=(Path("d/1.html"),),
        jsons=(Path("d/1.json"),),
        traces=(ExaminedTrace(papers.simple(), ()), ExaminedTrace(papers.circle(), ())),
        report=_report(GOOD),
    )
    asked = stand_in("demo", "run_demo", answer)
    result = run("demo", "--out", "d")
    assert result.exit_code == 0, result.stderr
    assert asked.args == (Path("d"), "zh")
    assert result.stdout.count("10687415 的流转") == 2
    for name in ("tracer.db", "1.html", "1.json"):
        assert str(Path("d") / name) in result.stdout


def _entry(number: int, *, gone: bool = False) -> SimpleNamespace:
    sheet = SourceSheet("case/a.csv", 0, None, DIGEST, "sm", 99, "contracts", "gb18030", 1)
    retraction = SimpleNamespace(event=5, at="2026-01-02", operator="李", reason="重复")
    return SimpleNamespace(
        id=number,
        sheet=sheet,
        report=GOOD,
        delivery=3,
        operator="王",
        at="2026-01-01T00:00:00+08:00",
        retraction=retraction if gone else None,
    )


def test_sources(run: Run, stand_in: Any) -> None:
    zone = {"case_zone": lambda _: "Asia/Urumqi"}
    stand_in("sources", "list_sources", (_entry(1), _entry(2, gone=True)), **zone)
    text = run("sources").stdout
    assert "2026-01-02 00:00:00+06:00 李：重复" in text
    assert text.count("  2025-12-31 22:00:00+06:00") == 2
    assert len(text.splitlines()) == 3
    document = json.loads(run("sources", "--format", "json").stdout)
    assert [each["retracted_by"] for each in document["sources"]] == [None, "李"]
    assert run("sources", "--format", "csv").stdout.count("\n") == 3
    stand_in("sources", "list_sources", (), **zone)
    assert run("--lang", "en", "sources").stdout == "Nothing has been loaded.\n"


def test_retract(run: Run, stand_in: Any) -> None:
    asked = stand_in("sources", "retract", None)
    result = run("sources", "retract", "7", "--reason", " 重复 ", "--by", "王")
    assert result.exit_code == 0, result.stderr
    assert asked.args[1:4] == (7, "重复", "王")
    assert asked.args[4]().tzinfo is not None
    assert (result.stdout, result.stderr) == ("", "来源 7 已撤回，不再计入任何结果。\n")
    assert run("--quiet", "sources", "retract", "7", "--reason", "x").stderr == ""


def test_rejects(run: Run, stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracer.messages import catalogue

    monkeypatch.setitem(catalogue.TEXTS, "reason.made_up", ("不是日期：{text}", "no date: {text}"))
    told = Diagnostic(12, "生效日期", "合计,=1+1", "made_up", {"text": "合计"})
    found = RejectedRow("case/a.xlsx", "合同", told)
    asked = stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([found]), faults=()))
    result = run("rejects", "--source", "4")
    assert asked.args[1:] == (4,)
    assert "不是日期：合计" in result.stdout
    assert "12" in result.stdout
    stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([found]), faults=()))
    (row,) = json.loads(run("rejects", "--format", "json").stdout)["rows"]
    assert (row["sheet"], row["row"], row["reason"]) == ("合同", 12, "made_up")
    stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([found]), faults=()))
    assert "合计" in run("rejects", "--format", "csv").stdout
    stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([]), faults=()))
    assert run("--lang", "en", "rejects").stdout == "No row was rejected.\n"


def test_rejects_in_a_file_that_is_gone(run: Run, stand_in: Any) -> None:
    """What there is comes out; what does not is named, and the exit status says so."""
    found = RejectedRow("a.csv", None, Diagnostic(2, None, "甲", "total_line"))
    gone = Note("rejects_file_missing", {"path": "x.parquet", "digest": "ab" * 32, "rows": 7})
    stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([found]), faults=(gone,)))
    result = run("--quiet", "--lang", "en", "rejects", "--format", "json")
    assert result.exit_code == 6
    assert [row["row"] for row in json.loads(result.stdout)["rows"]] == [2]
    assert "x.parquet" in result.stderr
    stand_in("rejects", "list_rejects", SimpleNamespace(rows=iter([found]), faults=(gone,)))
    assert "7 more rejected rows" in run("--lang", "en", "rejects").stderr


EVENTS = (
    Event(1, "2026-01-01T00:00:00+08:00", "王", "load", {"b": 1, "a": "甲"}, GENESIS, "ab" * 32),
    Event(2, "2026-01-02T00:00:00+08:00", "李", "odd", {}, "ab" * 32, "cd" * 32),
)


def test_log(run: Run, stand_in: Any) -> None:
    stand_in("log", "read_log", EVENTS, verify_log=lambda _: None)
    lines = run("log").stdout.splitlines()
    assert len(lines) == 4
    assert "载入" in lines[1]
    assert '{"a": "甲", "b": 1}' in lines[1]
    assert "odd" in lines[2]
    told = json.loads(run("log", "--format", "json").stdout)
    assert told["schema"] == "tracer.log/1"
    assert [Event(**each) for each in told["events"]] == list(EVENTS)
    intact = run("--lang", "en", "log", "--verify")
    assert intact.exit_code == 0
    assert "2 entries" in intact.stdout
    assert "cd" * 32 in intact.stdout


def test_a_log_that_was_altered(run: Run, stand_in: Any) -> None:
    stand_in("log", "read_log", EVENTS, verify_log=lambda _: 2)
    result = run("log", "--verify")
    assert (result.exit_code, result.stdout) == (6, "")
    assert "第 2 条" in result.stderr


def test_db_upgrade(run: Run, stand_in: Any) -> None:
    stand_in("database", "upgrade", (None, "0001"))
    assert run("--lang", "en", "db", "upgrade").stdout == "Schema upgraded from – to 0001.\n"
    stand_in("database", "upgrade", ("0001", "0001"))
    assert run("db", "upgrade").stdout == "数据库结构已是最新版本 0001。\n"


def test_db_check(run: Run, stand_in: Any) -> None:
    stand_in("database", "check", Soundness())
    assert run("db", "check").exit_code == 0
    gone = (Note("db_files_gone", {"count": 2}),)
    stand_in("database", "check", Soundness((), gone))
    result = run("--lang", "en", "db", "check")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 source files are no longer where they were")
    found = (Note("db_event_chain", {"event": 3}), Note("db_integrity", {"detail": "x\x1b"}))
    stand_in("database", "check", Soundness(found, gone))
    result = run("--lang", "en", "db", "check")
    assert result.exit_code == 6
    assert result.stdout.count("\n") == 3
    assert "x\\x1b" in result.stdout
    assert "2 problems" in result.stderr


def test_db_info(run: Run, stand_in: Any) -> None:
    answer = SimpleNamespace(
        url="x.db", dialect="sqlite", schema="0001", counts=(("contracts", 1234), ("parties", 5))
    )
    stand_in("database", "info", answer)
    text = run("--lang", "en", "db", "info").stdout
    assert text.splitlines()[2:] == ["Schema    0001", "contracts  1,234", "parties        5"]


def test_the_database_from_the_environment(
    run: Run, stand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = stand_in("log", "read_log", (), verify_log=None)
    run("log")
    assert asked.args[0].target == "tracer.db"
    monkeypatch.setenv("TRACER_DB", "env.db")
    run("log")
    assert asked.args[0].target == "env.db"
    run("--db", "said.db", "log")
    assert asked.args[0].target == "said.db"


def test_our_own_fault_is_one_line(run: Run, stand_in: Any) -> None:
    stand_in("log", "read_log", ZeroDivisionError("secret"), verify_log=None)
    result = run("--lang", "en", "log")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "ZeroDivisionError" in result.stderr
    assert "secret" not in result.stderr
