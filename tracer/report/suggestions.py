"""Likely same parties as a paper (terminal, page, workbook) and as JSON."""

from collections.abc import Iterator
from typing import Final

from tracer.model.suggestion import Effect, Reason, Suggestion, Suggestions
from tracer.report.documents import dump
from tracer.report.papers import Cell, Paper, Section, table
from tracer.report.wording import Said, count, join, same, say

__all__ = ["SUGGESTIONS_SCHEMA", "suggestions_json", "suggestions_paper"]

SUGGESTIONS_SCHEMA: Final = "tracer.suggestions/1"
_PAIRS: Final = (
    "no", "one", "other", "level", "reasons", "against", "likeness", "codes", "changed", "closed",
)  # fmt: skip
_EFFECTS: Final = (
    "no", "one", "other", "code", "chains", "gaps", "joined", "closed_at", "remark",
)  # fmt: skip


def suggestions_json(found: Suggestions) -> str:
    """Write what was found as the document `tracer.suggestions/1`."""
    return dump(
        {
            "schema": SUGGESTIONS_SCHEMA,
            "note": say("suggest.statement").zh,
            "note_en": say("suggest.statement").en,
            "suggestions": [_document(pair) for pair in found.pairs],
            "left_out": [
                {"kind": kind, "value": value, "parties": parties}
                for kind, value, parties in found.left_out
            ],
        }
    )


def _document(pair: Suggestion) -> dict[str, object]:
    return {
        "parties": [pair.one, pair.other],
        "level": pair.level,
        "likeness": pair.likeness,
        "reasons": [_reason(each) for each in pair.reasons],
        "against": [_reason(each) for each in pair.against],
        "codes": pair.codes,
        "effects": [
            {
                "code": each.code,
                "chains_before": each.chains_before,
                "chains_after": each.chains_after,
                "gaps_before": each.gaps_before,
                "gaps_after": each.gaps_after,
                "joined": [list(chain) for chain in each.joined],
                "closed": list(each.closed),
                "between": each.between,
            }
            for each in pair.effects
        ],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"kind": reason.kind, "detail": reason.detail or None}


def suggestions_paper(found: Suggestions) -> Paper:
    """Set what was found: the pairs, and under them what a merge would change."""
    pairs = table("pairs", say("suggest.pairs"), _heads(_PAIRS), _pairs(found))
    effects = table("effects", say("suggest.effects"), _heads(_EFFECTS), _effects(found))
    left = tuple(
        say("suggest.left_out", count=count(parties), value=value, kind=say(f"suggest.kind.{kind}"))
        for kind, value, parties in found.left_out
    )
    sections = (
        Section(pairs.heading, tables=(pairs,), remarks=left),
        Section(effects.heading, tables=(effects,)),
    )
    nothing = () if found.pairs else (say("suggest.none"),)
    return Paper(
        title=say("suggest.title"),
        window=same(""),
        statement=(say("suggest.statement"), *nothing),
        sections=tuple(section for section in sections if not section.is_empty),
    )


def _heads(names: tuple[str, ...]) -> list[Said]:
    return [say(f"suggest.head.{name}") for name in names]


def _pairs(found: Suggestions) -> Iterator[tuple[Cell, ...]]:
    for number, pair in enumerate(found.pairs, start=1):
        yield (
            number,
            same(pair.one),
            same(pair.other),
            say(f"suggest.level.{pair.level}"),
            join(map(_said, pair.reasons), "page.clause_mark"),
            join(map(_said, pair.against), "page.clause_mark"),
            pair.likeness,
            pair.codes,
            len(pair.effects),
            sum(len(effect.closed) for effect in pair.effects),
        )


def _effects(found: Suggestions) -> Iterator[tuple[Cell, ...]]:
    for number, pair in enumerate(found.pairs, start=1):
        for effect in pair.effects:
            yield (number, same(pair.one), same(pair.other), *_effect(effect))


def _effect(effect: Effect) -> tuple[Cell, ...]:
    return (
        same(effect.code),
        same(f"{count(effect.chains_before)} → {count(effect.chains_after)}"),
        same(f"{count(effect.gaps_before)} → {count(effect.gaps_after)}"),
        join((same(" → ".join(chain)) for chain in effect.joined), "page.clause_mark"),
        join(map(same, effect.closed)),
        say("suggest.between") if effect.between else None,
    )


def _said(reason: Reason) -> Said:
    return say(f"suggest.reason.{reason.kind}", detail=reason.detail)
