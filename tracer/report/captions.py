"""The few lines that stand in the boxes of a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracer.messages import LANGUAGES, Language
from tracer.report.textfit import wrap
from tracer.report.view import EvidenceItem, GapBox, GraphView, HopView, PartyNode
from tracer.report.wording import Said, gap_days, join, messages, same, say, segments, term_of

__all__ = ["TextLine", "box_lines", "gap_lines", "hop_lines", "lead_line", "party_lines"]

_NAME: Final = 14.0
_SMALL: Final = 12.0
_NAME_EM: Final = 13.5
_BOX_EM: Final = 14.5
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


def party_lines(view: GraphView, node: PartyNode) -> _Lines:
    """Name a party and say what it is in the chain."""
    drafts: list[_Draft] = [(Said(node.name, node.name), _NAME, True, "main", _NAME_EM, 3)]
    if "holder" in node.roles:
        titles = [item.no for item in view.items("holding") if item.downstream == node.name]
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
    return _set(drafts)


def box_lines(item: EvidenceItem, *, doubtful: bool = False) -> _Lines:
    """Say what one exhibit shows: a contract its segment and term, a log its messages and days."""
    doubt = [_body(say("page.box.doubtful"), "warn")] if doubtful else []
    if item.kind == "contract":
        drafts = [_head(say("page.box.contract", no=item.no, title=item.title))]
        covered = segments(item.segments)
        if item.prices:
            one = len(item.prices) == 1
            price = same(item.prices[0]) if one else say("page.box.prices_differ")
            if len(item.segments) == 1:
                drafts.append(_body(say("page.box.priced", segments=covered, price=price)))
            else:  # too long for one line, and a break must not fall within either
                drafts += [_body(covered), _body(price)]
        else:
            drafts.append(_body(covered))
        drafts.append(_body(term_of(item)))
        if item.status == "contract_only":
            drafts.append(_body(say("page.box.no_routing"), "warn"))
        return _set((*drafts, *doubt))
    drafts = [
        _head(say("page.box.routing", no=item.no, messages=messages(item.messages, item.unit))),
        _body(term_of(item)),
        _body(
            say(
                "page.box.attested",
                attested=say(f"attested.{item.attested}"),
                mark=_status_mark(item.status, item.covered, item.unit),
            ),
            "soft" if item.status == "corroborated" else "warn",
        ),
    ]
    return _set((*drafts, *doubt))


def _status_mark(status: str | None, covered: int, unit: str) -> Said:
    return say(f"page.box.mark.{status}", covered=messages(covered, unit))


def hop_lines(hop: HopView, evidence: Mapping[str, EvidenceItem]) -> _Lines:
    """Sum a hop up where there are too many records for a box each."""
    contracts = sum(1 for no in hop.evidence if evidence[no].kind == "contract")
    shown = [say("page.box.hop", contracts=contracts)] if contracts else []
    if hop.messages:
        shown.append(messages(hop.messages, hop.unit))
    mark = _status_mark(hop.status, hop.covered, hop.unit)
    return _set(
        [
            _body(join(shown, "page.dot"), "main"),
            _body(mark, "soft" if hop.status == "corroborated" else "warn"),
        ]
    )


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
