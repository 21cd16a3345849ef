"""Both ends of a log row, for every day: who submitted to whom, under what account."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracer.ingest.accountbook import EVER, NEVER, AccountBook, normalise_account, unknown_party
from tracer.ingest.logcells import Fault
from tracer.ingest.paper import is_total_line
from tracer.ingest.values import CellError, is_blank, parse_party
from tracer.model.party import fold_name

__all__ = ["UPPER", "Ends", "HopRun", "faulty_hop", "read_hop"]

_REMEMBERED: Final = 1 << 16

UPPER: Final = "up"
"""Part of a row that is the hop above a gateway's owner."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a hop as the log names them, and the account.

    Parameters
    ----------
    upstream, downstream, account : str
        Names; a blank account stands for none.
    is_unknown : bool
        Whether the account resolved to nobody.
    part : str
        `up` for the hop above a gateway's owner, whose `account` is the connector.
    """

    upstream: str
    downstream: str
    account: str = ""
    is_unknown: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class HopRun:
    """Who submitted to whom over a run of days, or why that cannot be told.

    Parameters
    ----------
    first, last : int
        Ordinals of its days, both inclusive.
    ends : Ends or None
        None where there is a fault.
    appends : str
        Digits the account appends to the number.
    fault : Fault or None
        Why the row is rejected.
    above : Ends or None
        The hop above it, where the row names a connector.
    above_appends : str
        Digits the connector appends to the number on the hop above, after `appends`.
    """

    first: int
    last: int
    ends: Ends | None
    appends: str = ""
    fault: Fault | None = None
    above: Ends | None = None
    above_appends: str = ""


def read_hop(
    book: AccountBook,
    upstream: str,
    downstream: str,
    account: str,
    connector: str = "",
    *,
    named_by: str,
) -> tuple[HopRun, ...]:
    """Tell both ends of a row, and the digits its account adds, for every day.

    Parameters
    ----------
    book : AccountBook
        Accounts on record.
    upstream, downstream, account, connector : str
        Cells as written, perhaps blank. A connector is the upstream's own account with its
        upstream, and gives the hop above.
    named_by : str
        Column that is missed when neither downstream nor account is filled.

    Returns
    -------
    tuple of HopRun
        In order; together they hold every day once.
    """
    cells = {
        "upstream": upstream,
        "downstream": downstream,
        "account": account,
        "connector": connector,
    }
    names: dict[str, str] = {}
    for column, cell in cells.items():
        name = _read_name(column, cell)
        if isinstance(name, Fault):
            return faulty_hop(name)
        names[column] = name
    owner, below, login, channel = names.values()
    if not owner:
        return faulty_hop(Fault("upstream", "blank", upstream))
    if not (below or login):
        return faulty_hop(Fault(named_by, "blank", cells[named_by]))
    lower = _lower_hops(book, owner, below, login, account)
    return _cross(lower, _upper_hops(book, owner, channel, connector)) if channel else lower


def faulty_hop(fault: Fault) -> tuple[HopRun, ...]:
    """Give what `read_hop` says of cells that are at fault on every day."""
    return (HopRun(NEVER, EVER, None, fault=fault),)


@lru_cache(_REMEMBERED)
def _read_name(column: str, cell: str) -> str | Fault:
    """Read one cell; the same party is in many hops."""
    if is_total_line(cell):
        return Fault(column, "total_line", cell)
    try:
        if column in {"upstream", "downstream"}:
            return parse_party(cell) or ""
        return _read_login(cell)
    except CellError as error:
        return Fault.of(column, error)


_fold = lru_cache(_REMEMBERED)(fold_name)


def _read_login(cell: str) -> str:
    return "" if is_blank(cell) else normalise_account(cell)


def _lower_hops(
    book: AccountBook, owner: str, below: str, login: str, cell: str
) -> tuple[HopRun, ...]:
    if not login:
        return (_join(NEVER, EVER, Ends(owner, below), "downstream"),)
    hops = []
    for run in book.runs(owner, login, below or None):
        if run.is_ambiguous:
            fault = Fault("account", "ambiguous_account", cell)
            hops.append(HopRun(run.first, run.last, None, fault=fault))
            continue
        party = below or run.party
        ends = Ends(owner, party or unknown_party(login, owner), login, party is None)
        column = "downstream" if below else "account"
        hops.append(_join(run.first, run.last, ends, column, run.appends))
    return tuple(hops)


def _upper_hops(book: AccountBook, owner: str, channel: str, cell: str) -> tuple[HopRun, ...]:
    """Resolve a connector: the owner's account with a party above it."""
    hops = []
    for run in book.runs(owner, channel):
        if run.is_ambiguous:
            fault = Fault("connector", "ambiguous_account", cell)
            hops.append(HopRun(run.first, run.last, None, fault=fault))
            continue
        party = run.party or unknown_party(channel, owner)
        ends = Ends(party, owner, channel, run.party is None, UPPER)
        hops.append(_join(run.first, run.last, ends, "connector", run.appends))
    return tuple(hops)


def _cross(lower: tuple[HopRun, ...], upper: tuple[HopRun, ...]) -> tuple[HopRun, ...]:
    """Put the runs of both hops of a row side by side."""
    return tuple(
        HopRun(
            first=max(below.first, above.first),
            last=min(below.last, above.last),
            ends=below.ends,
            appends=below.appends,
            fault=below.fault or above.fault,
            above=above.ends,
            above_appends=above.appends,
        )
        for below in lower
        for above in upper
        if max(below.first, above.first) <= min(below.last, above.last)
    )


def _join(first: int, last: int, ends: Ends, column: str, appends: str = "") -> HopRun:
    if _fold(ends.upstream) == _fold(ends.downstream):
        return HopRun(first, last, None, fault=Fault(column, "same_party", ends.upstream))
    return HopRun(first, last, ends, appends)
