"""The chart of i2, against the fields its exchange format is publicly known to have."""

from collections import Counter
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest

from tests.report.exchange.conftest import Wanted
from tracer.graph.result import Trace
from tracer.report.exchange.anx import write_anx
from tracer.report.exchange.network import party_id

FIELDS: Final[dict[str, tuple[str, str]]] = {
    "Chart": (
        "",
        (
            "ApplicationVersion StrengthCollection AttributeClassCollection EntityTypeCollection "
            "LinkTypeCollection Summary ChartItemCollection LegendDefinition"
        ),
    ),
    "ApplicationVersion": ("Major Minor Point Build", ""),
    "StrengthCollection": ("", "Strength"),
    "Strength": ("Id Name DotStyle", ""),
    "AttributeClassCollection": ("", "AttributeClass"),
    "AttributeClass": ("Id Name Type IsUser UserCanAdd UserCanRemove ShowValue", ""),
    "EntityTypeCollection": ("", "EntityType"),
    "EntityType": ("Id Name IconFile", ""),
    "LinkTypeCollection": ("", "LinkType"),
    "LinkType": ("Id Name", ""),
    "Summary": ("", "FieldCollection"),
    "FieldCollection": ("", "Field"),
    "Field": ("Type Field", ""),
    "ChartItemCollection": ("", "ChartItem"),
    "ChartItem": (
        "Id Label XPosition DateSet DateTime DateTimeDescription SourceReference SourceType",
        "End Link AttributeCollection",
    ),
    "End": ("X Y Z", "Entity"),
    "Entity": ("EntityId Identity LabelIsIdentity", "Icon CardCollection"),
    "Icon": ("", "IconStyle"),
    "IconStyle": ("Type EntityTypeReference", ""),
    "Link": ("End1Id End2Id", "CardCollection LinkStyle"),
    "LinkStyle": ("Strength ArrowStyle Type LinkTypeReference", ""),
    "CardCollection": ("", "Card"),
    "Card": (
        "Summary DateSet DateTime DateTimeDescription SourceReference SourceType Text",
        "",
    ),
    "AttributeCollection": ("", "Attribute"),
    "Attribute": ("AttributeClass AttributeClassReference Value", ""),
    "LegendDefinition": ("Arrange Shown", "LegendItem"),
    "LegendItem": ("Type Label DashStyle Arrows", "Font"),
    "Font": ("", ""),
}
"""Attributes and children, in order, of the elements used: as charts and writers of others have
them."""


def chart(wanted: Wanted, *traces: Trace) -> ET.Element:
    return ET.fromstring(write_anx(wanted(*traces)))


def links(root: ET.Element) -> list[tuple[str, str, str, str]]:
    names = {str(e.get("EntityId")): str(e.get("Identity")) for e in root.iter("Entity")}
    found = []
    for link in root.iter("Link"):
        style = link.find("LinkStyle")
        assert style is not None
        ends = (names[str(link.get("End1Id"))], names[str(link.get("End2Id"))])
        found.append((*ends, str(style.get("Strength")), str(style.get("LinkTypeReference"))))
    return found


@pytest.mark.parametrize("name", ["hangzhou", "messy", "hostile", "one_hop"])
def test_only_known_fields_in_their_order(
    name: str, request: pytest.FixtureRequest, wanted: Wanted
) -> None:
    for each in chart(wanted, request.getfixturevalue(name)).iter():
        attributes, children = (part.split() for part in FIELDS[each.tag])
        assert set(each.attrib) <= set(attributes), each.tag
        tags = list(dict.fromkeys(child.tag for child in each))
        assert tags == [tag for tag in children if tag in tags], each.tag


@pytest.mark.parametrize("name", ["messy", "hostile"])
def test_everything_named_is_declared(
    name: str, request: pytest.FixtureRequest, wanted: Wanted
) -> None:
    root = chart(wanted, request.getfixturevalue(name))
    ids = [str(each.get("Id")) for each in root.iter() if each.get("Id")]
    assert len(set(ids)) == len(ids)
    for each in root.iter():
        for field in ("AttributeClassReference", "EntityTypeReference", "LinkTypeReference"):
            assert each.get(field) is None or each.get(field) in ids
    strengths = {each.get("Name") for each in root.iter("Strength")}
    assert strengths == {"Confirmed", "Tentative", "Unconfirmed"}
    assert {strength for *_, strength, _ in links(root)} <= strengths
    identities = [each.get("Identity") for each in root.iter("Entity")]
    assert len(set(identities)) == len(identities)  # equal ones would be drawn as one


