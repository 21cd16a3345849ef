"""The exhibit of one or several numbers: figure, leads, evidence, sources, page by page."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tracer.graph.result import Trace
from tracer.messages import Language, text
from tracer.model.diagnostic import HEAD_NOTES
from tracer.report.answer import Card, answer
from tracer.report.diagram.sketch import sketch
from tracer.report.finding_items import RuleWords, by_rule, put_in_words
from tracer.report.html.money import money_of
from tracer.report.projection import build_views
from tracer.report.rendering import Rendering
from tracer.report.scene import Scene, build_parts, build_scene
from tracer.report.typeset.blocks import (
    BODY,
    SMALL,
    Answered,
    cards,
    facts,
    heading,
    paragraph,
    picture,
    space,
    title,
)
from tracer.report.typeset.evidence import evidence_list, file_list
from tracer.report.typeset.figure import Figure, set_figure
from tracer.report.typeset.flow import Part, Slug, leaf_of
from tracer.report.typeset.legend import legend
from tracer.report.typeset.listing import listing
from tracer.report.typeset.marks import marks_count, marks_list
from tracer.report.typeset.tables import table
from tracer.report.view import GraphView
from tracer.report.wording import place, say, window
from tracer.rules.examined import ExaminedTrace

__all__ = ["answer_parts", "poster_slugs"]

_MOST_DRAWN = 1000


def answer_parts(wanted: Rendering) -> list[Part]:
    """Set every number, one after the other; several have an overview before them."""
    views = build_views(wanted.traces, wanted.case)
    parts = []
    if len(views) > 1:
        leaf = leaf_of(wanted.paper)
        slugs = overview(views, leaf.body.width, wanted.lang)
        parts.append(
            Part(leaf, tuple(slugs), text("exhibit.overview", wanted.lang, count=len(views)))
        )
    for number, (view, trace) in enumerate(zip(views, wanted.traces, strict=True), start=1):
        parts += _number_parts(view, trace, number, wanted)
    return parts


def _number_parts(
    view: GraphView, trace: ExaminedTrace, number: int, wanted: Rendering
) -> list[Part]:
    lang, leaf = wanted.lang, leaf_of(wanted.paper)
    width = leaf.body.width
    mark = text("exhibit.figure", lang, number=number)
    name = _figure_name(view, lang)
    head = head_of(view, trace.trace, width, wanted)

    def drawn(scene: Scene) -> tuple[Figure, list[Slug]]:
        signs = legend(view, scene, width, lang)
        taken = sum(slug.height for slug in (*head, *signs))
        parties = {node.id: (node.name, node.layer) for node in view.drawn()}
        figure = set_figure(scene, lang, wanted.paper, name=name, mark=mark, taken=taken,
                            parties=parties)  # fmt: skip
        return figure, signs

    figure, signs = drawn(build_scene(view) if _is_drawn_whole(view) else _folded(view))
    if figure.is_outline:
        figure, signs = drawn(_folded(view))
    body = _text(view, trace, width, lang)
    if len(figure.sheets) > 1:
        return [
            Part(leaf, (*head, *signs, *figure.slugs), name, mark),
            *figure.sheets,
            Part(leaf, tuple(body), name, mark),
        ]
    return [Part(leaf, (*head, *figure.slugs, *signs, *body), name, mark, figure.sheets)]


def poster_slugs(wanted: Rendering) -> tuple[list[Slug], float]:
    """Set every number as one picture with its answer and legend, one below the other.

    Returns
    -------
    slugs : list of Slug
        What stands on the poster.
    width : float
        Its width in points: of the widest picture.
    """
    lang = wanted.lang
    views = build_views(wanted.traces, wanted.case)
    scenes = [_folded(view) for view in views]
    drawn = [sketch(scene, lang) for scene in scenes]
    width = max(leaf_of(wanted.paper).body.width, *(each.width for each in drawn))
    slugs = overview(views, width, lang) if len(views) > 1 else []
    shown = zip(views, wanted.traces, drawn, strict=True)
    for number, (view, examined, drawing) in enumerate(shown, start=1):
        mark = text("exhibit.figure", lang, number=number)
        caption = f"{mark} {_figure_name(view, lang)}"
        slugs += [space(14.0)] if slugs else []
        slugs += head_of(view, examined.trace, width, wanted)
        slugs += [space(6.0), picture(drawing, width), space(4.0)]
        slugs += paragraph(caption, width, size=SMALL, bold=True)
        slugs += legend(view, scenes[number - 1], width, lang)
    return slugs, width


def _is_drawn_whole(view: GraphView) -> bool:
    """Tell whether all parties may be drawn: more are folded as on the page, with their counts."""
    return len(view.parties) <= _MOST_DRAWN


def _folded(view: GraphView) -> Scene:
    """Set what the page prints: the whole where it is not too large."""
    return build_parts(view).on_paper


def _figure_name(view: GraphView, lang: Language) -> str:
    """Say what a figure shows, of which days; it stands at the top of every page, too."""
    shown = text("exhibit.figure_name", lang, number=view.number)
    return f"{shown} · {window(view.window).get(lang)}"


def head_of(view: GraphView, trace: Trace, width: float, wanted: Rendering) -> list[Slug]:
    """Set the title, the case and the window, the state of the file it is of, and the answer."""
    lang = wanted.lang
    rows = [(say("page.window").get(lang), window(view.window).get(lang))]
    case = " ".join(part for part in (wanted.case.number, wanted.case.name) if part)
    if case:
        rows.insert(0, (say("page.case").get(lang), case))
    stands = [note for note in view.notes if note.key in HEAD_NOTES]
    qualified = [say(f"note.{note.key}", **note.values).get(lang) for note in stands]
    qualified += [said] if (said := marks_count(trace, lang)) else []
    told = [_card(each, lang) for each in answer(view)]
    return [
        *title(say("page.title", number=view.number).get(lang), width),
        *facts(rows, width, SMALL),
        *(slug for each in qualified for slug in paragraph(each, width, size=SMALL)),
        space(5.0),
        cards(told, width),
        *paragraph(_leads_line(view, lang), width, size=SMALL),
    ]


def _card(card: Card, lang: Language) -> tuple[str, list[Answered], list[str]]:
    """Give what a card asks, says with what each answer rests on, and adds."""
    says = [(line.text.get(lang), line.under.get(lang) if line.under else "") for line in card.says]
    if card.run_on:
        under = " · ".join(each for _, each in says if each)
        says = [(" · ".join(each for each, _ in says), under)]
    return card.asks.get(lang), says, [line.get(lang) for line in card.adds]


def _leads_line(view: GraphView, lang: Language) -> str:
    if not view.findings:
        return say("page.findings_none").get(lang)
    counted = Counter(each.finding.rule for each in view.findings)
    shown = "、" if lang == "zh" else ", "
    counts = shown.join(f"{rule}×{count}" for rule, count in sorted(counted.items()))
    said = say("page.findings_count", count=len(view.findings)).get(lang)
    return f"{said}  {counts}  {text('finding_part.leads', lang)}"


def _text(view: GraphView, trace: ExaminedTrace, width: float, lang: Language) -> list[Slug]:
    """Set what follows the figure."""
    slugs = []
    if notes := [note for note in view.notes if note.key not in HEAD_NOTES]:
        slugs += heading(say("page.notes").get(lang), width)
        for note in notes:
            slugs += paragraph(say(f"note.{note.key}", **note.values).get(lang), width, size=SMALL)
    slugs += _findings(by_rule(put_in_words(view)), width, lang)
    slugs += marks_list(view, trace.trace, width, lang)
    slugs += evidence_list(view, width, lang)
    money = money_of(trace.trace)
    slugs += listing([*([money.ladder] if money.ladder else []), *money.incidents], width, lang)
    slugs += _gaps(view, width, lang)
    return [*slugs, *file_list(view, width, lang)]


def _findings(rules: Iterable[RuleWords], width: float, lang: Language) -> list[Slug]:
    listed = tuple(rules)
    slugs = heading(say("page.findings").get(lang), width)
    if not listed:
        return [*slugs, *paragraph(say("page.findings_none").get(lang), width, size=SMALL)]
    slugs += paragraph(text("finding_part.leads", lang), width, size=SMALL, keeps=True)
    for rule in listed:
        slugs += heading(rule.title.get(lang), width, size=9.5)
        clauses = "\n".join(clause.citation.get(lang) for clause in rule.clauses)
        rows = [(say("page.field.clauses").get(lang), clauses),
                (say("page.field.rebuttal").get(lang), rule.rebuttal.get(lang))]  # fmt: skip
        slugs += [Slug(s.height, s.shapes, keeps=True) for s in facts(rows, width, SMALL)]
        slugs.append(Slug(2.5, keeps=True))
        for found in rule.found:
            slugs += paragraph(found.sentence.get(lang), width, indent=26.0, lead=found.id)
            rests = []
            if found.evidence:
                rests.append(say("page.field.evidence").get(lang) + " " + " ".join(found.evidence))
            if found.others:
                rests.append(say("page.field.other_records").get(lang) + " "
                             + found.others.get(lang))  # fmt: skip
            if rests:
                last = slugs[-1]
                slugs[-1] = Slug(last.height, last.shapes, keeps=True)
                slugs += paragraph("  ".join(rests), width, size=SMALL, indent=26.0)
            slugs.append(space(2.5))
    return slugs


def _gaps(view: GraphView, width: float, lang: Language) -> list[Slug]:
    if not view.gaps:
        return []
    slugs = heading(say("page.gap_list").get(lang), width)
    for gap in view.gaps:
        kind = say(f"page.box.{gap.kind}").get(lang)
        slugs += paragraph(f"{kind}  {gap.party}", width, bold=True, keeps=bool(gap.leads))
        for lead in gap.leads:
            said = say(
                "page.lead", detail=lead.detail, upstream=lead.upstream, party=gap.party,
                why=say(f"why.{lead.why}"), place=place(lead.place), digest=lead.place.digest,
            )  # fmt: skip
            slugs += paragraph(said.get(lang), width, size=SMALL, indent=12.0)
        if gap.kind == "gap" and not gap.leads:
            said = say("page.gap_none")
            slugs += paragraph(said.get(lang), width, size=SMALL, indent=12.0)
    return slugs


def overview(views: Sequence[GraphView], width: float, lang: Language) -> list[Slug]:
    """Set the answers for several numbers in one table."""
    cards_of = [answer(view) for view in views]
    header = [
        text("exhibit.overview.figure", lang),
        say("page.overview_number").get(lang),
        *(card.asks.get(lang) for card in cards_of[0]),
        text("exhibit.overview.leads", lang),
    ]
    rows = []
    for number, (view, told) in enumerate(zip(views, cards_of, strict=True), start=1):
        cells = []
        for card in told:
            _, says, adds = _card(card, lang)
            answers = [each for pair in says for each in pair if each]
            cells.append("\n".join([*answers, *adds]))
        rows.append((str(number), view.number, *cells, str(len(view.findings))))
    return [
        *title(text("exhibit.overview", lang, count=len(views)), width),
        *paragraph(window(views[0].window).get(lang), width, size=BODY),
        space(4.0),
        *table(header, rows, width, figures=frozenset({len(header) - 1})),
        space(4.0),
        *paragraph(text("finding_part.leads", lang), width, size=SMALL),
    ]
