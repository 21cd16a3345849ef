"""What people wrote on the records of a trace, and what the papers call the parties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tracer.model.evidence_document import Document

__all__ = ["GRADES", "NO_MARKS", "Comment", "Correction", "Marks"]

GRADES: Final = ("confirmed", "probable", "doubtful")
"""How sure a record is held to be, best first."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A misread cell put right.

    Parameters
    ----------
    event : int
        Number of the event in the custody log.
    at, operator, reason : str
        When, by whom and why.
    field : str
        Canonical column.
    printed : str
        Its header in the paper.
    was, now : str
        What it read before, and reads now; personal data masked.
    """

    event: int
    at: str
    operator: str
    reason: str
    field: str
    printed: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote on a party, a record, a hop or a finding.

    Parameters
    ----------
    event : int
        Number of the event in the custody log.
    grade : str or None
        One of `GRADES`.
    document : Document or None
        The paper it rests on, open at a page.
    """

    event: int
    at: str
    operator: str
    text: str
    grade: str | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside some records, by their stable names (`RecordRef.record_id`).

    Parameters
    ----------
    printed : Mapping of str to tuple
        Names in the record other than the canonical ones, where somebody decided on the party:
        pairs of the end (`upstream`, `downstream`, `holder`, `reporter`) and the name as printed.
    decided : Mapping of str to tuple of int
        By canonical name of a party, the events by which somebody decided who it is.
    corrections : Mapping of str to tuple of Correction
        In the order in which they were made.
    records, parties : Mapping of str to tuple of Comment
        Comments on records, and on parties by canonical name.
    hops : Mapping of (str, str) to tuple of Comment
        On hops, by canonical names of upstream and downstream.
    findings : Mapping of (str, tuple of str) to tuple of Comment
        On findings, by rule and the parties it names.
    """

    printed: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    decided: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    records: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    parties: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    hops: Mapping[tuple[str, str], tuple[Comment, ...]] = field(default_factory=dict)
    findings: Mapping[tuple[str, tuple[str, ...]], tuple[Comment, ...]] = field(
        default_factory=dict
    )

    def __bool__(self) -> bool:
        return any((self.printed, self.decided, self.corrections, self.records, self.parties,
                    self.hops, self.findings))  # fmt: skip

    def grade(self, record: str, hop: tuple[str, str] | None = None) -> str | None:
        """Give the grade of a record: what was said last of it, else of its hop."""
        for comments in (self.records.get(record, ()), self.hops.get(hop, ()) if hop else ()):
            told = [comment.grade for comment in comments if comment.grade]
            if told:
                return told[-1]
        return None


NO_MARKS = Marks()
