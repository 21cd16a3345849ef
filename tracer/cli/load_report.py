"""Loads, sources and rejected rows as tables on the terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tracer.cli.cells import visible
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels, told_time
from tracer.cli.output import Line, Span, line
from tracer.messages import Language, is_key
from tracer.model.diagnostic import Note
from tracer.model.load import RejectedRow, SourceReport

if TYPE_CHECKING:
    from tracer.report.tables import SourceListing
    from tracer.usecases.load import LoadReport

__all__ = ["load_table", "rejects_table", "sources_table"]

_LOAD = ("path", "sheet", "table", "encoding", "rows", "loaded", "rejected", "duplicates")
_SOURCES = ("id", "delivery", *_LOAD, "operator", "at", "retracted")
_REJECTS = ("path", "sheet", "row", "column", "reason", "raw")
_RAW_CELLS = 60


def load_table(
    report: "LoadReport", lang: Language, cells: int | None = None, *, dry_run: bool = False
) -> list[Line]:
    """Write what a load made of each file, and the sums, within the cells of a line."""
    labels = Labels(lang)
    lines: list[Line] = []
    if dry_run:
        lines.append(line(Span(labels.say("cli.load.dry_run"), "heading")))
    rows = [_counts(each, labels) for each in report.files]
    sums = (report.rows, report.loaded, report.rejected, report.duplicates)
    rows.append((labels.say("cli.load.total"), "", "", "", *sums))
    lines += fitted(rows, header=_header(_LOAD, labels), right={4, 5, 6, 7}, cells=cells)
    for each in report.files:
        lines += _notes(each.path, each.sheet, each.notes, labels)
    for note in report.notes:
        said = labels.say(f"note.{note.key}", **note.values)
        lines.append(line(Span(visible(said), "faint")))
    if report.delivery is not None:
        lines.append(line(labels.say("cli.load.delivery", delivery=report.delivery)))
    if report.rejected:
        lines.append(line(labels.say("cli.load.see_rejects")))
    return lines


def sources_table(
    entries: Sequence["SourceListing"], lang: Language, zone: str, cells: int | None = None
) -> list[Line]:
    """Write what was loaded, by whom, when (by a clock of the zone), and what was withdrawn."""
    labels = Labels(lang)
    if not entries:
        return [line(labels.say("cli.sources.none"))]
    rows = [
        (
            each.id,
            each.delivery,
            *_counts(each.report, labels),
            each.operator,
            None if each.at is None else told_time(each.at, zone),
            "" if each.retraction is None else _withdrawn(each.retraction, labels, zone),
        )
        for each in entries
    ]
    header = _header(_SOURCES, labels)
    lines = fitted(rows, header=header, right={0, 1, 6, 7, 8, 9}, cells=cells)
    for each in entries:
        lines += _notes(each.report.path, each.report.sheet, each.report.notes, labels)
    return lines


def _withdrawn(retraction: object, labels: Labels, zone: str) -> str:
    at = told_time(getattr(retraction, "at", ""), zone)
    operator = getattr(retraction, "operator", "")
    reason = getattr(retraction, "reason", None) or "–"
    return labels.say("cli.sources.withdrawn", at=at, operator=operator, reason=reason)


def rejects_table(
    rows: Sequence[RejectedRow], lang: Language, cells: int | None = None
) -> list[Line]:
    """Write rejected rows: where each stands, why, and what it says."""
    labels = Labels(lang)
    if not rows:
        return [line(labels.say("cli.rejects.none"))]
    listed = [
        (
            each.path,
            each.sheet,
            str(each.diagnostic.row),
            each.diagnostic.column,
            labels.say(f"reason.{each.diagnostic.reason}", **each.diagnostic.values),
            _shortened(each.diagnostic.raw),
        )
        for each in rows
    ]
    return fitted(listed, header=_header(_REJECTS, labels), right={2}, cells=cells)


def _shortened(raw: str) -> str:
    return raw if len(raw) <= _RAW_CELLS else raw[: _RAW_CELLS - 1] + "…"


def _header(names: Iterable[str], labels: Labels) -> list[str]:
    return [labels.say(f"cli.head.{name}") for name in names]


def _counts(report: SourceReport, labels: Labels) -> tuple[object, ...]:
    figures = (report.rows, report.loaded, report.rejected, report.duplicates)
    return (report.path, report.sheet, _table(report.table, labels), report.encoding, *figures)


def _table(name: str | None, labels: Labels) -> str:
    if name is None:
        return labels.say("cli.load.no_table")
    key = f"table.{name}"
    return labels.say(key) if is_key(key) else name


def _notes(path: str, sheet: str | None, notes: Iterable[Note], labels: Labels) -> list[Line]:
    where = visible(path if sheet is None else f"{path} [{sheet}]")
    said = [labels.say(f"note.{note.key}", **note.values) for note in notes]
    return [line(Span(f"{where}: {visible(each)}", "faint")) for each in said]
