"""What a page is filtered by: of every part, and only what is on record."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.report.leads import leads_in
from tracer.graph.result import Trace
from tracer.model.case import CaseInfo
from tracer.model.period import Period
from tracer.report.html.facets import Choices, Facets, day_number, find_facets
from tracer.report.projection import build_view
from tracer.report.traffic import daily_traffic

CASE = CaseInfo()


def facets_of(trace: Trace) -> Facets:
    return find_facets(build_view(trace, leads_in(trace), CASE), daily_traffic(trace))


def record(trace: Trace, number: str) -> dict[str, Any]:
    found: dict[str, Any] = facets_of(trace).data["records"][number]
    return found


def test_every_part_of_a_view_is_there(messy: Trace) -> None:
    view = build_view(messy, leads_in(messy), CASE)
    data = facets_of(messy).data
    assert list(data["records"]) == [item.no for item in view.evidence]
    assert list(data["gaps"]) == [gap.id for gap in view.gaps]
    assert set(data["parties"]) == {node.id for node in view.parties}
    assert [hop["id"] for hop in data["hops"]] == [hop.id for hop in view.hops]
    assert set(data["findings"]) == {each.id for each in view.findings}


def test_a_contract_has_its_terms_and_its_segments(hangzhou: Trace) -> None:
    found = record(hangzhou, "E006")
    assert found["kind"] == "contract"
    assert found["codes"] == ["1068741501"]
    assert found["layers"] == [2, 3]
    assert found["terms"] == [[day_number(date(2023, 3, 1)), day_number(date(2023, 12, 31))]]
    assert "days" not in found


def test_a_log_has_its_days_with_messages(hangzhou: Trace) -> None:
    found = record(hangzhou, "E003")
    assert len(found["days"]) == 59
    assert found["days"][0][0] == day_number(date(2023, 7, 3))
    assert sum(messages for _, messages in found["days"]) > 0
    assert "terms" not in found


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("10687415+01", ["1068741501"]),
        ("10687415XXXX", ["10687415"]),
        ("106874150-106874152", ["106874150", "106874151", "106874152"]),
        ("<script>", []),
        ("1e9", []),
    ],
)
def test_segments_are_read_as_papers_print_them(
    printed: str, codes: list[str], one_hop: Trace
) -> None:
    view = build_view(one_hop, (), CASE)
    odd = replace(view.evidence[1], segments=(printed,))
    facets = find_facets(replace(view, evidence=(view.evidence[0], odd)), daily_traffic(one_hop))
    assert facets.data["records"][odd.no]["codes"] == codes


def test_open_ends_stay_open(one_hop: Trace) -> None:
    assert record(one_hop, "E002")["terms"] == [[day_number(date(2023, 1, 1)), None]]


def test_choices_are_what_some_record_has(messy: Trace, one_hop: Trace) -> None:
    choices = facets_of(messy).choices
    assert choices.layers == (0, 1, 2, -1), "no known layer comes last"
    assert choices.statuses == (
        "corroborated", "partly_covered", "contract_only", "routing_only", "gap", "unallocated",
    )  # fmt: skip
    assert choices.kinds == ("allocation", "contract", "routing")
    assert choices.rules == ("TR201",)
    assert facets_of(one_hop).choices.statuses == ("contract_only",)
    both = Choices.of_all([choices, facets_of(one_hop).choices])
    assert set(both.codes) == {*choices.codes, "10690999"}
    assert Choices.of_all([]) == Choices()


def test_days_shown_lie_in_the_window(hangzhou: Trace) -> None:
    windowed = replace(hangzhou, window=Period(date(2023, 7, 1), date(2023, 7, 31)))
    choices = facets_of(windowed).choices
    assert (choices.first, choices.last) == (date(2023, 7, 1), date(2023, 7, 31))


def test_rules_stand_with_what_leads_rest_on_and_are_about(hangzhou: Trace) -> None:
    data = facets_of(hangzhou).data
    assert data["records"]["E004"]["rules"] == ["TR201"]
    assert data["records"]["E001"]["rules"] == []
    assert data["parties"]["P1"]["rules"] == ["TR201"]


def test_a_lead_names_every_party_its_sentence_does(hangzhou: Trace) -> None:
    view = build_view(hangzhou, leads_in(hangzhou), CASE)
    ids = {node.name: node.id for node in view.parties}
    for each in view.findings:
        named = facets_of(hangzhou).data["findings"][each.id]["parties"]
        for name in (str(each.finding.values["upstream"]), str(each.finding.values["downstream"])):
            assert ids[name] in named


def test_a_gap_without_numbers_is_of_the_number_traced(messy: Trace) -> None:
    gaps = facets_of(messy).data["gaps"]
    assert {gap["kind"] for gap in gaps.values()} == {"gap", "unallocated"}
    assert all(gap["codes"] == ["1068"] for gap in gaps.values())


def test_files_of_leads_and_of_what_might_close_a_gap(messy: Trace) -> None:
    view = build_view(messy, leads_in(messy), CASE)
    paths = [source.path for source in view.sources]
    data = facets_of(messy).data
    (gap,) = [each for each in data["gaps"].values() if each["kind"] == "gap"]
    assert [paths[place] for place in gap["files"]] == ["合同台账.xlsx"]
    alone = list(data["findings"].values())[-1]
    assert [paths[place] for place in alone["files"]] == ["主体.csv"]
