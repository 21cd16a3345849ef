"""A PostgreSQL server for one run of the tests: found by its address, or started and taken away.

The server it starts is set up so that the tests would notice whatever leans on the order of
letters: its databases sort as Chinese does. It keeps nothing safe from a power cut, and ends with
the process that started it, also when that is killed: a shell waits on a pipe from it.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

ADDRESS = "TRACER_TEST_POSTGRESQL"
_PATIENCE = 60
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "shared_buffers": "128MB",
}
# Runs the server until nobody holds the other end of its input, then leaves no file behind.
_KEEPER = '"$@" & read -r _; kill -INT $!; wait $!; rm -rf "$HOME"'


def find_programs() -> Path | None:
    """Find initdb and postgres: on the PATH, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda file: int(file.parts[-3].partition(".")[0]), default=None)
    return None if newest is None else newest.parent


@dataclass
class StartedServer:
    """A server of our own in a folder of its own, reached by its socket there."""

    home: Path
    keeper: "subprocess.Popen[bytes]"
    url: str = field(init=False)

    def __post_init__(self) -> None:
        where = {"host": str(self.home)}
        url = URL.create("postgresql", "postgres", database="postgres", query=where)
        self.url = url.render_as_string()

    def stop(self) -> None:
        """End it and wait until its files are gone."""
        assert self.keeper.stdin is not None
        self.keeper.stdin.close()
        self.keeper.wait(_PATIENCE)


def start_server(programs: Path) -> StartedServer:
    """Start a server as a user who may: PostgreSQL refuses to run as root."""
    home = Path(tempfile.mkdtemp(prefix="tracer-postgresql-"))
    run_as: dict[str, Any] = {"cwd": home, "env": {**os.environ, "HOME": str(home), "LC_ALL": "C"}}
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(home, user.pw_uid, user.pw_gid)
        run_as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = str(home / "data")
    initdb, postgres = str(programs / "initdb"), str(programs / "postgres")
    init = [initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    chinese = ["--locale-provider=icu", "--icu-locale=zh-Hans-CN", "--locale=C"]
    for words in ([*init, *chinese], init):  # before version 15 a cluster has no ICU order
        made = subprocess.run(words, **run_as, capture_output=True, text=True, check=False)
        if made.returncode == 0:
            break
        shutil.rmtree(data, ignore_errors=True)
    else:
        sys.exit(f"initdb: {made.stderr}")
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = ["sh", "-c", _KEEPER, "sh", postgres, "-D", data, "-k", str(home), *settings]
    with (home / "log").open("wb") as log:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": log, "stderr": log}
        keeper: subprocess.Popen[bytes] = subprocess.Popen(
            command, **pipes, **run_as, start_new_session=True
        )
    started = StartedServer(home, keeper)
    _wait_for(started)
    return started


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("no user but root here, and PostgreSQL refuses to run as root")


def _wait_for(started: StartedServer) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(started.url).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                told = (started.home / "log").read_text("utf-8", "replace")
                started.stop()
                sys.exit(f"the PostgreSQL server did not start: {told}")
            time.sleep(0.05)
        else:
            return


class ServerDatabases:
    """Databases on a server, copied from one whose schema is there; the last ones out are dropped.

    Parameters
    ----------
    address : str
        URL of a database of the server whose user may make others.
    """

    def __init__(self, address: str) -> None:
        self._address = make_url(address).set(drivername="postgresql")
        self._admin = psycopg.connect(self._url(self._address.database), autocommit=True)
        self.version = self._admin.info.server_version
        self._strategy = "STRATEGY FILE_COPY" if self.version >= 150000 else ""
        self._names = (f"tracer_test_{os.getpid()}_{number}" for number in count(1))
        self._made: list[str] = []
        self._template: str | None = None

    def empty(self, how: str = "ENCODING 'UTF8'") -> str:
        """Make a database without any table."""
        return self._make(f"TEMPLATE template0 {how}")

    def ready(self) -> str:
        """Make a database whose schema is the newest."""
        if self._template is None:
            from tracer.store.engine import plain_engine
            from tracer.store.upgrade import upgrade

            made = self.empty()
            engine = plain_engine(made)
            upgrade(engine)
            engine.dispose()
            self._template = make_url(made).database
        return self._make(f"TEMPLATE {self._template} {self._strategy}")

    def drop(self, url: str) -> None:
        """Take a database away, whoever is connected to it."""
        name = make_url(url).database
        assert name in self._made
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        self._made.remove(name)

    def close(self) -> None:
        """Take away every database that is left."""
        for name in reversed(self._made):
            self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        self._made.clear()
        self._admin.close()

    def _make(self, how: str) -> str:
        name = next(self._names)
        self._admin.execute(f"CREATE DATABASE {name} {how}".encode())
        self._made.append(name)
        return self._url(name)

    def _url(self, database: str | None) -> str:
        return self._address.set(database=database).render_as_string(hide_password=False)
