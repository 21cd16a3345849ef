from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tracer.cli.cells import width
from tracer.cli.output import plain
from tracer.cli.picture import draw_trace
from tracer.cli.tabular import trace_tables
from tracer.graph.result import IncidentTally
from tracer.messages import LANGUAGES, Language
from tracer.model.diagnostic import Note
from tracer.model.mark import Correction, Marks
from tracer.model.period import Period

Golden = Callable[[str, str], None]
CASES = ("simple", "circle", "merge", "broken", "cut")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_pictures_are_as_on_file(papers: Any, golden: Golden, case: str, lang: Language) -> None:
    trace = getattr(papers, case)()
    golden(f"{case}.{lang}.txt", plain(draw_trace(trace, (), lang)))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_out(papers: Any, case: str) -> None:
    trace = getattr(papers, case)()
    drawn = plain(draw_trace(trace, (), "zh"))
    named = {each.name for each in trace.parties} | {each.name for each in trace.senders}
    for hop in trace.hops:
        named |= {hop.upstream, hop.downstream, *hop.contract_numbers}
    for gap in trace.gaps:
        named |= {gap.party, *(each.detail for each in gap.candidates)}
    named |= {each.contract_no for each in trace.unsegmented}
    named |= {each.downstream for each in trace.blocked_only}
    assert [name for name in named if name not in drawn] == []


@pytest.mark.parametrize("cells", [60, 80, 100])
@pytest.mark.parametrize("case", CASES)
def test_pictures_fold_at_the_edge_of_the_terminal(papers: Any, case: str, cells: int) -> None:
    trace = getattr(papers, case)()
    picture = plain(draw_trace(trace, (), "zh", cells=cells)).split("链路")[0].splitlines()
    whole = plain(draw_trace(trace, (), "zh")).splitlines()
    assert max(map(width, picture)) <= max(cells, 72)
    assert len(picture) <= len(whole) + 40


def test_columns_stand_under_one_another(papers: Any) -> None:
    lines = plain(draw_trace(papers.simple(), (), "zh")).splitlines()
    marks = {
        width(text[: text.index("〔合同+日志〕")])
        for text in lines
        if "══ " in text and "公司" in text
    }
    assert len(marks) == 1


def test_disjoint_hops_are_not_drawn_as_a_chain(papers: Any) -> None:
    """H→A in spring and A→B in autumn are two chains; no line leads from H over A to B."""
    hops = (
        papers.hop("A", "B", papers.contract("S2", "A", "B")),
        papers.hop("H", "A", papers.contract("S1", "H", "A")),
    )
    chains = [papers.chain("A", "B", starts=("gap",)), papers.chain("H", "A")]
    parties = [papers.party("H", 0), papers.party("A", 1), papers.party("B", None)]
    roots = {"H": ("holder",), "A": ("gap",)}
    trace = papers.trace(hops, chains, parties, roots=roots)
    assert plain(draw_trace(trace, (), "zh")).splitlines()[5:13] == [
        "层  主体          依据      短信  日志来自",
        "0   H             持有人",
        "1   └── A         〔合同〕     0  无日志    纸面末位（全链无日志）",
        "          合同 S1 · 10687415 · 2023-01-01…2023-12-31 · contracts.csv 第 3 行",
        "",
        "1   ╌╌ 断档 ╌╌ A  断档",
        "–   └── B         〔合同〕     0  无日志    纸面末位（全链无日志）",
        "          合同 S2 · 10687415 · 2023-01-01…2023-12-31 · contracts.csv 第 2 行",
    ]


def test_many_contract_rows_are_told_and_all_lists_them(papers: Any) -> None:
    rows = [papers.contract(f"N{at}", "H", "A") for at in range(6)]
    parties = [papers.party("H", 0), papers.party("A", 1)]
    trace = papers.trace([papers.hop("H", "A", *rows)], [papers.chain("H", "A")], parties)
    short, full = plain(draw_trace(trace, (), "zh")), plain(draw_trace(trace, (), "zh", every=True))
    assert "另有 2 行合同" in short
    assert "N5" not in short
    assert "N5" in full
    assert "行合同（" not in full


def test_all_lists_every_chain(papers: Any) -> None:
    trace = papers.circle()
    assert "另有 1 条" in plain(draw_trace(trace, (), "zh"))
    full = plain(draw_trace(trace, (), "zh", every=True))
    assert "链路 3 条" in full
    assert "H → A → B → C\n" in full


def test_hostile_names_stay_text(papers: Any) -> None:
    name = "甲\x1b[2J\n乙\u202e"
    hops = [papers.hop("H", name, papers.contract("X\x07", "H", name))]
    parties = [papers.party("H", 0), papers.party(name, 1)]
    drawn = plain(draw_trace(papers.trace(hops, [papers.chain("H", name)], parties), (), "zh"))
    assert not set(drawn) & {"\x1b", "\x07", "\u202e"}
    assert "甲\\x1b[2J⏎乙\\u202e" in drawn


