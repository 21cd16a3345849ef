"""The example cases come out of PostgreSQL byte for byte as out of SQLite."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tracer import open_case
from tracer.cli.app import build_app

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = datetime(2026, 1, 1, tzinfo=UTC)
CASES = ("hangzhou", "audit")
Pair = tuple[str, str]


def numbers(name: str) -> list[str]:
    expected = json.loads((EXAMPLES / name / "expected.json").read_bytes())
    return [entry["number"] for entry in expected["traces"]]


@pytest.fixture(scope="module", params=CASES)
def loaded(
    request: pytest.FixtureRequest, server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Pair]]:
    """Load a case into both."""
    home = tmp_path_factory.mktemp(request.param)
    databases = (str(home / "case.db"), server.ready())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for database in databases:
            with open_case(database, now=lambda: AT) as case:
                case.load([EXAMPLES / request.param])
    yield request.param, databases
    server.drop(databases[1])


def told(database: str, *words: str) -> bytes:
    done = CliRunner().invoke(build_app("zh"), ["--db", database, *words])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def test_every_trace_is_the_same_bytes(loaded: tuple[str, Pair]) -> None:
    name, (sqlite, postgresql) = loaded
    for number in numbers(name):
        words = ("trace", number, "--format", "json")
        document = told(postgresql, *words)
        assert document == told(sqlite, *words)
        assert json.loads(document)["parties"]


def test_lists_are_the_same(loaded: tuple[str, Pair]) -> None:
    _, (sqlite, postgresql) = loaded
    for words in (("rejects",), ("sources",), ("log",)):
        assert told(postgresql, *words) == told(sqlite, *words)
