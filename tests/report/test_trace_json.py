import dataclasses
import json
from datetime import date
from typing import cast

from tracer.graph.result import (
    AccessHop,
    BlockedPair,
    Candidate,
    Chain,
    Gap,
    Hop,
    IncidentTally,
    Sender,
    Trace,
    TracedParty,
)
from tracer.messages import text
from tracer.model.diagnostic import Note
from tracer.model.evidence import Allocation, Contract, Evidence, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.segment import parse_segments
from tracer.model.source import RecordRef
from tracer.report.findings import sentence
from tracer.report.trace_json import trace_document, trace_json
from tracer.rules.base import Span, make_finding

DAY = date(2023, 7, 5)
JULY = Period(date(2023, 7, 1), date(2023, 7, 31))


def _ref(table: str, row: int) -> RecordRef:
    return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)


def _contract(number: str, row: int, upstream: str, downstream: str) -> Contract:
    segments = parse_segments("10687415XXXX")
    return Contract(_ref("contracts", row), number, upstream, downstream, segments, JULY)


def _trace() -> Trace:
    papers = tuple(
        _contract(number, row, "甲", "乙")
        for number, row in [("HT-1", 12), ("HT-2", 3), ("HT-2", 9)]
    )
    logs = (RoutingTotal(_ref("routing", 2), "甲", "乙", "1068741501", DAY, None, 1, 7),)
    hop = Hop("甲", "乙", "partly_covered", "both", 7, 5, 2, 9, "messages", papers, logs,
              JULY.first, None)  # fmt: skip
    return Trace(
        "10687415",
        Period(JULY.first, None),
        Evidence("10687415"),
        allocations=(
            Allocation(
                _ref("allocations", 2), parse_segments("10687415*")[0], "甲", JULY, "部", "B1"
            ),
        ),
        parties=(
            TracedParty(Party("甲", "91330000000000000X"), False, 0, 0, 7, 0, 0, 0, 1),
            TracedParty(Party("乙"), False, 1, 7, 0, 7, 7, 0, 0),
        ),
        access=(AccessHop("移动", "甲", 3, 2, papers[:2], (), None, None),),
        hops=(hop,),
        chains=(
            Chain(("甲", "乙"), ("holder",), ("terminal",), 7, True, JULY.first, None, "ff" * 32),
        ),
        senders=(Sender("乙", 7, "last_on_record"),),
        incidents=IncidentTally(3, 1, 1, 1, 2, 15_000_000),
        gaps=(
            Gap("丙", None, DAY, None, (Candidate("r:1", "other_days", "甲", _ref("x", 1), "?"),)),
        ),
        truncated=True,
        blocked_only=(BlockedPair("甲", "丁", 4, logs),),
        unsegmented=(papers[0],),
    )  # fmt: skip


EXPECTED = {
    "schema": "tracer.trace/1",
    "number": "10687415",
    "window": {"from": "2023-07-01", "to": None},
    "allocations": [
        {
            "segment": "10687415",
            "holder": "甲",
            "authority": "部",
            "certificate_no": "B1",
            "valid_from": "2023-07-01",
            "valid_to": "2023-07-31",
        }
    ],
    "parties": [
        {
            "name": "甲",
            "uscc": "91330000000000000X",
            "carrier": False,
            "layer": 0,
            "forwarded": 0,
            "received": 7,
            "originated": 0,
            "own": 0,
            "unresolved": 0,
            "withheld": 1,
        },
        {
            "name": "乙",
            "uscc": None,
            "carrier": False,
            "layer": 1,
            "forwarded": 7,
            "received": 0,
            "originated": 7,
            "own": 7,
            "unresolved": 0,
            "withheld": 0,
        },
    ],
    "access": [
        {
            "carrier": "移动",
            "party": "甲",
            "messages": 3,
            "messages_covered": 2,
            "contracts": ["HT-1", "HT-2"],
        }
    ],
    "hops": [
        {
            "upstream": "甲",
            "downstream": "乙",
            "status": "partly_covered",
            "attested": "both",
            "messages": 7,
            "messages_covered": 5,
            "blocked": 2,
            "contracts": ["HT-1", "HT-2"],
            "records": [
                "contracts:abababababababab:12",
                "contracts:abababababababab:3",
                "contracts:abababababababab:9",
                "routing:abababababababab:2",
            ],
            "first_day": "2023-07-01",
            "last_day": None,
            "parts": 9,
            "unit": "messages",
        }
    ],
    "chains": [
        {
            "parties": ["甲", "乙"],
            "starts": ["holder"],
            "ends": ["terminal"],
            "messages": 7,
            "maximal": True,
            "first_day": "2023-07-01",
            "last_day": None,
            "fingerprint": "ff" * 32,
            "unbroken": True,
        }
    ],
    "senders": [{"name": "乙", "messages": 7, "basis": "last_on_record"}],
    "incidents": {
        "count": 3,
        "by_traffic": 1,
        "by_paper": 1,
        "unreached": 1,
        "victims": 2,
        "loss": "15.00",
    },
    "gaps": [
        {
            "party": "丙",
            "days": None,
            "candidates": [{"record": "r:1", "why": "other_days"}],
            "unbroken": True,
            "numbers": [],
        }
    ],
    "truncated": True,
    "findings": [],
    "findings_note": "线索不是认定：各条只说明记录所载，并列明何种材料可以推翻。",
    "findings_note_en": (
        "Leads are not conclusions: each says what the records show, and what would rebut it."
    ),
    "blocked_only": [
        {
            "upstream": "甲",
            "downstream": "丁",
            "blocked": 4,
            "records": ["routing:abababababababab:2"],
        }
    ],
    "unsegmented": [
        {
            "contract": "HT-1",
            "upstream": "甲",
            "downstream": "乙",
            "record": "contracts:abababababababab:12",
        }
    ],
    "notes": [],
}


