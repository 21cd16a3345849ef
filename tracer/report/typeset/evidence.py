"""The list of evidence on paper: what each exhibit states, and where it stands, to the row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracer.messages import Language, text
from tracer.model.period import join_days
from tracer.report.typeset.blocks import heading, paragraph
from tracer.report.typeset.flow import Slug
from tracer.report.typeset.tables import table
from tracer.report.view import EvidenceItem, GraphView, Line, Place
from tracer.report.wording import messages, say, segments, term_of

__all__ = ["evidence_list", "file_list"]

_MOST_RUNS = 6
_SHARES = (0.075, 0.18, 0.225, 0.24, 0.28)
_SHOWN_SEGMENTS = 3
_SHORT_DIGEST = 16
_APART = ("access", "unsegmented", "blocked")


def evidence_list(view: GraphView, width: float, lang: Language) -> list[Slug]:
    """Set the list: what evidences the chain first, what does not under headings of its own."""
    files = {source.path: number for number, source in enumerate(view.sources, start=1)}
    main = (*view.items("holding"), *view.items("hop"))
    slugs = [*heading(say("page.table").get(lang), width), *_table(main, files, width, lang)]
    for scope in _APART:
        if listed := view.items(scope):
            slugs += heading(say(f"page.scope.{scope}").get(lang), width)
            slugs += _table(listed, files, width, lang)
    return slugs


def _table(
    items: Sequence[EvidenceItem], files: Mapping[str, int], width: float, lang: Language
) -> list[Slug]:
    keys = ("no", "what", "ends", "content", "source")
    header = [text(f"exhibit.evidence.{key}", lang) for key in keys]
    rows = [
        (item.no, _what(item, lang), _ends(item), _content(item, lang), _source(item, files, lang))
        for item in items
    ]
    return table(header, rows, width, widths=[share * width for share in _SHARES])


def _what(item: EvidenceItem, lang: Language) -> str:
    kind = say(f"page.kind.{item.kind}").get(lang)
    return f"{kind}\n{item.title}" if item.title else kind


def _ends(item: EvidenceItem) -> str:
    return f"{item.upstream} → {item.downstream}" if item.upstream else item.downstream


def _content(item: EvidenceItem, lang: Language) -> str:
    told = [segments(item.segments, _SHOWN_SEGMENTS), term_of(item)]
    told += [say("page.box.prices_differ")] if len(item.prices) > 1 else []
    lines = [said.get(lang) for said in told if said.zh]
    lines += item.prices if len(item.prices) == 1 else ()
    if item.messages:
        lines.append(messages(item.messages, item.unit).get(lang))
    if item.covered and item.status == "partly_covered":
        said = say("exhibit.evidence.covered", messages=messages(item.covered, item.unit))
        lines.append(said.get(lang))
    if item.blocked:
        lines.append(say("exhibit.evidence.blocked", messages=messages(item.blocked)).get(lang))
    if item.status:
        lines.append(say(f"status.{item.status}").get(lang))
    if item.conflicting:
        lines.append(say("page.conflicting").get(lang))
    return "\n".join(lines)


def _source(item: EvidenceItem, files: Mapping[str, int], lang: Language) -> str:
    """Say where an exhibit stands: by file and sheet, rows that follow each other as one."""
    groups: dict[tuple[str, str | None, str], list[Line]] = defaultdict(list)
    for line in item.lines:
        groups[line.place.path, line.place.sheet, line.place.digest].append(line)
    told = []
    for (path, sheet, digest), lines in groups.items():
        words = [path.rpartition("/")[2]]
        if sheet:
            words.append(say("page.sheet_named", sheet=sheet).get(lang))
        words.append(_rows([line.place for line in lines], lang))
        words += sorted({line.place.source_ref for line in lines if line.place.source_ref})
        told.append(" ".join(words))
        told.append(_file(files.get(path), digest, lang))
    told += _scans(item.lines, lang)
    return "\n".join(told)


def _file(number: int | None, digest: str, lang: Language) -> str:
    short = digest[:_SHORT_DIGEST]
    return text("exhibit.evidence.file", lang, number=number or "–", digest=short)


def _rows(places: Sequence[Place], lang: Language) -> str:
    runs = join_days((place.first_row, place.last_row) for place in places)
    if len(runs) > _MOST_RUNS:
        first, last = runs[0][0], runs[-1][1]
        return text("exhibit.evidence.rows_within", lang, first=first, last=last, count=len(places))
    shown = (str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return text("exhibit.evidence.rows", lang, rows=", ".join(shown))


def _scans(lines: Iterable[Line], lang: Language) -> list[str]:
    scans = {line.place.document for line in lines if line.place.document}
    return [
        text(
            "exhibit.evidence.scan",
            lang,
            path=scan.path,
            page=text("exhibit.evidence.page", lang, page=scan.page) if scan.page else "",
            digest=scan.digest or "–",
        )
        for scan in sorted(scans, key=lambda scan: (scan.path, scan.page or ""))
    ]


def file_list(view: GraphView, width: float, lang: Language) -> list[Slug]:
    """Set the files everything rests on, with their digests."""
    said = say("page.source_count", count=len(view.sources), digest=view.digest)
    header = [text(f"exhibit.files.{key}", lang) for key in ("no", "path", "digest")]
    rows = [
        (str(number), source.path, source.digest)
        for number, source in enumerate(view.sources, start=1)
    ]
    shares = (0.07, 0.33, 0.60)
    return [
        *heading(say("page.sources").get(lang), width),
        *paragraph(said.get(lang), width, size=8.0),
        *table(header, rows, width, widths=[share * width for share in shares]),
    ]
