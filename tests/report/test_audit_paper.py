"""An audit as a paper: every code, every party a finding names, in both languages."""

import json
from collections.abc import Iterable
from dataclasses import replace

from tracer.cli.audit_table import audit_lines
from tracer.cli.output import plain
from tracer.model.case import CaseInfo
from tracer.model.diagnostic import Note
from tracer.report.audit_json import audit_json
from tracer.report.audit_notes import audit_notes
from tracer.report.audit_paper import audit_paper
from tracer.report.citing import sources_digest
from tracer.report.diagram.shapes import words_of
from tracer.report.html.overview import render_overview
from tracer.report.papers import Yuan, shown
from tracer.report.typeset.flow import Slug
from tracer.report.typeset.listing import paper_body
from tracer.report.typeset.paper_exhibit import paper_pdf

from .audits import full_audit, make_audit


def test_every_code_has_a_row_and_every_named_party() -> None:
    audit = full_audit()
    paper = audit_paper(audit)
    tables = {table.key: table for part in paper.sections for table in part.tables}
    codes = [shown(row[0]).zh.partition("（")[0] for row in tables["codes"].rows]
    assert codes == [each.code for each in audit.codes]
    assert [row[8] for row in tables["codes"].rows] == [
        Yuan(each.figures.loss) for each in audit.codes
    ]
    named = [line for line in audit.parties if line.findings]
    assert [shown(row[0]).zh for row in tables["parties"].rows] == [line.name for line in named]
    assert {shown(row[0]).zh for row in tables["rules"].rows} == {
        rule for each in audit.codes for rule in each.findings
    }


def test_what_it_is_not_is_said_first() -> None:
    paper = audit_paper(full_audit())
    assert "不是认定" in paper.statement[0].zh
    assert "leads" in paper.statement[0].en


def test_the_files_it_rests_on_stand_at_its_end() -> None:
    sources = (("a/甲.csv", "ab" * 32), ("b/乙.csv", "cd" * 32))
    paper = audit_paper(full_audit(), sources)
    assert paper.sources == sources
    assert paper.digest == sources_digest(sources)
    pages = paper_pdf(paper, CaseInfo(), "zh")
    assert pages.startswith(b"%PDF")
    assert pages == paper_pdf(audit_paper(full_audit(), sources), CaseInfo(), "zh")
    said = _words(paper_body(paper, 500.0, "zh"))
    for path, digest in sources:
        assert path in said
        assert digest in said
    assert "SHA-256" not in _words(paper_body(audit_paper(full_audit()), 500.0, "zh"))


def _words(slugs: Iterable[Slug]) -> str:
    return "".join(word.text for slug in slugs for word in words_of(slug.shapes))


def test_as_of_when_it_was_seen_is_said_in_every_form() -> None:
    stood = Note("as_of", {"moment": "2026-01-01 00:00:00+08:00", "event": 3})
    audit = replace(full_audit(), notes=(stood,))
    words = "按 2026-01-01 00:00:00+08:00 时的状态（保管记录第 3 条为止）。"
    assert audit_paper(audit).statement[0].zh == words
    assert next(audit_notes(audit, "zh")) == words
    assert plain(audit_lines(audit, "zh", None)).splitlines()[1] == words
    assert words in render_overview(audit, CaseInfo(), "zh", {}).decode()
    document = json.loads("".join(audit_json(audit)))
    assert document["notes"] == [{"note": "as_of", "values": dict(stood.values)}]
    assert json.loads("".join(audit_json(full_audit())))["notes"] == []


def test_an_audit_of_nothing_is_a_paper_of_no_sections() -> None:
    paper = audit_paper(make_audit())
    assert paper.sections == ()
    assert paper.answer[0][1].zh == "0"
