"""All areas' texts in one mapping."""

from typing import Final

from tracer.messages import (
    commands,
    errors,
    file_errors,
    helptexts,
    ingest,
    notes,
    page,
    reasons,
    terms,
)

TEXTS: Final[dict[str, tuple[str, str]]] = {
    **commands.TEXTS,
    **errors.TEXTS,
    **file_errors.TEXTS,
    **helptexts.TEXTS,
    **ingest.TEXTS,
    **notes.TEXTS,
    **page.TEXTS,
    **reasons.TEXTS,
    **terms.TEXTS,
}
