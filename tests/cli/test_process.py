"""The program as a process of its own: streams, speed, and what it must not import."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tracer

HOME = Path(next(iter(tracer.__path__))).parent
HEAVY = (
    "sqlalchemy",
    "networkx",
    "pandas",
    "rich",
    "pyvis",
    "ibis",
    "duckdb",
    "polars",
    "alembic",
    "openpyxl",
)


def _run(
    *words: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"LANG", "LC_ALL", "LC_MESSAGES", "TRACER_LANG", "TRACER_DB", "COLUMNS"}
    }
    clean |= {"PYTHONPATH": str(HOME)} | (env or {})
    command = [sys.executable, *words]
    return subprocess.run(command, capture_output=True, env=clean, cwd=cwd, timeout=60)


@pytest.mark.parametrize("env", [{"LANG": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}])
def test_chinese_comes_out_whole_whatever_the_locale(env: dict[str, str]) -> None:
    done = _run("-m", "tracer", "--help", env=env)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("用法：tracer")


def test_a_name_no_encoding_holds_is_written_out() -> None:
    done = _run("-m", "tracer", "--lang", "en", os.fsdecode(b"\xff\xfe"))
    assert done.returncode == 2
    assert b"There is no command \\udcff\\udcfe." in done.stderr


def test_the_locale_decides() -> None:
    done = _run("-m", "tracer", "--help", env={"LANG": "en_US.UTF-8"})
    assert done.stdout.startswith(b"Usage: tracer")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['tracer', '--lang', 'en', 'trace', '--help']\n"
        "from tracer.__main__ import main\n"
        "try: main()\n"
        f"finally: print(*(name for name in {(*HEAVY, 'pydantic')} if name in sys.modules))"
    )
    done = _run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == b""


def test_options_are_read_without_pydantic() -> None:
    code = (
        "import sys; sys.argv = ['tracer', 'trace', '106', '--from', 'x']\n"
        "from tracer.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, 'pydantic' in sys.modules)"
    )
    assert _run("-c", code).stdout == b"2 False\n"


def test_a_reader_that_stops_reading_is_no_trouble() -> None:
    command = [sys.executable, "-m", "tracer", "--help"]
    env = os.environ | {"PYTHONPATH": str(HOME)}
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=env, timeout=60)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


def test_version_is_one_line() -> None:
    done = _run("-m", "tracer", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith(b"tracer")
    assert done.stdout.count(b"\n") == 1
