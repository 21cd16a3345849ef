import builtins
import socket
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.spark_engine import SparkEngine
from tracer.ingest.spark_session import SparkHost, pack_tracer, reach_master
from tracer.ingest.traffic import LaneSettings, LogLane

from .spark_logs import why_no_spark
from .traffic_logs import HEADER, MASKER, ROW, open_sheet, write_csv

WHY = why_no_spark()
needs_pyspark = pytest.mark.skipif("pyspark is" in str(WHY), reason=str(WHY))


def refusal(folder: Path, engine: str) -> UsageError:
    """Read a log in a lane that cannot; nothing may be left of it."""
    scratch = folder / "scratch"
    scratch.mkdir()
    sheet = open_sheet(write_csv(folder / "log.csv", [HEADER, ROW]))
    settings = LaneSettings(engine=engine, scratch=scratch)
    with LogLane((), settings, MASKER) as lane, pytest.raises(UsageError) as caught:
        lane.read(sheet, sheet.settings)
    assert list(scratch.iterdir()) == []
    for lang in ("zh", "en"):
        assert "\n" not in caught.value.message(lang)
    return caught.value


@pytest.mark.parametrize(
    "master", ["spark:", "spark:x", "spark://", "spark://host", "spark://host:x", "spark://h:99999"]
)
@needs_pyspark
def test_an_address_that_is_none(tmp_path: Path, master: str) -> None:
    error = refusal(tmp_path, master)
    assert (error.key, error.values["master"]) == ("spark_bad_master", master)


@needs_pyspark
def test_a_master_that_does_not_answer(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        error = refusal(tmp_path, f"spark://127.0.0.1:{port}")
    assert (error.key, error.values["seconds"]) == ("spark_unreachable", 10)
    assert str(port) in error.message("en")


def test_one_of_several_masters_is_enough() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        reach_master(f"spark://127.0.0.1:1,127.0.0.1:{port}")
    with pytest.raises(UsageError):
        reach_master(f"spark://127.0.0.1:1,127.0.0.1:{port}", seconds=1)


def test_without_pyspark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.partition(".")[0] == "pyspark":
            raise ModuleNotFoundError(name=name)
        return really(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    error = refusal(tmp_path, "spark")
    assert error.key == "spark_missing"
    assert "tracer[spark]" in error.message("zh")


@needs_pyspark
def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    error = refusal(tmp_path, "spark")
    assert error.key == "spark_no_java"
    assert "nowhere/bin/java" in error.message("en")


def test_an_engine_that_has_read_nothing_closes_and_forgets(tmp_path: Path) -> None:
    engine = SparkEngine("spark", tmp_path)
    engine.forget()
    engine.close()
    assert list(tmp_path.iterdir()) == []


def test_workers_are_sent_every_module(tmp_path: Path) -> None:
    pack_tracer(tmp_path / "tracer.zip")
    with zipfile.ZipFile(tmp_path / "tracer.zip") as packed:
        names = packed.namelist()
    assert {"tracer/__init__.py", "tracer/ingest/spark_tasks.py"} <= set(names)
    assert names == sorted(names)


@needs_pyspark
def test_only_a_folder_that_is_there_takes_a_session(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        SparkHost("spark", tmp_path / "nowhere")
