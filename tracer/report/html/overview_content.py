"""What the overview page of an audit holds: cards, rules, parties, and a row for each code."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracer.messages import LANGUAGES, text
from tracer.model.money import grouped_yuan
from tracer.report.audit_tables import count_by_rule
from tracer.report.findings import rule_title
from tracer.report.papers import head_notes
from tracer.report.textfit import printable
from tracer.report.wording import Said, count, join, same, say, window
from tracer.rules.audited import Audit, AuditedCode, PartyLine
from tracer.rules.classes import CLASS_DIGITS
from tracer.rules.registers import STATES

__all__ = ["AT_FIRST", "Card", "CodeRow", "Overview", "PartyRow", "RuleLine", "gather"]

AT_FIRST: Final = 200
"""Codes on the screen before more are asked for; all are printed."""

_MORE: Final = 500
_PARTIES: Final = 30
_NAMES: Final = 3
_STEPS: Final = 20
_UNLET: Final = "unlet"
_SCREEN_TEXTS: Final = ("shown", "filtered", "more", "left", "no_match", "only")


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the whole: what it is, how much, and what else there is to say."""

    asks: Said
    says: Said
    adds: Said
    warns: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: how many findings in how many codes, and the steps of its bar."""

    rule: str
    title: Said
    findings: int
    codes: int
    bar: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code; `later` rows wait on the screen until they are asked for."""

    code: Said
    link: str | None
    holders: str
    senders: str
    senders_left: int
    depth: int
    depth_bar: int
    parties: str
    hops: str
    messages: str
    incidents: int
    loss: str
    findings: int
    finding_bar: int
    by_rule: str
    states: tuple[Said, ...]
    where: str
    later: bool


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party that findings name, or that stands in many codes."""

    name: str
    line: PartyLine
    findings: int
    by_rule: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page."""

    title: Said
    window: Said
    asked: Said | None
    cards: tuple[Card, ...]
    rules: tuple[RuleLine, ...]
    of_register: int
    parties: tuple[PartyRow, ...]
    party_count: int
    rows: tuple[CodeRow, ...]
    classes: tuple[str, ...]
    states: tuple[tuple[str, Said], ...]
    is_linked: bool
    data: Mapping[str, Any]


def gather(audit: Audit, links: Mapping[str, str]) -> Overview:
    """Gather what the page shows."""
    deepest = max((each.figures.depth for each in audit.codes), default=0)
    most = max((each.finding_count for each in audit.codes), default=0)
    rows = tuple(
        _row(each, links.get(each.code), deepest, most, later=place >= AT_FIRST)
        for place, each in enumerate(audit.codes)
    )
    rules = _rules(audit)
    named = [line for line in audit.parties if line.findings] or audit.parties
    shown = named[:_PARTIES]
    found_states = {state for each in audit.codes for state in _states(each)}
    return Overview(
        title=say("audit.title"),
        window=window(audit.window),
        asked=_asked(audit),
        cards=_cards(audit),
        rules=rules,
        of_register=audit.finding_count - sum(line.findings for line in rules),
        parties=tuple(
            PartyRow(
                printable(line.name),
                line,
                sum(line.findings.values()),
                count_by_rule(line.findings).replace(";", " "),
            )
            for line in shown
        ),
        party_count=len(named),
        rows=rows,
        classes=tuple(sorted({each.code[:CLASS_DIGITS] for each in audit.codes})),
        states=tuple((s, _state(s)) for s in (*STATES, _UNLET) if s in found_states),
        is_linked=bool(links),
        data=_data(audit),
    )


def _data(audit: Audit) -> dict[str, Any]:
    """Give what the script sorts and filters by: a line for each row, in order of the rows."""
    open_ends = {"shown": "{shown}", "count": "{count}", "step": "{step}", "rest": "{rest}"}
    return {
        "first": AT_FIRST,
        "step": _MORE,
        "texts": {
            lang: {key: text(f"audit.page.{key}", lang, **open_ends) for key in _SCREEN_TEXTS}
            for lang in LANGUAGES
        },
        "rows": [
            [
                each.figures.depth,
                each.figures.parties,
                each.figures.hops,
                each.figures.messages,
                each.figures.incidents,
                each.figures.loss,
                each.finding_count,
                each.code[:CLASS_DIGITS],
                list(each.findings),
                _states(each),
                each.code,
            ]
            for each in audit.codes
        ],
    }


