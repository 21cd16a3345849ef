"""Deciding who is who: merging, splitting and naming parties, each an event.

Nothing is ever joined by the program itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from tracer.errors import NothingOnRecord, UsageError
from tracer.identity.decisions import check_name, decision_params, unit_of, with_codes
from tracer.model.decision import NOTHING_DECIDED, DecidedParty, Decisions, Unit
from tracer.model.diagnostic import Note
from tracer.model.party import Party, fold_party, is_uscc
from tracer.store.decisions import read_decisions
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.identities import holders_of, identify_names, is_qualified
from tracer.usecases.load import Clock

__all__ = [
    "Decided",
    "decide_merge",
    "decide_rename",
    "decide_split",
    "find_party",
    "merge",
    "rename",
    "split",
]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to.

    Parameters
    ----------
    event : int
        Its number in the custody log: what `undo` names it by.
    name : str
        The party, as it is called now.
    notes : tuple of Note
        What speaks against it.
    """

    event: int
    name: str
    notes: tuple[Note, ...] = ()


def merge(
    engine: Engine, names: Sequence[str], called: str | None, reason: str, operator: str, now: Clock
) -> Decided:
    """Decide that some names are one party.

    Parameters
    ----------
    names : sequence of str
        Two or more, each by any spelling, or a credit code.
    called : str or None
        What the party is called from now on; the first name when left out.

    Raises
    ------
    NothingOnRecord
        If one of them is not on record.
    UsageError
        If they are one party already, one of them may be several, or the name is another's.
    """
    with begin_writing(engine) as conn:
        return decide_merge(conn, names, called, reason, operator, _stamp(now))


def split(
    engine: Engine, party: str, members: Sequence[str], reason: str, operator: str, now: Clock
) -> Decided:
    """Take a merged party apart: all of it, or some members out of it; each as it was before.

    Raises
    ------
    UsageError
        If it was not merged, or one of the members is none of its.
    """
    with begin_writing(engine) as conn:
        return decide_split(conn, party, members, reason, operator, _stamp(now))


def rename(
    engine: Engine, party: str, called: str, reason: str, operator: str, now: Clock
) -> Decided:
    """Give a party a name of its own; the papers' stay beside it.

    Raises
    ------
    UsageError
        If the name is another party's.
    """
    with begin_writing(engine) as conn:
        return decide_rename(conn, party, called, reason, operator, _stamp(now))


def _stamp(now: Clock) -> str:
    return now().isoformat(timespec="seconds")


def decide_merge(
    conn: Connection,
    names: Sequence[str],
    called: str | None,
    reason: str,
    operator: str,
    at: str,
) -> Decided:
    """See `merge`; within a transaction that writes."""
    decisions = read_decisions(conn)
    found = [find_party(conn, name, decisions) for name in names]
    if len({party.name for party in found}) < len(found) or len(found) < 2:
        raise UsageError("merge_one", parties="、".join(dict.fromkeys(p.name for p in found)))
    units = _with_own_codes(conn, [unit for party in found for unit in _units(party, decisions)])
    name = found[0].name if called is None else check_name(called)
    _check_free(conn, name, units, decisions)
    event = append_event(conn, "merge", decision_params(units, name, reason), operator, at)
    codes = sorted({party.uscc for party in found if party.uscc})
    notes = [Note("merge_codes", {"name": name, "usccs": "、".join(codes)})] if codes[1:] else []
    return Decided(event.seq, name, tuple(notes))


def decide_split(
    conn: Connection, party: str, members: Sequence[str], reason: str, operator: str, at: str
) -> Decided:
    """See `split`; within a transaction that writes."""
    decisions = read_decisions(conn)
    whole = decisions.by_name.get(fold_party(find_party(conn, party, decisions).name))
    if whole is None or len(whole.units) < 2:
        raise UsageError("split_none", party=party)
    leaving = [_member(whole, member) for member in members] or list(whole.units)
    params = decision_params(leaving, None, reason, party=whole.name)
    event = append_event(conn, "split", params, operator, at)
    return Decided(event.seq, whole.name)


def decide_rename(
    conn: Connection, party: str, called: str, reason: str, operator: str, at: str
) -> Decided:
    """See `rename`; within a transaction that writes."""
    decisions = read_decisions(conn)
    found, name = find_party(conn, party, decisions), check_name(called)
    if name == found.name:
        raise UsageError("rename_same", party=name)
    units = _with_own_codes(conn, _units(found, decisions))
    _check_free(conn, name, units, decisions)
    params = decision_params(units, name, reason, party=found.name)
    event = append_event(conn, "rename", params, operator, at)
    return Decided(event.seq, name)


def find_party(conn: Connection, text: str, decisions: Decisions) -> Party:
    """Find the one party meant by a name or a code; a decision must not rest on a guess.

    Raises
    ------
    NothingOnRecord
        If there is none.
    UsageError
        If there are several.
    """
    found = identify_names(conn, [text], decisions)
    folded = fold_party(text)
    known = [party for party in found.parties.values() if party.spellings]
    if is_uscc(folded):
        holders = sorted(holders_of(conn, folded))
        called = {decisions.called(name) for name in holders}
        if len(called) > 1:
            raise UsageError("party_code_shared", uscc=folded, names="、".join(holders))
        known = [each for each in known if each.uscc == folded or folded == fold_party(each.name)]
    same = [party for party in known if fold_party(party.name) == folded]
    spelled = same or [
        party for party in known if folded in {fold_party(each) for each in party.spellings}
    ]
    meant = spelled or known
    if not meant:
        raise NothingOnRecord("hop_party_unknown", party=text)
    if len(meant) > 1:
        names = "、".join(sorted(party.name for party in meant))
        raise UsageError("party_several", party=text, names=names)
    return meant[0]


def _units(party: Party, decisions: Decisions) -> list[Unit]:
    decided = decisions.by_name.get(fold_party(party.name)) if party.decided else None
    return [unit_of(party)] if decided is None else list(decided.units)


def _with_own_codes(conn: Connection, units: Sequence[Unit]) -> tuple[Unit, ...]:
    keys = frozenset[str]().union(*(unit.keys for unit in units))
    codes = {unit.uscc for unit in units if unit.uscc}
    return with_codes(units, {code for code in codes if holders_of(conn, code) <= keys})


def _check_free(conn: Connection, name: str, units: Sequence[Unit], decisions: Decisions) -> None:
    """Refuse a name that is another party's."""
    folded = fold_party(name)
    if any(folded in unit.keys for unit in units):
        return
    keys = frozenset[str]().union(*(unit.keys for unit in units))
    other = decisions.by_name.get(folded)
    is_other = other is not None and not other.keys & keys
    on_record = identify_names(conn, [name], NOTHING_DECIDED).names
    if is_other or on_record or is_uscc(folded) or is_qualified(name):
        raise UsageError("party_name_taken", name=name)


def _member(whole: DecidedParty, text: str) -> Unit:
    folded = fold_party(text)
    for unit in whole.units:
        names = {fold_party(unit.name), fold_party(unit.called)}
        if folded in unit.keys | names or folded == unit.uscc:
            return unit
    listed = "、".join(unit.called for unit in whole.units)
    raise UsageError("split_no_member", party=whole.name, member=text, members=listed)
