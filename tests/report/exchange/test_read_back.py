"""Every format, read by somebody else's reader: the parties, hops and days of the trace."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.report.exchange import told
from tests.report.exchange.conftest import PHONE, Wanted
from tests.report.exchange.told import READERS, hulls, told_by
from tracer.graph.result import Trace
from tracer.report.rendering import Rendering
from tracer.usecases.exchange_forms import EXCHANGE


def write(ending: str, rendering: Rendering) -> bytes:
    return EXCHANGE[ending](rendering)


@pytest.fixture(params=["hangzhou", "one_hop", "messy", "two_terms", "hostile", "two_numbers"])
def answer(request: pytest.FixtureRequest) -> tuple[Trace, ...]:
    found: Trace | tuple[Trace, ...] = request.getfixturevalue(request.param)
    return found if isinstance(found, tuple) else (found,)


@pytest.mark.parametrize("reader", READERS)
def test_every_record_is_found(reader: str, answer: tuple[Trace, ...], wanted: Wanted) -> None:
    content = write(reader.rpartition(" ")[2], wanted(*answer))
    assert READERS[reader](content) == told_by(answer)


def test_igraph_finds_every_record(
    answer: tuple[Trace, ...], wanted: Wanted, tmp_path: Path
) -> None:
    assert told.by_igraph(write(".graphml", wanted(*answer)), tmp_path) == told_by(answer)


def test_csv_names_every_record(answer: tuple[Trace, ...], wanted: Wanted) -> None:
    rows = told.by_csv(write(".csv", wanted(*answer)))
    ours = {record for trace in answer for hop in trace.hops for record in hop.records}
    ours |= {each.ref.record_id for trace in answer for hop in trace.access for each in hop.routing}
    assert {record for record, *_ in rows.records} == ours


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz (Debian: graphviz)")
def test_graphviz_finds_every_hop_and_its_days(answer: tuple[Trace, ...], wanted: Wanted) -> None:
    ours = told_by(answer)
    found = told.by_graphviz(write(".dot", wanted(*answer)))
    assert (found.parties, found.hops) == (ours.parties, ours.hops)
    assert hulls(found) == hulls(ours)
    contracts = [row for row in ours.records if row[0].startswith("contracts:")]
    assert [row for row in found.records if row[0].startswith("contracts:")] == contracts


@pytest.mark.parametrize("ending", EXCHANGE)
def test_equal_answers_have_equal_bytes(ending: str, messy: Trace, wanted: Wanted) -> None:
    assert write(ending, wanted(messy)) == write(ending, wanted(messy))


@pytest.mark.parametrize("ending", EXCHANGE)
def test_both_languages_tell_the_same(
    ending: str, two_numbers: tuple[Trace, ...], wanted: Wanted
) -> None:
    zh, en = (write(ending, wanted(*two_numbers, lang=lang)) for lang in ("zh", "en"))
    assert (zh == en) == (ending == ".csv")
    if ending in {".graphml", ".gexf", ".ftm.json", ".anx"}:
        reader = next(name for name in READERS if name.endswith(ending))
        assert READERS[reader](zh) == READERS[reader](en)


@pytest.mark.parametrize("ending", EXCHANGE)
def test_handset_numbers_are_masked(ending: str, hostile: Trace, wanted: Wanted) -> None:
    content = write(ending, wanted(hostile))
    if ending == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    assert PHONE.encode() not in content
    if ending != ".csv":  # it has no free text at all
        assert b"138****0002" in content