def _asked(audit: Audit) -> Said | None:
    asked = audit.asked
    named = (
        ("class", asked.digits),
        ("holder", asked.holder),
        ("authority", asked.authority),
        ("region", asked.region),
    )
    words = [
        join((say(f"audit.head.{key}"), same(wanted)), "page.dot")
        for key, wanted in named
        if wanted
    ]
    said = [say("audit.page.asked", words=join(words, "page.clause_mark"))] if words else []
    said += head_notes(audit.notes)
    return join(said, "page.dot") if said else None


def _cards(audit: Audit) -> tuple[Card, ...]:
    codes = audit.codes
    incidents = sum(each.figures.incidents for each in codes)
    loss = grouped_yuan(sum(each.figures.loss for each in codes))
    disagree = sum(bool(each.register.states) for each in codes)
    silent = sum(bool(each.register.silent) for each in codes)
    deepest = max(codes, key=lambda each: each.figures.depth, default=None)
    troubled = sum(bool(each.findings) for each in codes)
    named = sum(bool(line.findings) for line in audit.parties)
    return (
        Card(
            say("audit.page.codes"),
            same(count(len(codes))),
            say("audit.page.with_findings", count=count(troubled)),
        ),
        Card(
            say("audit.page.incidents"),
            same(count(incidents)),
            say("audit.page.loss", loss=loss),
            warns=bool(incidents),
        ),
        Card(
            say("audit.page.findings"),
            same(count(audit.finding_count)),
            say("audit.page.parties", count=count(named)),
        ),
        Card(
            say("audit.page.depth"),
            same(str(deepest.figures.depth if deepest else 0)),
            say("audit.page.depth_of", code=deepest.code) if deepest else same(""),
        ),
        Card(
            say("audit.page.registers"),
            say("audit.page.count", count=count(disagree)),
            say("audit.page.not_compared", count=count(silent))
            if silent
            else say("audit.page.compared"),
            warns=bool(disagree),
        ),
    )


def _rules(audit: Audit) -> tuple[RuleLine, ...]:
    findings: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for each in audit.codes:
        findings.update(each.findings)
        codes.update(each.findings.keys())
    most = max(findings.values(), default=0)
    return tuple(
        RuleLine(
            rule,
            Said(rule_title(rule, "zh"), rule_title(rule, "en")),
            findings[rule],
            codes[rule],
            _steps(findings[rule], most),
        )
        for rule in sorted(findings)
    )


def _row(each: AuditedCode, link: str | None, deepest: int, most: int, *, later: bool) -> CodeRow:
    here = each.figures
    senders = [sender.name for sender in here.senders]
    return CodeRow(
        code=say("audit.exact", code=each.code) if each.is_exact else same(each.code),
        link=link,
        holders=_names(here.holders),
        senders=_names(senders[:_NAMES]),
        senders_left=max(0, len(senders) - _NAMES),
        depth=here.depth,
        depth_bar=_steps(here.depth, deepest),
        parties=count(here.parties),
        hops=count(here.hops),
        messages=count(here.messages),
        incidents=here.incidents,
        loss=grouped_yuan(here.loss) if here.loss else "",
        findings=each.finding_count,
        finding_bar=_steps(each.finding_count, most),
        by_rule=count_by_rule(each.findings).replace(";", " "),
        states=tuple(_state(state) for state in _states(each)),
        where=_names((*each.authorities, *each.regions)),
        later=later,
    )


def _states(each: AuditedCode) -> list[str]:
    return [*each.register.states, *([_UNLET] if each.extensions.traffic else [])]


def _state(state: str) -> Said:
    return say("audit.extension.unlet_traffic" if state == _UNLET else f"audit.state.{state}")


def _names(names: Sequence[str]) -> str:
    return "、".join(printable(name) for name in names)


def _steps(figure: int, most: int) -> int:
    """Give the length of a bar in twentieths; what is not nought is seen."""
    return -(-figure * _STEPS // most) if figure else 0
