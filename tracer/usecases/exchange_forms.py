"""Writers of files for other programs, by how the file name ends; what each needs it imports."""

from collections.abc import Callable, Mapping
from typing import Final

from tracer.report.rendering import Rendering

__all__ = ["EXCHANGE"]


def _xlsx(wanted: Rendering) -> bytes:
    from tracer.report.exchange.workbook import write_workbook

    return write_workbook(wanted)


def _csv(wanted: Rendering) -> bytes:
    from tracer.report.tables import hops_csv

    return hops_csv(wanted.traces).encode()


def _graphml(wanted: Rendering) -> bytes:
    from tracer.report.exchange.graphml import write_graphml

    return write_graphml(wanted)


def _gexf(wanted: Rendering) -> bytes:
    from tracer.report.exchange.gexf import write_gexf

    return write_gexf(wanted)


def _anx(wanted: Rendering) -> bytes:
    from tracer.report.exchange.anx import write_anx

    return write_anx(wanted)


def _ftm(wanted: Rendering) -> bytes:
    from tracer.report.exchange.ftm import write_ftm

    return write_ftm(wanted)


def _dot(wanted: Rendering) -> bytes:
    from tracer.report.exchange.dot import write_dot

    return write_dot(wanted)


EXCHANGE: Final[Mapping[str, Callable[[Rendering], bytes]]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".anx": _anx,
    ".ftm.json": _ftm,
    ".dot": _dot,
}
