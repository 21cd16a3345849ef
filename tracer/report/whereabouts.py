"""Where many records stand, in few words: file, sheet, and rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tracer.messages import Language, text
from tracer.model.source import RecordRef

__all__ = ["where_all"]


def where_all(refs: Iterable[RecordRef], lang: Language) -> Iterator[str]:
    """Say where records stand, sheet by sheet, in order of files and rows.

    Rows that follow one another are told as one run.

    Examples
    --------
    >>> rows = ((2, 2), (3, 3), (7, 9), (5, 5))
    >>> refs = [RecordRef("contracts", "ab" * 32, "a.csv", 0, None, *row) for row in rows]
    >>> list(where_all(refs, "en"))
    ['a.csv rows 2–3, 5, 7–9']
    """
    by_sheet: dict[tuple[str, str, int, str | None], list[tuple[int, int]]] = defaultdict(list)
    for ref in refs:
        by_sheet[ref.path, ref.digest, ref.sheet_no, ref.sheet].append((ref.row, ref.last_row))
    for key in sorted(by_sheet, key=lambda key: key[:3]):
        path, _, _, sheet = key
        runs = _joined(sorted(by_sheet[key]))
        between = text("finding_part.between_names", lang)
        rows = between.join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
        kind = "sheet" if sheet else "file"
        yield text(f"audit.where.{kind}", lang, path=path, sheet=sheet or "", rows=rows)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
