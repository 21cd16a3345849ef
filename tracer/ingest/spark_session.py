"""A Spark session that says nothing on the terminal: on this machine, or on a cluster.

What Spark itself has to say goes into a log file in the scratch folder; of a failure, the last
line that tells something becomes part of one error.
"""

import gc
import os
import signal
import socket
import sys
import threading
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracer.errors import UsageError

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

__all__ = ["LOCAL", "SparkHost", "explained", "pack_tracer", "reach_master", "root_cause"]

LOCAL: Final = "local[*]"
"""All cores of this machine."""

_HERE: Final = "spark"
_PREFIX: Final = "spark://"
_REACH_SECONDS: Final = 10
_LONGEST_DETAIL: Final = 200
_LOOPBACK: Final = "127.0.0.1"
_LOGGING: Final = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %p %c{1}: %m%n%ex{1}
"""


def reach_master(master: str, seconds: float = _REACH_SECONDS) -> None:
    """See that one of the masters named answers at its port.

    Parameters
    ----------
    master : str
        `spark://host:port`, or several: `spark://host:port,host:port`.
    seconds : float
        How long each may take.

    Raises
    ------
    UsageError
        If none does.
    """
    detail = ""
    for place in master.removeprefix(_PREFIX).split(","):
        host, _, port = place.rpartition(":")
        if not (host and port.isascii() and port.isdigit() and int(port) < 1 << 16):
            raise UsageError("spark_bad_master", master=master)
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=seconds).close()
        except OSError as fault:
            detail = fault.strerror or str(fault)
        else:
            return
    raise UsageError("spark_unreachable", master=master, seconds=int(seconds), detail=detail)


def pack_tracer(archive: Path) -> None:
    """Write this very program's modules into an archive that workers import from."""
    package = Path(__file__).resolve().parents[1]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for module in sorted(package.rglob("*.py")):
            packed.write(module, module.relative_to(package.parent).as_posix())


