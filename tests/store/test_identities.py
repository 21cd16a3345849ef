"""Who is who: names, credit codes, and what does not agree."""

import typing

from sqlalchemy import Engine

from tracer.model.diagnostic import Note
from tracer.model.evidence import Evidence
from tracer.model.paper import AllocationRow, PartyRow
from tracer.model.segment import parse_segments
from tracer.store.evidence import fetch_evidence

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

CODE = "91420100MA4KABCD1X"
OTHER = "91330100MA4KABCD2X"
NUMBER = "10687415"


def seen(engine: Engine) -> Evidence:
    with engine.connect() as conn:
        return fetch_evidence(conn, NUMBER)


def hops(evidence: Evidence) -> list[tuple[str, str]]:
    return [(contract.upstream, contract.downstream) for contract in evidence.contracts]


def test_spellings_that_fold_alike_are_one_party(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "武汉某信息科技公司（总部）", "乙"),
        clerk.contract("2", "武汉某信息 科技公司(总部)", "乙"),
    )
    evidence = seen(engine)
    assert set(hops(evidence)) == {("武汉某信息科技公司（总部）", "乙")}
    party = evidence.parties["武汉某信息科技公司（总部）"]
    assert party.spellings == ("武汉某信息 科技公司(总部)", "武汉某信息科技公司（总部）")


def test_of_equally_short_spellings_the_least_is_canonical(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts", clerk.contract("1", "甲（总）", "乙"), clerk.contract("2", "甲(总)", "乙")
    )
    assert list(seen(engine).parties) == ["乙", "甲(总)"]


