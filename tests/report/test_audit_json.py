"""The document `tracer.audit/1`."""

import json
from itertools import product

from tracer.report.audit_json import MOST_UNLET, audit_json
from tracer.report.documents import dump
from tracer.rules.extensions import Extensions

from .audits import full_audit, make_audit, make_code


def test_pieces_are_the_document_as_a_whole() -> None:
    for audit in (full_audit(), make_audit()):
        said = "".join(audit_json(audit))
        assert said == dump(json.loads(said))


def test_the_contract() -> None:
    document = json.loads("".join(audit_json(full_audit())))
    assert list(document)[:3] == ["schema", "window", "asked"]
    assert document["schema"] == "tracer.audit/1"
    assert document["window"] == {"from": "2023-07-01", "to": None}
    assert document["asked"]["class"] == "106"
    first = document["codes"][0]
    assert list(first)[:10] == [
        "code", "holder", "parties", "layers", "hops", "senders", "messages", "incidents", "loss",
        "findings",
    ]  # fmt: skip
    assert (first["code"], first["layers"], first["loss"]) == ("10687415", 4, "170000.00")
    assert first["findings"] == {"TR201": 2}
    # two holders: neither is *the* holder
    assert first["holder"] is None
    assert first["holders"] == ["广东某公司", "另一公司"]
    assert document["codes"][2]["holder"] == "无锡某公司"
    assert [each["code"] for each in document["findings"]] == ["10687415", "10687415", None]
    assert document["findings"][0]["amount"] == "15.00"
    assert document["parties"][2] == {
        "name": "无层公司", "codes": 1, "held": 0, "deepest": None, "onward": 0, "own": 12,
        "findings": {}, "named": {"TR206": 3},
    }  # fmt: skip


def test_extensions_and_registers() -> None:
    codes = {each["code"]: each for each in json.loads("".join(audit_json(full_audit())))["codes"]}
    told = codes["10687415"]["extensions"]
    assert (told["whole"], told["let"], told["unlet_count"]) == (False, ["1068741501"], 18)
    assert (told["unlet"][0], told["unlet"][9], len(told["unlet"])) == (
        "106874151",
        "1068741500",
        18,
    )
    assert told["traffic"][0]["number"] == "1068741599"
    assert codes["10690001"]["register"]["silent"] == ["openings"]
    assert codes["1069"]["exact"]
    assert codes["1069"]["extensions"]["unlet_count"] == 1
    assert codes["10650000"]["extensions"]["unlet"] == []


def test_of_very_many_unlet_segments_the_widest_are_listed_and_all_counted() -> None:
    let = tuple(f"10687415{a}{b}{c}" for a, b, c in product("0123456789", "02468", "05"))
    code = make_code("10687415", "H", extensions=Extensions("10687415", False, let, ()))
    told = json.loads("".join(audit_json(make_audit(code))))["codes"][0]["extensions"]
    assert len(told["unlet"]) == MOST_UNLET
    # each of ten: five of two digits unlet whole, and eight of ten in each of the other five
    assert told["unlet_count"] == 10 * (5 + 5 * 8)
    assert {len(each) for each in told["unlet"][:50]} == {10}
