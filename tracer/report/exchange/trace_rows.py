"""Rows of the workbook that tell of one trace: hops, chains, parties, leads, gaps."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from tracer.messages import Language, text
from tracer.model.money import MICROS_PER_YUAN
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence
from tracer.report.lead_marks import LeadMarks
from tracer.report.view import FindingView, GraphView
from tracer.report.wording import gap_days, place
from tracer.report.workbook import Cell
from tracer.rules.examined import ExaminedTrace

__all__ = [
    "CHAINS",
    "FINDINGS",
    "GAPS",
    "HOPS",
    "PARTIES",
    "chain_rows",
    "finding_row",
    "gap_rows",
    "hop_rows",
    "party_rows",
]

HOPS: Final = (
    "number", "upstream", "upstream_layer", "downstream", "downstream_layer", "status", "attested",
    "messages", "covered", "contracts", "first_day", "last_day", "evidence", "leads", "blocked",
    "parts", "unit",
)  # fmt: skip
CHAINS: Final = (
    "number", "no", "parties", "hops", "starts", "ends", "messages", "maximal", "first_day",
    "last_day", "unbroken", "fingerprint",
)  # fmt: skip
PARTIES: Final = (
    "number", "party", "layer", "roles", "uscc", "received", "forwarded", "own", "unresolved",
    "basis", "evidence", "leads", "party_kind", "registration", "spellings", "originated",
    "withheld", "access",
)  # fmt: skip
FINDINGS: Final = (
    "number", "rule", "title", "summary", "evidence", "first_day", "last_day", "messages",
    "rebuttal", "clauses", "names", "contracts", "segment", "days", "amount", "record_count",
    "others",
)  # fmt: skip
GAPS: Final = (
    "number", "kind", "party", "term", "days", "segment", "holders", "candidates",
)  # fmt: skip


def _listed(parts: Iterable[str], lang: Language) -> str | None:
    return text("page.list_mark", lang).join(parts) or None


def _yes(is_so: bool, lang: Language) -> str:
    return text(f"exchange.{'yes' if is_so else 'no'}", lang)


def hop_rows(
    examined: ExaminedTrace, view: GraphView, lang: Language
) -> Iterator[tuple[Cell, ...]]:
    """Yield the hops down the layers, then carriers' access."""
    marks = LeadMarks(examined.findings)
    layers = {node.name: node.layer for node in view.parties}
    access: dict[tuple[str, str], list[str]] = {}
    for item in view.items("access"):
        access.setdefault((item.upstream or "", item.downstream), []).append(item.no)
    for hop in view.hops:
        yield (
            view.number,
            as_named(hop.upstream),
            layers.get(hop.upstream),
            as_named(hop.downstream),
            layers.get(hop.downstream),
            text(f"status.{hop.status}", lang),
            text(f"attested.{hop.attested}", lang),
            hop.messages,
            hop.covered,
            _listed(_contracts(view, hop.evidence), lang),
            hop.days.first,
            hop.days.last,
            _listed(hop.evidence, lang),
            " ".join(marks.hop(hop.upstream, hop.downstream)) or None,
            hop.blocked,
            hop.parts,
            text(f"exchange.unit.{hop.unit}", lang),
        )
    for each in examined.trace.access:
        nos = access.get((each.carrier, each.party), [])
        yield (
            view.number,
            as_named(each.carrier),
            None,
            as_named(each.party),
            layers.get(each.party),
            text("page.scope_mark.access", lang),
            None,
            each.messages,
            each.messages_covered,
            _listed(_contracts(view, nos), lang),
            each.first_day,
            each.last_day,
            _listed(nos, lang),
            " ".join(marks.hop(each.carrier, each.party)) or None,
            None,
            None,
            None,
        )


def _contracts(view: GraphView, nos: Iterable[str]) -> Iterator[str]:
    evidence = view.by_number()
    return (as_named(evidence[no].title) for no in nos if evidence[no].kind == "contract")


def chain_rows(examined: ExaminedTrace, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Yield every chain listed, those that are part of a longer one too."""
    trace = examined.trace
    for index, chain in enumerate(trace.chains, start=1):
        yield (
            trace.number,
            index,
            " → ".join(as_named(name) for name in chain.parties),
            len(chain.parties) - 1,
            _listed((text(f"exchange.start.{start}", lang) for start in chain.starts), lang),
            _listed((text(f"exchange.end.{end}", lang) for end in chain.ends), lang),
            chain.messages,
            _yes(chain.maximal, lang),
            chain.first_day,
            chain.last_day,
            _yes(chain.unbroken, lang),
            chain.fingerprint,
        )


def party_rows(
    examined: ExaminedTrace, view: GraphView, lang: Language
) -> Iterator[tuple[Cell, ...]]:
    """Yield the parties by layer, with what passed through each."""
    marks = LeadMarks(examined.findings)
    for node in view.parties:
        yield (
            view.number,
            as_named(node.name),
            node.layer,
            _listed((text(f"page.role.{role}", lang) for role in node.roles), lang),
            node.uscc and as_named(node.uscc),
            node.received,
            node.forwarded,
            node.own,
            node.unresolved,
            text(f"basis.{node.basis}", lang) if node.basis else None,
            _listed(node.evidence, lang),
            " ".join(marks.party(node.name)) or None,
            stated(node.kind),
            stated(node.status),
            _listed(map(as_named, node.spellings), lang),
            node.originated,
            node.withheld,
            _listed(map(as_named, node.access), lang),
        )


def finding_row(view: GraphView, each: FindingView, lang: Language) -> tuple[Cell, ...]:
    """Tell one finding, what would rebut it, and on what it rests."""
    finding = each.finding
    others = (stated(place(where).get(lang)) or "" for where in each.others)
    return (
        view.number,
        finding.rule,
        rule_title(finding.rule, lang),
        as_named(sentence(finding, lang)),
        _listed(each.evidence, lang),
        finding.first_day,
        finding.last_day,
        finding.messages,
        rebuttal(finding.rule, lang),
        _listed((clause.citation(lang) for clause in clauses_of(finding.rule)), lang),
        _listed(map(as_named, finding.parties), lang),
        _listed(map(as_named, finding.contracts), lang),
        finding.segment,
        finding.days,
        None if finding.amount is None else Decimal(finding.amount) / MICROS_PER_YUAN,
        len(finding.records),
        "；".join(dict.fromkeys(others)) or None,
    )


def gap_rows(view: GraphView, lang: Language) -> Iterator[tuple[Cell, ...]]:
    """Yield what is not on record, and the records that might close it."""
    for gap in view.gaps:
        leads = (
            f"{as_named(lead.upstream)} {as_named(lead.detail)}"
            f"（{text(f'why.{lead.why}', lang)}；{stated(place(lead.place).get(lang))}）"
            for lead in gap.leads
        )
        yield (
            view.number,
            text(f"page.kind.{gap.kind}", lang),
            as_named(gap.party),
            gap_days(gap).get(lang),
            gap.days,
            _listed(gap.numbers, lang),
            _listed(map(as_named, gap.holders), lang),
            "；".join(leads) or None,
        )
