"""A standalone master and its worker on loopback: the outcome is that of this process."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tracer.ingest.spark_session import SparkHost

from .spark_logs import ACCOUNTS, QUICK_JAVA, messy_rows, read_by_both, why_no_spark
from .traffic_logs import open_sheet, write_csv

WHY = why_no_spark()
pytestmark = [pytest.mark.skipif(WHY is not None, reason=str(WHY)), pytest.mark.slow]

STARTS_WITHIN = 60


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(role: str, *words: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start a part of Spark's standalone cluster from the jars that PySpark brings."""
    import pyspark

    home = Path(pyspark.__file__).parent
    settings = folder / "log4j2.properties"
    settings.write_text("rootLogger.level = error\n", encoding="utf-8")
    with (folder / f"{role}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", *words],
            env={
                **os.environ,
                "SPARK_HOME": str(home),
                "SPARK_LOCAL_IP": "127.0.0.1",
                "SPARK_DAEMON_MEMORY": "256m",
                "SPARK_DAEMON_JAVA_OPTS": QUICK_JAVA,
                "SPARK_WORKER_DIR": str(folder),
            },
            cwd=folder,
            stdout=log,
            stderr=log,
        )


def wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until
        time.sleep(0.2)


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a master and a worker; stop them afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    port, ui, worker_ui = free_port(), free_port(), free_port()
    address = f"spark://127.0.0.1:{port}"
    running = []
    try:
        place = ("--host", "127.0.0.1")
        words = (*place, "--port", str(port), "--webui-port", str(ui))
        running.append(start("master.Master", *words, folder=folder))
        wait_for(port)
        size = ("--webui-port", str(worker_ui), "--cores", "2", "--memory", "1g")
        running.append(start("worker.Worker", *place, *size, address, folder=folder))
        wait_for(worker_ui)
        yield address
    finally:
        for process in reversed(running):
            stop(process)


def test_a_cluster_says_what_this_process_says(
    master: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    files = [
        write_csv(tmp_path / f"{number}.csv", messy_rows(number, 40), encoding=encoding)
        for number, encoding in enumerate(["utf-8", "gb18030"])
    ]
    host = SparkHost(master, tmp_path, QUICK_JAVA)
    try:
        found = read_by_both(host, scratch, [open_sheet(file) for file in files], ACCOUNTS)
        assert all(one.rows and one.rejected for one in found)
    finally:
        host.close()
    assert capfd.readouterr() == ("", "")
    assert list(scratch.iterdir()) == []