class SparkHost:
    """A running Spark session; close it when done.

    Parameters
    ----------
    master : str
        `spark`: all cores of this machine; or `spark://host:port`.
    folder : pathlib.Path
        Where its log and the archive of this program are written.
    java_options : str
        Further options of the Java machine.

    Raises
    ------
    UsageError
        If PySpark or Java is missing, or no master answers.
    """

    def __init__(self, master: str, folder: Path, java_options: str = "") -> None:
        self.master = LOCAL if master == _HERE else master
        self.is_cluster = self.master.startswith(_PREFIX)
        if not self.is_cluster and self.master != LOCAL:
            raise UsageError("spark_bad_master", master=master)
        self._java_options = java_options
        self._log = folder / "spark.log"
        _require_pyspark()
        if self.is_cluster:
            reach_master(self.master)
        self._interrupt = signal.getsignal(signal.SIGINT)
        with _quiet():
            self._gateway, self._process = self._launch(folder)
            try:
                self.context = self._connect()
                self.session = self._session(folder)
            except BaseException:
                self._stop_java()
                raise

    def _launch(self, folder: Path) -> "tuple[JavaGateway, Any]":
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway

        quiet = folder / "log4j2.properties"
        quiet.write_text(_LOGGING, encoding="utf-8")
        conf = SparkConf(loadDefaults=False).setMaster(self.master).setAppName("tracer")
        conf.setAll(sorted(self._settings(folder, quiet).items()))
        try:
            with self._log.open("ab") as log, _python_of_workers():
                gateway = launch_gateway(conf, {"stdout": log, "stderr": log})
        except (PySparkException, OSError) as fault:
            fault.__traceback__ = None  # it holds what was started
            gc.collect()
            raise UsageError("spark_no_java", detail=self._words(0) or str(fault)) from fault
        self._conf = conf
        return gateway, getattr(gateway, "proc", None)

    def _settings(self, folder: Path, quiet: Path) -> dict[str, str]:
        settings = {
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}"
            f" {self._java_options}".rstrip(),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.caseSensitive": "true",
            "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
            # Results are read by Arrow's own reader, which needs no marker files.
            "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
            "spark.sql.parquet.compression.codec": "zstd",
        }
        if not self.is_cluster:
            settings["spark.local.dir"] = str(folder)
            settings["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
        if not self.is_cluster or _is_loopback(self.master):
            settings["spark.driver.host"] = settings["spark.driver.bindAddress"] = _LOOPBACK
        return settings

    def _connect(self) -> "SparkContext":
        from py4j.protocol import Py4JError
        from pyspark import SparkContext
        from pyspark.errors import PySparkException

        try:
            with _python_of_workers():
                return SparkContext(conf=self._conf, gateway=self._gateway)
        except (Py4JError, PySparkException, TypeError) as fault:
            if not self.is_cluster:
                raise UsageError(
                    "spark_failed", master=self.master, detail=self.last_words() or str(fault)
                ) from fault
            raise UsageError(
                "spark_unreachable",
                master=self.master,
                seconds=_REACH_SECONDS,
                detail=self.last_words(),
            ) from fault

    def _session(self, folder: Path) -> "SparkSession":
        from pyspark.sql import SparkSession

        archive = folder / "tracer.zip"
        pack_tracer(archive)
        self._path = list(sys.path)
        self.context.addPyFile(str(archive))
        return SparkSession(self.context)

    def workers(self) -> int:
        """Count the executors that take work; on this machine alone there is always one."""
        if not self.is_cluster:
            return 1
        return len(self.context._jsc.sc().statusTracker().getExecutorInfos()) - 1  # noqa: SLF001

    def last_words(self) -> str:
        """Give the last line of Spark's log that tells something."""
        return self._words(-1)

    def _words(self, place: int) -> str:
        with suppress(OSError):
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
            told = [line.strip() for line in lines if line.strip() and not line.startswith("\tat ")]
            return told[place] if told else ""
        return ""

    def close(self) -> None:
        """Stop the session and the Java machine it runs in."""
        with _quiet():
            with suppress(Exception):  # what cannot be stopped in order is ended below
                self.session.stop()
            sys.path[:] = self._path
            self._stop_java()
        # PySpark's own handler knows nothing but the session that is gone.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._interrupt)

    def _stop_java(self) -> None:
        from pyspark import SparkContext

        with suppress(Exception):
            self._gateway.shutdown()
            gc.collect()  # py4j leaves its sockets to be closed by that
        if SparkContext._gateway is self._gateway:  # noqa: SLF001 - or no other could be started
            SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001
        if self._process is not None:
            self._process.stdin.close()
            try:
                self._process.wait(timeout=10)
            except Exception:  # noqa: BLE001 - it does not end by itself
                self._process.kill()
                self._process.wait()


@contextmanager
def explained(host: SparkHost) -> Iterator[None]:
    """Say in one line why Spark could not do what it was asked for."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    with _quiet():
        try:
            yield
        except (Py4JError, PySparkException) as fault:
            detail = root_cause(str(fault)) or host.last_words()
            raise UsageError("spark_failed", master=host.master, detail=detail) from fault


def root_cause(said: str) -> str:
    r"""Find in what Spark says of a failure the line that names it.

    Examples
    --------
    >>> root_cause("Job aborted\nTraceback (most recent call last):\n  File\nOSError: disk full\n")
    'OSError: disk full'
    >>> root_cause("An error occurred: java.io.IOException: no route\n\tat org.apache")
    'An error occurred: java.io.IOException: no route'
    """
    lines = [line for line in said.splitlines() if line.strip()]
    for place, line in enumerate(lines):
        if line.startswith("Traceback "):
            after = (rest for rest in lines[place + 1 :] if not rest[0].isspace())
            return next(after, line).strip()[:_LONGEST_DETAIL]
    return lines[0].strip()[:_LONGEST_DETAIL] if lines else ""


def _require_pyspark() -> None:
    try:
        with _quiet():
            import pyspark  # noqa: F401
    except ImportError as fault:
        raise UsageError("spark_missing") from fault


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libraries say to their own developers from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _python_of_workers() -> Iterator[None]:
    """Have workers run the Python that runs here, unless another is named."""
    if "PYSPARK_PYTHON" in os.environ:
        yield
        return
    os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        yield
    finally:
        del os.environ["PYSPARK_PYTHON"]


def _is_loopback(master: str) -> bool:
    host = master.removeprefix(_PREFIX).rpartition(":")[0]
    return host in {"localhost", _LOOPBACK}
