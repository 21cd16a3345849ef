"""Trace an SMS code number from its licensed holder to whoever sent, hop by hop, with papers.

The public interface: open a case, load what companies handed over, trace a number, write the page.
What is found are leads (线索), each resting on records named down to file, sheet and row.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tracer.errors import NothingOnRecord, TracerError, UsageError
    from tracer.graph.result import Chain, Hop, Sender, Trace
    from tracer.model.finding import Finding
    from tracer.usecases.case import Case, open_case
    from tracer.usecases.load import LoadOptions, LoadReport

_HOMES = {
    "Case": "tracer.usecases.case",
    "Chain": "tracer.graph.result",
    "Finding": "tracer.model.finding",
    "Hop": "tracer.graph.result",
    "LoadOptions": "tracer.usecases.load",
    "LoadReport": "tracer.usecases.load",
    "NothingOnRecord": "tracer.errors",
    "Sender": "tracer.graph.result",
    "Trace": "tracer.graph.result",
    "TracerError": "tracer.errors",
    "UsageError": "tracer.errors",
    "open_case": "tracer.usecases.case",
}

__all__ = [
    "Case",
    "Chain",
    "Finding",
    "Hop",
    "LoadOptions",
    "LoadReport",
    "NothingOnRecord",
    "Sender",
    "Trace",
    "TracerError",
    "UsageError",
    "open_case",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that the command line starts fast."""
    if name not in _HOMES:
        message = f"module 'tracer' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
