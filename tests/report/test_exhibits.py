"""Exhibits: what makes one, its number, its term, and where it stands."""

from datetime import date
from typing import Any

import pytest

from tracer.graph.result import AccessHop, Trace
from tracer.model.period import Period
from tracer.report.exhibits import Numbering, collect_exhibits
from tracer.report.rows import depths_of, hop_order
from tracer.report.view import EvidenceItem


def exhibits(trace: Trace) -> tuple[EvidenceItem, ...]:
    return collect_exhibits(trace, Numbering(), hop_order(trace, depths_of(trace)))


def test_numbers_run_without_a_hole(messy: Trace) -> None:
    numbers = [item.no for item in exhibits(messy)]
    assert numbers == [f"E{number:03d}" for number in range(1, len(numbers) + 1)]


def test_numbers_do_not_depend_on_the_order_of_hops(messy: Trace) -> None:
    from dataclasses import replace

    turned = replace(messy, hops=messy.hops[::-1])
    assert exhibits(turned) == exhibits(messy)


def test_same_number_between_other_companies_is_another_contract(new_trace: Any) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司").contract("HT-1", "乙公司", "丙公司")
    titles = [item.title for item in exhibits(builder.build()) if item.kind == "contract"]
    assert titles == ["HT-1", "HT-1"]


def test_term_of_several_rows_is_open_where_one_is(new_trace: Any) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司", Period(date(2023, 3, 1), date(2023, 6, 30)))
    builder.contract("HT-1", "甲公司", "乙公司", Period(date(2023, 1, 1), None), end_stated=False)
    item = exhibits(builder.build())[1]
    assert item.term == Period(date(2023, 1, 1), None)
    assert not item.end_stated
    assert item.start_stated


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ({"unit_price_raw": "3.5分/条", "unit_price": 35_000}, ("3.5分/条",)),
        ({"unit_price_raw": None, "unit_price": 35_000}, ("0.035 元/条",)),
        ({"unit_price_raw": None, "unit_price": None}, ()),
    ],
)
def test_price_is_as_printed(
    new_trace: Any, given: dict[str, object], printed: tuple[str, ...]
) -> None:
    builder = new_trace().allocate("甲公司").contract("HT-1", "甲公司", "乙公司", **given)
    assert exhibits(builder.build())[1].prices == printed


def test_a_contract_under_which_nothing_was_sent_is_paper_only(new_trace: Any) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司", Period(date(2023, 6, 1), date(2023, 6, 30)))
    builder.contract("HT-1补", "甲公司", "乙公司", Period(date(2024, 3, 1), date(2024, 9, 30)))
    builder.log("甲公司", "乙公司", 40, first=date(2023, 6, 10))
    found = {item.title: item.status for item in exhibits(builder.build())}
    assert found["HT-1"] == "corroborated"
    assert found["HT-1补"] == "contract_only"


def test_facts_keep_what_is_stated_only(new_trace: Any) -> None:
    builder = new_trace().allocate("甲公司")
    builder.contract("HT-1", "甲公司", "乙公司", approval_no="批〔2023〕1号", title=None)
    facts = dict(exhibits(builder.build())[1].lines[0].facts)
    assert facts == {
        "signed_on": "2022-12-20",
        "sublease_clause": "forbidden",
        "approval_no": "批〔2023〕1号",
    }


def test_allocation_is_the_holders_exhibit(hangzhou: Trace) -> None:
    first = exhibits(hangzhou)[0]
    assert (first.no, first.kind, first.scope, first.downstream) == (
        "E001",
        "allocation",
        "holding",
        "广东某科技公司",
    )
    assert first.title.startswith("号[2022]")
    assert not first.end_stated


def test_access_contract_and_log_are_apart_from_the_chain(new_trace: Any) -> None:
    builder = new_trace().allocate("甲公司").contract("HT-1", "中国移动某省公司", "甲公司")
    (contract,) = builder.contracts.pop(("中国移动某省公司", "甲公司"))
    builder.access.append(
        AccessHop("中国移动某省公司", "甲公司", 7, 7, (contract,), (), None, None)
    )
    items = exhibits(builder.build())
    assert [(item.kind, item.scope) for item in items[1:]] == [
        ("contract", "access"),
        ("routing", "access"),
    ]
    assert items[2].messages == 7
    assert items[2].lines == ()
