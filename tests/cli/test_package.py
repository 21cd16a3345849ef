"""`export`, `verify`, `log --package` and `render --redact`, as a user meets them."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from tracer import open_case

EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou"
AT = "2026-03-01T09:00:00+08:00"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(EXAMPLE, folder / "case")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with open_case("case.db") as case:
            case.load([Path("case")])
        yield folder


@pytest.fixture
def tracer(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(home)
    return lambda *words: run("--lang", "en", "--db", "case.db", *words)


def test_a_package_is_made_checked_and_run_again(tracer: Run, home: Path, run: Run) -> None:
    made = tracer("export", "10687415", "--out", "made.zip", "--at", AT, "--by", "张三")
    assert made.exit_code == 0, made.stderr
    digest = made.stdout.split()[-1]
    again = tracer("verify", "made.zip", "--rerun", "--digest", digest)
    assert again.exit_code == 0, again.stderr
    assert "Run again: 11 source files" in again.stdout
    assert tracer("verify", "made.zip", "--record", "--by", "李四").exit_code == 0
    *_, exported, checked, _ = tracer("log").stdout.splitlines()
    assert "package made.zip" in exported
    assert "numbers 10687415; days all days" in exported
    assert "李四" in checked
    assert "faults: 0" in checked
    other = tracer("verify", "made.zip", "--digest", "0" * 64)
    assert other.exit_code == 6
    assert len(other.stderr.splitlines()) == 1
    # and the log is compared with it
    assert "are those of the package" in tracer("log", "--package", "made.zip").stdout
    shutil.copy("case.db", "cut.db")
    with sqlite3.connect("cut.db") as conn:
        conn.execute("DELETE FROM events WHERE seq > 5")
    assert run("--db", "cut.db", "log", "--verify").exit_code == 0
    cut = run("--lang", "en", "--db", "cut.db", "log", "--verify", "--package", "made.zip")
    assert cut.exit_code == 6
    assert "cut off or rewritten" in cut.stderr


def test_a_package_without_sources_says_that_it_cannot_be_run_again(tracer: Run) -> None:
    assert tracer("export", "10687415", "--out", "bare", "--no-sources").exit_code == 0
    plain = tracer("verify", "bare")
    assert plain.exit_code == 0
    assert "cannot be run again" in plain.stdout
    assert tracer("verify", "bare", "--rerun").exit_code == 6


def test_faults_are_listed_and_end_with_status_6(tracer: Run, home: Path) -> None:
    assert tracer("export", "10687415", "--out", "spoilt").exit_code == 0
    (home / "spoilt" / "data" / "README.txt").write_text("x")
    found = tracer("verify", "spoilt")
    assert found.exit_code == 6
    assert "data/README.txt is not what its digests say" in found.stdout
    assert len(found.stderr.splitlines()) == 1


def test_a_redacted_page_and_its_key(tracer: Run, home: Path) -> None:
    found = tracer("render", "10687415", "--out", "veiled.html", "--redact")
    assert found.exit_code == 0, found.stderr
    assert "武汉某信息科技公司" not in (home / "veiled.html").read_text("utf-8")
    assert "武汉某信息科技公司" in (home / "veiled.html.key.csv").read_text("utf-8-sig")
    again = tracer("render", "10687415", "--out", "veiled.html", "--redact")
    assert again.exit_code == 2
    assert "key" in again.stderr


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ("武汉某信息技术公司",),
            "called 武汉某信息技术公司; written much like it: 武汉某信息科技公司 / ",
        ),
        (("安徽某信息公司", "查无此人"), "called 查无此人; write the name as the papers do."),
        (("甲", "乙"), "called 甲 / 乙; write"),
        (
            ("91110000FAKE00004K",),
            "called 91110000FAKE00004K; written much like it: 北京某科技公司.",
        ),
    ],
)
def test_a_name_to_be_kept_that_is_nobodys_is_told(
    tracer: Run, home: Path, names: tuple[str, ...], said: str
) -> None:
    words = [word for name in names for word in ("--keep", name)]
    for command in (("render", "--out", "kept.html"), ("export", "--out", "kept")):
        found = tracer(command[0], "10687415", *command[1:], "--redact", *words)
        assert (found.exit_code, found.stdout) == (2, "")
        assert len(found.stderr.splitlines()) == 1
        assert said in found.stderr
    assert not list(home.glob("kept*"))


def test_a_kept_name_may_be_spelt_as_any_paper_does_or_be_a_decided_one(
    tracer: Run, home: Path
) -> None:
    party = "安徽某信息公司"
    shutil.copy("case.db", "named.db")
    assert (
        tracer(
            "--db", "named.db", "parties", "rename", party, "江淮信息", "--reason", "x"
        ).exit_code
        == 0
    )
    names = ("--keep", " 安徽某信息公司 ", "--keep", "江淮信息")
    done = tracer(
        "--db", "named.db", "render", "10687415", "--out", "named.html", "--redact", *names
    )
    assert done.exit_code == 0, done.stderr
    assert "江淮信息" in (home / "named.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "10687415", "--out", "case"), "is there already"),
        (("export", "10687415", "--out", "x", "--at", "2026-03-01"), "no time with a zone"),
        (("export", "10687415", "--out", "x", "--keep", "甲公司"), "goes with --redact"),
        (("export", "10687415", "--out", "no/x"), "no"),
        (("export", "10699999", "--out", "x"), "Nothing is on record"),
        (("verify", "nowhere"), "no package"),
        (("verify", "case.db"), "damaged"),
        (("verify", "case"), "is no package"),
        (("render", "10687415", "--out", "x.html", "--pseudonyms", "n.csv"), "goes with --redact"),
        (("render", "10687415", "--out", "x.html", "--mask-digits"), "goes with --redact"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tracer: Run, words: tuple[str, ...], said: str
) -> None:
    found = tracer(*words)
    assert found.exit_code in {2, 4, 6}
    assert len(found.stderr.splitlines()) == 1
    assert said in found.stderr
    assert not Path("x").exists()
