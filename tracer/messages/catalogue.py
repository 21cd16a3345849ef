"""All areas' texts in one mapping."""

from typing import Final

from tracer.messages import (
    audit,
    commands,
    data_list,
    dossier,
    dossier_heads,
    errors,
    file_errors,
    findings,
    helptexts,
    ingest,
    notes,
    package,
    page,
    reasons,
    receiver,
    rules_care,
    rules_numbers,
    rules_subleasing,
    rules_traffic,
    terms,
)

TEXTS: Final[dict[str, tuple[str, str]]] = {
    **audit.TEXTS,
    **commands.TEXTS,
    **data_list.TEXTS,
    **dossier.TEXTS,
    **dossier_heads.TEXTS,
    **errors.TEXTS,
    **file_errors.TEXTS,
    **findings.TEXTS,
    **helptexts.TEXTS,
    **ingest.TEXTS,
    **notes.TEXTS,
    **package.TEXTS,
    **page.TEXTS,
    **reasons.TEXTS,
    **receiver.TEXTS,
    **rules_care.TEXTS,
    **rules_numbers.TEXTS,
    **rules_subleasing.TEXTS,
    **rules_traffic.TEXTS,
    **terms.TEXTS,
}
