"""How some parties relate, as a paper with a map."""

from collections.abc import Iterable

from tracer.dossier.links import Joining, Links
from tracer.model.period import Period
from tracer.model.source import RecordRef
from tracer.report.citing import source_files, sources_digest
from tracer.report.dossier_tables import contracts_table, head
from tracer.report.papers import Cell, Figure, Paper, Section, Table, head_notes, table
from tracer.report.tie_tables import between_table, hops_table, ties_table
from tracer.report.wording import Said, join, same, say, window

__all__ = ["links_paper", "start_words"]


def links_paper(links: Links, figures: tuple[Figure, ...] = ()) -> Paper:
    """Set how some parties relate.

    Parameters
    ----------
    figures : tuple of Figure
        The map; for pages.
    """
    contracts = {c.ref.record_id: c for each in links.hops for c in each.hop.contracts}
    sources = source_files(_records(links))
    sections = (
        Section(say("dossier.section.map"), figures=figures),
        _section("chains", _joinings_table(links)),
        _section("hops", hops_table(links.hops)),
        _section("ties", ties_table(links.ties)),
        _section("between", between_table(links.payments)),
        _section(
            "papers",
            contracts_table(contracts.values(), "papers"),
            contracts_table(links.unsegmented, "unsegmented"),
        ),
        Section(say("dossier.section.notes"), remarks=tuple(_remarks(links))),
    )
    names = join(same(party.name) for party in links.asked)
    return Paper(
        title=say("dossier.title.links", names=names),
        window=window(links.window),
        statement=(*head_notes(links.notes), say("dossier.statement"), say("dossier.remark.links")),
        sections=tuple(section for section in sections if not section.is_empty),
        sources=sources,
        digest=sources_digest(sources),
        answer=tuple(_answer(links)),
    )


def _section(key: str, *tables: Table) -> Section:
    return Section(say(f"dossier.section.{key}"), tables=tuple(t for t in tables if t.rows))


def _joinings_table(links: Links) -> Table:
    names = {party.name for party in links.asked}
    rows: list[tuple[Cell, ...]] = [
        (
            same(each.code),
            _chain(each, names),
            len(each.between) - 1,
            each.chain.messages,
            start_words(each),
            join(say(f"end.{end}") for end in each.chain.ends),
            window(Period(each.chain.first_day, each.chain.last_day)),
        )
        for each in links.joinings
    ]
    columns = ("code", "chain", "hops_between", "chain_messages", "starts", "ends", "days_of")
    return table(
        "chains",
        say("dossier.table.chains"),
        head(*columns),
        rows,
        (say("dossier.remark.chains"),),
    )


def _chain(each: Joining, names: set[str]) -> Said:
    """Write a chain; the parties asked for stand in brackets."""
    parts = (f"【{name}】" if name in names else name for name in each.chain.parties)
    return same(" → ".join(parts))


def start_words(each: Joining) -> Said:
    """Say how a chain starts."""
    return join(say(f"start.{start}") for start in each.chain.starts)


def _answer(links: Links) -> Iterable[tuple[Said, Said]]:
    nothing = say("dossier.nothing")
    yield (
        say("dossier.answer.shared_codes"),
        join(map(same, links.codes)) if links.codes else nothing,
    )
    roots = sorted({each.chain.parties[0] for each in links.joinings})
    yield say("dossier.answer.roots"), join(map(same, roots)) if roots else nothing
    yield (
        say("dossier.answer.hops"),
        say("dossier.answer.count", count=len(links.hops)),
    )
    yield (
        say("dossier.answer.ties"),
        say("dossier.answer.count", count=len(links.ties)),
    )


def _remarks(links: Links) -> Iterable[Said]:
    for code in links.truncated:
        yield say("dossier.remark.cut", code=code)
    alone = [
        party.name
        for party in links.asked
        if not any(party.name in tie.parties for tie in links.ties)
        and not any(party.name in each.between for each in links.joinings)
        and not any(party.name in {p.payer, p.payee} for p in links.payments)
        and not any(party.name in {c.upstream, c.downstream} for c in links.unsegmented)
    ]
    if alone:
        yield say("dossier.remark.alone", names=join(map(same, alone)))


def _records(links: Links) -> Iterable[RecordRef]:
    for each in links.hops:
        yield from (c.ref for c in each.hop.contracts)
        yield from (r.ref for r in each.hop.routing)
    yield from (p.ref for p in links.payments)
    yield from (c.ref for c in links.unsegmented)
    yield from (ref for tie in links.ties for ref in tie.refs)
