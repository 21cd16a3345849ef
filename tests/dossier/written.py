"""Cases of one code written down, laid open as dossiers look at them."""

from tests.rules.casefiles import lay_out
from tracer.dossier.codecase import CodeCase
from tracer.dossier.factors import Factors, PartyFactors, collect_factors
from tracer.model.period import ALL_DAYS, Period
from tracer.rules.finding import examine

__all__ = ["CHAIN", "DIAMOND", "code_of", "factors_in", "party_in"]

CHAIN = """
number: 10687415
allocations: [{segment: 10687415, holder: 甲}]
contracts:
  - {id: C1, hop: 甲>乙, segments: 10687415, price: "0.03", clause: forbidden}
  - {id: C2, hop: 乙>丙, segments: 10687415, price: "0.04", from: 2023-07-01, to: 2023-12-31}
routing:
  - {hop: 甲>乙, number: 106874150101, day: 2023-07-05, messages: 90}
  - {hop: 乙>丙, number: 106874150101, day: 2023-07-05, messages: 100}
  - {hop: 甲>乙, number: 106874150101, day: 2023-07-09, messages: 7}
  - {hop: 乙>丙, number: 106874150101, day: 2023-07-09, messages: 7}
incidents:
  - {number: 106874150101, received: 2023-07-05, victim: v1, loss: "10.5", reported: 2023-07-06,
     notified: 乙, notified_on: 2023-07-08}
  - {number: 106874150101, received: 2023-07-09, victim: v1, loss: "1"}
"""

DIAMOND = """
number: 10687415
allocations: [{segment: 10687415, holder: 甲}]
contracts:
  - {id: C1, hop: 甲>乙, segments: 10687415, price: "0.03"}
  - {id: C2, hop: 甲>丙, segments: 10687415, price: "0.03"}
  - {id: C3, hop: 乙>丁, segments: 10687415, price: "0.04"}
  - {id: C4, hop: 丙>丁, segments: 10687415, price: "0.05"}
routing:
  - {hop: 甲>乙, number: 106874150101, day: 2023-07-05, messages: 10}
  - {hop: 乙>丁, number: 106874150101, day: 2023-07-05, messages: 10}
incidents:
  - {number: 106874150101, received: 2023-07-05, victim: v1, loss: "10"}
  - {number: 106874150101, received: 2023-07-20, victim: v1, loss: "3"}
  - {number: 106874150101, received: 2023-07-20, victim: v2, loss: "4"}
"""


def code_of(written: str) -> CodeCase:
    case = lay_out(written)
    return CodeCase(case.number, is_exact=False, case=case, findings=examine(case))


def factors_in(*written: str, window: Period = ALL_DAYS) -> Factors:
    codes = tuple(code_of(each) for each in written)
    paid = {p for code in codes for each in code.case.particulars.payments.values() for p in each}
    ends = {end for payment in paid for end in (payment.payer, payment.payee)}
    payments = {end: [p for p in paid if end in {p.payer, p.payee}] for end in ends}
    return collect_factors(codes, payments, window)


def party_in(name: str, *written: str) -> PartyFactors:
    [found] = [party for party in factors_in(*written).parties if party.name == name]
    return found
