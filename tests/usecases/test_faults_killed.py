"""A load that is killed at any moment leaves every file whole or not at all."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracer.store.engine import open_engine, plain_engine, schema_version
from tracer.store.sources import list_sources
from tracer.usecases import database as database_check

from .fault_cases import Content, Warm, content, figures, make_case

KILLS = int(os.environ.get("TRACER_TEST_KILLS", "25"))
"""How many times a load is killed; give more for a soak."""

pytestmark = pytest.mark.slow


@pytest.fixture
def warm(tmp_path: Path) -> Iterator[Warm]:
    process = Warm(tmp_path)
    yield process
    process.close()


def check_whole(database: str, expected: Content) -> int:
    """Make sure that all that is there is whole; give the number of sources."""
    if "://" not in database and not Path(database).exists():
        return 0
    engine = plain_engine(database, create=False)
    try:
        if schema_version(engine) is None:
            return 0
        assert database_check.check(engine).faults == ()
        with engine.connect() as conn:
            found = list_sources(conn)
    finally:
        engine.dispose()
    wanted = {source[1]: source[3] for source in expected.sources}
    assert {entry.sheet: figures(entry) for entry in found}.items() <= wanted.items()
    return len(found)


def test_a_load_killed_at_any_moment_is_completed_by_the_same_command(
    new_database: Callable[[], str], warm: Warm, tmp_path: Path
) -> None:
    case = make_case(tmp_path / "案卷")
    undisturbed = new_database()
    whole = warm.run("--db", undisturbed, "load", str(case))
    assert whole.status == 0, whole.stderr
    expected = content(undisturbed)
    assert sum(source[3][0] for source in expected.sources) > 20_000
    assert list(warm.scratch.iterdir()) == []

    seed = int(os.environ.get("TRACER_TEST_SEED", str(random.randrange(1 << 30))))
    print(f"TRACER_TEST_SEED={seed}, {whole.seconds:.1f} s undisturbed")
    chance = random.Random(seed)
    kills, on_this, hit = 0, 0, Counter[int]()
    database = new_database()
    # every look at a server takes many times as long as one at a file
    wanted = KILLS // 3 if "://" in database else KILLS
    while kills < wanted:
        after = chance.uniform(0, whole.seconds)
        words = ("--db", database, "load", str(case))
        ended = warm.run(*words, signal_number=signal.SIGKILL, after=after)
        killed = ended.status == -signal.SIGKILL
        assert killed or ended.status == 0, ended.stderr
        kills += killed
        hit[check_whole(database, expected)] += killed
        on_this += killed
        # a load that is nearly through could be killed at its end for ever
        if not killed or on_this == 4 or kills == wanted:
            ended = warm.run(*words)
            assert ended.status == 0, ended.stderr
            assert content(database) == expected
            assert list(warm.scratch.iterdir()) == []
            database, on_this = new_database(), 0
    print(f"{kills} kills, by sources on record: {sorted(hit.items())}")
    assert len(hit) > 1


def test_what_a_dead_load_left_in_the_scratch_is_removed_by_the_next(
    database: str, warm: Warm, tmp_path: Path
) -> None:
    words = ("--db", database, "load", str(make_case(tmp_path / "案卷")))
    there = str(warm.scratch / "tracer-work-*")
    assert warm.run(*words, signal_number=signal.SIGKILL, when=there).status == -signal.SIGKILL
    assert len(list(warm.scratch.iterdir())) == 1
    assert warm.run(*words).status == 0
    assert list(warm.scratch.iterdir()) == []


@pytest.mark.parametrize("after", [0, 0.2, 0.5])
def test_an_interrupted_load_says_so_in_one_line(
    after: float, database: str, warm: Warm, tmp_path: Path
) -> None:
    words = ("--lang", "en", "--db", database, "load", str(make_case(tmp_path / "案卷")))
    there = str(warm.scratch / "tracer-work-*")
    ended = warm.run(*words, signal_number=signal.SIGINT, when=there, after=after)
    assert ended.status == 130
    assert ended.stderr.count("\n") == 1
    assert "interrupted" in ended.stderr
    assert ended.stdout == ""
    assert list(warm.scratch.iterdir()) == []
    engine = open_engine(database)
    assert database_check.check(engine).faults == ()
    engine.dispose()
