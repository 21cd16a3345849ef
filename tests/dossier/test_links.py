"""The chains that join parties, and what lies between."""

from tracer.dossier.codecase import CodeCase
from tracer.dossier.links import Links, find_joinings, find_links
from tracer.model.particulars import Payment
from tracer.model.party import Party
from tracer.model.partyfile import PartyFile
from tracer.model.period import ALL_DAYS

from .written import CHAIN, DIAMOND, code_of

EVERY = 1000
OTHER = CHAIN.replace("10687415", "10684500").replace("甲", "庚")


def links(*names: str, codes: tuple[str, ...] = (CHAIN, OTHER), most: int = EVERY) -> Links:
    opened = tuple(code_of(each) for each in codes)
    joinings, cut = find_joinings(opened, frozenset(names), most)
    drawn = {*names, *(name for each in joinings for name in each.between)}
    files = {name: PartyFile(name, payments=_paid(opened, name)) for name in sorted(drawn)}
    return find_links(opened, tuple(map(Party, names)), files, ALL_DAYS, joinings, cut)


def _paid(codes: tuple[CodeCase, ...], name: str) -> tuple[Payment, ...]:
    found = {p for code in codes for each in code.case.particulars.payments.values() for p in each}
    return tuple(p for p in found if name in {p.payer, p.payee})


def test_the_part_of_a_chain_between_them() -> None:
    found = links("甲", "丙")
    assert [(j.code, j.between) for j in found.joinings] == [("10687415", ("甲", "乙", "丙"))]
    assert found.between == ("乙",)
    assert [(h.code, h.hop.upstream, h.hop.downstream) for h in found.hops] == [
        ("10687415", "乙", "丙"),
        ("10687415", "甲", "乙"),
    ]
    assert found.codes == ("10687415",)
    assert found.holders == {"甲"}


def test_over_several_codes_with_the_layer_in_each() -> None:
    found = links("乙", "丙")
    assert [j.code for j in found.joinings] == ["10684500", "10687415"]
    assert found.between == ()
    assert found.layers == {
        "丙": {"10687415": 2, "10684500": 2},
        "乙": {"10687415": 1, "10684500": 1},
    }


def test_parties_of_different_codes_are_joined_by_no_chain() -> None:
    found = links("甲", "庚")
    assert (found.joinings, found.hops, found.codes) == ((), (), ())


def test_both_arms_of_a_diamond() -> None:
    found = links("甲", "丁", codes=(DIAMOND,))
    assert [j.between for j in found.joinings] == [("甲", "丙", "丁"), ("甲", "乙", "丁")]
    assert found.truncated == ()
    assert links("甲", "丁", codes=(DIAMOND,), most=1).truncated == ("10687415",)


def test_payments_between_parties_of_the_map_only() -> None:
    paid = (
        CHAIN
        + """
payments:
  - {payer: 丙, payee: 乙, amount: "9.5", paid: 2023-07-31}
  - {payer: 己, payee: 乙, amount: "70", paid: 2023-07-31}
"""
    )
    found = links("甲", "丙", codes=(paid,))
    assert [(p.payer, p.payee) for p in found.payments] == [("丙", "乙")]
