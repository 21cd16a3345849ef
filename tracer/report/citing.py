"""Where many records stand, in few words; and the files they are from."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from tracer.model.period import join_days
from tracer.model.source import RecordRef
from tracer.report.wording import Said, join, same, say

__all__ = ["cite", "ids", "source_files", "sources_digest"]

_MOST_RUNS = 4


def cite(refs: Iterable[RecordRef]) -> Said:
    """Name the places of some records: by file and sheet, rows that follow each other as one.

    Where there are many runs of rows in a file, the first and the last row stand for all, with
    the count of the records.
    """
    files: dict[tuple[str, str | None], list[RecordRef]] = defaultdict(list)
    for ref in set(refs):
        files[ref.path, ref.sheet].append(ref)
    parts = []
    for path, sheet in sorted(files, key=lambda key: (key[0], key[1] or "")):
        listed = files[path, sheet]
        runs = join_days((ref.row, ref.last_row) for ref in listed)
        name = path.rpartition("/")[2]
        where = same(f"{name}［{sheet}］" if sheet else name)
        if len(runs) > _MOST_RUNS:
            runs = ((runs[0][0], runs[-1][1]),)
            rows = say("dossier.rows_within", rows=_run(*runs[0]), count=len(listed))
        else:
            rows = say("dossier.rows", rows=same(", ".join(_run(*run) for run in runs)))
        parts.append(say("dossier.place", file=where, rows=rows))
    return join(parts, "page.clause_mark")


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def ids(refs: Iterable[RecordRef]) -> list[str]:
    """Give the stable names of some records, sorted, each once."""
    return sorted({ref.record_id for ref in refs})


def source_files(refs: Iterable[RecordRef]) -> tuple[tuple[str, str], ...]:
    """Give path and digest of the files some records are from, sorted."""
    return tuple(sorted({(ref.path, ref.digest) for ref in refs}))


def sources_digest(sources: Iterable[tuple[str, str]]) -> str:
    """Make one digest of all: of their sorted digests, each followed by a line feed."""
    digests = sorted({digest for _, digest in sources})
    return hashlib.sha256("".join(f"{digest}\n" for digest in digests).encode()).hexdigest()
