"""What a file is written from, whatever its format: the answer, the case, and how it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.paper_size import PaperSize
from tracer.rules.examined import ExaminedTrace

__all__ = ["Rendering"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One answer and how it is wanted: all that a writer of files is given.

    Parameters
    ----------
    traces : sequence of ExaminedTrace
        What was found of each number, in the order asked for; at least one.
    case : CaseInfo
        Case number and name.
    lang : {"zh", "en"}
        Language of the words; a file that holds both opens in it.
    paper : {"a4", "a3"}
        Sheets a file made for paper is set on; whether upright or across follows from the picture.
    """

    traces: Sequence[ExaminedTrace]
    case: CaseInfo
    lang: Language
    paper: PaperSize = "a4"
