"""`party`, `links` and `factors` on a small case, as a user meets them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tracer import open_case

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dossiers")
    with open_case(home / "case.db") as case:
        case.load([EXAMPLES / "hangzhou", EXAMPLES / "hangzhou-supplement"])
    return home / "case.db"


@pytest.fixture
def tracer(base: Path, run: Run) -> Run:
    return lambda *words: run("--db", str(base), *words)


def test_factors_on_the_terminal(tracer: Run) -> None:
    found = tracer("--lang", "zh", "factors", "10687415", "10684500")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "因素对照表 10684500、10687415  全部日期"
    assert "不是法律结论" in lines[1]
    assert any(line.split()[:1] == ["武汉某信息科技公司"] and "6,525" in line for line in lines)
    assert "未给权重文件，不计份额（--weights）。" in found.stdout


def test_factors_as_json_with_days(tracer: Run) -> None:
    found = tracer("factors", "10687415", "--to", "2023-07-31", "--format", "json")
    document = json.loads(found.stdout)
    assert document["window"] == {"from": None, "to": "2023-07-31"}
    assert document["parties"][0]["acts"]["messages"] == 1965
    assert document["shares"] is None


def test_factors_with_weights(tracer: Run, tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text("[weights]\nmessages = 1\n", encoding="utf-8")
    found = tracer("--lang", "en", "factors", "10687415", "--weights", str(file))
    assert "1/1 × 3915/19575" in found.stdout
    assert "20.0000 %" in found.stdout
    file.write_text("[weights]\nmalice = 1\n", encoding="utf-8")
    wrong = tracer("--lang", "en", "factors", "10687415", "--weights", str(file))
    assert wrong.exit_code == 2
    assert len(wrong.stderr.splitlines()) == 1
    assert "malice" in wrong.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("factors", "10687415"),
        ("party", "安徽某信息公司"),
        ("links", "安徽某信息公司", "北京某科技公司"),
    ],
)
def test_files_by_extension(tracer: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    starts = {"a.html": b"<!DOCTYPE html>", "a.json": b"{\n", "a.xlsx": b"PK"}
    for name, start in starts.items():
        found = tracer(*words, "--out", str(tmp_path / name))
        assert (found.exit_code, found.stdout) == (0, f"{tmp_path / name}\n")
        assert (tmp_path / name).read_bytes().lstrip().startswith(start)
    refused = tracer(*words, "--out", str(tmp_path / "a.docx"))
    assert refused.exit_code == 2
    assert not (tmp_path / "a.docx").exists()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_dossier_on_the_terminal(tracer: Run) -> None:
    found = tracer("--lang", "zh", "party", "91340000FAKE00005G")
    assert found.stdout.startswith("主体档案 安徽某信息公司  全部日期\n")
    assert "350.00 − 247.95" in found.stdout
    assert "同一电话" in found.stdout
    unknown = tracer("party", "某某公司")
    assert (unknown.exit_code, unknown.stdout) == (4, "")


def test_links_on_the_terminal(tracer: Run) -> None:
    names = ("广东某科技公司", "无锡某网络公司", "原河北某网络科技公司")
    found = tracer("--lang", "zh", "links", *names)
    assert "【广东某科技公司】 → 武汉某信息科技公司 → 北京某科技公司" in found.stdout
    assert "【无锡某网络公司】 → 武汉某信息科技公司" in found.stdout
    document = json.loads(tracer("links", *names, "--format", "json").stdout)
    assert document["between"] == ["北京某科技公司", "安徽某信息公司", "武汉某信息科技公司"]
    alone = tracer("links", names[0])
    assert alone.exit_code == 2
    assert names[0] in alone.stderr
