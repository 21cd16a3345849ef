"""The case files of the rules: small papers written as YAML, and what a rule must say of them.

A file `cases/trNNN.yaml` maps names to cases; `pass_…` are innocent, `fail_…` say what to find.
Every table is a list of records; `hop: A>B` stands for upstream A and downstream B. Only what a
record states need be written. `expect` lists findings, each with the fields that matter.
"""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from tracer.graph.survey import take_survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract, Evidence, Incident, RoutingTotal
from tracer.model.finding import Finding
from tracer.model.money import format_yuan, to_micros
from tracer.model.particulars import (
    CheckRecord,
    Licence,
    Notice,
    Opening,
    Particulars,
    PartyProfile,
    Payment,
    RefusedRow,
    Relation,
)
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.model.segment import parse_segments
from tracer.model.source import RecordRef
from tracer.rules.inspection import Inspection

__all__ = ["CASES", "CaseFile", "lay_out", "read_cases", "reading_of"]

CASES = Path(__file__).parent / "cases"

Cells = dict[str, Any]


@dataclass(frozen=True)
class CaseFile:
    """One case: `expect` is empty for those that pass."""

    rule: str
    name: str
    case: Inspection
    allocations: tuple[Allocation, ...]
    expect: tuple[Cells, ...]


def read_cases(rule: str) -> Iterator[CaseFile]:
    """Read the cases of one rule, in the order of the file."""
    content = yaml.safe_load((CASES / f"{rule.lower()}.yaml").read_text("utf-8"))
    for name, tables in content.items():
        told = dict(tables)
        assert told.pop("why"), name
        expect = tuple(told.pop("expect", ()))
        assert bool(expect) == name.startswith("fail_"), name
        assert expect or name.startswith("pass_"), name
        desk = _Desk(told)
        yield CaseFile(rule, name, desk.inspection(), desk.allocations, expect)
        assert not desk.unread(), f"{name}: {desk.unread()}"


def lay_out(tables: str) -> Inspection:
    """Lay out the tables of one case, written as in a case file."""
    desk = _Desk(yaml.safe_load(tables))
    case = desk.inspection()
    assert not desk.unread(), desk.unread()
    return case


def reading_of(finding: Finding, wanted: Mapping[str, Any]) -> Cells:
    """Give of a finding what a case asks for, in its spelling."""
    amount = None if finding.amount is None else format_yuan(finding.amount)
    said: Cells = {
        "parties": list(finding.parties),
        "hops": [">".join(pair) for pair in finding.hops],
        "contracts": list(finding.contracts),
        "segment": finding.segment,
        "records": [f"{ref.table}:{ref.row}" for ref in finding.records],
        "days": finding.days,
        "messages": finding.messages,
        "amount": amount,
        "first": finding.first_day,
        "last": finding.last_day,
        "sentence": finding.sentence,
        "values": {k: list(v) if isinstance(v, tuple) else v for k, v in finding.values.items()},
    }
    return {key: said[key] for key in wanted}


