"""The few lines that stand in the boxes of a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracer.messages import LANGUAGES, Language
from tracer.report.folds import Fold
from tracer.report.textfit import measure, wrap
from tracer.report.view import EvidenceItem, GapBox, HopView, PartyNode
from tracer.report.wording import (
    Said,
    count,
    gap_days,
    join,
    messages,
    same,
    say,
    segments,
    term_of,
)

__all__ = [
    "TextLine",
    "box_lines",
    "fold_lines",
    "gap_lines",
    "hop_lines",
    "hop_sum",
    "lead_line",
    "party_lines",
]

_NAME: Final = 14.0
_SMALL: Final = 12.0
_NAME_EM: Final = 13.5
_BOX_EM: Final = 18.5
_MOST_CODES: Final = 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """One set line.

    Parameters
    ----------
    tone : {"main", "soft", "warn"}
        Ink: `warn` marks what is missing, beside words that say so.
    """

    text: str
    size: float
    bold: bool = False
    tone: str = "main"


_Lines = Mapping[Language, tuple[TextLine, ...]]
_Draft = tuple[Said, float, bool, str, float, int]


def _set(drafts: Iterable[_Draft]) -> _Lines:
    listed = tuple(drafts)
    return {
        lang: tuple(
            TextLine(line, size, bold, tone)
            for said, size, bold, tone, width, most in listed
            for line in wrap(said.get(lang), width, lines=most)
        )
        for lang in LANGUAGES
    }


def _head(said: Said) -> _Draft:
    return (said, _SMALL, True, "main", _BOX_EM, 2)


def _body(said: Said, tone: str = "soft") -> _Draft:
    return (said, _SMALL, False, tone, _BOX_EM, 2)


def _packed(parts: Sequence[Said]) -> list[Said]:
    """Put as many of the parts on a line as fit it in both languages; none is broken for it."""
    lines = list(parts[:1])
    for part in parts[1:]:
        longer = join((lines[-1], part), "page.dot")
        if max(measure(longer.zh), measure(longer.en)) <= _BOX_EM:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def lead_line(codes: Sequence[str]) -> _Lines:
    """Mark a box that findings concern with the codes of their rules; none is no line."""
    if not codes:
        return _set(())
    shown = join(same(code) for code in codes[:_MOST_CODES])
    said = say("page.box.findings", codes=shown)
    if len(codes) > _MOST_CODES:
        rest = len(codes) - _MOST_CODES
        said = say("page.box.findings_more", codes=shown, count=len(codes), rest=rest)
    return _set([_head(said)])


def party_lines(node: PartyNode, titles: Sequence[str] = (), unseen: int = 0) -> _Lines:
    """Name a party and say what it is in the chain.

    Parameters
    ----------
    node : PartyNode
        The party.
    titles : sequence of str
        Evidence numbers of what was allocated to it.
    unseen : int
        How many of its hops the picture does not draw.
    """
    drafts: list[_Draft] = [(Said(node.name, node.name), _NAME, True, "main", _NAME_EM, 3)]
    if "holder" in node.roles:
        role = say("page.role.holder")
        drafts.append(
            _body(Said(" ".join([role.zh, *titles[:3]]), " ".join([role.en, *titles[:3]])))
        )
    if "intermediary" in node.roles and "sender" not in node.roles:
        drafts.append(_body(say("page.role.intermediary")))
    if "sender" in node.roles:
        drafts.append(_body(say("page.line.sender", messages=messages(node.own)), "main"))
        drafts.append(_body(say(f"basis.{node.basis}")))
    if "last_on_paper" in node.roles:
        drafts.append(_body(say("page.role.last_on_paper")))
    if not drafts[1:]:
        starts = [role for role in ("gap", "unallocated") if role in node.roles]
        drafts += [_body(say(f"page.role.{role}")) for role in starts]
    if node.unresolved:
        drafts.append(
            _body(say("page.line.unresolved", messages=messages(node.unresolved)), "warn")
        )
    if unseen:
        drafts.append(_body(say("page.line.unseen", count=count(unseen)), "warn"))
    return _set(drafts)


def box_lines(item: EvidenceItem, *, doubtful: bool = False) -> _Lines:
    """Say what one exhibit shows: a contract its segment and term, a log its messages and days."""
    doubt = [_body(say("page.box.doubtful"), "warn")] if doubtful else []
    if item.kind == "contract":
        parts = [segments(item.segments)]
        if item.prices:
            one = len(item.prices) == 1
            parts.append(same(item.prices[0]) if one else say("page.box.prices_differ"))
        drafts = [_head(say("page.box.contract", no=item.no, title=item.title))]
        drafts += [_body(line) for line in _packed([*parts, term_of(item)])]
        if item.status == "contract_only":
            drafts.append(_body(say("page.box.no_routing"), "warn"))
        return _set((*drafts, *doubt))
    head = say("page.box.routing", no=item.no, messages=messages(item.messages, item.unit))
    seen_by = say(f"attested.{item.attested}")
    mark = _status_mark(item.status, item.covered, item.unit)
    attested = say("page.box.attested", attested=seen_by, mark=mark)
    tone = "soft" if item.status == "corroborated" else "warn"
    return _set([_head(head), _body(term_of(item)), _body(attested, tone), *doubt])


def _status_mark(status: str | None, covered: int, unit: str) -> Said:
    return say(f"page.box.mark.{status}", covered=messages(covered, unit))


def hop_lines(hop: HopView, evidence: Mapping[str, EvidenceItem]) -> _Lines:
    """Sum a hop up where there are too many records for a box each."""
    contracts = sum(1 for no in hop.evidence if evidence[no].kind == "contract")
    return _sum_lines(contracts, hop.messages, hop.covered, hop.unit, hop.status)


def hop_sum(hop: HopView) -> Said:
    """Sum a hop up in one line."""
    shown = [say("page.fold.records", count=len(hop.evidence))]
    if hop.messages:
        shown.append(messages(hop.messages, hop.unit))
    return join((*shown, _status_mark(hop.status, hop.covered, hop.unit)), "page.dot")


@lru_cache(maxsize=1 << 10)
def _sum_lines(contracts: int, sent: int, covered: int, unit: str, status: str) -> _Lines:
    shown = [say("page.box.hop", contracts=contracts)] if contracts else []
    if sent:
        shown.append(messages(sent, unit))
    mark = _status_mark(status, covered, unit)
    return _set(
        [
            _body(join(shown, "page.dot"), "main"),
            _body(mark, "soft" if status == "corroborated" else "warn"),
        ]
    )


def fold_lines(fold: Fold) -> _Lines:
    """Say what a fold holds: counts, and what a reader must not miss in it."""
    head = say("page.fold.head", parties=count(len(fold.parties)), hops=count(fold.hops))
    parts = []
    if fold.layers:
        first, last = fold.layers
        key = "page.fold.layer" if first == last else "page.fold.layers"
        parts.append(say(key, first=first, last=last))
    if fold.contracts:
        parts.append(say("page.box.hop", contracts=count(fold.contracts)))
    if fold.routing:
        parts.append(say("page.fold.routing", count=count(fold.routing)))
    for unit, number in fold.passed:
        parts.append(say("page.fold.passed", messages=messages(number, unit)))
    drafts = [_head(head), *(_body(line) for line in _packed(parts))]
    if fold.senders:
        sent = messages(fold.sent)
        drafts.append(_body(say("page.fold.senders", count=fold.senders, sent=sent), "main"))
    missing = [
        say(f"page.fold.{name}", count=count(number))
        for name, number in (
            ("gaps", fold.gaps),
            ("without_contract", fold.without_contract),
            ("partly", fold.partly),
            ("without_routing", fold.without_routing),
            ("others", fold.others),
        )
        if number
    ]
    drafts += [_body(line, "warn") for line in _packed(missing)]
    if fold.findings:
        drafts.append(_head(say("page.fold.findings", count=count(fold.findings))))
    return _set(drafts)


def gap_lines(gap: GapBox) -> _Lines:
    """Say what is not on record."""
    drafts = [(say(f"page.box.{gap.kind}"), _SMALL, True, "warn", _BOX_EM, 2)]
    drafts.append(_body(say(f"page.box.{gap.kind}_line")))
    if gap.kind == "gap":
        if gap.term.first or gap.term.last:
            drafts.append(_body(gap_days(gap)))
        if gap.numbers:
            drafts.append(_body(segments(gap.numbers)))
        if gap.leads:
            drafts.append(_body(say("page.box.leads", count=len(gap.leads))))
    return _set(drafts)
