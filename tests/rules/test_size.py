"""Rules on scopes with more chains, and on codes with more records, than could be paired."""

from datetime import date, timedelta
from time import process_time

from tests.graph.papers import Papers
from tests.graph.test_size import CODE, layers_of_three
from tracer.graph.survey import take_survey
from tracer.model.evidence import Evidence
from tracer.model.particulars import (
    CheckRecord,
    Licence,
    Notice,
    Particulars,
    PartyProfile,
    Relation,
)
from tracer.model.period import ALL_DAYS, Period
from tracer.model.source import RecordRef
from tracer.rules.classes import serves_third_parties
from tracer.rules.inspection import Inspection
from tracer.rules.registry import RULES

FIRST = date(2023, 1, 1)
GROUPS = ("TR10", "TR209", "TR4", "TR5")


def ref(table: str, row: int) -> RecordRef:
    return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)


def all_told(evidence: Evidence) -> Inspection:
    """A scope of which everything is on record that could concern it."""
    names = sorted(evidence.parties)
    hops = sorted({(c.upstream, c.downstream) for c in evidence.contracts})
    profile = PartyProfile(
        (Licence(ref("parties", 2), "B2-1", Period(None, FIRST)),),
        phones=(("0571-1", ref("parties", 2)),),
    )
    particulars = Particulars(
        classes=frozenset({CODE[:4]}),
        profiles=dict.fromkeys(names, profile),
        checks={
            hop: (CheckRecord(ref("checks", n), *hop, "identity", FIRST, "failed"),)
            for n, hop in enumerate(hops)
        },
        checking={up: frozenset({"identity", "content", "contract"}) for up, _ in hops},
        relations=tuple(Relation(ref("relations", n), *hop, "股东") for n, hop in enumerate(hops)),
        notices=tuple(
            Notice(ref("incidents", n), number, FIRST)
            for n, number in enumerate(sorted({r.number for r in evidence.routing}))
        ),
    )
    return Inspection(take_survey(evidence, ALL_DAYS), particulars)


def seconds(case: Inspection) -> tuple[float, dict[str, int]]:
    """How long the rules of these groups keep the processor, and how much they find.

    What every trace computes, and what is read once per process, is there already.
    """
    assert case.records
    assert serves_third_parties("10690001")
    start = process_time()
    found = {
        rule.code: len(list(rule.findings(case))) for rule in RULES if rule.code.startswith(GROUPS)
    }
    return process_time() - start, found


def test_a_diamond_of_twenty_layers_of_three() -> None:
    taken, found = seconds(all_told(layers_of_three(20).about(CODE)))
    everywhere = ("TR401", "TR402", "TR403", "TR501")
    assert {code: n for code, n in found.items() if n} == dict.fromkeys(everywhere, 3 + 19 * 9)
    assert taken < 1


def dense_code(customers: int) -> Papers:
    """One party with many customers under one code, routing of each on many days."""
    papers = Papers()
    papers.allocate(CODE, "甲", FIRST, FIRST + timedelta(400))
    papers.sign("HT-0", "甲>乙", CODE, FIRST)
    for n in range(customers):
        papers.sign(f"HT-{n + 1}", f"乙>客户{n:05d}", f"{CODE}{n:05d}", FIRST + timedelta(n % 90))
        for day in (100, 200, 450):
            papers.log(f"乙>客户{n:05d}", f"{CODE}{n:05d}01", FIRST + timedelta(day + n % 50), 10)
    return papers


def test_a_dense_code_takes_its_time_in_proportion() -> None:
    few, _ = seconds(all_told(dense_code(250).about(CODE)))
    many, found = seconds(all_told(dense_code(2000).about(CODE)))
    assert found["TR102"] == found["TR501"] == 2001
    assert (found["TR209"], found["TR404"]) == (1, 2000)
    assert many < 24 * few + 1
