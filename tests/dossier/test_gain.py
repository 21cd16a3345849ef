"""What a party earned: payments where both sides are on record, else spreads, else nothing."""

import pytest

from tracer.dossier.gain import Gain, find_gain
from tracer.model.period import ALL_DAYS, Period
from tracer.report.dossier_tables import gain_table
from tracer.report.papers import shown

from .written import CHAIN, code_of, party_in


def gain(name: str, *written: str) -> Gain:
    return party_in(name, *written).gain


def lines(found: Gain) -> list[tuple[object, ...]]:
    return [
        (line.downstream, line.basis, line.price_in, line.price_out, line.messages, line.amount)
        for line in found.lines
    ]


def test_spread_times_messages_of_the_onward_hop() -> None:
    found = gain("乙", CHAIN)
    assert lines(found) == [("丙", "contracts", 30_000, 40_000, 107, 1_070_000)]
    assert (found.basis, found.amount, found.unpriced) == ("spread", 1_070_000, 0)
    assert found.gaps == ("no_payment_in", "no_payment_out")
    [line] = found.lines
    assert (line.incoming, line.onward) == (("C1",), ("C2",))
    assert [f"{r.table}:{r.row}" for r in line.records] == [
        "contracts:2", "contracts:3", "routing:3", "routing:5",
    ]  # fmt: skip


def test_the_holder_has_no_price_in() -> None:
    found = gain("甲", CHAIN)
    assert lines(found) == [("乙", "holder", None, 30_000, 97, 2_910_000)]
    assert found.gaps == ("no_payment_in",)


def test_the_last_party_earned_nothing_that_is_on_record() -> None:
    found = gain("丙", CHAIN)
    assert (found.basis, found.amount, found.lines) == ("none", None, ())
    assert found.gaps == ("no_onward", "no_payment_out")


def test_prices_err_to_the_party_s_advantage() -> None:
    more = CHAIN.replace(
        "routing:",
        '  - {id: C8, hop: 甲>乙, segments: 1068741501, price: "0.033"}\n'
        '  - {id: C9, hop: 乙>丙, segments: 1068741501, price: "0.039", to: 2023-07-06}\n'
        "routing:",
        1,
    )
    assert [(line[2], line[3], line[4]) for line in lines(gain("乙", more))] == [
        (33_000, 39_000, 100),
        (33_000, 40_000, 7),
    ]


@pytest.mark.parametrize(
    ("of", "basis"),
    [('price: "0.03", ', "no_price_in"), ('price: "0.04", ', "no_price_out")],
)
def test_no_amount_where_a_price_is_missing(of: str, basis: str) -> None:
    found = gain("乙", CHAIN.replace(of, ""))
    assert [line.basis for line in found.lines] == [basis]
    assert (found.basis, found.amount, found.unpriced) == ("none", None, 107)
    assert basis in found.gaps


def test_a_second_contract_without_a_price_leaves_the_price_open() -> None:
    more = CHAIN.replace("routing:", "  - {id: C8, hop: 甲>乙, segments: 10687415}\nrouting:", 1)
    assert [line.basis for line in gain("乙", more).lines] == ["no_price_in"]


def test_another_row_of_the_same_contract_may_be_silent() -> None:
    more = CHAIN.replace("routing:", "  - {id: C1, hop: 甲>乙, segments: 10687415}\nrouting:", 1)
    assert [line.basis for line in gain("乙", more).lines] == ["contracts"]


def test_messages_passed_on_by_way_of_no_contract_have_no_price_in() -> None:
    more = CHAIN.replace(
        "incidents:",
        "  - {hop: 戊>乙, number: 106874150101, day: 2023-07-05, messages: 3}\nincidents:",
    )
    found = gain("乙", more)
    assert [(line.basis, line.messages) for line in found.lines] == [
        ("contracts", 7),
        ("no_price_in", 100),
    ]


PAID = (
    CHAIN
    + """
payments:
  - {payer: 丙, payee: 乙, amount: "9.5", paid: 2023-07-31}
  - {payer: 乙, payee: 甲, amount: "3", paid: 2023-07-31, contract: C1}
  - {payer: 乙, payee: 甲, amount: "50", paid: 2023-07-31, contract: C77}
  - {payer: 己, payee: 乙, amount: "70", paid: 2023-07-31}
"""
)


def test_payments_on_both_sides_go_before_spreads() -> None:
    found = gain("乙", PAID)
    assert (found.basis, found.amount) == ("payments", 6_500_000)
    assert (found.paid_in, found.paid_out) == (9_500_000, 3_000_000)
    assert found.spread_amount == 1_070_000
    assert [(p.direction, p.why, p.counts) for p in found.payments] == [
        ("in", "parties", True),
        ("out", "contract", True),
        ("out", "other_contract", False),
        ("in", "other_party", False),
    ]


