from typing import Any

import pytest

from tracer.cli.output import plain
from tracer.cli.tabular import trace_tables
from tracer.messages import LANGUAGES, Language


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", ["simple", "broken"])
def test_tables_are_as_on_file(papers: Any, golden: Any, case: str, lang: Language) -> None:
    text = plain(trace_tables(getattr(papers, case)(), (), lang))
    golden(f"{case}.tables.{lang}.txt", text)


def test_every_record_is_named(papers: Any) -> None:
    trace = papers.circle()
    text = plain(trace_tables(trace, (), "en"))
    assert all(record in text for hop in trace.hops for record in hop.records)


def test_a_trace_of_a_holder_alone(papers: Any) -> None:
    text = plain(trace_tables(papers.trace(parties=[papers.party("H", 0)]), (), "en"))
    assert "Hops" not in text
    assert "Parties" in text
