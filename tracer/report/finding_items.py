"""Findings in words, for the list and the details of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tracer.messages import LANGUAGES, text
from tracer.report.details import Fact, Item
from tracer.report.findings import clauses_of, rebuttal, rule_title, sentence
from tracer.report.mark_facts import comment_facts
from tracer.report.textfit import printable
from tracer.report.view import FindingView, GraphView, Place
from tracer.report.wording import Said, join, place, same, say

__all__ = [
    "ClauseWords",
    "FindingWords",
    "RuleWords",
    "by_rule",
    "describe_findings",
    "put_in_words",
]

_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """One clause: law and article, an unverified one marked; and in short what it says."""

    citation: Said
    brief: Said


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding as it is told.

    Parameters
    ----------
    title : Said
        Code and title of its rule.
    others : Said or None
        Where its records stand that bear no evidence number.
    """

    id: str
    rule: str
    title: Said
    sentence: Said
    clauses: tuple[ClauseWords, ...]
    rebuttal: Said
    evidence: tuple[str, ...]
    others: Said | None


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The findings of one rule: what they have in common stands once above them."""

    title: Said
    clauses: tuple[ClauseWords, ...]
    rebuttal: Said
    found: tuple[FindingWords, ...]


def by_rule(told: Iterable[FindingWords]) -> tuple[RuleWords, ...]:
    """Put findings under their rules; they come in order of rule."""
    groups = [tuple(group) for _, group in groupby(told, key=lambda words: words.rule)]
    return tuple(
        RuleWords(found[0].title, found[0].clauses, found[0].rebuttal, found) for found in groups
    )


def put_in_words(view: GraphView) -> tuple[FindingWords, ...]:
    """Tell every finding of a view."""
    return tuple(_words(each) for each in view.findings)


def _words(each: FindingView) -> FindingWords:
    finding = each.finding
    zh, en = (rule_title(finding.rule, lang) for lang in LANGUAGES)
    return FindingWords(
        id=each.id,
        rule=finding.rule,
        title=Said(f"{finding.rule} {zh}", f"{finding.rule} {en}"),
        sentence=_said(*(sentence(finding, lang) for lang in LANGUAGES)),
        clauses=tuple(
            ClauseWords(
                _said(*(clause.citation(lang) for lang in LANGUAGES)),
                _said(*(clause.brief(lang) for lang in LANGUAGES)),
            )
            for clause in clauses_of(finding.rule)
        ),
        rebuttal=_said(*(rebuttal(finding.rule, lang) for lang in LANGUAGES)),
        evidence=each.evidence,
        others=_others(each.others),
    )


def _said(zh: str, en: str) -> Said:
    return Said(printable(zh), printable(en))


def _others(places: Iterable[Place]) -> Said | None:
    """Say where records stand, the first of them by name and how many there are."""
    shown = list(dict.fromkeys(place(where) for where in places))
    if not shown:
        return None
    first = join(shown[:_MOST_PLACES], "page.clause_mark")
    left = len(shown) - _MOST_PLACES
    if left <= 0:
        return first
    return say("page.source_more", source=first, count=len(shown), rest=left)


def describe_findings(view: GraphView, told: Iterable[FindingWords]) -> tuple[Item, ...]:
    """Make the details of every finding, but its clauses, which stand once for a rule."""
    ids = {node.name: node.id for node in view.parties}
    placed = {each.id: each for each in view.findings}
    items = []
    for words in told:
        finding = placed[words.id].finding
        facts = [
            Fact(say("page.field.finding"), words.sentence),
            Fact(say("page.field.rebuttal"), words.rebuttal),
        ]
        if words.evidence:
            facts.append(Fact(say("page.field.evidence"), join(map(same, words.evidence))))
        if words.others:
            facts.append(Fact(say("page.field.other_records"), words.others))
        written = view.marks.findings.get((finding.rule, finding.parties), ())
        facts += [Fact(say(f"page.field.{name}"), said) for name, said in comment_facts(written)]
        parties = (ids[name] for name in finding.parties if name in ids)
        items.append(
            Item(
                words.id,
                say("page.kind.finding"),
                Said(f"{words.id} {words.title.zh}", f"{words.id} {words.title.en}"),
                tuple(facts),
                related=tuple(dict.fromkeys((*parties, *words.evidence))),
                citation=_citation(words),
                search=(words.id, finding.rule, words.title.zh, words.title.en, *finding.parties),
                boxes=placed[words.id].boxes,
            )
        )
    return tuple(items)


def _citation(words: FindingWords) -> Said:
    rests = join(map(same, words.evidence)) if words.evidence else say("page.none")
    return say(
        "page.finding_citation", title=words.title, sentence=words.sentence, records=rests,
        rebuttal=words.rebuttal,
        note=Said(*(text("finding_part.leads", lang) for lang in LANGUAGES)),
    )  # fmt: skip
