import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.graph.result import AccessHop, Hop, IncidentTally, Trace, TracedParty
from tracer.messages import catalogue
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.evidence import Contract, Evidence, RoutingTotal
from tracer.model.finding import Finding
from tracer.model.load import RejectedRow, SourceReport, SourceSheet
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report import documents, tables

DIGEST = "cd" * 32


@pytest.fixture(autouse=True)
def _texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue.TEXTS, "note.made_up", ("读作 {what}", "read as {what}"))
    monkeypatch.setitem(
        catalogue.TEXTS, "reason.made_up", ("“{text}”不是日期", "{text} is no date")
    )


def _read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


REPORT = SourceReport(
    "case/a.csv", None, DIGEST, "5e" * 32, "contracts", "gb18030", 9, 6, 2, 1,
    (Note("made_up", {"what": "GB18030"}),),
)  # fmt: skip
SKIPPED = SourceReport("case/b.xlsx", "说明", DIGEST, "5e" * 32, None, None, 0, 0, 0, 0)


def test_load_contract_to_the_letter() -> None:
    document = json.loads(tables.load_json([REPORT, SKIPPED], "zh"))
    assert list(document) == ["schema", "files", "rows", "loaded", "rejected", "duplicates"]
    assert document["files"][0] == {
        "path": "case/a.csv",
        "sheet": None,
        "sha256": DIGEST,
        "sm3": "5e" * 32,
        "table": "contracts",
        "encoding": "gb18030",
        "rows": 9,
        "loaded": 6,
        "rejected": 2,
        "duplicates": 1,
        "notes": ["读作 GB18030"],
    }
    assert list(document["files"][0]) == [
        "path", "sheet", "sha256", "sm3", "table", "encoding", "rows", "loaded", "rejected",
        "duplicates", "notes",
    ]  # fmt: skip
    assert [document[name] for name in list(document)[2:]] == [9, 6, 2, 1]
    assert document["rows"] == document["loaded"] + document["rejected"] + document["duplicates"]


def test_a_load_of_nothing() -> None:
    document = json.loads(tables.load_json([], "en"))
    assert (document["files"], document["rows"]) == ([], 0)


ROW = RejectedRow(
    "case/a.xlsx", "合同", Diagnostic(12, "生效日期", "合计,x", "made_up", {"text": "合计"})
)


def test_rejects_contract() -> None:
    document = json.loads(tables.rejects_json([ROW], "zh"))
    assert document == {
        "schema": "tracer.rejects/1",
        "rows": [
            {
                "path": "case/a.xlsx",
                "sheet": "合同",
                "row": 12,
                "column": "生效日期",
                "raw": "合计,x",
                "reason": "made_up",
                "explanation": "“合计”不是日期",
            }
        ],
    }


def test_rejects_as_csv() -> None:
    (row,) = _read(tables.rejects_csv([ROW], "en"))
    assert (row["row"], row["raw"], row["explanation"]) == ("12", "合计,x", "合计 is no date")


@dataclass
class Entry:
    id: int
    sheet: SourceSheet
    report: SourceReport
    delivery: int | None
    operator: str | None
    at: str | None
    retraction: Any


@dataclass
class Gone:
    at: str
    operator: str
    reason: str | None


SHEET = SourceSheet("case/a.csv", 0, None, DIGEST, "5e" * 32, 99, "contracts", "gb18030", 1)


def test_sources() -> None:
    entries = [
        Entry(1, SHEET, REPORT, 3, "=cmd", "2026-01-01", None),
        Entry(2, SHEET, REPORT, None, None, None, Gone("2026-01-02", "李", "重复")),
    ]
    first, second = json.loads(tables.sources_json(entries, "en"))["sources"]
    assert (first["operator"], first["size"], first["retracted_at"]) == ("=cmd", 99, None)
    assert first["notes"] == ["read as GB18030"]
    assert second["retracted_reason"] == "重复"
    one, two = _read(tables.sources_csv(entries))
    assert (one["operator"], one["delivery"], two["delivery"]) == ("'=cmd", "3", "")


def _trace() -> Trace:
    def ref(table: str, row: int) -> RecordRef:
        return RecordRef(table, DIGEST, "f", 0, None, row, row)

    day = date(2023, 7, 5)
    papers = (Contract(ref("contracts", 2), "=HT", "甲", "-乙", (), Period()),)
    logs = (RoutingTotal(ref("routing", 5), "甲", "-乙", "1068", day, None, 1, 7),)
    hop = Hop(
        "甲", "-乙", "corroborated", "both", 7, 7, 0, None, "messages", papers, logs, day, None
    )
    access = AccessHop("移动", "甲", 3, 0, papers, logs, None, day)
    flow = (0, 0, 0, 0, 0, 0)
    parties = (
        TracedParty(Party("甲"), False, 0, *flow),
        TracedParty(Party("-乙"), False, 1, *flow),
        TracedParty(Party("移动"), True, None, *flow),
    )
    none: tuple[()] = ()
    return Trace("1068", Period(day, None), Evidence("1068"), none, parties, (access,), (hop,),
                 none, none, IncidentTally(), none, False)  # fmt: skip


def test_hops_as_csv_name_every_record() -> None:
    findings = [
        Finding("TR101", ("-乙", "甲"), (("甲", "-乙"),)),
        Finding("TR201", ("-乙", "甲"), (("甲", "-乙"),)),
        Finding("TR201", ("-乙", "甲"), (("甲", "-乙"),)),
        Finding("TR211", ("移动", "甲"), (("移动", "甲"),)),
        Finding("TR209", ("甲",)),
    ]
    hop, access = _read(tables.trace_csv(_trace(), findings))
    assert hop == {
        "number": "1068",
        "window_from": "2023-07-05",
        "window_to": "",
        "kind": "hop",
        "upstream": "甲",
        "downstream": "'-乙",
        "upstream_layer": "0",
        "downstream_layer": "1",
        "status": "corroborated",
        "attested": "both",
        "messages": "7",
        "messages_covered": "7",
        "blocked": "0",
        "parts": "",
        "unit": "messages",
        "contracts": "'=HT",
        "first_day": "2023-07-05",
        "last_day": "",
        "records": f"contracts:{DIGEST[:16]}:2;routing:{DIGEST[:16]}:5",
        "leads": "TR101;TR201",
        "corrected": "",
    }
    assert (access["kind"], access["upstream"], access["downstream"]) == ("access", "移动", "甲")
    assert (access["messages"], access["upstream_layer"], access["last_day"]) == (
        "3",
        "",
        "2023-07-05",
    )
    assert access["records"] == hop["records"]
    assert access["leads"] == "TR211"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert documents.shown_cell(start + "1") == f"'{start}1"


def test_figures_stay_figures() -> None:
    assert documents.shown_cell(-5) == "-5"
    assert documents.shown_cell(None) == ""
    assert documents.shown_cell("a=b") == "a=b"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_csv_reads_back(rows: list[list[str]]) -> None:
    text = documents.csv_text(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == [[documents.shown_cell(cell) for cell in row] for row in rows]


def test_json_holds_no_number_that_is_none() -> None:
    with pytest.raises(ValueError, match="JSON"):
        documents.dump({"x": float("nan")})
