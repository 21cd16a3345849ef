"""The example case end to end."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracer.errors import UsageError
from tracer.messages import Language
from tracer.model.period import ALL_DAYS
from tracer.rules.examined import ExaminedTrace
from tracer.store.case import case_info
from tracer.store.engine import open_engine
from tracer.store.events import read_events
from tracer.usecases.load import Clock, LoadOptions, LoadReport, Told, load_paths
from tracer.usecases.render import write_traces
from tracer.usecases.targets import check_folder
from tracer.usecases.trace import examine_number

__all__ = ["NUMBERS", "DemoResult", "example_folder", "run_demo"]

NUMBERS: Final = ("10687415", "10684500")
_EXAMPLE: Final = Path("examples") / "hangzhou"
_KEY_ENDING: Final = ".key"
_OPERATOR: Final = "demo"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made, and where it lies."""

    database: Path
    pages: tuple[Path, ...]
    jsons: tuple[Path, ...]
    traces: tuple[ExaminedTrace, ...]
    report: LoadReport


def example_folder(package: Path | None = None) -> Path:
    """Find the example case: beside the package in a checkout, inside it when installed.

    Raises
    ------
    UsageError
        If it is in neither place.
    """
    package = package or Path(__file__).resolve().parent.parent
    for place in (package / _EXAMPLE, package.parent / _EXAMPLE):
        if place.is_dir():
            return place
    raise UsageError("no_example", path=(package / _EXAMPLE).as_posix())


def run_demo(out: Path, lang: Language, *, now: Clock, progress: Told | None = None) -> DemoResult:
    """Load the example case into a fresh database, trace its numbers, write pages and JSON.

    What an earlier demo left in the folder is replaced; other files are left alone.

    Raises
    ------
    UsageError
        If something of a name it would write is there, and not from an earlier demo.
    """
    database, key = out / "tracer.db", out / f"tracer.db{_KEY_ENDING}"
    # a copy beside the results: the same paths, and so the same bytes, wherever it is installed
    case_folder = out / _EXAMPLE.name
    written = [out / f"{number}{form}" for number in NUMBERS for form in (".html", ".json")]
    check_folder(out)
    _check_old(database, [database, key, case_folder, *written])
    out.mkdir(parents=True, exist_ok=True)
    for old in (database, key):
        old.unlink(missing_ok=True)
    shutil.copytree(example_folder(), case_folder, dirs_exist_ok=True)
    engine = open_engine(str(database))
    options = LoadOptions(operator=_OPERATOR)
    report = load_paths(engine, [case_folder], options, now=now, progress=progress)
    pages, jsons, traces = [], [], []
    with engine.connect() as conn:
        case = case_info(conn)
        for number in NUMBERS:
            trace = examine_number(conn, number, ALL_DAYS)
            page, document = out / f"{number}.html", out / f"{number}.json"
            write_traces([trace], case, page, lang)
            write_traces([trace], case, document, lang)
            traces.append(trace)
            pages.append(page)
            jsons.append(document)
    engine.dispose()
    return DemoResult(database, tuple(pages), tuple(jsons), tuple(traces), report)


def _check_old(database: Path, targets: Sequence[Path]) -> None:
    """Refuse to replace what no demo wrote: a user's own case is called `tracer.db` by default."""
    there = [path for path in targets if path.exists()]
    if there and not _is_demo(database):
        raise UsageError("demo_not_ours", path=there[0].as_posix())


def _is_demo(database: Path) -> bool:
    """Tell whether a database is there to which nobody but a demo has loaded anything."""
    try:
        engine = open_engine(str(database), create=False)
    except UsageError:
        return False
    try:
        with engine.connect() as conn:
            return {event.operator for event in read_events(conn)} <= {_OPERATOR}
    finally:
        engine.dispose()
