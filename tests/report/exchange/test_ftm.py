"""FollowTheMoney: against its own schemata, and read by its own package where that is installed.

The schemata come with the package, which the tests install alone (one of its dependencies is
compiled); with all it needs (`pip install followthemoney`) it reads the file itself.
"""

import json
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.report.exchange.conftest import Wanted
from tracer.graph.result import Trace
from tracer.report.exchange.ftm import write_ftm

ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
Entity = dict[str, Any]


@cache
def schemata() -> dict[str, Any]:
    try:
        found = distribution("followthemoney").locate_file("followthemoney/schema")
    except PackageNotFoundError:
        pytest.skip("needs the schemata: pip install --no-deps followthemoney")
    named = [yaml.safe_load(file.read_bytes()) for file in sorted(Path(str(found)).glob("*.yaml"))]
    return {name: spec for each in named for name, spec in each.items()}


def lineage(schema: str) -> list[str]:
    above = schemata()[schema].get("extends", [])
    return [schema, *(name for each in above for name in lineage(each))]


def properties(schema: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in lineage(schema):
        found = {**schemata()[name].get("properties", {}), **found}
    return found


def entities(content: bytes) -> list[Entity]:
    return [json.loads(line) for line in content.decode().splitlines()]


def of(schema: str, found: list[Entity]) -> list[Entity]:
    return [each for each in found if each["schema"] == schema]


def folded(given: Any) -> dict[str, set[str]]:
    """Fold white space, as the package does in names."""
    return {key: {" ".join(text.split()) for text in values} for key, values in given.items()}


@pytest.mark.parametrize("name", ["hangzhou", "messy", "hostile", "one_hop"])
def test_entities_keep_to_their_schemata(
    name: str, request: pytest.FixtureRequest, wanted: Wanted
) -> None:
    found = entities(write_ftm(wanted(request.getfixturevalue(name))))
    by_id = {each["id"]: each for each in found}
    assert len(by_id) == len(found)
    for each in found:
        assert ID.fullmatch(each["id"])
        allowed = properties(each["schema"])
        assert set(each["properties"]) <= set(allowed)
        required = {
            name
            for part in lineage(each["schema"])
            for name in schemata()[part].get("required", [])
        }
        required -= {"name"} if "Document" in lineage(each["schema"]) else set()
        assert required <= set(each["properties"])
        for name_, values in each["properties"].items():
            assert values == list(dict.fromkeys(values))
            assert all(isinstance(value, str) and value.strip() for value in values)
            kind = allowed[name_].get("type", "string")
            if kind == "entity":
                reached = {up for value in values for up in lineage(by_id[value]["schema"])}
                assert allowed[name_]["range"] in reached
            if kind == "date":
                assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values)


@pytest.mark.parametrize("name", ["hangzhou", "messy", "hostile"])
def test_the_package_itself_reads_it(
    name: str, request: pytest.FixtureRequest, wanted: Wanted
) -> None:
    pytest.importorskip("icu", reason="needs followthemoney with all its dependencies")
    package = pytest.importorskip("followthemoney")
    for each in entities(write_ftm(wanted(request.getfixturevalue(name)))):
        proxy = package.model.get_proxy(each, cleaned=False)
        proxy.schema.validate(each)
        kept, given = folded(proxy.to_dict()["properties"]), folded(each["properties"])
        if name == "hostile":
            given.pop("uscCode", None)  # one that is none is dropped
        assert kept == given


def test_nothing_is_claimed_beyond_a_link(messy: Trace, wanted: Wanted) -> None:
    found = entities(write_ftm(wanted(messy)))
    schemas = {each["schema"] for each in found}
    assert schemas == {"Folder", "Document", "LegalEntity", "UnknownLink"}
    used = {name for each in found for name in each["properties"]}
    assert used.isdisjoint({"topics", "country", "jurisdiction", "riskSource", "contentHash"})
    assert "TR201" not in json.dumps(found)


def test_a_link_leads_to_its_record_and_its_papers(hangzhou: Trace, wanted: Wanted) -> None:
    found = entities(write_ftm(wanted(hangzhou)))
    by_id = {each["id"]: each for each in found}
    row = next(c for hop in hangzhou.hops for c in hop.contracts if c.document)
    (link,) = [
        each
        for each in of("UnknownLink", found)
        if each["properties"]["recordId"] == [row.ref.record_id]
    ]
    given = link["properties"]
    assert (given["startDate"], given["endDate"]) == (["2023-01-01"], ["2023-12-31"])
    assert (given["role"], given["status"]) == (["合同"], ["合同与路由相互印证"])
    book, scan = (by_id[key]["properties"] for key in given["proof"])
    assert book["fileName"] == ["合同台账.xlsx"]
    assert book["notes"] == [f"SHA-256 {row.ref.digest}"]
    assert (scan["fileName"], scan["notes"]) == (["HT-2023-001.pdf"], ["SHA-256 " + "ab" * 32])
    assert [each["schema"] for each in found if each["id"] in book["parent"]] == ["Folder"]


def test_a_log_names_who_handed_it_in(hangzhou: Trace, wanted: Wanted) -> None:
    found = of("UnknownLink", entities(write_ftm(wanted(hangzhou))))
    logs = [each["properties"] for each in found if each["properties"]["role"] == ["路由记录"]]
    reporters = {row.reporter for hop in hangzhou.hops for row in hop.routing}
    assert {name for each in logs for name in each["publisher"]} == reporters
    assert all(each["startDate"] == each["endDate"] for each in logs)


def test_the_folder_says_what_the_answer_is_of(messy: Trace, wanted: Wanted) -> None:
    (folder,) = of("Folder", entities(write_ftm(wanted(messy))))
    given = folder["properties"]
    assert given["generator"][0].startswith("tracer ")
    assert "1068" in given["fileName"][0]
    aside = len(messy.unsegmented) + len(messy.blocked_only)
    assert f"另有 {aside} 条记录" in given["notes"][1]


def test_a_party_tells_its_layers_allocations_and_gaps(messy: Trace, wanted: Wanted) -> None:
    found = of("LegalEntity", entities(write_ftm(wanted(messy))))
    notes = {each["properties"]["name"][0]: each["properties"].get("notes", []) for each in found}
    layer, allocation = notes["广东某科技公司"]
    assert layer == "1068: 第 0 层"
    assert messy.allocations[0].ref.record_id in allocation
    assert notes["上海某云通信公司"] == ["1068: 断档以下的起点"]
