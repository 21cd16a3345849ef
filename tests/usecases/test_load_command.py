"""`tracer load` end to end: what its options do to a database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tracer.cli.app import build_app
from tracer.model.period import ALL_DAYS
from tracer.store.engine import open_engine
from tracer.usecases.trace import trace_number

WriteTable = Callable[..., Path]
Tracer = Callable[..., Result]

HEAD = ["发送时间", "源号码", "上游", "下游", "短信条数"]
MORNING = ["2023-07-05 08:00:00", "1068741501", "甲通信", "乙科技", "10"]
EVENING = ["2023-07-05 18:00:00", "1068741501", "甲通信", "乙科技", "7"]


@pytest.fixture
def tracer(database: str) -> Tracer:
    """Run the program on one database."""

    def run(*words: str | Path) -> Result:
        typed = ["--lang", "en", "--db", database, *map(str, words)]
        return CliRunner().invoke(build_app("en"), typed, prog_name="tracer")

    return run


def messages(database: str) -> int:
    engine = open_engine(database)
    with engine.connect() as conn:
        (hop,) = trace_number(conn, "10687415", ALL_DAYS).hops
    engine.dispose()
    return hop.messages


def test_files_of_one_delivery_add_up_and_those_of_another_do_not(
    tracer: Tracer, database: str, write_table: WriteTable
) -> None:
    assert tracer("load", write_table("am.csv", [HEAD, MORNING])).exit_code == 0
    again = tracer("load", write_table("pm.csv", [HEAD, EVENING]))
    assert again.exit_code == 0
    assert "covers 1 (number, day) pair of source 1" in again.stdout
    assert "10 messages there" in again.stdout
    assert "Delivery 2" in again.stdout
    assert messages(database) == 10
    more = tracer("load", write_table("late.csv", [HEAD, EVENING, EVENING]), "--adds-to", "1")
    assert more.exit_code == 0, more.stderr
    assert "Delivery 1" in more.stdout
    assert "covers 1 (number, day) pair of source 2" in more.stdout
    assert "of source 1" not in more.stdout, "it adds to that one"
    assert messages(database) == 24


def test_what_is_covered_again_is_counted_by_number_and_day(
    tracer: Tracer, write_table: WriteTable
) -> None:
    other = ["2023-07-06 08:00:00", *MORNING[1:4], "5"]
    alone = ["2023-07-07 08:00:00", *MORNING[1:4], "100"]
    tracer("load", write_table("a.csv", [HEAD, MORNING, EVENING, other, alone]))
    again = tracer("load", write_table("b.csv", [HEAD, MORNING, other]))
    assert "covers 2 (number, day) pairs of source 1" in again.stdout
    assert "22 messages there" in again.stdout


def test_a_delivery_that_is_not_there_is_refused(
    tracer: Tracer, write_table: WriteTable, database: str
) -> None:
    file = write_table("am.csv", [HEAD, MORNING])
    refused = tracer("load", file, "--adds-to", "3")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1
    assert "no delivery 3" in refused.stderr
    assert "Nothing has been loaded" in tracer("sources").stdout


def test_a_rule_of_case_toml_that_matches_no_file_is_named(
    tracer: Tracer, write_table: WriteTable
) -> None:
    log = write_table("gateway.csv", [HEAD, MORNING])
    write_table("other.csv", [HEAD, EVENING])
    rules = [f'[[files]]\nmatch = "{name}"\nreported_by = "甲通信"\n' for name in (
        "gateway.csv", "other.csv", "gatevay.csv", "gatevay.csv"
    )]  # fmt: skip
    (log.parent / "case.toml").write_text("\n".join(rules), "utf-8")
    told = tracer("load", log)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.count("no file matches “gatevay.csv” of case.toml") == 1
    assert "“other.csv”" not in told.stdout, "it is there, though not loaded this time"
    as_json = tracer("load", log.parent, "--format", "json")
    assert "gatevay" not in as_json.stdout
    assert "no file matches “gatevay.csv” of case.toml" in as_json.stderr
    assert tracer("--quiet", "load", log.parent, "--format", "json").stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "dask"), "--engine cannot be dask"),
        (("--engine", "spark://"), "--engine cannot be spark://"),
        (("--engine", "spark://host:1:2"), "--engine cannot be"),
        (("--scratch", "nowhere"), "--scratch: there is no folder nowhere"),
        (("--profile", "no-such-profile"), "no-such-profile"),
    ],
)
def test_options_that_cannot_be(
    words: tuple[str, ...], said: str, tracer: Tracer, write_table: WriteTable
) -> None:
    refused = tracer("load", write_table("am.csv", [HEAD, MORNING]), *words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_scratch_lies_where_it_is_said_and_is_gone_afterwards(
    tracer: Tracer, write_table: WriteTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracer.ingest import traffic

    used: list[Path | None] = []
    plain = traffic.LogLane.read

    def spy(self: traffic.LogLane, *args: object) -> object:
        used.append(self._settings.scratch)
        return plain(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(traffic.LogLane, "read", spy)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    log = write_table("am.csv", [HEAD, MORNING])
    done = tracer("load", log, "--scratch", scratch, "--engine", "DuckDB")
    assert done.exit_code == 0, done.stderr
    (folder,) = used
    assert folder is not None
    assert folder.parent == scratch
    assert list(scratch.iterdir()) == []


def test_a_check_of_the_database_after_a_load(
    tracer: Tracer, write_table: WriteTable, tmp_path: Path
) -> None:
    log = write_table("am.csv", [HEAD, MORNING, ["never", *MORNING[1:]]])
    tracer("load", log)
    sound = tracer("db", "check")
    assert (sound.exit_code, sound.stdout) == (0, "The database is sound.\n")
    log.write_bytes(b"altered")
    altered = tracer("db", "check")
    assert altered.exit_code == 6
    assert "am.csv is no longer what was loaded" in altered.stdout
    log.unlink()
    gone = tracer("db", "check")
    assert gone.exit_code == 0
    assert gone.stdout.splitlines() == [
        "1 source file is no longer where it was and could not be compared.",
        "The database is sound.",
    ]
