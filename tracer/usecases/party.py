"""The dossier of one party, and the links of several."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from tracer.dossier.links import Links, find_joinings, find_links
from tracer.dossier.party import Dossier, compile_dossier
from tracer.errors import UsageError
from tracer.graph.trace import DEFAULT_MAX_CHAINS
from tracer.model.party import Party
from tracer.model.period import Period
from tracer.store.asof import with_as_of
from tracer.store.evidence import fetch_unsegmented
from tracer.store.identities import identify_names
from tracer.store.partycodes import codes_of_parties
from tracer.store.partyfiles import read_party_files
from tracer.usecases.codecases import open_codes
from tracer.usecases.named import find_party

__all__ = ["compile_party", "link_parties"]


def compile_party(conn: Connection, party: str, window: Period) -> Dossier:
    """Put everything of one party together, over all codes it is on record in.

    Parameters
    ----------
    party : str
        Any spelling of its name, or its credit code.

    Raises
    ------
    NothingOnRecord
        If nothing is on record of it.
    """
    known = _find(conn, party)
    codes = open_codes(conn, codes_of_parties(conn, [known.name]), window)
    own = read_party_files(conn, [known.name])[known.name]
    names = {known.name, *(entry.party for entry in own.successors)}
    mine = (code for code in codes if known.name in code.touched)
    names.update(name for code in mine for name in code.parties)
    dossier = compile_dossier(codes, known, read_party_files(conn, names), window)
    return replace(dossier, notes=with_as_of(conn, dossier.notes))


def link_parties(
    conn: Connection,
    parties: Sequence[str],
    window: Period,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
) -> Links:
    """Find how some parties relate, over all codes.

    Parameters
    ----------
    parties : sequence of str
        Two or more, each by any spelling of its name, or its credit code.
    max_chains : int
        Chains to look at in each code.

    Raises
    ------
    UsageError
        If it is one party only.
    NothingOnRecord
        If nothing is on record of one of them.
    """
    known = {found.name: found for found in (_find(conn, party) for party in parties)}
    if len(known) == 1:
        raise UsageError("links_one", party=next(iter(known)))
    names = frozenset(known)
    codes = open_codes(conn, codes_of_parties(conn, sorted(names)), window)
    joinings, truncated = find_joinings(codes, names, max_chains)
    drawn = names | {name for each in joinings for name in each.between}
    files = read_party_files(conn, drawn)
    asked, blank = tuple(known.values()), fetch_unsegmented(conn, drawn)
    links = find_links(codes, asked, files, window, joinings, truncated, blank)
    return replace(links, notes=with_as_of(conn, links.notes))


def _find(conn: Connection, text: str) -> Party:
    name, _ = find_party(conn, text)
    return identify_names(conn, [name]).parties.get(name) or Party(name)
