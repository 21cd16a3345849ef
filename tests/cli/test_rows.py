"""`tracer rows` as a user sees it: what is printed, and how it ends."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tracer import open_case

Run = Callable[..., Result]

LOG = (
    "发送时间,源号码,上游,下游,消息ID,手机号\n"
    "2023-07-05 10:00:00,10687415,甲公司,乙公司,m1,13800000001\n"
    "2023-07-05 10:00:00,10687415,甲公司,乙公司,m1,13800000001\n"
    "2023-07-06 10:00:00,1068741501,甲公司,乙公司,m2,=1+1\n"
)
CONTRACTS = "合同编号,上游,下游,号段,生效日期,终止日期\nC1,甲公司,乙公司,10687415,2023-01-01,长期\n"
"""A log of three rows, one of them twice, and the contract of its hop."""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "paper.csv").write_text(CONTRACTS, encoding="utf-8")
    with open_case("t.db") as opened:
        opened.load(["log.csv", "paper.csv"])
    return tmp_path


ROWS = ("--db", "t.db", "--lang", "en", "rows", "10687415", "甲公司", "乙公司")


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_as_a_table(run: Run, case: Path) -> None:
    result = run(*ROWS)
    assert result.exit_code == 0, result.stderr
    for shown in (
        "log.csv",
        "✓ adds up",
        "duplicate, not counted",
        "138****0001",
        "C1",
        "paper.csv",
    ):
        assert shown in result.stdout
    assert "13800000001" not in result.stdout
    assert "✗" not in result.stdout
    chinese = run("--db", "t.db", "--lang", "zh", *ROWS[4:]).stdout
    assert "重复，不计" in chinese
    assert "✓ 相符" in chinese


def test_as_json(run: Run, case: Path) -> None:
    told = document(run(*ROWS, "--format", "json"))
    assert (told["schema"], told["number"]) == ("tracer.rows/1", "10687415")
    assert (told["upstream"], told["downstream"]) == ("甲公司", "乙公司")
    assert (told["truncated"], told["left_out"]) == (False, 0)
    (source,) = told["sources"]
    assert (source["path"], source["state"]) == ("log.csv", "read")
    assert source["found_sha256"] == source["sha256"]
    assert [
        (t["rows"], t["messages"], t["adds_up"], t["duplicates"]) for t in source["totals"]
    ] == [
        (1, 1, True, 1),
        (1, 1, True, 0),
    ]
    assert [(row["row"], row["duplicate"]) for row in source["rows"]] == [
        (2, False),
        (3, True),
        (4, False),
    ]
    assert source["rows"][0]["cells"][1] == ["源号码", "10687415"]
    (contract,) = told["contracts"]
    assert (contract["contract_no"], contract["row"], contract["valid_to"]) == ("C1", 2, None)
    window = document(run(*ROWS, "--on", "2023-07-06", "--format", "json"))
    assert window["window"] == {"from": "2023-07-06", "to": "2023-07-06"}
    assert [row["row"] for row in window["sources"][0]["rows"]] == [4]


def test_as_csv(run: Run, case: Path) -> None:
    text = run(*ROWS, "--format", "csv").stdout.removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["kind"] for line in lines] == ["total", "total", "row", "row", "row", "contract"]
    assert lines[2]["row"] == "2"
    assert lines[2]["text"].startswith("发送时间=2023-07-05")
    assert [line["duplicate"] for line in lines[2:5]] == ["false", "true", "false"]
    assert lines[5]["text"] == "C1"


def test_a_limit(run: Run, case: Path) -> None:
    told = document(run(*ROWS, "--limit", "1", "--format", "json"))
    assert (len(told["sources"][0]["rows"]), told["truncated"]) == (1, True)
    assert all(total["adds_up"] for total in told["sources"][0]["totals"])
    assert "more rows are not listed (--limit)" in run(*ROWS, "--limit", "1").stdout
    assert run(*ROWS, "--limit", "x").exit_code == 2


def test_a_file_that_moved_or_changed(run: Run, case: Path) -> None:
    (case / "log.csv").write_text(LOG + "\n", encoding="utf-8")
    changed = run(*ROWS)
    assert changed.exit_code == 6
    assert "is no longer what was loaded" in changed.stdout
    assert "not checked" in changed.stdout
    assert "2 totals could not be opened down to their rows: log.csv" in changed.stderr
    (case / "there").mkdir()
    (case / "log.csv").rename(case / "there" / "log.csv")
    missing = run(*ROWS, "--format", "json")
    assert missing.exit_code == 6
    (source,) = json.loads(missing.stdout)["sources"]
    assert (source["state"], source["rows"], len(source["totals"])) == ("missing", [], 2)
    (case / "there" / "log.csv").write_text(LOG, encoding="utf-8")
    found = document(run(*ROWS, "--folder", "there", "--format", "json"))
    assert found["sources"][0]["state"] == "read"


def test_nothing_on_record(run: Run, case: Path) -> None:
    none = run("--db", "t.db", "--lang", "en", "rows", "10690001", "甲公司", "乙公司")
    assert (none.exit_code, none.stdout) == (4, "")
    assert "10690001" in none.stderr
    unknown = run("--db", "t.db", "--lang", "en", "rows", "10687415", "丁公司", "乙公司")
    assert unknown.exit_code == 4
    assert "丁公司" in unknown.stderr
    for words in (("x",), ("10687415", "甲公司")):
        assert run("--db", "t.db", "rows", *words).exit_code == 2


def test_two_runs_same_bytes(run: Run, case: Path) -> None:
    for form in ("json", "csv", "table"):
        assert run(*ROWS, "--format", form).stdout == run(*ROWS, "--format", form).stdout
