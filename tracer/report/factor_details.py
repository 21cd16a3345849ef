"""The sheets of details under a factor sheet: what its formulas add up."""

from collections.abc import Iterable, Iterator
from datetime import date
from string import ascii_uppercase
from typing import Final

from tracer.dossier.factors import Factors, yuan
from tracer.messages import Language, text
from tracer.model.evidence import Contract
from tracer.report.citing import cite, ids
from tracer.report.dossier_tables import head, incidents_of, roles, victim_numbers
from tracer.report.fault_tables import actor, counted, law
from tracer.report.findings import rebuttal, rule_title, sentence
from tracer.report.wording import last_day
from tracer.report.workbook import Cell, Formula, Sheet

__all__ = ["DetailSheets", "Details", "letters"]


class Details:
    """A sheet of details, and how formulas speak of its columns."""

    def __init__(self, name: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
        self.name = name
        self.columns = columns
        self.rows = rows

    def range(self, column: str) -> str:
        """Name the cells of a column."""
        letter = letters(self.columns.index(column))
        return f"'{self.name}'!${letter}$2:${letter}${max(len(self.rows), 1) + 1}"

    def sheet(self, lang: Language) -> Sheet:
        """Make the sheet; ids of records stay off paper, their places do not."""
        titles = tuple(said.get(lang) for said in head(*self.columns))
        unprinted = int(self.columns[-1] == "record_ids")
        return Sheet(self.name, titles, self.rows, unprinted=unprinted)


def letters(place: int) -> str:
    """Name a column.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
    return name


class DetailSheets:
    """All sheets of details of one factor sheet."""

    def __init__(self, factors: Factors, lang: Language) -> None:
        self._lang = lang
        self._all = factors.parties
        self._parties = list(enumerate(factors.parties, start=1))
        self.standing = self._details("standing", _STANDING, self._standing_rows())
        self.spread = self._details("spread", _SPREAD, self._spread_rows())
        self.payments = self._details("payments", _PAYMENTS, self._payment_rows())
        self.findings = self._details("findings", _FINDINGS, self._finding_rows())
        self.incidents = self._details("incidents", _INCIDENTS, self._incident_rows())
        self.contracts = self._details("contracts", _CONTRACTS, self._contract_rows())

    def sheets(self) -> Iterator[Sheet]:
        """Give them in order."""
        for each in (
            self.standing, self.spread, self.payments, self.findings, self.incidents,
            self.contracts,
        ):  # fmt: skip
            yield each.sheet(self._lang)

    def _say(self, key: str, **values: object) -> str:
        return text(f"dossier.{key}", self._lang, **values)

    def _join(self, names: Iterable[str]) -> str:
        return text("finding_part.between_names", self._lang).join(names)

    def _last_day(self, contract: Contract) -> date | str:
        told = last_day(contract.term.last, is_long_term=contract.end_stated)
        return told if isinstance(told, date) else told.get(self._lang)

    def _details(
        self, key: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]
    ) -> Details:
        """Make a sheet of details, its rows numbered."""
        numbered = [(number, *row) for number, row in enumerate(rows, start=1)]
        return Details(self._say(f"table.{key}"), ("id", *columns), numbered)

    def _standing_rows(self) -> Iterator[tuple[Cell, ...]]:
        for number, party in self._parties:
            for each in party.standings:
                refs = [
                    ref
                    for hop in (*each.upstreams, *each.downstreams)
                    for ref in (*(c.ref for c in hop.contracts), *(r.ref for r in hop.routing))
                ]
                yield (
                    number, party.name, each.code, roles(each.roles).get(self._lang), each.layer,
                    self._join(hop.upstream for hop in each.upstreams),
                    self._join(hop.downstream for hop in each.downstreams),
                    each.carried.messages, each.carried.by_traffic, each.carried.by_paper,
                    each.forwarded, each.received, each.own, each.unresolved, each.withheld,
                    each.blocked, cite(refs).get(self._lang), " ".join(ids(refs)),
                )  # fmt: skip

    def _spread_rows(self) -> Iterator[tuple[Cell, ...]]:
        row = 1
        price_in, price_out, spread_at, messages = (
            letters(_SPREAD.index(column) + 1)  # after the number of the row
            for column in ("price_in", "price_out", "spread", "messages")
        )
        for number, party in self._parties:
            for line in party.gain.lines:
                row += 1
                spread = amount = None
                if line.spread is not None and line.amount is not None:
                    spread = Formula(
                        f"=ROUND({price_out}{row}-{price_in}{row},6)", yuan(line.spread)
                    )
                    amount = Formula(
                        f"=ROUND({spread_at}{row}*{messages}{row},6)", yuan(line.amount)
                    )
                yield (
                    number, party.name, line.code, line.downstream,
                    self._say(f"line.{line.basis}"),
                    None if line.price_in is None else yuan(line.price_in),
                    None if line.price_out is None else yuan(line.price_out),
                    spread, line.messages, self._say(f"unit.{line.unit}"), amount,
                    self._join(line.incoming), self._join(line.onward),
                    line.first_day, line.last_day,
                    cite(line.records).get(self._lang), " ".join(ids(line.records)),
                )  # fmt: skip

    def _payment_rows(self) -> Iterator[tuple[Cell, ...]]:
        for number, party in self._parties:
            for line in party.gain.payments:
                refs = (line.payment.ref,)
                yield (
                    number, party.name, self._say(f"direction.{line.direction}"),
                    line.counterpart, yuan(line.payment.amount), line.payment.paid_on,
                    line.payment.contract_no, self._say("yes" if line.counts else "no"),
                    self._say(f"why.{line.why}"),
                    cite(refs).get(self._lang), " ".join(ids(refs)),
                )  # fmt: skip

    def _finding_rows(self) -> Iterator[tuple[Cell, ...]]:
        for number, party in self._parties:
            for fault in party.faults:
                finding = fault.finding
                yield (
                    number, party.name, finding.rule,
                    rule_title(finding.rule, self._lang), self._say(f"group.{fault.group}"),
                    actor(fault).get(self._lang), counted(fault).get(self._lang),
                    sentence(finding, self._lang),
                    rebuttal(finding.rule, self._lang), law(finding).get(self._lang),
                    cite(finding.records).get(self._lang), " ".join(finding.record_ids),
                )  # fmt: skip

    def _incident_rows(self) -> Iterator[tuple[Cell, ...]]:
        victims = victim_numbers(self._all)
        for number, party in self._parties:
            seen: set[tuple[str, str]] = set()
            for kind, incident in incidents_of(party):
                is_first = 0
                victim = incident.victim
                if victim is not None and (kind, victim) not in seen:
                    seen.add((kind, victim))
                    is_first = 1
                yield (
                    number, party.name, self._say(f"kind.{kind}"), incident.number, incident.day,
                    incident.case_no,
                    None if victim is None else self._say("victim_no", number=victims[victim]),
                    is_first, None if incident.loss is None else yuan(incident.loss),
                    cite((incident.ref,)).get(self._lang), incident.ref.record_id,
                )  # fmt: skip

    def _contract_rows(self) -> Iterator[tuple[Cell, ...]]:
        for number, party in self._parties:
            for each in party.remedy.onward:
                clause = each.sublease_clause
                yield (
                    number, party.name, each.contract_no, each.downstream,
                    self._join(segment.label for segment in each.segments),
                    each.term.first, self._last_day(each),
                    None if each.unit_price is None else yuan(each.unit_price),
                    self._say(f"clause.{clause}") if clause else None,
                    cite((each.ref,)).get(self._lang), each.ref.record_id,
                )  # fmt: skip


_STANDING: Final = (
    "party_no", "party", "code", "role", "layer", "upstream", "downstream", "carried",
    "ran_messages", "paper_messages", "forwarded", "received", "own", "unresolved", "withheld",
    "blocked", "records", "record_ids",
)  # fmt: skip
_SPREAD: Final = (
    "party_no", "party", "code", "downstream", "basis", "price_in", "price_out", "spread",
    "messages", "unit", "amount", "contracts_in", "contracts_out", "first_day", "last_day",
    "records", "record_ids",
)  # fmt: skip
_PAYMENTS: Final = (
    "party_no", "party", "direction", "counterpart", "amount", "paid_on", "contract", "counts",
    "why", "records", "record_ids",
)  # fmt: skip
_FINDINGS: Final = (
    "party_no", "party", "rule", "title", "group", "actor", "counts", "said", "rebuttal", "law",
    "records", "record_ids",
)  # fmt: skip
_INCIDENTS: Final = (
    "party_no", "party", "kind", "number", "day", "case_no", "victim", "victim_first", "loss",
    "records", "record_ids",
)  # fmt: skip
_CONTRACTS: Final = (
    "party_no", "party", "contract", "downstream", "segments", "term_first", "term_last", "price",
    "clause", "records", "record_ids",
)  # fmt: skip
