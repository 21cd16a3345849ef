"""The dossier of one party as a paper."""

from collections.abc import Iterable

from tracer.dossier.links import LinkedHop
from tracer.dossier.party import Dossier
from tracer.model.source import RecordRef
from tracer.report.citing import source_files, sources_digest
from tracer.report.dossier_tables import (
    contracts_table,
    gain_table,
    incidents_table,
    layers,
    payments_table,
    reach_table,
    remedy_table,
    roles,
    spread_table,
    standing_table,
)
from tracer.report.factor_paper import records_of
from tracer.report.fault_tables import fault_table, findings_table, rules_counted
from tracer.report.papers import Paper, Section, Table, Yuan, head_notes, other_notes, shown
from tracer.report.tie_tables import (
    accounts_table,
    allocations_table,
    checks_table,
    documents_table,
    hops_table,
    openings_table,
    register_table,
    ties_table,
)
from tracer.report.wording import Said, same, say, window

__all__ = ["dossier_records", "party_paper"]


def party_paper(dossier: Dossier) -> Paper:
    """Set the dossier of one party."""
    mine = (dossier.factors,)
    file, standings = dossier.file, dossier.factors.standings
    sources = source_files(dossier_records(dossier))
    hops = [LinkedHop(s.code, hop) for s in standings for hop in (*s.upstreams, *s.downstreams)]
    allocations = {a.ref.record_id: a for s in standings for a in s.allocations}
    sections = (
        Section(
            say("dossier.section.register"),
            facts=tuple(_facts(dossier)),
            tables=(
                register_table(file.entries),
                _named("successors", register_table(file.successors)),
            ),
        ),
        _section("place", standing_table(mine), allocations_table(allocations.values())),
        _section("hops", hops_table(hops)),
        _section(
            "papers",
            contracts_table(dossier.contracts, "papers"),
            contracts_table(dossier.unsegmented, "unsegmented"),
        ),
        _section("money", gain_table(mine), spread_table(mine), payments_table(mine)),
        _section("leads", fault_table(mine), findings_table(mine)),
        _section("reached", reach_table(mine), incidents_table(mine)),
        _section("ended", remedy_table(mine)),
        _section(
            "around",
            ties_table(dossier.ties),
            checks_table(file.checks),
            accounts_table(file.accounts),
            openings_table(dossier.openings),
        ),
        _section("documents", documents_table(dossier.documents)),
        Section(
            say("dossier.section.notes"),
            remarks=other_notes(dossier.notes),
        ),
    )
    return Paper(
        title=say("dossier.title.party", name=dossier.name),
        window=window(dossier.window),
        statement=(*head_notes(dossier.notes), say("dossier.statement")),
        sections=tuple(section for section in sections if not section.is_empty),
        sources=sources,
        digest=sources_digest(sources),
        answer=tuple(_answer(dossier)),
    )


def _section(key: str, *tables: Table) -> Section:
    return Section(say(f"dossier.section.{key}"), tables=tuple(t for t in tables if t.rows))


def _named(key: str, made: Table) -> Table:
    heading = say(f"dossier.table.{key}")
    return Table(key, heading, made.header, made.rows, made.figures, made.remarks)


def _facts(dossier: Dossier) -> Iterable[tuple[Said, Said]]:
    party = dossier.factors.party
    stated = (
        ("uscc", party.uscc),
        ("kind_of_party", party.kind),
        ("status", party.status),
        ("position", party.role),
        ("spellings", "、".join(s for s in party.spellings if s != party.name)),
        (
            "former",
            "、".join(dict.fromkeys(n for e in dossier.file.entries for n in e.former_names)),
        ),
        ("successor", "、".join(dict.fromkeys(e.name for e in dossier.file.successors))),
    )
    for key, value in stated:
        if value:
            yield say(f"dossier.head.{key}"), same(value)


def _answer(dossier: Dossier) -> Iterable[tuple[Said, Said]]:
    mine = dossier.factors
    nothing = say("dossier.nothing")
    ran = mine.reach.by_traffic
    if mine.standings:
        yield (
            say("dossier.answer.place"),
            say("dossier.answer.placed", role=roles(mine.roles) if mine.roles else nothing,
                layers=layers(mine)),
        )  # fmt: skip
    else:
        yield say("dossier.answer.place"), say("dossier.answer.no_code")
    yield (
        say("dossier.answer.through"),
        say(
            "dossier.answer.flow",
            carried=shown(mine.messages),
            own=shown(mine.own),
            days=dossier.days,
        ),
    )
    if mine.gain.amount is None:
        yield say("dossier.answer.earned"), say("dossier.basis.none")
    else:
        basis = say(f"dossier.basis.{mine.gain.basis}")
        amount = shown(Yuan(mine.gain.amount))
        yield (
            say("dossier.answer.earned"),
            say("dossier.answer.amount", amount=amount, basis=basis),
        )
    acts = [fault for fault in mine.faults if fault.is_actor]
    yield say("dossier.answer.leads"), rules_counted(acts) if acts else nothing
    yield (
        say("dossier.answer.reached"),
        say(
            "dossier.answer.victims_loss",
            incidents=len(ran.incidents),
            victims=ran.victims,
            loss=shown(Yuan(ran.loss)),
        ),
    )


def dossier_records(dossier: Dossier) -> Iterable[RecordRef]:
    """Give every record a dossier rests on."""
    yield from records_of(dossier.factors)
    yield from (c.ref for c in (*dossier.contracts, *dossier.unsegmented))
    yield from (o.ref for o in dossier.openings)
    yield from (ref for tie in dossier.ties for ref in tie.refs)
    file = dossier.file
    yield from (entry.ref for entry in (*file.entries, *file.successors))
    yield from (check.ref for check in file.checks)
    yield from (account.ref for account in file.accounts)
    yield from (relation.ref for relation in file.relations)
