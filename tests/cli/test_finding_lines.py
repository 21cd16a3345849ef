"""Findings on the terminal: told whole, folded, counted, and marked where they belong."""

from typing import Any

import pytest

from tracer.cli.cells import width
from tracer.cli.finding_lines import finding_counts, finding_lines
from tracer.cli.labels import Labels
from tracer.cli.output import plain
from tracer.cli.picture import draw_trace
from tracer.cli.tabular import trace_tables
from tracer.messages import LANGUAGES, Language, text
from tracer.model.finding import Finding
from tracer.report.findings import clauses_of, sentence
from tracer.rules.base import make_finding


def about(*ends: str, **said: Any) -> Finding:
    """Make a finding about a hop, or about one party where one is given."""
    values = {"upstream": ends[0], "downstream": ends[-1]}
    if len(ends) == 1:
        return make_finding("TR201", parties=ends, values=values, **said)
    return make_finding("TR201", hops=[(ends[0], ends[1])], values=values, **said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_clauses_and_rebuttal_stand_once_over_the_findings_of_a_rule(
    papers: Any, lang: Language
) -> None:
    findings = [about("甲公司", "乙公司"), about("乙公司", "丙公司")]
    shown = plain(finding_lines(findings, Labels(lang), None, every=False))
    assert shown.count(text("rule.TR201.title", lang)) == 1
    assert shown.count(text("rule.TR201.rebuttal", lang)) == 1
    for clause in clauses_of("TR201"):
        assert clause.citation(lang) in shown
    for number, finding in enumerate(findings, start=1):
        assert f"{number:>5}  {sentence(finding, lang)}" in shown
    assert shown.startswith("  " + text("finding_part.leads", lang))


def test_no_finding_is_no_section_but_is_said_on_top(papers: Any) -> None:
    labels = Labels("zh")
    assert finding_lines([], labels, None, every=True) == []
    assert finding_counts([], labels) == ["未见"]
    top = plain(draw_trace(papers.simple(), (), "zh")).splitlines()[:6]
    assert [row.split() for row in top if row.startswith("线索")] == [["线索", "未见"]]


def test_rules_are_counted(papers: Any) -> None:
    findings = [about("甲", "乙"), about("乙", "丙"), Finding("TR101", ("甲",))]
    assert finding_counts(findings, Labels("en")) == ["TR101", "TR201×2"]


def test_records_beyond_a_few_are_counted_unless_all_are_asked_for(papers: Any) -> None:
    refs = [papers.ref("checks") for _ in range(6)]
    finding = about("甲", "乙", refs=refs)
    short = plain(finding_lines([finding], Labels("zh"), None, every=False))
    full = plain(finding_lines([finding], Labels("zh"), None, every=True))
    assert "另有 2 条（--all 全部列出）" in short
    assert short.count("checks.csv") == 4
    assert full.count("checks.csv") == 6


@pytest.mark.parametrize("cells", [60, 80])
def test_findings_fold_at_the_edge_of_the_terminal(papers: Any, cells: int) -> None:
    finding = about("甲公司" * 9, "乙公司", refs=[papers.ref("checks") for _ in range(4)])
    lines = plain(finding_lines([finding], Labels("zh"), cells, every=False)).splitlines()
    assert max(map(width, lines)) <= cells
    joined = "".join(row.strip() for row in lines)
    assert sentence(finding, "zh").replace(" ", "") in joined.replace(" ", "")


def test_what_a_record_says_does_not_move_the_cursor() -> None:
    finding = about("甲\x1b[31m公司\u202e", "乙")
    shown = plain(finding_lines([finding], Labels("zh"), None, every=False))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_marks_stand_under_hops_and_parties_and_beside_access(papers: Any) -> None:
    trace = papers.broken()
    hop, access = trace.hops[0], trace.access[0]
    party = trace.parties[0].name
    findings = [
        about(hop.upstream, hop.downstream),
        about(access.carrier, access.party),
        about(party),
    ]
    drawn = plain(draw_trace(trace, findings, "zh")).splitlines()
    marked = [row for row in drawn if "※ 线索 TR201" in row]
    assert len(marked) == 3
    assert sum(access.carrier in row for row in marked) == 1
    assert any(row.startswith(("0", "–", "1")) for row in drawn)
    tables = plain(trace_tables(trace, findings, "zh")).splitlines()
    ends = [row for row in tables if row.endswith("TR201")]
    assert len([row for row in ends if hop.upstream in row and hop.downstream in row]) >= 1
    assert len([row for row in ends if f"  {party}  " in row]) >= 1
