"""The example cases give what was worked out for them by hand."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tracer import Case, LoadReport, open_case
from tracer.model.period import ALL_DAYS
from tracer.report.trace_json import trace_document
from tracer.rules.audited import AuditFilter
from tracer.usecases.audit import audit_codes

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = ("hangzhou", "audit")
AT = datetime(2026, 1, 1, tzinfo=UTC)
NO_INCIDENTS = {
    "count": 0, "by_traffic": 0, "by_paper": 0, "unreached": 0, "victims": 0, "loss": "0.00",
}  # fmt: skip
FLOW = ("forwarded", "received", "originated", "own", "unresolved", "withheld")


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / name / "expected.json").read_bytes())
    return found


TRACES = [
    pytest.param(name, entry, id=f"{name}-{entry['number']}")
    for name in CASES
    for entry in expected(name)["traces"]
]


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, make_database: Callable[[Path], str]
) -> Iterator[dict[str, tuple[Case, LoadReport]]]:
    found = {}
    for name in CASES:
        home = tmp_path_factory.mktemp(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(home)  # the key of a database on a server is kept in the working folder
            case = open_case(make_database(home), now=lambda: AT)
            found[name] = (case, case.load([EXAMPLES / name]))
    yield found
    for case, _ in found.values():
        case.close()


@pytest.mark.parametrize(("name", "entry"), TRACES)
def test_every_number_gives_what_was_worked_out(
    loaded: dict[str, tuple[Case, LoadReport]], name: str, entry: dict[str, Any]
) -> None:
    case = loaded[name][0]
    trace = case.trace(entry["number"])
    found = json.loads(json.dumps(trace_document(trace, case.findings(trace))))

    def rows(part: str, *keys: str) -> list[list[Any]]:
        return [[each[key] for key in keys] for each in found[part]]

    assert rows("allocations", "segment", "holder") == entry.get("allocations", [])
    assert {p["name"]: p["layer"] for p in found["parties"]} == entry["layers"]
    flow = {p["name"]: [p[key] for key in FLOW] for p in found["parties"]}
    assert {name: sums for name, sums in flow.items() if any(sums)} == entry.get("flow", {})
    assert rows(
        "hops", "upstream", "downstream", "status", "attested", "messages", "messages_covered",
        "blocked", "contracts", "first_day", "last_day",
    ) == entry.get("hops", [])  # fmt: skip
    assert rows(
        "access", "carrier", "party", "messages", "messages_covered", "contracts"
    ) == entry.get("access", [])
    assert rows(
        "chains", "parties", "starts", "ends", "messages", "maximal", "first_day", "last_day"
    ) == entry.get("chains", [])
    assert rows("senders", "name", "messages", "basis") == entry.get("senders", [])
    assert found["incidents"] == entry.get("incidents", NO_INCIDENTS)
    assert [
        [gap.party, gap.days, sorted([c.why, c.detail] for c in gap.candidates)]
        for gap in trace.gaps
    ] == [[party, days, sorted(leads)] for party, days, leads in entry.get("gaps", [])]
    assert rows("blocked_only", "upstream", "downstream", "blocked") == entry.get(
        "blocked_only", []
    )
    conflicting = {c.contract_no for hop in trace.hops for c in hop.contracts if c.conflicting}
    assert sorted(conflicting) == entry.get("conflicting", [])


@pytest.mark.parametrize(("name", "entry"), TRACES)
def test_the_rules_find_what_was_worked_out_and_nothing_else(
    loaded: dict[str, tuple[Case, LoadReport]], name: str, entry: dict[str, Any]
) -> None:
    case, _ = loaded[name]
    findings = case.findings(case.trace(entry["number"]))
    assert [
        [f.rule, list(f.parties), list(f.contracts), f.segment, f.days, f.messages]
        for f in findings
    ] == entry.get("findings", [])


def test_an_audit_counts_the_same_findings(
    loaded: dict[str, tuple[Case, LoadReport]],
) -> None:
    case, _ = loaded["audit"]
    with case._engine.connect() as conn:
        audit = audit_codes(conn, ALL_DAYS, AuditFilter())
    wanted = {
        entry["number"]: Counter(finding[0] for finding in entry["findings"])
        for entry in expected("audit")["traces"]
        if "findings" in entry
    }
    # nobody is allocated code 25, so it goes by the segment on record
    wanted["1067002501"] = wanted.pop("10670025")
    assert {each.code: each.findings for each in audit.codes if each.findings} == wanted
    assert [found for found in audit.findings if found.code is None] == []


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_accounted_for(loaded: dict[str, tuple[Case, LoadReport]], name: str) -> None:
    case, report = loaded[name]
    wanted = expected(name)
    assert not report.unusable
    sums = {"rows": report.rows, "loaded": report.loaded, "rejected": report.rejected}
    assert {**sums, "duplicates": report.duplicates} == {
        key: wanted["load"][key] for key in ("rows", "loaded", "rejected", "duplicates")
    }
    assert [
        (Path(f.path).name, f.sheet, f.table, f.rows, f.loaded, f.rejected, f.duplicates)
        for f in report.files
    ] == [
        tuple(
            f[key] for key in ("path", "sheet", "table", "rows", "loaded", "rejected", "duplicates")
        )
        for f in wanted["load"]["files"]
    ]
    assert sorted(
        (Path(r.path).name, r.sheet or "", r.diagnostic.row) for r in case.rejects()
    ) == sorted((r["path"], r["sheet"] or "", r["row"]) for r in wanted["rejects"])


@pytest.mark.parametrize("name", CASES)
def test_the_same_bytes_again_change_nothing(name: str, database: str) -> None:
    with open_case(database, now=lambda: AT) as case:
        first = case.load([EXAMPLES / name])
        number = expected(name)["traces"][0]["number"]
        trace = case.trace(number)
        before = trace_document(trace, case.findings(trace))
        again = case.load([EXAMPLES / name])
        assert (again.rows, again.loaded, again.rejected) == (first.rows, 0, 0)
        assert again.duplicates == first.rows
        assert again.delivery is None
        trace = case.trace(number)
        assert trace_document(trace, case.findings(trace)) == before


def test_results_rest_on_the_papers_only(tmp_path: Path, new_database: Callable[[], str]) -> None:
    """Another database, another folder of the same name: the same page, byte for byte."""
    pages = []
    for home in (tmp_path / "one", tmp_path / "two"):
        shutil.copytree(EXAMPLES / "hangzhou", home / "case")
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(home)
            with open_case(new_database()) as case:
                case.load(["case"])
                pages.append(case.render(["10687415"], "page.html").resolve().read_bytes())
    assert pages[0] == pages[1]
