"""Decisions over the papers: who is who after a merge, a split, a name, and later loads."""

import typing

import pytest
from sqlalchemy import Engine

from tracer.model.evidence import Evidence
from tracer.model.paper import PartyRow
from tracer.store.decisions import read_decisions
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.evidence import fetch_evidence, fetch_leads
from tracer.store.identities import holders_of, identify_names
from tracer.store.partyfiles import read_party_files

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

CODE = "91420100MA4KABCD1X"
OTHER = "91330100MA4KABCD2X"
NUMBER = "10687415"


def decide(engine: Engine, action: str, name: str | None, *units: tuple[str, ...]) -> None:
    params: dict[str, object] = {
        "units": [{"name": unit[0], "keys": list(unit), "uscc": None} for unit in units]
    }
    if name is not None:
        params["name"] = name
    with begin_writing(engine) as conn:
        append_event(conn, action, params, "甲", "2026-01-01T00:00:00+08:00")


def seen(engine: Engine) -> Evidence:
    with engine.connect() as conn:
        return fetch_evidence(conn, NUMBER)


def hops(evidence: Evidence) -> list[tuple[str, str]]:
    return [(contract.upstream, contract.downstream) for contract in evidence.contracts]


def test_a_merge_joins_and_a_split_restores_everything(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙公司"), clerk.contract("2", "乙", "丙"))
    before = seen(engine)
    decide(engine, "merge", "乙公司", ("乙公司",), ("乙",))
    merged = seen(engine)
    assert hops(merged) == [("甲", "乙公司"), ("乙公司", "丙")]
    assert set(merged.parties) == {"甲", "乙公司", "丙"}
    party = merged.parties["乙公司"]
    assert (party.spellings, party.printed) == (("乙", "乙公司"), ("乙",))
    printed = [(name, *rest) for name, *rest in merged.marks.printed.items()]
    assert [ends for _, ends in printed] == [(("upstream", "乙"),)]
    decide(engine, "split", None, ("乙公司",), ("乙",))
    assert seen(engine) == before


def test_a_later_load_lands_on_the_decided_party(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙公司"), clerk.contract("2", "乙", "丙"))
    decide(engine, "merge", "乙公司", ("乙公司",), ("乙",), ("乙厂",))
    clerk.load("contracts", clerk.contract("3", "乙 厂", "丁"))
    assert hops(seen(engine)) == [("甲", "乙公司"), ("乙公司", "丙"), ("乙公司", "丁")]


def test_a_made_up_name_leads_to_the_papers(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙公司"), clerk.contract("2", "乙", "丙"))
    clerk.load("parties", PartyRow(clerk.nowhere, "乙", phone="1"))
    decide(engine, "merge", "乙方", ("乙公司",), ("乙",))
    with engine.connect() as conn:
        assert set(identify_names(conn, ["乙方"]).parties) == {"乙方"}
        assert {lead.contract_no for lead in fetch_leads(conn, ["乙方"]).contracts} == {"1"}
        files = read_party_files(conn, ["乙方"])
    assert [entry.name for entry in files["乙方"].entries] == ["乙"]


def test_a_name_that_comes_to_be_anothers_rests(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙公司"), clerk.contract("2", "乙", "丙"))
    decide(engine, "merge", "乙方", ("乙公司",), ("乙",))
    late = clerk.load("contracts", clerk.contract("3", "乙方", "丁"))
    assert hops(seen(engine)) == [("甲", "乙公司"), ("乙公司", "丙"), ("乙方", "丁")]
    clerk.retract(late)
    assert hops(seen(engine)) == [("甲", "乙方"), ("乙方", "丙")]


def test_one_name_with_two_codes_is_joined_only_as_decided(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", downstream_uscc=CODE),
        clerk.contract("2", "乙", "丙", upstream_uscc=OTHER),
        clerk.contract("3", "乙", "丁"),
    )
    apart = [("甲", f"乙（{CODE}）"), (f"乙（{OTHER}）", "丙"), ("乙", "丁")]
    assert hops(seen(engine)) == apart
    name = f"乙（{CODE}）"
    decide(engine, "merge", name, (f"乙({CODE})",), (f"乙({OTHER})",))
    evidence = seen(engine)
    assert hops(evidence) == [("甲", name), (name, "丙"), ("乙", "丁")]
    assert not evidence.notes  # settled: nothing disagrees any more


def test_a_code_alone_is_of_the_party_it_was_decided_for(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", downstream_uscc=CODE),
        clerk.contract("2", "丙", "丁", upstream_uscc=CODE),
        clerk.contract("3", CODE, "戊"),
    )
    assert hops(seen(engine))[2] == (CODE, "戊")
    with engine.connect() as conn:
        assert holders_of(conn, CODE) == {"乙", "丙"}
    decide(engine, "merge", "乙", ("乙", f"乙({CODE})", CODE), ("丙", f"丙({CODE})"))
    evidence = seen(engine)
    assert hops(evidence) == [("甲", "乙"), ("乙", "丁"), ("乙", "戊")]
    assert evidence.parties["乙"].uscc == CODE
    assert not evidence.notes


def test_a_record_between_two_that_are_one_is_left_out_and_said(
    clerk: "Clerk", engine: Engine
) -> None:
    clerk.load("contracts", clerk.contract("1", "乙", "乙公司"), clerk.contract("2", "乙", "丙"))
    decide(engine, "merge", "乙公司", ("乙公司",), ("乙",))
    evidence = seen(engine)
    assert hops(evidence) == [("乙公司", "丙")]
    assert [note.key for note in evidence.notes] == ["same_party_both_ends"]


def test_a_merged_carrier_stays_one(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "中国移动某省公司", "甲"),
        clerk.contract("2", "移动", "乙"),
    )
    decide(engine, "merge", "移动", ("移动",), ("中国移动某省公司",))
    assert seen(engine).parties["移动"].is_carrier


def test_different_codes_of_one_party_give_it_none(clerk: "Clerk", engine: Engine) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "甲", "乙", downstream_uscc=CODE),
        clerk.contract("2", "乙厂", "丙", upstream_uscc=OTHER),
    )
    decide(engine, "merge", "乙", ("乙", f"乙({CODE})"), ("乙厂", f"乙厂({OTHER})"))
    assert seen(engine).parties["乙"].uscc is None


def test_decisions_are_read_once_for_a_state(clerk: "Clerk", engine: Engine) -> None:
    clerk.load("contracts", clerk.contract("1", "甲", "乙"))
    with engine.connect() as conn:
        first = read_decisions(conn)
        assert read_decisions(conn) is first
    decide(engine, "merge", "甲", ("甲",), ("乙",))
    with begin_writing(engine) as conn:
        assert [party.name for party in read_decisions(conn).parties] == ["甲"]
        append_event(conn, "undo", {"event": 1}, "甲", "2026-01-01T00:00:00+08:00")
        append_event(conn, "undo", {"event": 2}, "甲", "2026-01-01T00:00:00+08:00")
        assert not read_decisions(conn)


@pytest.mark.parametrize("size", [3])
def test_parties_of_names_outside_are_undisturbed(
    clerk: "Clerk", engine: Engine, size: int
) -> None:
    clerk.load("contracts", *(clerk.contract(f"{n}", "甲", f"乙{n}") for n in range(size)))
    before = seen(engine)
    decide(engine, "merge", "丙", ("丙",), ("丁",))
    assert seen(engine) == before
