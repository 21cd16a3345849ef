"""The engine against an evaluator that reads the definition point by point."""

import json
import random
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tracer.graph.result import Trace
from tracer.graph.trace import build_trace
from tracer.model.evidence import Evidence
from tracer.model.period import Period
from tracer.report.trace_json import trace_document

from .brute_force import evaluate
from .strategies import cases

EVERY_CHAIN = 100_000
CASES = tries(3_000)
"""Random cases per run of the suite."""


def readable(trace: Trace) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(trace_document(trace, ())))
    for gap in document["gaps"]:
        del gap["candidates"]
    return document


def by_name(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda entry: str(entry["name"]))


def assert_equal(found: dict[str, Any], expected: dict[str, Any]) -> None:
    found = {**found, "parties": by_name(found["parties"])}
    expected = json.loads(json.dumps(expected, default=str))
    for part, wanted in expected.items():
        got = found[part]
        if isinstance(wanted, list):
            got = [
                {key: entry[key] for key in want} for entry, want in zip(got, wanted, strict=False)
            ] + got[len(wanted) :]
        else:
            got = {key: got[key] for key in wanted}
        assert got == wanted, part


@settings(
    max_examples=CASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cases())
def test_the_engine_finds_what_the_definition_says(case: tuple[Evidence, Period]) -> None:
    evidence, window = case
    trace = build_trace(evidence, window, max_chains=EVERY_CHAIN)
    assert_equal(readable(trace), evaluate(evidence, window))


@settings(max_examples=tries(300))
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    case: tuple[Evidence, Period], dice: random.Random
) -> None:
    evidence, window = case

    def shuffled(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(records, len(records)))

    other = replace(
        evidence,
        allocations=shuffled(evidence.allocations),
        contracts=shuffled(evidence.contracts),
        routing=shuffled(evidence.routing),
        shorter_routing=shuffled(evidence.shorter_routing),
        incidents=shuffled(evidence.incidents),
    )
    assert trace_document(build_trace(other, window), ()) == trace_document(
        build_trace(evidence, window), ()
    )


@settings(max_examples=tries(300))
@given(cases(), st.integers(0, 5))
def test_a_shorter_chain_list_is_the_beginning_of_the_whole_one(
    case: tuple[Evidence, Period], limit: int
) -> None:
    evidence, window = case
    whole = build_trace(evidence, window, max_chains=EVERY_CHAIN)
    cut = build_trace(evidence, window, max_chains=limit)
    assert cut.chains == whole.chains[:limit]
    assert cut.truncated == (len(whole.chains) > limit)
    assert (cut.hops, cut.parties, cut.senders) == (whole.hops, whole.parties, whole.senders)
