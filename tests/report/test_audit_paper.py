"""An audit as a paper: every code, every party a finding names, in both languages."""

from tracer.report.audit_paper import audit_paper
from tracer.report.papers import Yuan, shown

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


def test_an_audit_of_nothing_is_a_paper_of_no_sections() -> None:
    paper = audit_paper(make_audit())
    assert paper.sections == ()
    assert paper.answer[0][1].zh == "0"
