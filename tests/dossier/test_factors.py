"""Standing, fault, reach and remedy of every party, side by side."""

from datetime import date
from decimal import Decimal

from tracer.dossier.factors import measured
from tracer.report.fault_tables import fault_table, findings_table
from tracer.report.papers import shown
from tracer.rules.base import make_finding
from tracer.rules.subjects import subjects_of

from .written import CHAIN, DIAMOND, factors_in, party_in

OTHER = CHAIN.replace("10687415", "10684500").replace("甲", "庚").replace("v1", "v2")


def reach(name: str, *written: str) -> tuple[tuple[int, int, int, int], ...]:
    found = party_in(name, *written).reach
    return tuple(
        (tally.messages, len(tally.incidents), tally.victims, tally.loss)
        for tally in (found.by_traffic, found.by_paper)
    )


def test_paper_beside_a_chain_with_traffic_gives_no_share_in_its_reach() -> None:
    assert reach("丙", DIAMOND) == ((0, 0, 0, 0), (0, 2, 2, 7_000_000))
    assert reach("乙", DIAMOND) == ((10, 1, 1, 10_000_000), (0, 2, 2, 7_000_000))
    assert party_in("乙", DIAMOND).reach.victims_in_both == 1
    assert party_in("丙", DIAMOND).reach.victims_in_both == 0


def test_a_victim_counts_once_a_party_over_all_codes() -> None:
    assert reach("乙", CHAIN) == ((107, 2, 1, 11_500_000), (0, 0, 0, 0))
    both = reach("乙", CHAIN, OTHER)
    assert both == ((214, 4, 2, 23_000_000), (0, 0, 0, 0))
    same = OTHER.replace("v2", "v1")
    assert reach("乙", CHAIN, same)[0][2] == 1


def test_one_loss_written_down_twice_is_said() -> None:
    twice = CHAIN.replace('loss: "1"}', 'loss: "10.5"}')
    found = factors_in(twice)
    assert {(n.key, n.values["party"], n.values["count"]) for n in found.notes} == {
        ("loss_repeated", name, 2) for name in "甲乙丙"
    }
    assert not factors_in(CHAIN).notes


def test_standing_code_by_code() -> None:
    found = party_in("乙", CHAIN, OTHER)
    assert [(s.code, s.layer, s.roles) for s in found.standings] == [
        ("10687415", 1, ("intermediary",)),
        ("10684500", 1, ("intermediary",)),
    ]
    assert (found.messages, found.own, found.hops, found.layers) == (214, 0, 2, (1,))
    assert (found.first_day, found.last_day) == (date(2023, 7, 5), date(2023, 7, 9))
    last = party_in("丙", CHAIN)
    assert (last.roles, last.own) == (("sender",), 107)
    assert party_in("丁", DIAMOND.replace("乙>丁, number", "乙>戊, number")).roles == ("end",)


def test_what_it_carried_lies_on_chains_or_beside_them() -> None:
    more = DIAMOND.replace(
        "incidents:",
        "  - {hop: 丙>丁, number: 106874150101, day: 2023-07-05, messages: 4}\nincidents:",
    )
    [standing] = party_in("丙", more).standings
    assert (standing.carried.messages, standing.carried.by_traffic) == (4, 0)
    assert standing.carried.by_paper == 0
    gap = CHAIN.replace(
        "  - {hop: 甲>乙, number: 106874150101, day: 2023-07-05, messages: 90}\n", ""
    )
    [standing] = party_in("乙", gap).standings
    carried = standing.carried
    assert (carried.messages, carried.by_traffic, carried.by_paper) == (107, 7, 100)


def test_days_are_counted_once_over_codes() -> None:
    assert factors_in(CHAIN, OTHER).days["乙"] == 2


def test_findings_of_its_own_acts_and_those_of_others() -> None:
    found = {p.name: p for p in factors_in(CHAIN).parties}
    told = {
        name: [(f.finding.rule, f.is_actor) for f in p.faults if f.finding.rule == "TR201"]
        for name, p in found.items()
    }
    assert told == {"甲": [], "乙": [("TR201", True)], "丙": [("TR201", False)]}
    assert len(found["乙"].acts("clauses")) >= 1
    assert found["丙"].acts("clauses") == ()


def test_whose_act_a_finding_speaks_of() -> None:
    hops = [("甲", "乙"), ("乙", "丙")]
    named = make_finding("TR202", hops=hops, values={"upstream": "甲", "party": "乙"})
    assert subjects_of(named) == {"乙"}
    assert subjects_of(make_finding("TR201", hops=hops[:1], values={"upstream": "甲"})) == {"甲"}
    assert subjects_of(make_finding("TR404", hops=hops[:1])) == {"甲"}
    assert subjects_of(make_finding("TR501", hops=hops[:1])) == {"甲", "乙"}
    assert subjects_of(make_finding("TR103", parties=["甲", "庚"])) == {"甲", "庚"}


