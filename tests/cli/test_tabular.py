from typing import Any

import pytest

from tracer.cli.output import plain
from tracer.cli.picture import draw_trace
from tracer.cli.tabular import trace_tables
from tracer.messages import LANGUAGES, Language
from tracer.model.evidence import Contract


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


def test_hops_stand_by_layers(papers: Any) -> None:
    hops = [papers.hop("A", "Z", messages=1), papers.hop("H", "M", messages=1)]
    hops += [papers.hop("M", "A", messages=1), papers.hop("G", "K", messages=1)]
    parties = [papers.party(name, n) for name, n in zip("HMAZ", range(4), strict=True)]
    parties += [papers.party("G", None), papers.party("K", None)]
    lines = plain(trace_tables(papers.trace(hops, parties=parties), (), "en")).splitlines()
    start = lines.index("Hops") + 2
    assert [line.split()[:4] for line in lines[start : start + 4]] == [
        ["0", "1", "H", "M"],
        ["1", "2", "M", "A"],
        ["2", "3", "A", "Z"],
        ["–", "–", "G", "K"],
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_contract_that_names_no_segment_is_told_of_its_hop(papers: Any, lang: Language) -> None:
    named = papers.contract("HT-1", "H", "A")
    blank = [replace_segments(papers.contract(no, "H", "B")) for no in ("N-2", "N-1")]
    hops = [papers.hop("H", "A", named, messages=1), papers.hop("H", "B", messages=1)]
    hops.append(papers.hop("H", "C", messages=1))
    parties = [papers.party(name, n) for name, n in (("H", 0), ("A", 1), ("B", 1), ("C", 1))]
    chains = [papers.chain("H", name) for name in "ABC"]
    trace = papers.trace(hops, chains, parties, unsegmented=tuple(blank))
    table = plain(trace_tables(trace, (), lang)).splitlines()
    told = {"zh": "（N-1、N-2 未载明号段）", "en": "(N-1, N-2: no segment named)"}[lang]
    assert [line.split()[3] for line in table if told in line] == ["B"]
    said = {
        "zh": "双方之间有未载明号段的合同 N-1、N-2，未与该号码对应",
        "en": "not tied to this number",
    }
    picture = plain(draw_trace(trace, (), lang))
    assert picture.count(said[lang]) == 1


def replace_segments(contract: Contract) -> Contract:
    return Contract(
        contract.ref, contract.contract_no, contract.upstream, contract.downstream, (),
        contract.term,
    )  # fmt: skip
