"""The factor sheet as a paper: the five factors, then the details, then shares by given weights."""

from collections.abc import Iterable
from decimal import Decimal

from tracer.dossier.factors import Factors, PartyFactors
from tracer.dossier.weights import FACTORS, FactorShare, Shares
from tracer.model.source import RecordRef
from tracer.report.citing import source_files, sources_digest
from tracer.report.dossier_tables import (
    acts_table,
    contracts_table,
    gain_table,
    head,
    incidents_table,
    payments_table,
    reach_table,
    remedy_table,
    spread_table,
    standing_table,
)
from tracer.report.factor_json import plain, rounded
from tracer.report.fault_tables import fault_table, findings_table
from tracer.report.papers import Paper, Section, Table, Yuan, head_notes, other_notes, shown, table
from tracer.report.wording import Said, join, same, say, window

__all__ = ["factor_name", "factor_paper", "records_of", "remarks_of", "shares_section"]


def factor_paper(factors: Factors) -> Paper:
    """Set the factor sheet."""
    parties = factors.parties
    sources = source_files(ref for party in parties for ref in records_of(party))
    contracts = {c.ref.record_id: c for p in parties for c in p.remedy.onward}
    sections = [
        _section("acts", acts_table(parties, factors.days), standing_table(parties)),
        _section("gain", gain_table(parties), spread_table(parties), payments_table(parties)),
        _section("fault", fault_table(parties), findings_table(parties)),
        _section("reach", reach_table(parties), incidents_table(parties)),
        _section("remedy", remedy_table(parties), contracts_table(contracts.values())),
        shares_section(factors),
        Section(say("dossier.section.notes"), remarks=remarks_of(factors)),
    ]
    return Paper(
        title=say("dossier.title.factors", numbers=join(map(same, factors.numbers))),
        window=window(factors.window),
        statement=(*head_notes(factors.notes), say("dossier.statement")),
        sections=tuple(section for section in sections if not section.is_empty),
        sources=sources,
        digest=sources_digest(sources),
        answer=_answer(factors),
    )


def _section(key: str, *tables: Table) -> Section:
    return Section(say(f"dossier.section.{key}"), tables=tuple(t for t in tables if t.rows))


def _answer(factors: Factors) -> tuple[tuple[Said, Said], ...]:
    parties = factors.parties
    found = [
        (
            say("dossier.answer.parties"),
            say("dossier.answer.count", count=len(parties)),
        ),
        (say("dossier.answer.codes"), join(map(same, factors.numbers))),
    ]
    if parties:
        most = max(party.messages for party in parties)
        names = join(same(party.name) for party in parties if party.messages == most)
        whole = factors.reach
        found += [
            (
                say("dossier.answer.messages"),
                say("dossier.answer.carried", names=names, count=shown(most))
                if most
                else say("dossier.nothing"),
            ),
            (
                say("dossier.answer.victims"),
                say(
                    "dossier.answer.loss",
                    incidents=shown(len(whole.incidents)),
                    victims=shown(whole.victims),
                    loss=shown(Yuan(whole.loss)),
                ),
            ),
        ]
    return tuple(found)


def remarks_of(factors: Factors) -> tuple[Said, ...]:
    """Say what limits the figures."""
    said = list(other_notes(factors.notes))
    if factors.carriers:
        said.append(say("dossier.remark.carriers", names=join(map(same, factors.carriers))))
    return tuple(dict.fromkeys(said))


def records_of(party: PartyFactors) -> Iterable[RecordRef]:
    """Give every record the factors of a party rest on."""
    for standing in party.standings:
        for hop in (*standing.upstreams, *standing.downstreams):
            yield from (c.ref for c in hop.contracts)
            yield from (r.ref for r in hop.routing)
        for access in standing.access:
            yield from (c.ref for c in access.contracts)
            yield from (r.ref for r in access.routing)
        yield from (a.ref for a in standing.allocations)
    yield from (line.payment.ref for line in party.gain.payments)
    yield from (ref for line in party.gain.lines for ref in line.records)
    yield from (ref for fault in party.faults for ref in fault.finding.records)
    reach = party.reach
    for incident in (*reach.by_traffic.incidents, *reach.by_paper.incidents, *reach.undecided):
        yield incident.ref
    yield from (notice.ref for notice in party.remedy.notices)


def shares_section(factors: Factors) -> Section:
    """Set the shares, with their arithmetic; without weights, say that there are none."""
    heading, shares = say("dossier.section.shares"), factors.shares
    if shares is None:
        return Section(heading, remarks=(say("dossier.remark.no_weights"),))
    weights = table(
        "weights",
        say("dossier.table.weights"),
        (*head("factor", "weight", "total"),),
        [(factor_name(f), same(plain(f.weight)), same(plain(f.total))) for f in shares.factors],
    )
    shared = table(
        "shares",
        say("dossier.table.shares"),
        head("party", "share", "arithmetic"),
        [
            (same(party), same(percent(rounded(share))), same(_arithmetic(shares, party)))
            for party, share in shares.shares.items()
        ],
        (say("dossier.remark.shares", file=shares.file), *missing_of(shares)),
    )
    return Section(heading, tables=(weights, shared))


def missing_of(shares: Shares) -> tuple[Said, ...]:
    """Name the parties for which a factor has no value: 0 stands there for want of records."""
    return tuple(
        say(
            "dossier.remark.missing",
            factor=factor_name(each),
            names=join(same(party) for party in each.missing),
        )
        for each in shares.factors
        if each.missing and each.is_used
    )


def factor_name(factor: FactorShare) -> Said:
    """Name a factor: the user's own as the user does."""
    known = f"dossier.factor.{factor.factor}"
    name = say(known) if factor.factor in FACTORS else same(factor.factor)
    return name if factor.is_used else say("dossier.factor_unused", factor=name)


def percent(share: str) -> str:
    """Write a share of six places in per cent.

    Examples
    --------
    >>> percent("0.333333"), percent("1.000000")
    ('33.3333 %', '100.0000 %')
    """
    return f"{Decimal(share) * 100:.4f} %"


def _arithmetic(shares: Shares, party: str) -> str:
    used = [each for each in shares.factors if each.is_used]
    whole = sum((each.weight for each in used), Decimal(0))
    return " + ".join(
        f"{plain(e.weight)}/{plain(whole)} × {plain(e.values[party])}/{plain(e.total)}"
        for e in used
    )
