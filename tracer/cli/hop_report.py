"""A hop opened down to its raw rows, as tables on the terminal."""

from collections.abc import Iterator

from tracer.cli.cells import visible, wrap
from tracer.cli.fitting import fitted
from tracer.cli.labels import Labels
from tracer.cli.output import Line, Span, line
from tracer.messages import Language
from tracer.model.rawhop import HopRows, OpenedSource

__all__ = ["rows_tables"]

_TOTALS = ("row", "number", "day", "reporter", "counted", "messages", "blocked")
_ROWS = ("row", "messages", "blocked", "remark", "raw")


def rows_tables(found: HopRows, lang: Language, cells: int | None = None) -> list[Line]:
    """Write the hop, then per source its state, totals and rows, then the contracts.

    Parameters
    ----------
    cells : int or None
        Cells of a line of the terminal; None where nothing limits it.
    """
    labels = Labels(lang)
    days = labels.days(found.window.first, found.window.last)
    hop = f"{found.number}  {found.upstream} → {found.downstream}  {days}"
    lines = [line(Span(visible(hop), "heading"))]
    for source in found.sources:
        lines += [line(), *_source(source, labels, cells)]
    if found.left_out:
        lines += [line(), line(labels.say("cli.rows.left_out", count=f"{found.left_out:,}"))]
    if found.contracts:
        lines += [line(), line(Span(labels.say("cli.rows.contracts"), "heading"))]
        rows = [
            (
                each.contract_no,
                labels.join(segment.prefix for segment in each.segments),
                labels.days(each.term.first, each.term.last),
                labels.place(each.ref),
            )
            for each in found.contracts
        ]
        lines += fitted(rows, indent="  ", cells=cells)
    if any(len(source.totals) > 1 for source in found.sources) or len(found.sources) > 1:
        said = labels.say("cli.rows.largest")
        folded = [said] if cells is None else wrap(said, cells)
        lines += [line(), *(line(Span(part, "faint")) for part in folded)]
    return lines


def _source(source: OpenedSource, labels: Labels, cells: int | None) -> Iterator[Line]:
    sheet = source.sheet
    place = sheet.path if sheet.sheet is None else f"{sheet.path} · {sheet.sheet}"
    yield line(Span(visible(place), "heading"), f"  #{source.id}")
    yield from _state(source, labels)
    sums = source.sums or (None,) * len(source.totals)
    unproven = set(source.unproven)
    rows = [
        (
            f"{total.row}…{total.last_row}" if total.row != total.last_row else str(total.row),
            total.number,
            str(total.day),
            total.reporter or None,
            total.rows,
            total.messages,
            total.blocked,
            _proof(found is None, total in unproven, labels),
        )
        for total, found in zip(source.totals, sums, strict=True)
    ]
    header = [*(labels.say(f"cli.rows.head.{name}") for name in _TOTALS), ""]
    yield from fitted(rows, header=header, right={4, 5, 6}, indent="  ", cells=cells)
    if source.rows:
        yield line()
        listed = [
            (
                str(row.row),
                row.messages,
                row.blocked,
                labels.say("cli.rows.duplicate") if row.is_duplicate else "",
                " | ".join(cell for _, cell in row.cells),
            )
            for row in source.rows
        ]
        header = [labels.say(f"cli.rows.head.{name}") for name in _ROWS]
        yield from fitted(listed, header=header, right={0, 1, 2}, indent="  ", cells=cells)


def _proof(is_unread: bool, is_unproven: bool, labels: Labels) -> str:
    if is_unread:
        return labels.say("cli.rows.unread")
    return labels.say("cli.rows.differs" if is_unproven else "cli.rows.adds_up")


def _state(source: OpenedSource, labels: Labels) -> Iterator[Line]:
    if source.state == "read":
        return
    detail = "" if source.fault is None else source.fault.message(labels.lang)
    values = {
        "path": source.sheet.path,
        "digest": source.sheet.sha256,
        "found": source.found_sha256 or "–",
        "detail": detail,
    }
    yield line(Span("  " + labels.say(f"cli.rows.{source.state}", **values), "broken"))
