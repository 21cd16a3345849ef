"""Case databases for the tests: SQLite files, PostgreSQL databases, or each test with both.

`--database sqlite` (what goes without saying), `postgresql` or `both` chooses. A test that asks
for `database`, or for any fixture that rests on it, runs once per kind; what only SQLite can show
says so with `sqlite_only`. The server is the one TRACER_TEST_POSTGRESQL gives the URL of, or is
started for the run from the programs of this computer.
"""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from .postgresql_server import (
    ADDRESS,
    ServerDatabases,
    StartedServer,
    find_programs,
    start_server,
)

KINDS = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("sqlite", "postgresql")}
MakeDatabase = Callable[[Path], str]
NewDatabase = Callable[[], str]
SLOW_TO_START = ("spark", "postgresql_plans")

# A test never fails by the clock: the first case of a process may take a second to import, and any
# case may wait for a busy machine.
settings.register_profile("tracer", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tracer")

_OPTION = "--database"
_SERVER = pytest.StashKey[str | None]()
_STARTED = pytest.StashKey[StartedServer]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        _OPTION, choices=tuple(KINDS), default="sqlite", help="which databases the tests run on"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only(reason): shows what only SQLite has")
    config.stash[_SERVER] = _find_server(config)


def _find_server(config: pytest.Config) -> str | None:
    if hasattr(config, "workerinput"):  # of xdist: the process that started it has the server
        found: str | None = config.workerinput["postgresql"]
        return found
    if address := os.environ.get(ADDRESS):
        return address
    if "postgresql" not in KINDS[config.getoption(_OPTION)]:
        return None
    programs = find_programs()
    if programs is None:
        wanted = f"install one (Debian: postgresql), or give the URL of one in {ADDRESS}"
        raise pytest.UsageError("no PostgreSQL server: " + wanted)
    config.stash[_STARTED] = start_server(programs)
    return config.stash[_STARTED].url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    node.workerinput["postgresql"] = node.config.stash[_SERVER]  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if (started := config.stash.get(_STARTED, None)) is not None:
        started.stop()


def pytest_report_header(config: pytest.Config) -> str:
    server = config.stash[_SERVER]
    return f"case databases: {config.getoption(_OPTION)}; server: {'yes' if server else 'none'}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" not in metafunc.fixturenames:
        return
    kinds: tuple[object, ...] = KINDS[metafunc.config.getoption(_OPTION)]
    if kinds == ("sqlite",):
        return
    only = metafunc.definition.get_closest_marker("sqlite_only")
    if only is not None:
        skip = pytest.mark.skip(f"SQLite only: {only.args[0]}")
        kinds = ("sqlite",) if "sqlite" in kinds else (pytest.param("sqlite", marks=skip),)
    metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares something slow to start within one process of xdist (`loadgroup`)."""
    for item in items:
        for group in SLOW_TO_START:
            if item.path.name.startswith(f"test_{group}"):
                item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """Say which kind of database this test is given."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[ServerDatabases]:
    """Give the server, for tests of what only PostgreSQL has; without one they are skipped."""
    address = pytestconfig.stash[_SERVER]
    if address is None:
        pytest.skip(f"shows PostgreSQL: {_OPTION} both, or {ADDRESS}=URL")
    databases = ServerDatabases(address)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def make_database(database_kind: str, request: pytest.FixtureRequest) -> MakeDatabase:
    """Give what makes a database in a folder, to be had for longer than one test."""
    if database_kind == "postgresql":
        server: ServerDatabases = request.getfixturevalue("server")
        return lambda _: server.ready()
    numbers = count(1)
    return lambda folder: str(folder / f"case{next(numbers)}.db")


@pytest.fixture
def new_database(
    database_kind: str,
    make_database: MakeDatabase,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[NewDatabase]:
    """Hand out databases that are nobody else's, as what `--db` takes.

    A PostgreSQL database has its schema; an SQLite file is made by whoever opens it first.
    """
    if database_kind == "sqlite":
        yield lambda: make_database(tmp_path)
        return
    # What the program keeps beside a database on a server goes to the working folder.
    monkeypatch.chdir(tmp_path)
    server: ServerDatabases = request.getfixturevalue("server")
    made: list[str] = []

    def make() -> str:
        made.append(make_database(tmp_path))
        return made[-1]

    yield make
    for url in made:
        server.drop(url)


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    """Hand out one database."""
    return new_database()


@pytest.fixture
def blank_database(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """Hand out a database without any table."""
    if database_kind == "sqlite":
        yield str(tmp_path / "blank.db")
        return
    server: ServerDatabases = request.getfixturevalue("server")
    url = server.empty()
    yield url
    server.drop(url)
