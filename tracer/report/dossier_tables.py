"""The tables dossiers and factor sheets are made of, a row per party or per detail of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tracer.dossier.factors import PartyFactors
from tracer.dossier.gain import Gain
from tracer.dossier.reach import ReachTally
from tracer.dossier.spread import SpreadLine
from tracer.model.evidence import Contract, Incident
from tracer.model.money import grouped_yuan
from tracer.report.citing import cite
from tracer.report.papers import Cell, Table, Yuan, table
from tracer.report.wording import Said, join, last_day, same, say

__all__ = [
    "Parties",
    "acts_table",
    "contracts_table",
    "dossier_table",
    "first_notice",
    "formula",
    "gain_table",
    "head",
    "incidents_of",
    "incidents_table",
    "layers",
    "payments_table",
    "reach_table",
    "remedy_table",
    "roles",
    "spread_table",
    "standing_table",
    "victim_numbers",
]

Parties = Sequence[PartyFactors]


def head(*names: str) -> tuple[Said, ...]:
    """Give titles of columns."""
    return tuple(say(f"dossier.head.{name}") for name in names)


def dossier_table(
    key: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *remarks: str
) -> Table:
    """Make a table under its heading, with remarks below it."""
    said = tuple(say(f"dossier.remark.{remark}") for remark in remarks)
    return table(key, say(f"dossier.table.{key}"), head(*columns), rows, said)


def roles(names: Iterable[str]) -> Said:
    """Name some roles."""
    return join(say(f"dossier.role.{name}") for name in names)


def layers(party: PartyFactors) -> Said:
    """Say the layer of a party code by code."""
    return join(
        say("dossier.layer_of", code=s.code, layer="–" if s.layer is None else s.layer)
        for s in party.standings
    )


def acts_table(parties: Parties, days: Mapping[str, int]) -> Table:
    """Set role, layer, hops, days, messages: a row per party."""
    columns = ("party", "role", "layers", "hops", "days", "first_day", "last_day", "carried", "own")
    rows = (
        (
            same(p.name),
            roles(p.roles),
            layers(p),
            p.hops,
            days.get(p.name, 0),
            p.first_day,
            p.last_day,
            p.messages,
            p.own,
        )
        for p in parties
    )
    return dossier_table("acts", columns, rows, "layer", "carried")


def standing_table(parties: Parties) -> Table:
    """Set every party's place in every code, with its flow."""
    columns = (
        "party", "code", "role", "layer", "upstream", "downstream", "carried", "forwarded",
        "received", "own", "unresolved", "withheld", "blocked", "records",
    )  # fmt: skip
    rows = [
        (
            same(p.name),
            same(s.code),
            roles(s.roles),
            s.layer,
            join(same(hop.upstream) for hop in s.upstreams),
            join(same(hop.downstream) for hop in s.downstreams),
            s.carried.messages,
            s.forwarded,
            s.received,
            s.own,
            s.unresolved,
            s.withheld,
            s.blocked,
            cite(
                ref
                for hop in (*s.upstreams, *s.downstreams)
                for ref in (*(c.ref for c in hop.contracts), *(r.ref for r in hop.routing))
            ),
        )
        for p in parties
        for s in p.standings
    ]
    return dossier_table("standing", columns, rows)


def gain_table(parties: Parties) -> Table:
    """Set what each party earned, by which arithmetic, and what is missing."""
    columns = (
        "party",
        "basis",
        "gain",
        "formula",
        "paid_in",
        "paid_out",
        "spread_amount",
        "unpriced",
        "gaps",
    )
    rows = [
        (
            same(p.name),
            say(f"dossier.basis.{p.gain.basis}"),
            _yuan(p.gain.amount),
            formula(p.gain),
            _yuan(p.gain.paid_in),
            _yuan(p.gain.paid_out),
            _yuan(p.gain.spread_amount),
            p.gain.unpriced,
            join(say(f"dossier.gap.{gap}") for gap in p.gain.gaps),
        )
        for p in parties
    ]
    return dossier_table("gain", columns, rows, "gain")


def _yuan(micros: int | None) -> Yuan | None:
    return None if micros is None else Yuan(micros)


def formula(gain: Gain) -> Said:
    """Write the arithmetic of an amount."""
    if gain.basis == "payments":
        paid = (grouped_yuan(each or 0) for each in (gain.paid_in, gain.paid_out))
        return same(" − ".join(paid))
    if gain.basis == "none":
        return same("")
    priced = [line for line in gain.lines if line.amount is not None]
    return same(" + ".join(_term(line) for line in priced))


def _term(line: SpreadLine) -> str:
    prices = (grouped_yuan(each or 0) for each in (line.price_out, line.price_in))
    return f"({' − '.join(prices)}) × {line.messages:,}"


def spread_table(parties: Parties) -> Table:
    """Set the spreads, line by line."""
    columns = (
        "party", "code", "downstream", "basis", "price_in", "price_out", "spread", "messages",
        "unit", "amount", "contracts_in", "contracts_out", "records",
    )  # fmt: skip
    rows = [
        (
            same(p.name),
            same(line.code),
            same(line.downstream),
            say(f"dossier.line.{line.basis}"),
            _yuan(line.price_in),
            _yuan(line.price_out),
            _yuan(line.spread),
            line.messages,
            say(f"dossier.unit.{line.unit}"),
            _yuan(line.amount),
            join(same(number) for number in line.incoming),
            join(same(number) for number in line.onward),
            cite(line.records),
        )
        for p in parties
        for line in p.gain.lines
    ]
    return dossier_table("spread", columns, rows)


