"""Answers to be written: of one number, of several that differ, of texts that mean harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.report.leads import examined
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.evidence import Document
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.rendering import Rendering

Wanted = Callable[..., Rendering]

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "]]><data>",
    '"quoted\\" \\N \\',
    "line\nbreak\r\n\ttab",
    "甲\x00\x01\x0b\ufffe\ue000公司",
    "<b>&amp;&lt;\"'",
    "@SUM(1+1)*\u202ecmd",
    "-2+3; rm -rf {{7*7}} %n ]} digraph",
)
PHONE = "13800010002"


@pytest.fixture
def wanted(case: CaseInfo) -> Wanted:
    def make(*traces: Trace, lang: Language = "zh") -> Rendering:
        return Rendering([examined(trace) for trace in traces], case, lang)

    return make


@pytest.fixture
def two_numbers(new_trace: Any) -> tuple[Trace, Trace]:
    """Give two numbers that pass through the same hands in another order.

    One contract covers both; in the second number it has no messages.
    """
    first = new_trace("10687415").allocate("甲公司")
    first.contract("HT-1", "甲公司", "乙公司", segment="1068")
    first.contract("HT-2", "乙公司", "丙公司").log("甲公司", "乙公司", 20, reporter="甲公司")
    first.log("甲公司", "乙公司", 18, reporter="乙公司").log("乙公司", "丙公司", 20)
    second = new_trace("10684500").allocate("丙公司")
    second.row = first.row  # rows of the same files
    second.contracts["甲公司", "乙公司"] = first.contracts["甲公司", "乙公司"]
    second.contract("HT-3", "丙公司", "甲公司").log("丙公司", "甲公司", 5)
    return first.build(), second.build()


@pytest.fixture
def two_terms(new_trace: Any) -> Trace:
    """Give a contract row that holds for two terms, the second without end."""
    builder = new_trace("10690999").allocate("甲公司").contract("HT-1", "甲公司", "乙公司")
    (row,) = builder.contracts["甲公司", "乙公司"]
    later = row._replace(term=Period(date(2024, 7, 1), None), end_stated=False)
    builder.contracts["甲公司", "乙公司"].append(later)
    built: Trace = builder.build()
    return built


@pytest.fixture
def hostile(new_trace: Any) -> Trace:
    """Give a trace in which every text there is means harm, and tells a handset number."""
    builder = new_trace("10687415").allocate(HOSTILE[0])
    builder.allocations[0] = builder.allocations[0]._replace(authority=HOSTILE[1])
    for index, (upper, lower) in enumerate(pairwise(HOSTILE)):
        told = f"{upper} {PHONE}"
        paper = Document(f"{told}.pdf", None, told)
        builder.contract(
            upper, upper, lower, title=told, unit_price_raw=told, source_ref=told, document=paper
        )
        builder.log(upper, lower, 7, reporter=upper)
        rows = builder.contracts[upper, lower]
        path = f"{told}/合同{index}.csv"
        rows[0] = rows[0]._replace(ref=_moved(rows[0].ref, path, told))
    builder.gap(HOSTILE[2], [(HOSTILE[0], "no_segment", HOSTILE[1])])
    built: Trace = builder.send(HOSTILE[-1], 7).chain(*HOSTILE).build()
    parties = tuple(
        each._replace(party=Party(each.name, HOSTILE[5], PHONE, HOSTILE, PHONE, PHONE))
        for each in built.parties
    )
    return replace(built, parties=parties)


def _moved(ref: RecordRef, path: str, sheet: str) -> RecordRef:
    return ref._replace(path=path, sheet=sheet)
