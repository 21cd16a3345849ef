"""The pages on profiles: their example does what they say, and they leave out no key."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracer import Case
from tracer.cli.app import build_app
from tracer.ingest.casetoml import read_case_file
from tracer.ingest.columns import find_table
from tracer.ingest.profiles import declaration, shipped_profiles
from tracer.messages import errors, file_errors

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"profiles.md": "## A worked example", "profiles.zh.md": "## 完整示例"}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^\| (\S+) \| (\S+) \| (\d+) \| (\d+) \| (\S+) \|$", re.MULTILINE)


@pytest.fixture(params=sorted(PAGES))
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Give a page, and its worked example."""
    name: str = request.param
    content = (DOCS / name).read_text("utf-8")
    _, heading, example = content.partition(PAGES[name])
    assert heading
    return content, example


def test_the_worked_example_gives_what_the_page_says(
    page: tuple[str, str],
    case: Case,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, example = page
    fences = FENCE.findall(example)
    assert [kind for kind, _ in fences] == ["csv", "csv", "toml"]
    for name, (_, text) in zip(("send_log.csv", "accounts.csv", "own.toml"), fences, strict=True):
        assert name in example
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^    tracer (.+)$", example, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        typed = ["--lang", "en", "--db", database, *command.split()]
        done = CliRunner().invoke(build_app("en"), typed)
        assert done.exit_code == 0, done.stderr
    total = next(line for line in done.stdout.splitlines() if line.startswith("Total"))
    assert total.split() == ["Total", "4", "4", "0", "0"]
    hops = [
        (hop.upstream, hop.downstream, str(hop.messages), str(hop.blocked), str(hop.last_day))
        for hop in case.trace("10687415").hops
    ]
    assert sorted(hops) == LINE.findall(example)


def test_the_rules_of_the_page_are_rules_of_case_toml(
    page: tuple[str, str], tmp_path: Path
) -> None:
    content, _ = page
    kind, text = FENCE.findall(content)[0]
    assert kind == "toml"
    (tmp_path / "case.toml").write_text(text, "utf-8")
    (rule,) = read_case_file(tmp_path / "case.toml").rules
    said = rule.settings
    assert (said.profile, said.year, said.joined) == ("cmpp3", 2023, "channels.csv")


def test_every_profile_key_and_column_is_on_the_page(page: tuple[str, str]) -> None:
    content, _ = page
    for name in (*shipped_profiles(), *find_table("routing").names):
        assert f"`{name}`" in content, name
    for key in declaration.KEYS:
        assert re.search(rf"`\[*{key}\]*[` ]", content), key
    for key in ("formats", "in_message_id", "year"):
        assert f"`[time] {key}`" in content
    for key in ("begin", "row", "skip", "pattern", "table", "file", "take", "match", "text"):
        assert f"`{key}`" in content


def test_both_pages_have_the_same_example() -> None:
    texts = [
        FENCE.findall((DOCS / name).read_text("utf-8").partition(heading)[2])
        for name, heading in PAGES.items()
    ]
    assert texts[0] == texts[1]


def test_every_error_that_sends_to_the_page_finds_it() -> None:
    named = set(re.findall(r"docs/(profiles[\w.]*\.md)", f"{vars(errors)}{vars(file_errors)}"))
    assert named == set(PAGES)
