"""The rules on subleasing at sizes at which anything that looks at pairs or chains would stall."""

import random
import time
from datetime import date, timedelta

from tests.graph.papers import Papers
from tests.graph.test_size import layers_of_three
from tracer.graph.survey import take_survey
from tracer.model.finding import Finding
from tracer.model.particulars import Particulars
from tracer.model.period import ALL_DAYS
from tracer.rules.inspection import Inspection
from tracer.rules.registry import RULES

CODE = "10690001"
FIRST = date(2022, 1, 1)
GROUP = [
    rule for rule in RULES if rule.code in {f"TR2{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11)}
]


def examined(papers: Papers) -> tuple[dict[str, list[Finding]], float]:
    """Give the findings of every rule of the group, and the seconds of this process they took."""
    case = Inspection(take_survey(papers.about(CODE), ALL_DAYS), Particulars(frozenset({CODE[:4]})))
    assert case.records
    begun = time.process_time()
    found = {rule.code: list(rule.findings(case)) for rule in GROUP}
    return found, time.process_time() - begun


def test_the_group_is_whole() -> None:
    assert len(GROUP) == 10


def test_twenty_layers_of_three_take_no_time() -> None:
    found, seconds = examined(layers_of_three(20))
    assert seconds < 1
    assert len(found["TR201"]) == len(found["TR208"]) == 19 * 9
    assert len(found["TR206"]) == 19 * 3  # the holder names the bare code only
    assert len(found["TR210"]) == 3
    assert not found["TR207"]


def test_a_hub_with_thousands_of_downstreams_is_one_finding() -> None:
    papers = Papers()
    papers.allocate(CODE, "H")
    papers.sign("HT", "H>P", CODE)
    for number in range(3000):
        papers.sign(f"HT-{number}", f"P>D{number:04d}", CODE)
    found, seconds = examined(papers)
    assert seconds < 20
    (double,) = found["TR206"]
    assert len(double.parties) == 3001
    assert len(found["TR208"]) == 3000


def test_a_hub_with_an_extension_for_each_downstream_is_not_quadratic() -> None:
    papers = Papers()
    papers.allocate(CODE, "H")
    for number in range(3000):
        begins = FIRST + timedelta(number % 300)
        ends = begins + timedelta(400)
        papers.sign(f"IN-{number}", "H>P", f"{CODE}{number:04d}", begins, ends)
        papers.sign(
            f"ON-{number}", f"P>D{number:04d}", f"{CODE}{number:04d}", begins, ends + timedelta(9)
        )
    found, seconds = examined(papers)
    assert seconds < 20
    assert len(found["TR204"]) == 3000
    assert {f.days for f in found["TR204"]} == {9}
    assert not found["TR206"]


def test_thousands_of_contracts_at_random() -> None:
    dice = random.Random(7)
    papers = Papers()
    papers.allocate(CODE, "P000")
    for number in range(6000):
        one, other = dice.sample(range(200), 2)
        begins = FIRST + timedelta(dice.randrange(600))
        segment = CODE if dice.random() < 0.1 else f"{CODE}{dice.randrange(900):03d}"
        ends = begins + timedelta(dice.randrange(200))
        papers.sign(f"HT-{number}", f"P{one:03d}>P{other:03d}", segment, begins, ends)
    found, seconds = examined(papers)
    assert seconds < 40
    assert all(found[f"TR20{n}"] for n in (1, 3, 4, 5, 6, 7, 8))