def test_the_parties_table_names_a_party(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲(总)", "乙"))
    clerk.load(
        "parties", PartyRow(clerk.nowhere, "甲 （总）"), PartyRow(clerk.nowhere, "甲（ 总 ）")
    )
    assert hops(seen(engine)) == [("甲 （总）", "乙")]


def test_a_spelling_of_a_retracted_source_names_no_one(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲 公司（总）", "乙"))
    short = clerk.load("contracts", clerk.contract("2", "甲公司(总)", "乙", "10655"))
    register = clerk.load("parties", PartyRow(clerk.nowhere, "甲  公司（总）", kind="运营商"))
    assert hops(seen(engine)) == [("甲  公司（总）", "乙")]
    clerk.retract(register)
    assert hops(seen(engine)) == [("甲公司(总)", "乙")]
    assert seen(engine).parties["甲公司(总)"].kind is None
    clerk.retract(short)
    assert hops(seen(engine)) == [("甲 公司（总）", "乙")]
    assert seen(engine).parties["甲 公司（总）"].spellings == ("甲 公司（总）",)


def test_a_code_stands_for_the_one_party_that_has_it(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "甲公司", uscc=CODE, kind="代理商"))
    clerk.load("contracts", clerk.contract("1", CODE.lower(), "乙"))
    evidence = seen(engine)
    assert hops(evidence) == [("甲公司", "乙")]
    assert evidence.parties["甲公司"].uscc == CODE
    assert evidence.parties["甲公司"].kind == "代理商"
    assert evidence.parties["甲公司"].spellings == ("甲公司",)
    assert evidence.notes == ()


def test_a_code_column_anywhere_will_do(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", CODE, OTHER))
    segments = parse_segments("10655")
    clerk.load("allocations", AllocationRow(clerk.nowhere, segments, "甲公司", holder_uscc=CODE))
    clerk.load("contracts", clerk.contract("2", "丙", "乙公司", "10655", downstream_uscc=OTHER))
    evidence = seen(engine)
    assert hops(evidence) == [("甲公司", "乙公司")]
    assert evidence.parties["乙公司"].uscc == OTHER


def test_a_code_no_one_has_is_its_own_name(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", CODE.lower(), "乙"))
    evidence = seen(engine)
    assert hops(evidence) == [(CODE, "乙")]
    assert evidence.parties[CODE].uscc == CODE
    assert evidence.parties[CODE].spellings == (CODE.lower(),)


def test_a_code_two_names_have_joins_no_one(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲公司", "乙", upstream_uscc=CODE),
        clerk.contract("2", "丁公司", "乙", upstream_uscc=CODE),
        clerk.contract("3", CODE, "乙"),
    )
    evidence = seen(engine)
    assert hops(evidence) == [("甲公司", "乙"), ("丁公司", "乙"), (CODE, "乙")]
    assert evidence.notes == (Note("uscc_two_names", {"uscc": CODE, "names": "丁公司、甲公司"}),)
    assert evidence.parties["甲公司"].uscc == CODE


def test_the_other_name_of_a_code_need_not_be_in_scope(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙", upstream_uscc=CODE))
    other = clerk.load("parties", PartyRow(clerk.nowhere, "丁 公司", uscc=CODE))
    assert [note.values["names"] for note in seen(engine).notes] == ["丁 公司、甲公司"]
    clerk.retract(other)
    assert seen(engine).notes == ()


def test_a_name_with_two_codes_has_none(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "甲公司", uscc=CODE))
    clerk.load("contracts", clerk.contract("1", "甲 公司", "乙", upstream_uscc=OTHER))
    evidence = seen(engine)
    assert evidence.parties["甲公司"].uscc is None
    assert evidence.parties["甲公司"].identifier == "甲公司"
    usccs = f"{OTHER}、{CODE}"
    assert evidence.notes == (Note("name_two_usccs", {"name": "甲公司", "usccs": usccs}),)


def test_two_codes_of_one_name_are_kept_apart(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", uscc=CODE),
        PartyRow(clerk.nowhere, "甲公司", uscc=OTHER),
    )
    clerk.load("contracts", clerk.contract("1", CODE, "乙"))
    clerk.load("contracts", clerk.contract("2", OTHER, "乙"))
    assert hops(seen(engine)) == [(f"甲公司（{code}）", "乙") for code in (CODE, OTHER)]
    assert [note.key for note in seen(engine).notes] == ["name_two_usccs"]


def test_rows_that_differ_about_a_party_are_told(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", kind="运营商", status="注销", role="被告"),
        PartyRow(clerk.nowhere, "甲公司", kind="代理商", status="存续", role=" "),
        PartyRow(clerk.nowhere, "甲 公司", kind="", status=None),
    )
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙"))
    evidence = seen(engine)
    party = evidence.parties["甲公司"]
    assert (party.kind, party.status, party.role) == ("代理商", "存续", "被告")
    assert evidence.notes == (
        Note("party_kind_differs", {"name": "甲公司", "values": "代理商、运营商"}),
        Note("party_status_differs", {"name": "甲公司", "values": "存续、注销"}),
    )


def test_kinds_that_differ_only_in_spaces_agree(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "parties",
        PartyRow(clerk.nowhere, "甲公司", kind="SP"),
        PartyRow(clerk.nowhere, "甲公司", kind="s p"),
    )
    clerk.load("contracts", clerk.contract("1", "甲公司", "乙"))
    assert seen(engine).notes == ()
    assert seen(engine).parties["甲公司"].kind == "SP"


def test_a_record_between_a_party_and_itself_is_no_hop(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("parties", PartyRow(clerk.nowhere, "甲公司", uscc=CODE))
    clerk.load("contracts", clerk.contract("1", "甲公司", CODE), path="a.csv")
    clerk.log(clerk.total(CODE, "甲公司", "106874150101"), path="b.csv")
    evidence = seen(engine)
    assert (evidence.contracts, evidence.routing) == ((), ())
    told = [(note.key, note.values["party"], note.values["record"]) for note in evidence.notes]
    keys = [(key, party) for key, party, _ in told]
    assert keys == [("same_party_both_ends", "甲公司")] * 2
    assert sorted(str(record).partition(":")[0] for _, _, record in told) == [
        "contracts",
        "routing",
    ]