def payments_table(parties: Parties) -> Table:
    """Set the payments on record, those that do not count too."""
    columns = (
        "party", "direction", "counterpart", "amount", "paid_on", "contract", "counts", "why",
        "records",
    )  # fmt: skip
    rows = [
        (
            same(p.name),
            say(f"dossier.direction.{line.direction}"),
            same(line.counterpart),
            Yuan(line.payment.amount),
            line.payment.paid_on,
            same(line.payment.contract_no or ""),
            say("dossier.yes" if line.counts else "dossier.no"),
            say(f"dossier.why.{line.why}"),
            cite((line.payment.ref,)),
        )
        for p in parties
        for line in p.gain.payments
    ]
    return dossier_table("payments", columns, rows)


def reach_table(parties: Parties) -> Table:
    """Set whom each party reached, by traffic and on paper apart."""
    columns = (
        "party", "ran_messages", "ran_incidents", "ran_victims", "ran_loss",
        "paper_messages", "paper_incidents", "paper_victims", "paper_loss",
    )  # fmt: skip
    rows = [(same(p.name), *_tally(p.reach.by_traffic), *_tally(p.reach.by_paper)) for p in parties]
    both = tuple(
        say("dossier.remark.both", name=p.name, count=p.reach.victims_in_both)
        for p in parties
        if p.reach.victims_in_both
    )
    made = dossier_table("reach", columns, rows, "reach")
    return table(made.key, made.heading, made.header, made.rows, (*made.remarks, *both))


def _tally(tally: ReachTally) -> tuple[Cell, ...]:
    return tally.messages, len(tally.incidents), tally.victims, Yuan(tally.loss)


def victim_numbers(parties: Parties) -> dict[str, int]:
    """Give each victim a number, in order of receipt: what stands for them in print."""
    listed = sorted(
        {incident for p in parties for _, incident in incidents_of(p)},
        key=lambda i: (i.received_at, i.number, i.ref.record_id),
    )
    victims = dict.fromkeys(i.victim for i in listed if i.victim is not None)
    return {victim: number for number, victim in enumerate(victims, start=1)}


def incidents_of(party: PartyFactors) -> Iterator[tuple[str, Incident]]:
    """Give the fraud messages of a party, each with its kind."""
    reach = party.reach
    kinds = (
        ("traffic", reach.by_traffic.incidents),
        ("paper", reach.by_paper.incidents),
        ("undecided", reach.undecided),
    )
    for kind, listed in kinds:
        for incident in listed:
            yield kind, incident


def incidents_table(parties: Parties) -> Table:
    """Set the fraud messages, once a party."""
    columns = ("party", "kind", "number", "day", "case_no", "victim", "loss", "records")
    numbers = victim_numbers(parties)
    rows = [
        (
            same(p.name),
            say(f"dossier.kind.{kind}"),
            same(incident.number),
            incident.day,
            same(incident.case_no or ""),
            say("dossier.victim_no", number=numbers[incident.victim]) if incident.victim else None,
            _yuan(incident.loss),
            cite((incident.ref,)),
        )
        for p in parties
        for kind, incident in incidents_of(p)
    ]
    return dossier_table("incidents", columns, rows)


def remedy_table(parties: Parties) -> Table:
    """Set what ended when, a row per party."""
    columns = (
        "party", "last_traffic", "last_end", "open_ended", "first_report", "after_report",
        "notified", "after_notice",
    )  # fmt: skip
    rows = [
        (
            same(p.name),
            p.remedy.last_traffic,
            p.remedy.last_end,
            p.remedy.open_ended,
            p.remedy.first_report,
            p.remedy.carried_after_report,
            first_notice(p),
            p.remedy.carried_after_notice,
        )
        for p in parties
    ]
    return dossier_table("remedy", columns, rows, "remedy")


def first_notice(party: PartyFactors) -> date | None:
    """Give the first day on which a party was notified."""
    return min((n.notified_on for n in party.remedy.notices if n.notified_on), default=None)


def contracts_table(contracts: Iterable[Contract], key: str = "contracts") -> Table:
    """Set rows of contracts."""
    columns = (
        "contract", "upstream", "downstream", "segments", "term_first", "term_last", "price",
        "clause", "records",
    )  # fmt: skip
    rows = [
        (
            same(c.contract_no),
            same(c.upstream),
            same(c.downstream),
            join(same(segment.label) for segment in c.segments)
            if c.segments
            else say("page.scope_mark.unsegmented"),
            c.term.first,
            last_day(c.term.last, is_long_term=c.end_stated),
            _yuan(c.unit_price),
            say(f"dossier.clause.{c.sublease_clause}") if c.sublease_clause else None,
            cite((c.ref,)),
        )
        for c in contracts
    ]
    return dossier_table(key, columns, rows)
