"""Reports of fraud messages: counted once, victims never named, nothing lost without a word."""

from datetime import date

from tracer.graph.result import Trace
from tracer.report.html.money import money_of
from tracer.report.incident_tables import MOST_LISTED, incident_tables
from tracer.report.papers import Table, Yuan, shown

from .shapes import Papers

DAY = date(2023, 7, 3)


def chain() -> Papers:
    papers = Papers().allocate("甲").contract("甲", "乙").contract("乙", "丙")
    return papers.log("甲", "乙", 50, days=2).log("乙", "丙", 50, days=2)


def tables_of(trace: Trace) -> tuple[Table, Table, Table]:
    parties, hops, listed = incident_tables(trace)
    return parties, hops, listed


def cells(table: Table) -> list[list[str]]:
    return [[shown(cell).zh for cell in row] for row in table.rows]


def test_none_on_record_is_no_table() -> None:
    assert incident_tables(chain().trace()) == ()


def test_by_party_with_days_victims_and_losses() -> None:
    papers = chain().complain(DAY, victim="hash-a", loss=2_000_000)
    papers.complain(date(2023, 7, 4), victim="hash-a", loss=3_500_000)
    papers.complain(date(2023, 7, 4), victim="hash-b")
    papers.complain(date(2023, 9, 1), victim="hash-c", loss=1_000_000)
    parties, hops, _ = tables_of(papers.trace())
    rows = cells(parties)
    assert [row[1] for row in rows] == ["甲", "乙", "丙"]
    # the fourth fell on a day without traffic: it is credited by paper, and apart
    for row in rows:
        assert row[3:8] == ["3", "2023-07-03", "2023-07-04", "2", "5.50"]
        assert row[8:] == ["1", "0"]
    assert [row[2] for row in rows] == ["", "", "最终发送方"]
    total = parties.remarks[0].zh
    assert total.startswith("合计 4 条：3 条")
    assert "1 条仅有书面链条" in total
    assert "受害人 3 名" in total
    assert "6.50 元（1 条未载明）" in total
    assert [row[:3] for row in cells(hops)] == [["甲", "乙", "3"], ["乙", "丙", "3"]]


def test_a_hop_has_only_reports_of_its_own_days() -> None:
    papers = Papers().allocate("甲").contract("甲", "乙").contract("乙", "丙")
    papers.log("甲", "乙", 5, days=2).log("乙", "丙", 5, days=1)
    papers.complain(date(2023, 7, 4), loss=7)
    _, hops, _ = tables_of(papers.trace())
    assert [row[:3] for row in cells(hops)] == [["甲", "乙", "1"]]


def test_victims_are_numbers_and_handsets_masked() -> None:
    papers = chain().complain(DAY, victim="13800010002", loss=1)
    [only] = papers.incidents
    papers.incidents = [only._replace(case_no="报案人电话13800010002", loss=None)]
    tables = tables_of(papers.trace())
    told = str([cells(table) for table in tables])
    assert "13800010002" not in told
    assert "138****0002" in told
    assert cells(tables[2])[0][4] == "未载明"


def test_the_same_report_twice_counts_once() -> None:
    papers = chain().complain(DAY, victim="a", loss=5_000_000)
    [only] = papers.incidents
    row = only.ref._replace(row=only.ref.row + 9, last_row=only.ref.row + 9)
    papers.incidents.append(only._replace(ref=row, loss=4_000_000))
    parties, _, listed = tables_of(papers.trace())
    assert cells(parties)[0][3] == "1"
    assert len(listed.rows) == 1
    assert listed.rows[0][4] == Yuan(5_000_000)


def test_many_reports_are_counted_and_the_rest_announced() -> None:
    papers = chain()
    for index in range(MOST_LISTED + 7):
        papers.complain(DAY, victim=f"v{index}", loss=1_000_000)
    parties, _, listed = tables_of(papers.trace())
    assert cells(parties)[0][3] == str(MOST_LISTED + 7)
    assert len(listed.rows) == MOST_LISTED
    assert listed.remarks[0].zh.startswith("另有 7 条未逐条列出")


def test_prices_step_by_step() -> None:
    papers = Papers().allocate("甲").contract("甲", "乙").contract("甲", "丁").contract("乙", "丙")
    papers.log("甲", "乙", 9).log("乙", "丙", 9)
    money = money_of(papers.trace())
    assert money.ladder is not None
    first, second = money.steps
    assert (first.where.zh, first.hops.zh, first.prices.zh) == (
        "第 0 层向下",
        "2",
        "0.033 – 0.034",
    )
    assert first.spreads.zh == "—"
    assert (second.prices.zh, second.spreads.zh) == ("0.035", "0.002")
    assert second.bar == (200.0, 200.0)
    assert first.bar is not None
    assert first.bar[0] < first.bar[1] < 200


def test_no_price_no_steps() -> None:
    money = money_of(Papers().allocate("甲").log("甲", "乙", 3).trace())
    assert (money.ladder, money.steps) == (None, ())
