"""A party asked for by name or credit code."""

from sqlalchemy import Connection

from tracer.errors import NothingOnRecord
from tracer.store.nearnames import near_names
from tracer.store.rawhops import name_party

__all__ = ["find_party"]


def find_party(conn: Connection, text: str) -> tuple[str, frozenset[int]]:
    """Find a party by any spelling of its name, or by its credit code.

    Returns
    -------
    tuple
        Its canonical name and the numbers of its spellings.

    Raises
    ------
    NothingOnRecord
        If nothing is on record of it; names that are written much like it are told.
    """
    found = name_party(conn, text)
    if found is None:
        near = near_names(conn, text)
        key = "party_unknown_near" if near else "hop_party_unknown"
        raise NothingOnRecord(key, party=text, near=" / ".join(near))
    return found
