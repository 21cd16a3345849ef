"""What a case rests on is never written over, whatever command writes a file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tracer import open_case

Run = Callable[..., Result]

WRITERS = {
    "audit": ("audit",),
    "render": ("render", "10687415"),
    "party": ("party", "甲公司"),
    "links": ("links", "甲公司", "乙公司"),
    "factors": ("factors", "10687415"),
}


@pytest.fixture
def tracer(run: Run) -> Run:
    """Run the program on a case in the working folder, loaded from `mycase`."""
    Path("mycase").mkdir()
    for name in ("另页.html", "另页.json"):
        Path("mycase", name).write_text("甲方提供的文件 " + name, encoding="utf-8")
    Path("mycase/扫描.csv").write_text(
        "合同编号,上游,下游,号段,起始日期,截止日期,扫描件\n"
        "HT-1,甲公司,乙公司,10687415,2023-01-01,2023-12-31,另页.html\n"
        "HT-2,乙公司,丙公司,10687415,2023-01-01,2023-12-31,另页.json\n",
        encoding="utf-8",
    )
    with open_case("c.db") as case:
        assert case.load([Path("mycase")]).loaded == 2
    return lambda *words: run("--db", "c.db", "--lang", "en", *words)


def assert_refused(tracer: Run, words: tuple[str, ...], target: str, saying: str) -> None:
    before = Path(target).read_bytes()
    result = tracer(*words, "--out", target)
    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert saying in result.stderr
    assert Path(target).as_posix() in result.stderr
    assert Path(target).read_bytes() == before


@pytest.mark.parametrize("command", WRITERS)
def test_a_document_on_record_is_kept(tracer: Run, command: str) -> None:
    assert_refused(tracer, WRITERS[command], "mycase/另页.html", "on record in this case")


def test_a_source_is_kept(tracer: Run) -> None:
    assert_refused(tracer, ("audit",), "mycase/扫描.csv", "on record in this case")
    assert_refused(tracer, ("factors", "10687415"), "mycase/另页.json", "on record in this case")
    chinese = tracer("--lang", "zh", "audit", "--out", "./mycase/../mycase/扫描.csv").stderr
    assert "不能覆盖" in chinese


def test_a_source_that_is_gone_keeps_its_place(tracer: Run) -> None:
    Path("mycase/扫描.csv").unlink()
    result = tracer("audit", "--out", "mycase/扫描.csv")
    assert result.exit_code == 2
    assert not Path("mycase/扫描.csv").exists()


def test_a_source_is_known_by_its_bytes_from_another_folder(
    tracer: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path.cwd()
    monkeypatch.chdir(home / "mycase")
    result = tracer("--db", str(home / "c.db"), "audit", "--out", "扫描.csv")
    assert result.exit_code == 2, result.stdout
    assert Path("扫描.csv").read_text("utf-8").startswith("合同编号")


@pytest.mark.parametrize("name", ["c.html", "c.html.key"])
def test_the_database_and_its_key_are_kept(tracer: Run, name: str) -> None:
    shutil.move("c.db", "c.html")
    shutil.move("c.db.key", "c.html.key")
    target = Path(name)
    if target.suffix == ".key":  # no format is called so, but the link of one that is
        Path("key.html").symlink_to(target)
        target = Path("key.html")
    before = target.read_bytes()
    result = tracer("--db", "c.html", "render", "10687415", "--out", str(target))
    assert (result.exit_code, target.read_bytes()) == (2, before)
    assert "database of this case" in result.stderr


def test_pages_spare_the_case_and_write_none(tracer: Run) -> None:
    Path("pages").mkdir()
    shutil.copy("mycase/另页.html", "pages/10687415.html")
    result = tracer("audit", "--pages", "pages")
    assert result.exit_code == 2
    assert "pages/10687415.html" in result.stderr
    assert [file.name for file in Path("pages").iterdir()] == ["10687415.html"]
    assert "甲方" in Path("pages/10687415.html").read_text("utf-8")


@pytest.mark.parametrize("command", WRITERS)
def test_what_was_written_before_is_replaced(tracer: Run, command: str) -> None:
    words = (*WRITERS[command], "--out", "mycase/out.html")
    assert tracer(*words).exit_code == 0
    first = Path("mycase/out.html").read_bytes()
    assert tracer(*words).exit_code == 0
    assert Path("mycase/out.html").read_bytes() == first


def test_a_demo_never_replaces_a_case_of_the_users(tracer: Run) -> None:
    shutil.copy("c.db", "tracer.db")
    before = Path("tracer.db").read_bytes()
    result = tracer("demo", "--out", ".")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "tracer.db" in result.stderr
    assert Path("tracer.db").read_bytes() == before
    assert not Path("hangzhou").exists()


def test_a_demo_never_replaces_files_that_only_bear_its_names(run: Run) -> None:
    Path("d/hangzhou").mkdir(parents=True)
    assert run("demo", "--out", "d").exit_code == 2
    assert list(Path("d").rglob("*")) == [Path("d/hangzhou")]


def test_a_demo_replaces_a_demo(run: Run) -> None:
    assert run("demo", "--out", "d").exit_code == 0
    page = Path("d/10687415.html").read_bytes()
    Path("d/10687415.html").write_text("", encoding="utf-8")
    again = run("--quiet", "demo", "--out", "d")
    assert (again.exit_code, again.stderr) == (0, "")
    assert Path("d/10687415.html").read_bytes() == page


@pytest.mark.parametrize("command", WRITERS)
def test_a_folder_that_is_missing_is_said_before_the_work(tracer: Run, command: str) -> None:
    words = (*WRITERS[command], "--out", "nodir/a.html")
    result = tracer(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: nodir/a.html cannot be written: there is no folder nodir; make it first, or write "
        "elsewhere.\n"
    )
    assert "没有文件夹 nodir" in tracer("--lang", "zh", *words).stderr
    unknown = tracer(words[0], "10699999", *words[2:]) if len(words) > 3 else result
    assert "no folder nodir" in unknown.stderr, "said before anything is looked up"


def test_a_folder_is_no_file(tracer: Run) -> None:
    Path("a.html").mkdir()
    result = tracer("audit", "--out", "a.html")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "a.html is a folder" in result.stderr


@pytest.mark.parametrize("words", [("audit", "--pages"), ("demo", "--out")])
def test_a_file_is_no_folder(tracer: Run, words: tuple[str, ...]) -> None:
    result = tracer(*words, "c.db/pages")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "there is no folder c.db" in result.stderr