def test_what_an_answer_leaves_out_is_said_above_it_and_once(papers: Any) -> None:
    left = (
        Note("as_of", {"moment": "2026-01-01", "event": 3}),
        Note("grade_left_out", {"count": 2, "grade": "probable"}),
    )
    trace = papers.simple()
    drawn = plain(draw_trace(replace(trace, notes=(*trace.notes, *left)), (), "zh"))
    assert drawn.splitlines()[1:3] == [
        "按 2026-01-01 时的状态（保管记录第 3 条为止）。",
        "2 条记录的可信程度低于 probable，未计入。",
    ]
    assert drawn.count("时的状态") == drawn.count("未计入") == 1


def test_a_holder_alone_is_shown(papers: Any) -> None:
    drawn = plain(draw_trace(papers.trace(parties=[papers.party("H", 0)]), (), "zh"))
    assert "其下无记录" in drawn
    assert "没有链路" in drawn


def test_segments_beside_the_number_are_counted(papers: Any) -> None:
    paper = papers.contract("P1", "H", "A", "10687415、10699、10698、10697")
    parties = [papers.party("H", 0), papers.party("A", 1)]
    trace = papers.trace([papers.hop("H", "A", paper)], [papers.chain("H", "A")], parties)
    assert "10687415等（另有 3 个号段）" in plain(draw_trace(trace, (), "zh"))


def test_terms_say_why_they_are_open(papers: Any) -> None:
    from datetime import date

    from tracer.cli.labels import Labels
    from tracer.model.period import Period

    start = Period(date(2023, 1, 1), None)
    term = Labels("zh").term
    assert term(papers.contract("P", "A", "B", term=start)) == "2023-01-01…长期"
    assert (
        term(papers.contract("P", "A", "B", term=start, end_stated=False))
        == "2023-01-01…终止未载明"
    )
    both = papers.contract("P", "A", "B", term=Period(), start_stated=False, end_stated=False)
    assert term(both) == "起始未载明…终止未载明"


def test_remarks_on_a_record(papers: Any) -> None:
    from tracer.cli.labels import Labels
    from tracer.model.evidence import Document

    paper = papers.contract(
        "P", "A", "B", unit_price=32_500, sublease_clause="with_consent", conflicting=True,
        document=Document("scan.pdf", None, "3"),
    )  # fmt: skip
    assert Labels("en").contract(paper, "10687415") == [
        "contract P",
        "10687415",
        "2023-01-01…2023-12-31",
        "0.0325 yuan/msg",
        "sublease with consent",
        "rows of this contract disagree",
        "contracts.csv row 2",
        "document scan.pdf",
    ]


def test_partly_covered_traffic_says_how_much(papers: Any) -> None:
    from tracer.cli.labels import Labels

    paper = papers.contract("P", "A", "B")
    hop = papers.hop("A", "B", paper, messages=9, status="partly_covered", messages_covered=4)
    assert Labels("zh").log(hop) == ["日志 2023-07-05", "1068741501", "有合同 4 条"]


def test_no_incident_in_a_window_says_nothing_of_other_days(papers: Any) -> None:
    bare = replace(papers.simple(), incidents=IncidentTally())
    within = replace(bare, window=Period(date(2023, 7, 1), date(2023, 7, 31)))
    assert "涉诈短信：未见记录" in plain(draw_trace(bare, (), "zh"))
    assert "涉诈短信：所查期间内未见记录" in plain(draw_trace(within, (), "zh"))


def test_a_corrected_record_is_marked_where_it_stands(papers: Any) -> None:
    paper, other = papers.contract("P1", "H", "A"), papers.contract("P2", "H", "A")
    loose = papers.contract("N1", "A", "B")._replace(segments=())
    parties = [papers.party("H", 0), papers.party("A", 1)]
    plainly = papers.trace(
        [papers.hop("H", "A", paper, other)],
        [papers.chain("H", "A")],
        parties,
        unsegmented=(loose,),
    )
    fixes = (
        Correction(
            7, "2026-01-01", "王", "误读", "valid_to", "终止\x1b日期", "2023-12-31", "2023-06-30"
        ),
        Correction(9, "2026-01-02", "王", "误读", "unit_price", "单价", "", "0.03"),
    )
    plainly = replace(plainly, allocations=(papers.allocation("H"),))
    refs = (paper.ref, loose.ref, plainly.allocations[0].ref)
    marks = Marks(corrections={ref.record_id: fixes for ref in refs})
    trace = replace(plainly, evidence=replace(plainly.evidence, marks=marks))
    drawn = plain(draw_trace(trace, (), "zh"))
    first = "〔更正〕终止\\x1b日期：2023-12-31 → 2023-06-30（记录第 7 条）"
    assert drawn.count(f"{first} · 〔更正〕单价：（空白） → 0.03（记录第 9 条）\n") == 3
    (marked,) = [line for line in drawn.splitlines() if "合同 P1" in line]
    (bare,) = [line for line in drawn.splitlines() if "合同 P2" in line]
    assert ("〔更正〕" in marked, "〔更正〕" in bare) == (True, False)
    assert "[corrected] 单价: (blank) → 0.03 (event 9)" in plain(draw_trace(trace, (), "en"))
    tables = plain(trace_tables(trace, (), "zh")).splitlines()
    assert any(paper.ref.record_id in line and first in line for line in tables)
    assert not any("〔更正〕" in line for line in plain(draw_trace(plainly, (), "zh")).splitlines())
