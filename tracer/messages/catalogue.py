"""All areas' texts in one mapping."""

from typing import Final

from tracer.messages import (
    audit,
    commands,
    dossier,
    dossier_heads,
    errors,
    file_errors,
    findings,
    helptexts,
    identity,
    ingest,
    marks,
    notes,
    page,
    reasons,
    requests,
    rules_care,
    rules_numbers,
    rules_subleasing,
    rules_traffic,
    terms,
)

TEXTS: Final[dict[str, tuple[str, str]]] = {
    **audit.TEXTS,
    **commands.TEXTS,
    **dossier.TEXTS,
    **dossier_heads.TEXTS,
    **errors.TEXTS,
    **file_errors.TEXTS,
    **findings.TEXTS,
    **helptexts.TEXTS,
    **identity.TEXTS,
    **ingest.TEXTS,
    **marks.TEXTS,
    **notes.TEXTS,
    **page.TEXTS,
    **reasons.TEXTS,
    **requests.TEXTS,
    **rules_care.TEXTS,
    **rules_numbers.TEXTS,
    **rules_subleasing.TEXTS,
    **rules_traffic.TEXTS,
    **terms.TEXTS,
}