def test_what_ended_when() -> None:
    on_the_day = CHAIN.replace(
        "incidents:",
        "  - {hop: 乙>丙, number: 106874150101, day: 2023-07-06, messages: 3}\n"
        "  - {hop: 乙>丙, number: 106874150101, day: 2023-07-08, messages: 2}\nincidents:",
    )
    told = party_in("乙", on_the_day).remedy
    assert (told.carried_after_report, told.carried_after_notice) == (9, 7)
    found = party_in("乙", CHAIN).remedy
    assert (found.last_traffic, found.last_end) == (date(2023, 7, 9), date(2023, 12, 31))
    assert (found.open_ended, found.first_report) == (0, date(2023, 7, 6))
    assert (found.carried_after_report, found.carried_after_notice) == (7, 7)
    assert [n.notified_on for n in found.notices] == [date(2023, 7, 8)]
    holder = party_in("甲", CHAIN).remedy
    assert (holder.open_ended, holder.carried_after_report) == (1, 7)
    assert (holder.notices, holder.carried_after_notice) == ((), 0)


def test_parties_stand_by_layer_and_carriers_apart() -> None:
    more = CHAIN.replace(
        "number: 10687415\n", "number: 10687415\nparties: [{name: 运, kind: 运营商}]\n", 1
    )
    more = more.replace(
        "contracts:\n", "contracts:\n  - {id: C0, hop: 运>甲, segments: 10687415}\n"
    )
    found = factors_in(more)
    assert [party.name for party in found.parties] == ["甲", "乙", "丙"]
    assert found.carriers == ("运",)


def test_what_weights_are_put_to() -> None:
    values = measured(factors_in(CHAIN))
    assert values["messages"] == {"甲": Decimal(97), "乙": Decimal(107), "丙": Decimal(107)}
    assert values["gain"] == {"甲": Decimal("2.91"), "乙": Decimal("1.07")}
    assert values["loss"]["丙"] == Decimal("11.5")
    assert values["hops"] == {"甲": 1, "乙": 1, "丙": 0}


def test_in_a_sheet_a_finding_stands_once_at_whose_act_it_is() -> None:
    parties = factors_in(CHAIN).parties
    told = [(row[0], row[3]) for row in findings_table(parties).rows]
    assert told
    assert {shown(cell).en for _, cell in told} == {"yes", "no, its downstream's"}
    alone = [party for party in parties if party.name == "丙"]
    rows = findings_table(alone).rows
    assert [shown(row[1]).zh[:5] for row in rows] == [f.finding.rule for f in alone[0].faults]


def test_what_a_downstream_let_on_is_no_act_of_the_holder() -> None:
    found = {p.name: p for p in factors_in(CHAIN).parties}
    holder = found["甲"]
    [onward] = holder.onward
    assert (onward.finding.rule, onward.group, onward.is_actor) == ("TR210", "onward", False)
    assert holder.acts("clauses") == ()
    assert found["乙"].onward == ()
    values = measured(factors_in(CHAIN))
    own = [f for f in holder.faults if f.is_actor and f.group != "other"]
    assert [int(values[key]["甲"]) for key in ("findings", "onward")] == [len(own), 1]
    assert values["onward"]["乙"] == 0
    row = next(r for r in fault_table([holder]).rows)
    assert (row[1], shown(row[6]).zh, "TR210" in shown(row[5]).zh) == (0, "TR210×1", False)
    told = [r for r in findings_table([holder]).rows if shown(r[1]).en.startswith("TR210")]
    assert [(shown(r[2]).zh, shown(r[3]).zh) for r in told] == [("下游再行提供", "否，其下游所为")]


SUPPLEMENT = CHAIN.replace(
    "routing:",
    '  - {id: C2-1, hop: 乙>丙, segments: 10687415, price: "0.04", from: 2023-07-01}\nrouting:',
    1,
)


def test_a_contract_and_its_supplement_are_one_act() -> None:
    one, both = (
        {p.name: p for p in factors_in(written).parties} for written in (CHAIN, SUPPLEMENT)
    )
    listed = [f for f in both["乙"].faults if f.finding.rule == "TR202"]
    assert [f.counts for f in listed] == [True, False]
    assert len(both["乙"].acts("clauses")) == len(one["乙"].acts("clauses"))
    assert measured(factors_in(SUPPLEMENT))["findings"] == measured(factors_in(CHAIN))["findings"]
    assert "TR202×1" in shown(fault_table([both["乙"]]).rows[0][5]).zh
    told = [r for r in findings_table([both["乙"]]).rows if shown(r[1]).en.startswith("TR202")]
    assert [shown(r[4]).zh for r in told] == ["是", "否，同一行为已计"]


def test_two_downstreams_are_two_acts() -> None:
    other = CHAIN.replace(
        "routing:",
        '  - {id: C9, hop: 乙>己, segments: 10687415, price: "0.04", from: 2023-07-01}\nrouting:',
        1,
    )
    listed = [f for f in party_in("乙", other).faults if f.finding.rule == "TR202"]
    assert [f.counts for f in listed] == [True, True]


def test_of_other_groups_every_finding_counts() -> None:
    number = "{number: 106874150102, received: 2023-07-05, victim: v2, reported: 2023-07-06}"
    more = CHAIN.replace("incidents:", f"incidents:\n  - {number}", 1).replace(
        "incidents:",
        "  - {hop: 乙>丙, number: 106874150102, day: 2023-07-09, messages: 5}\nincidents:",
        1,
    )
    listed = [f for f in party_in("乙", more).faults if f.group == "reports" and f.is_actor]
    assert len({f.finding.segment for f in listed}) == len(listed) > 1
    assert all(fault.counts for fault in listed)
