"""The examples in every format, read by somebody else's reader."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.report.exchange import told
from tests.report.exchange.told import READERS, told_by
from tracer import Case, open_case
from tracer.graph.result import Trace
from tracer.report.trace_json import trace_json

EXAMPLES = Path(__file__).parents[2] / "examples"
HANGZHOU = ("10687415", "10684500")
AUDIT = ("10670001", "10670021", "10670022", "10670041", "10670042", "10690012")
"""Access, gap, a contract without segment, two codes through one party, a term without start."""
pytestmark = pytest.mark.xdist_group("exchange")  # the examples are loaded once


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    found = {}
    for name in ("hangzhou", "audit"):
        file = tmp_path_factory.mktemp(name) / "case.db"
        found[name] = open_case(file, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        found[name].load([EXAMPLES / name])
    yield found
    for case in found.values():
        case.close()


def traced(case: Case, numbers: tuple[str, ...]) -> list[Trace]:
    return [case.trace(number) for number in numbers]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("name", "numbers"), [("hangzhou", HANGZHOU), ("audit", AUDIT)])
def test_a_file_of_several_numbers_is_read_back(
    name: str, numbers: tuple[str, ...], reader: str, cases: dict[str, Case], tmp_path: Path
) -> None:
    file = cases[name].render(numbers, tmp_path / f"out{reader.rpartition(' ')[2]}")
    ours = told_by(traced(cases[name], numbers))
    assert READERS[reader](file.read_bytes()) == ours
    assert len(ours.records) > len(ours.hops)


def test_igraph_counts_as_many(cases: dict[str, Case], tmp_path: Path) -> None:
    file = cases["hangzhou"].render(HANGZHOU, tmp_path / "out.graphml")
    found = told.by_igraph(file.read_bytes(), tmp_path)
    assert (len(found.parties), len(found.hops), len(found.records)) == (6, 5, 357)


def test_hops_of_several_numbers_follow_each_other(cases: dict[str, Case], tmp_path: Path) -> None:
    both = cases["hangzhou"].render(HANGZHOU, tmp_path / "both.csv").read_text("utf-8-sig")
    alone = [
        cases["hangzhou"].render([number], tmp_path / "one.csv").read_text("utf-8-sig")
        for number in HANGZHOU
    ]
    (head, *first), (_, *second) = (text.splitlines() for text in alone)
    assert both.splitlines() == [head, *first, *second]


def test_json_is_the_trace(cases: dict[str, Case], tmp_path: Path) -> None:
    case = cases["hangzhou"]
    file = case.render(HANGZHOU[:1], tmp_path / "out.json")
    trace = case.trace(HANGZHOU[0])
    assert file.read_text(encoding="utf-8") == trace_json(trace, case.findings(trace))
