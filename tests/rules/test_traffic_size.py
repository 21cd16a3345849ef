"""The rules on traffic on scopes with astronomically many chains, and on dense codes."""

import time
from collections.abc import Collection, Mapping, Set
from datetime import date, timedelta

from tests.graph.papers import Papers
from tests.graph.test_size import CODE, layers_of_three
from tracer.graph.survey import take_survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.model.particulars import RefusedRow
from tracer.model.period import ALL_DAYS
from tracer.rules.inspection import Inspection
from tracer.rules.registry import RULES

TRAFFIC = [rule for rule in RULES if rule.code.startswith("TR3")]
FIRST = date(2023, 7, 1)


class Known:
    def __init__(self, contracts: tuple[Contract, ...]) -> None:
        self.contracts = contracts

    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        wanted = set(pairs)
        return tuple(c for c in self.contracts if (c.upstream, c.downstream) in wanted)

    supplements = between

    def refused(self, parties: Set[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        del parties
        return {}


def laid_open(papers: Papers) -> Inspection:
    evidence = papers.about(CODE)

    return Inspection(take_survey(evidence, ALL_DAYS), papers=Known(evidence.contracts))


def timed(case: Inspection) -> tuple[dict[str, list[Finding]], float]:
    """Apply the rules; also give the seconds of this process."""
    begun = time.process_time()
    found = {rule.code: list(rule.findings(case)) for rule in TRAFFIC}
    return found, time.process_time() - begun


def test_a_diamond_of_twenty_layers() -> None:
    papers = layers_of_three(20)
    for position in range(19):
        papers.log(f"{position + 1:03d}-0>{position + 2:03d}-0", CODE + "01", FIRST, 100 - position)
    found, seconds = timed(laid_open(papers))
    assert seconds < 1
    assert found["TR301"] == []
    assert sum(f.messages or 0 for f in found["TR305"]) == 18


def hub(hops: int, days: int) -> Papers:
    """One platform with many customers, two thirds with paper (for half of the days).

    A quarter of them sent nothing. Two thirds get a digit added on the way up; the logs of a fifth
    are one message a day apart.
    """
    papers = Papers()
    papers.allocate(CODE, "H")
    papers.sign("HT-H", "H>P", CODE)
    half = FIRST + timedelta(days // 2 - 1)
    for number in range(hops):
        digits, customer = f"{CODE}{number:05d}", f"C{number:05d}"
        if number % 3:
            papers.sign(f"HT-{number}", f"P>{customer}", digits, FIRST, half)
        for day in range(days) if number % 4 else ():
            on = FIRST + timedelta(day)
            papers.log(f"P>{customer}", digits, on, 5, by="P")
            papers.log(f"P>{customer}", digits, on, 5 - (number % 5 == 0), by=customer)
            papers.log("H>P", digits + ("9" if number % 3 else ""), on, 5)
    return papers


def test_a_platform_with_hundreds_of_customers() -> None:
    found, seconds = timed(laid_open(hub(400, 20)))
    assert seconds < 4
    signed = [number for number in range(400) if number % 3]
    logged = [number for number in range(400) if number % 4]
    assert len(found["TR301"]) == len(set(logged) - set(signed))
    assert len(found["TR302"]) == len(set(logged) & set(signed))
    assert {f.messages for f in found["TR302"]} == {50}
    assert len(found["TR304"]) == len(set(signed) - set(logged))
    assert {f.days for f in found["TR304"]} == {10}
    assert len(found["TR306"]) == sum(number % 5 == 0 for number in logged)
    assert {f.messages for f in found["TR306"]} == {20}
    assert len(found["TR308"]) == len(set(logged) & set(signed))
    assert found["TR303"] == found["TR305"] == found["TR307"] == []