class _Desk:
    """Reads the tables of one case, and knows what nobody read."""

    def __init__(self, told: Cells) -> None:
        self._told = told
        self._rows: dict[str, int] = {}
        self._left: list[Cells] = []
        self.number = str(told.pop("number"))
        self.window = Period(*told.pop("window", (None, None)))
        self._refused: list[Cells] = told.pop("refused", [])
        self.allocations = tuple(self._allocations())
        self.contracts = tuple(self._contracts())

    def unread(self) -> list[Any]:
        """Give the tables and cells that no reader took: misspelt ones."""
        return [*self._told, *(cells for cells in self._left if cells)]

    def _table(self, name: str) -> Iterator[tuple[RecordRef, Cells]]:
        for cells in self._told.pop(name, ()):
            row = self._rows[name] = self._rows.get(name, 1) + 1
            left = dict(cells)
            self._left.append(left)
            yield RecordRef(name, "ab" * 32, f"{name}.csv", 0, None, row, row), left

    def _allocations(self) -> Iterator[Allocation]:
        for ref, cells in self._table("allocations"):
            for segment in parse_segments(str(cells.pop("segment"))):
                yield Allocation(
                    ref,
                    segment,
                    cells.pop("holder"),
                    _term(cells),
                    authority=cells.pop("authority", None),
                    purpose=cells.pop("purpose", None),
                    region=cells.pop("region", None),
                )

    def _contracts(self) -> Iterator[Contract]:
        for ref, cells in self._table("contracts"):
            price = cells.pop("price", None)
            yield Contract(
                ref,
                cells.pop("id"),
                *_hop(cells),
                parse_segments(str(cells.pop("segments", ""))),
                _term(cells),
                start_stated=cells.pop("start_stated", True),
                end_stated=cells.pop("end_stated", True),
                kind=cells.pop("kind", None),
                unit_price=None if price is None else _micros(price),
                sublease_clause=cells.pop("clause", None),
                approval_no=cells.pop("approval", None),
                amends=cells.pop("amends", None),
                region=cells.pop("region", None),
                purpose=cells.pop("purpose", None),
            )

    def _routing(self) -> Iterator[RoutingTotal]:
        for ref, cells in self._table("routing"):
            yield RoutingTotal(
                ref,
                *_hop(cells),
                str(cells.pop("number")),
                cells.pop("day"),
                cells.pop("by", None),
                cells.pop("delivery", 1),
                cells.pop("messages", 0),
                cells.pop("blocked", 0),
                unit=cells.pop("unit", "messages"),
            )

    def _incidents(self) -> Iterator[tuple[Incident, Notice]]:
        for ref, cells in self._table("incidents"):
            number, received = str(cells.pop("number")), cells.pop("received")
            loss = cells.pop("loss", None)
            incident = Incident(
                ref,
                number,
                received,
                f"{received}T09:00:00+08:00",
                cells.pop("victim", None),
                cells.pop("case", None),
                None if loss is None else _micros(loss),
            )
            yield (
                incident,
                Notice(
                    ref,
                    number,
                    cells.pop("reported", None),
                    cells.pop("notified", None),
                    cells.pop("notified_on", None),
                ),
            )

    def _profiles(self) -> Iterator[tuple[Party, PartyProfile]]:
        for ref, cells in self._table("parties"):
            yield (
                Party(cells.pop("name"), cells.pop("uscc", None), cells.pop("kind", None)),
                PartyProfile(
                    tuple(
                        Licence(ref, licence.pop("number", None), _term(licence))
                        for licence in map(dict, cells.pop("licences", ()))
                    ),
                    tuple((each, ref) for each in cells.pop("representatives", ())),
                    tuple((each, ref) for each in cells.pop("addresses", ())),
                    tuple((each, ref) for each in cells.pop("phones", ())),
                ),
            )

    def inspection(self) -> Inspection:
        number, routing, reported = self.number, tuple(self._routing()), tuple(self._incidents())
        profiles = tuple(self._profiles())
        names = {a.holder for a in self.allocations}
        names |= {end for c in self.contracts for end in (c.upstream, c.downstream)}
        names |= {end for r in routing for end in (r.upstream, r.downstream)}
        evidence = Evidence(
            number,
            tuple(a for a in self.allocations if a.segment.overlaps(number)),
            tuple(c for c in self.contracts if any(s.overlaps(number) for s in c.segments)),
            tuple(r for r in routing if r.number.startswith(number)),
            tuple(r for r in routing if number.startswith(r.number) and number != r.number),
            tuple(i for i, _ in reported if i.number.startswith(number)),
            {**{name: Party(name) for name in names}, **{p.name: p for p, _ in profiles}},
        )
        checks = tuple(self._checks())
        paid = tuple(self._payments())
        by_pair: dict[Pair, list[CheckRecord]] = {}
        for check in sorted(checks, key=lambda c: (c.done_on or date.max, c.ref.record_id)):
            by_pair.setdefault((check.upstream, check.downstream), []).append(check)
        payments: dict[Pair, list[Payment]] = {}
        for payment in sorted(paid, key=lambda p: (p.paid_on, p.ref.record_id)):
            payments.setdefault((payment.payer, payment.payee), []).append(payment)
        stated = self._told.pop("register", None)
        classes = stated or {a.segment.prefix[:4] for a in self.allocations}
        particulars = Particulars(
            classes=frozenset(map(str, classes)),
            profiles={p.name: profile for p, profile in profiles},
            checks={pair: tuple(found) for pair, found in by_pair.items()},
            checking={
                up: frozenset(c.kind for c in checks if c.upstream == up)
                for up in {c.upstream for c in checks}
            },
            openings=tuple(o for o in self._openings() if o.segment.overlaps(number)),
            payments={pair: tuple(found) for pair, found in payments.items()},
            relations=tuple(self._relations()),
            notices=tuple(n for _, n in reported if n.number.startswith(number)),
            unsegmented={
                (c.upstream, c.downstream): tuple(
                    other
                    for other in self.between([(c.upstream, c.downstream)])
                    if not other.segments
                )
                for c in self.contracts
                if not c.segments
            },
        )
        survey = take_survey(evidence, self.window)
        return Inspection(survey, particulars, self)

    def between(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        return tuple(c for c in self.contracts if (c.upstream, c.downstream) in pairs)

    def refused(self, parties: Set[str]) -> Mapping[str, tuple[RefusedRow, ...]]:
        found: dict[str, list[RefusedRow]] = {}
        for each in self._refused:
            for name in parties & set(each["names"]):
                found.setdefault(name, []).append(RefusedRow("合同.csv", "", each["row"]))
        return {name: tuple(rows) for name, rows in found.items()}

    def supplements(self, pairs: Collection[Pair]) -> tuple[Contract, ...]:
        clauses = {"allowed", "with_consent"}
        return tuple(c for c in self.between(pairs) if c.amends and c.sublease_clause in clauses)

    def _checks(self) -> Iterator[CheckRecord]:
        for ref, cells in self._table("checks"):
            done, result = cells.pop("done", None), cells.pop("result", "passed")
            yield CheckRecord(ref, *_hop(cells), cells.pop("kind"), done, result)

    def _openings(self) -> Iterator[Opening]:
        for ref, cells in self._table("openings"):
            (segment,) = parse_segments(str(cells.pop("segment")))
            yield Opening(ref, cells.pop("carrier"), segment, cells.pop("user"), _term(cells))

    def _payments(self) -> Iterator[Payment]:
        for ref, cells in self._table("payments"):
            amount = _micros(cells.pop("amount"))
            yield Payment(
                ref,
                cells.pop("payer"),
                cells.pop("payee"),
                amount,
                cells.pop("paid"),
                contract_no=cells.pop("contract", None),
                messages=cells.pop("messages", None),
            )

    def _relations(self) -> Iterator[Relation]:
        for ref, cells in self._table("relations"):
            a, b, kind = cells.pop("a"), cells.pop("b"), cells.pop("kind")
            yield Relation(ref, a, b, kind, term=_term(cells))


def _hop(cells: Cells) -> tuple[str, str]:
    upstream, downstream = cells.pop("hop").split(">")
    return upstream, downstream


def _term(cells: Cells) -> Period:
    return Period(cells.pop("from", None), cells.pop("to", None))


def _micros(yuan: str) -> int:
    return to_micros(Decimal(yuan))
