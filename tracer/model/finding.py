"""Findings: leads (线索) that the records give, never verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracer.model.source import RecordRef

__all__ = ["Finding", "Value"]

Value = str | int | tuple[str, ...]
"""What a placeholder of a finding's sentence stands for; several names are listed when printed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found on record, and on which records it rests.

    Parameters
    ----------
    rule : str
        Code of the rule, `TR201`.
    parties : tuple of str
        Canonical names of those concerned, sorted, each once.
    hops : tuple of (str, str)
        Hops concerned (upstream, downstream), sorted; access hops too.
    contracts : tuple of str
        Contract numbers as printed, sorted, each once.
    segment : str or None
        Digits it is about; several are joined by `;`.
    records : tuple of RecordRef
        Every record it rests on, by record id, each once.
    days : int or None
        Days it is about; None where it is about none, or where they have no end.
    messages : int or None
        Messages it is about; None where it is about none.
    amount : int or None
        Millionths of a yuan.
    first_day, last_day : datetime.date or None
        Of the days it is about, cut to the window; None where open, or where it is about none.
    sentence : str
        Key of the sentence, without `finding.`: the rule's code, or code and variant
        (`TR401.later`).
    values : Mapping of str to Value
        What the placeholders of the sentence stand for, beside the fields above.
    """

    rule: str
    parties: tuple[str, ...]
    hops: tuple[tuple[str, str], ...] = ()
    contracts: tuple[str, ...] = ()
    segment: str | None = None
    records: tuple[RecordRef, ...] = ()
    days: int | None = None
    messages: int | None = None
    amount: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    sentence: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def record_ids(self) -> tuple[str, ...]:
        """Stable names of the records it rests on, sorted."""
        return tuple(ref.record_id for ref in self.records)