def _with_order(value: object) -> object:
    """Make the order of keys count."""
    if isinstance(value, dict):
        return [(key, _with_order(each)) for key, each in value.items()]
    if isinstance(value, list):
        return [_with_order(each) for each in value]
    return value


def test_the_contract_to_the_letter() -> None:
    assert _with_order(trace_document(_trace(), ())) == _with_order(EXPECTED)


def test_the_text_is_the_document() -> None:
    written = trace_json(_trace(), ())
    assert json.loads(written) == EXPECTED
    assert written.endswith("}\n")
    assert '"name": "甲"' in written


def test_equal_traces_give_equal_bytes_in_either_language() -> None:
    assert trace_json(_trace(), ()) == trace_json(_trace(), ())


def test_an_empty_trace_has_every_key() -> None:
    empty = Trace(
        "106", Period(), Evidence("106"), (), (), (), (), (), (), IncidentTally(), (), False
    )
    document = trace_document(empty, ())
    assert list(document) == list(EXPECTED)
    assert document["window"] == {"from": None, "to": None}
    assert document["incidents"] == {
        "count": 0,
        "by_traffic": 0,
        "by_paper": 0,
        "unreached": 0,
        "victims": 0,
        "loss": "0.00",
    }


def test_notes_are_keys_and_values_so_that_no_language_changes_a_byte() -> None:
    noted = dataclasses.replace(_trace(), notes=(Note("made_up", {"what": "丙"}),))
    assert trace_document(noted, ())["notes"] == [{"note": "made_up", "values": {"what": "丙"}}]


def test_findings_have_the_keys_of_the_contract_first_and_in_order() -> None:
    papers = _trace().hops[0].contracts
    finding = make_finding(
        "TR201",
        hops=[("乙", "丙")],
        contracts=papers,
        segment="10687415",
        span=Span(3, date(2023, 7, 1), date(2023, 7, 3)),
        messages=7,
        amount=15_000_000,
        values={"upstream": "乙", "downstream": "丙"},
    )
    (found,) = cast("list[dict[str, object]]", trace_document(_trace(), [finding])["findings"])
    assert list(found)[:9] == [
        "rule", "parties", "contracts", "records", "segment", "days", "messages", "amount",
        "summary",
    ]  # fmt: skip
    assert found["parties"] == ["丙", "乙"]
    assert found["contracts"] == ["HT-1", "HT-2"]
    assert found["records"] == sorted(each.ref.record_id for each in papers)
    assert (found["days"], found["messages"], found["amount"]) == (3, 7, "15.00")
    assert found["summary"] == sentence(finding, "zh")
    assert found["summary_en"] == sentence(finding, "en")
    assert found["rebuttal"] == text("rule.TR201.rebuttal", "zh")
    assert found["hops"] == [["乙", "丙"]]
