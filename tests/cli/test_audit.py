"""`tracer audit` in a terminal: options, formats, errors, the table."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import Result

from tests.report.audits import full_audit, make_audit, make_code
from tracer import open_case
from tracer.cli.audit_table import audit_lines
from tracer.cli.output import plain
from tracer.usecases.workers import Workers

EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("audit") / "case.db"
    with open_case(file, now=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as case:
        case.load([EXAMPLE])
    return str(file)


def test_the_table(run: Run, loaded: str) -> None:
    result = run("--db", loaded, "--lang", "zh", "audit")
    assert (result.exit_code, result.stderr) == (0, "")
    for words in ("10687415", "10684500", "广东某科技公司", "TR201×", "排序：", "线索", "不完整"):
        assert words in result.stdout
    english = run("--db", loaded, "--lang", "en", "audit", "--class", "10684").stdout
    assert "10687415" not in english
    assert "Order: most incidents first" in english


def test_formats(run: Run, loaded: str) -> None:
    document = json.loads(run("--db", loaded, "audit", "--format", "JSON").stdout)
    assert document["schema"] == "tracer.audit/1"
    assert len(document["findings"]) > 0
    lines = run("--db", loaded, "audit", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("\ufeffcode,")
    assert len(lines) == 1 + len(document["codes"])


@pytest.mark.parametrize("count", ["1", "３"])
def test_workers_change_nothing(run: Run, loaded: str, count: str) -> None:
    usual = run("--db", loaded, "audit", "--format", "json")
    stated = run("--db", loaded, "audit", "--format", "json", "--workers", count)
    assert (stated.exit_code, stated.stdout) == (0, usual.stdout)


def test_a_count_of_workers_is_a_number(run: Run, loaded: str) -> None:
    result = run("--db", loaded, "--lang", "en", "audit", "--workers", "0")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--workers" in result.stderr


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (64, 8)])
def test_a_process_for_every_core_up_to_a_few(
    run: Run, loaded: str, monkeypatch: pytest.MonkeyPatch, cores: int, workers: int
) -> None:
    told = []

    def count(_conn: object, asked: Workers, _codes: int) -> int:
        told.append((asked.database, asked.count))
        return 1

    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr("tracer.usecases.audit.worth_dealing", count)
    assert run("--db", loaded, "audit").exit_code == 0
    assert told == [(loaded, workers)]


def test_files(run: Run, loaded: str, tmp_path: Path) -> None:
    for form in ("json", "csv", "xlsx", "html"):
        out = tmp_path / f"a.{form}"
        result = run("--db", loaded, "audit", "--out", str(out), "--format", form)
        assert (result.exit_code, result.stdout.strip()) == (0, str(out))
        assert out.stat().st_size > 100
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["findings"]


def test_pages(run: Run, loaded: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "pages", tmp_path / "a.html"
    result = run(
        "--db", loaded, "--lang", "en", "audit", "--class", "10687", "--out", str(out),
        "--pages", str(folder),
    )  # fmt: skip
    assert result.exit_code == 0
    assert "Pages of 1 code " in result.stderr
    assert [each.name for each in folder.iterdir()] == ["10687415.html"]
    assert 'href="pages/10687415.html"' in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--format", "xlsx"), 2, "--out"),
        (("--format", "html"), 2, "--out"),
        (("--format", "tree"), 2, "table | json | csv | xlsx | html | pdf"),
        (("--out", "a.docx"), 2, ".xlsx"),
        (("--out", "a.json", "--format", "csv"), 2, "a.json"),
        (("--class", "abc"), 2, "abc"),
        (("--from", "2024-01-01", "--to", "2023-01-01"), 2, "2024-01-01"),
        (("--class", "1062"), 4, "--class"),
        (("--holder", "无此公司"), 4, "无此公司"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Run, loaded: str, words: tuple[str, ...], status: int, said: str
) -> None:
    result = run("--db", loaded, "--lang", "en", "audit", *words)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("a.json").exists()


def test_a_long_table_is_cut_and_says_so() -> None:
    audit = make_audit(*(make_code(f"1069{n:04d}", "H") for n in range(60)))
    cut, whole = (plain(audit_lines(audit, "en", most)) for most in (50, None))
    assert "10 more codes; --all" in cut
    assert (cut.count("\n1069"), whole.count("\n1069")) == (50, 60)
    assert "more codes" not in whole


def test_the_table_names_a_few_senders_and_the_matter() -> None:
    said = plain(audit_lines(full_audit(), "zh", None))
    assert "河北某公司、丙 +2" in said
    assert "1069（仅此号码）" in said
    assert "开通用户不是持有人" in said
    assert "170,000.00" in said


def test_a_name_cannot_steer_the_terminal() -> None:
    said = plain(audit_lines(make_audit(make_code("10690001", "甲\x1b[2J\u202e")), "zh", None))
    assert "\x1b" not in said
    assert "\u202e" not in said
