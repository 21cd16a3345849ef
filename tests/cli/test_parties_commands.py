"""The commands that decide who is who, on a small case."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tracer.cli.app import build_app

NUMBER = "10687415"
Run = Callable[..., Result]


@pytest.fixture
def on_case(tmp_path: Path) -> Run:
    """Run a command on a case whose chain two spellings hide."""
    (tmp_path / "a.csv").write_text(f"码号,持有人\n{NUMBER},甲公司\n", encoding="utf-8")
    term = f"{NUMBER},2023-01-01,2023-12-31"
    (tmp_path / "c.csv").write_text(
        "合同编号,上游,下游,号段,生效日期,终止日期\n"
        f"C1,甲公司,乙公司,{term}\nC2,乙厂,丙公司,{term}\n",
        encoding="utf-8",
    )
    runner, app = CliRunner(), build_app("en")

    def run(*words: str, db: str = "case.db") -> Result:
        return runner.invoke(app, ["--db", str(tmp_path / db), *words])

    for db in ("case.db", "other.db"):
        loaded = run("load", str(tmp_path / "a.csv"), str(tmp_path / "c.csv"), db=db)
        assert loaded.exit_code == 0, loaded.output
    return run


def gaps(run: Run, db: str = "case.db") -> int:
    return len(json.loads(run("trace", NUMBER, "--format", "json", db=db).stdout)["gaps"])


def test_a_decision_is_made_carried_and_taken_back(on_case: Run, tmp_path: Path) -> None:
    said = on_case("parties", "merge", "乙公司", "乙厂", "--reason", "same licence", "--by", "Z")
    assert "Decided to be one party: 乙公司 (event 3" in said.stderr
    assert gaps(on_case) == 0
    tree = on_case("trace", NUMBER).stdout
    assert "Also written in the papers" in tree
    assert "乙公司 · decided, event 3 · 乙厂" in tree
    out = tmp_path / "d.json"
    assert on_case("parties", "decisions", "--out", str(out)).exit_code == 0
    assert on_case("parties", "decisions").stdout == out.read_text(encoding="utf-8")
    applied = on_case("parties", "apply", str(out), db="other.db")
    assert applied.stdout == "Taken over 1, held already 0, left out 0.\n"
    assert gaps(on_case, "other.db") == 0
    assert "held already 1" in on_case("parties", "apply", str(out), db="other.db").stdout
    assert (
        "Called from now on: 乙"
        in on_case("parties", "rename", "乙厂", "乙", "--reason", "short").stderr
    )
    assert on_case("undo", "3", "--reason", "wrong").exit_code != 0
    assert "Taken apart: 乙" in on_case("parties", "split", "乙", "--reason", "wrong").stderr
    assert gaps(on_case) == 1
    assert "Taken back: event 5 (split)" in on_case("undo", "5", "--reason", "right").stderr
    assert gaps(on_case) == 0


def test_a_decision_that_does_not_match_is_said(on_case: Run, tmp_path: Path) -> None:
    on_case("parties", "merge", "乙公司", "乙厂", "--reason", "same", "--by", "Z")
    out = tmp_path / "d.json"
    text = on_case("parties", "decisions").stdout.replace("乙厂", "戊厂")
    out.write_text(text, encoding="utf-8")
    said = on_case("parties", "apply", str(out), db="other.db").stdout
    assert "Left out (merge, 乙公司、戊厂)" in said
    assert gaps(on_case, "other.db") == 1


def test_a_reason_must_be_given(on_case: Run) -> None:
    assert on_case("parties", "merge", "乙公司", "乙厂", "--reason", " ").exit_code != 0
    assert on_case("parties", "merge", "乙公司", "乙厂").exit_code != 0
    assert on_case("parties", "apply", "none.json").exit_code != 0
    assert gaps(on_case) == 1


def test_a_value_is_put_right(on_case: Run) -> None:
    document = json.loads(on_case("trace", NUMBER, "--format", "json").stdout)
    record = next(h["records"][0] for h in document["hops"] if h["upstream"] == "乙厂")
    said = on_case("correct", record, "上游", "乙公司", "--reason", "misread", "--by", "Z")
    assert "Put right, 上游: 乙厂 → 乙公司 (event 3" in said.stderr
    assert gaps(on_case) == 0
    table = on_case("trace", NUMBER, "--format", "table").stdout
    assert "the paper reads “乙厂”, put right to “乙公司” (misread; Z; event 3)" in table
    on_case("undo", "3", "--reason", "wrong")
    assert json.loads(on_case("trace", NUMBER, "--format", "json").stdout) == document