def test_payments_on_one_side_only_leave_the_spread() -> None:
    found = gain("乙", CHAIN + 'payments: [{payer: 丙, payee: 乙, amount: "9", paid: 2023-07-31}]')
    assert (found.basis, found.amount, found.paid_in) == ("spread", 1_070_000, 9_000_000)
    assert found.paid_out is None


def test_the_holder_pays_nobody() -> None:
    found = gain("甲", PAID)
    assert (found.basis, found.amount) == ("payments", 3_000_000)


def test_an_upstream_that_was_not_paid_on_record_leaves_the_spread() -> None:
    other = PAID.replace(
        "incidents:",
        "  - {hop: 戊>乙, number: 106874150199, day: 2023-07-05, messages: 3}\nincidents:",
    )
    assert gain("乙", other).basis == "spread"


def test_payments_of_other_days_do_not_count() -> None:
    code = code_of(PAID)
    payments = [p for listed in code.case.particulars.payments.values() for p in listed]
    window = Period(None, payments[0].paid_on.replace(day=30))
    found = find_gain([code], "乙", payments, window)
    assert {p.why for p in found.payments} == {"other_days"}
    assert found.gaps == ("no_payment_in", "no_payment_out")
    assert find_gain([code], "乙", payments, ALL_DAYS).basis == "payments"


UNSEGMENTED = PAID.replace("routing:", "  - {id: C77, hop: 甲>乙}\nrouting:", 1)


def test_a_contract_that_names_no_segment_is_not_one_of_other_codes() -> None:
    found = gain("乙", UNSEGMENTED)
    assert [(p.direction, p.why, p.counts) for p in found.payments][2] == (
        "out",
        "no_segment",
        True,
    )
    assert (found.basis, found.paid_out, found.amount) == ("payments", 53_000_000, -43_500_000)
    assert found.gaps == ("no_segment",)
    assert "no_payment_in" not in gain("甲", UNSEGMENTED).gaps


def test_a_contract_without_segments_of_other_parties_does_not_count() -> None:
    found = gain("乙", UNSEGMENTED.replace("C77, hop: 甲>乙", "C77, hop: 乙>丙"))
    assert [p.why for p in found.payments][2] == "other_contract"
    assert found.gaps == ()


def test_it_is_never_denied_that_a_payment_left_out_is_on_record() -> None:
    found = gain(
        "甲",
        CHAIN
        + PAID.rpartition("payments:")[1]
        + """
  - {payer: 乙, payee: 甲, amount: "50", paid: 2023-07-31, contract: C88}
""",
    )
    assert found.gaps == ("no_payment_in",)
    said = gain_table([party_in("甲", CHAIN)]).rows[0][-1]
    assert shown(said).zh == "未见可计入的下游付款"


ACCESS = """
number: 10687415
parties: [{name: 丁, kind: 运营商}]
allocations: [{segment: 10687415, holder: 甲}]
contracts:
  - {id: K0, hop: 丁>甲, segments: 10687415, price: "0.028"}
  - {id: K1, hop: 甲>乙, segments: 10687415, price: "0.03"}
routing:
  - {hop: 丁>甲, number: 106874150101, day: 2023-07-05, messages: 100}
  - {hop: 甲>乙, number: 106874150101, day: 2023-07-05, messages: 100}
"""
ACCESS_PAID = """
payments:
  - {payer: 乙, payee: 甲, amount: "3.00", paid: 2023-07-31, contract: K1}
  - {payer: 甲, payee: 丁, amount: "2.80", paid: 2023-07-31, contract: K0}
"""


def test_what_a_carrier_charges_for_access_is_a_cost() -> None:
    found = gain("甲", ACCESS)
    assert lines(found) == [("乙", "contracts", 28_000, 30_000, 100, 200_000)]
    assert (found.basis, found.amount) == ("spread", 200_000)


def test_a_payment_for_access_counts_and_its_want_is_told() -> None:
    paid = gain("甲", ACCESS + ACCESS_PAID)
    assert (paid.basis, paid.amount) == ("payments", 200_000)
    unpaid = gain("甲", ACCESS + ACCESS_PAID.rsplit("\n  - {payer: 甲", 1)[0] + "\n")
    assert (unpaid.basis, unpaid.amount) == ("spread", 200_000)
    assert "no_payment_out" in unpaid.gaps


def test_access_without_a_price_leaves_the_gain_open() -> None:
    found = gain("甲", ACCESS.replace(', price: "0.028"', ""))
    assert (found.basis, found.amount, found.unpriced) == ("none", None, 100)
    assert "no_price_in" in found.gaps


def test_a_supplement_without_a_segment_may_have_changed_the_price() -> None:
    more = ACCESS.replace(
        "routing:", '  - {id: K1补, hop: 甲>乙, amends: K1, price: "0.05"}\nrouting:', 1
    )
    found = gain("甲", more)
    assert (found.basis, found.unpriced) == ("none", 100)
    assert "no_price_out" in found.gaps