def test_a_hop_is_confirmed_only_where_contract_and_log_agree(messy: Trace, wanted: Wanted) -> None:
    statuses = {(hop.upstream, hop.downstream): hop.status for hop in messy.hops}
    drawn = [each for each in links(chart(wanted, messy)) if (each[0], each[1]) in statuses]
    assert len(drawn) > len(statuses)
    for up, down, strength, kind in drawn:
        status = statuses[up, down]
        if strength == "Confirmed":
            assert status == "corroborated"
        elif kind == "link-routing" and status == "corroborated":
            pytest.fail(f"{up} {down} is corroborated")
        assert strength != "Unconfirmed"
    assert Counter(strength for _, _, strength, _ in drawn)["Confirmed"] > 1


def test_what_is_corroborated_in_one_number_only_is_not_confirmed(
    two_numbers: tuple[Trace, Trace], wanted: Wanted
) -> None:
    root = chart(wanted, *two_numbers)
    (shared,) = [each for each in root.iter("ChartItem") if "HT-1" in str(each.get("Label"))]
    style = shared.find("Link/LinkStyle")
    assert style is not None
    assert style.get("Strength") == "Tentative"
    assert links(chart(wanted, two_numbers[0]))[0][2] == "Confirmed"


def test_a_gap_is_an_item_of_its_own(messy: Trace, new_trace: Any, wanted: Wanted) -> None:
    drawn = [each for each in links(chart(wanted, messy)) if each[2] == "Unconfirmed"]
    assert [(kind, down) for _, down, _, kind in drawn] == [
        ("link-gap", "上海某云通信公司"), ("link-unallocated", "重庆某传媒公司"),
    ]  # fmt: skip
    parties = {party.name for party in messy.parties}
    assert not any(up in parties for up, *_ in drawn)  # two holders: tied to neither
    single = new_trace().allocate("甲公司").contract("HT-1", "乙公司", "丙公司").gap("乙公司")
    tied = [each[:2] for each in links(chart(wanted, single.build())) if each[2] == "Unconfirmed"]
    assert next(up for up, _ in tied) == "甲公司"
    assert ("甲公司", "乙公司") not in tied  # never from party to party


def test_cards_tell_what_is_drawn_nowhere(messy: Trace, wanted: Wanted) -> None:
    root = chart(wanted, messy)
    items = {str(item.get("Id")): item for item in root.iter("ChartItem")}
    cards = list(items[party_id("广东某科技公司")].iter("Card"))
    texts = " ".join(str(card.get("Text")) for card in cards)
    assert messy.allocations[0].ref.record_id in texts
    assert messy.unsegmented[0].ref.record_id in texts
    (gap,) = [item for key, item in items.items() if key.endswith("1068-gap")]
    why = [str(card.get("Summary")) for card in gap.iter("Card")]
    assert [text.partition(": ")[2] for text in why] == ["合同未写明号段", "合同期限不含这些日期"]


def test_a_card_cites_its_record(hangzhou: Trace, wanted: Wanted) -> None:
    root = chart(wanted, hangzhou)
    item = next(each for each in root.iter("ChartItem") if "HT-2023-001" in str(each.get("Label")))
    assert item.get("DateTime") == "2023-01-01T00:00:00.000"
    assert item.get("DateTimeDescription") == "2023-01-01 至 2023-12-31"
    assert item.get("SourceReference") == "合同台账.xlsx 工作表“合同” 第 3 行 证据卷二第15页"
    (card,) = item.iter("Card")
    row = hangzhou.hops[-1].contracts[0]
    text = str(card.get("Text")).splitlines()
    assert f"SHA-256 {row.ref.digest}" in text
    assert "扫描件 扫描件/HT-2023-001.pdf 1" in text


def test_an_open_term_has_no_date(two_terms: Trace, wanted: Wanted) -> None:
    item = list(chart(wanted, two_terms).iter("ChartItem"))[-1]
    assert item.get("DateTimeDescription") == "2024-07-01 至 终止未载明"
    classes = [each.get("AttributeClassReference") for each in item.iter("Attribute")]
    assert "class-first_day" in classes
    assert "class-last_day" not in classes


def test_the_chart_says_what_it_is_of(hangzhou: Trace, wanted: Wanted) -> None:
    root = chart(wanted, hangzhou)
    fields = {str(each.get("Type")): str(each.get("Field")) for each in root.iter("Field")}
    assert "10687415" in fields["SummaryFieldTitle"]
    assert fields["SummaryFieldAuthor"].startswith("tracer ")
    digests = {row.ref.digest for hop in hangzhou.hops for row in hop.contracts}
    digests |= {row.ref.digest for hop in hangzhou.hops for row in hop.routing}
    assert all(digest in fields["SummaryFieldComments"] for digest in digests)
    legend = [str(each.get("Label")) for each in root.iter("LegendItem")]
    assert [words.split("（")[0] for words in legend[:3]] == [
        "Confirmed", "Tentative", "Unconfirmed",
    ]  # fmt: skip
