"""Decisions on parties written to a file, and applied to another database."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from tracer.errors import NothingOnRecord, TracerError, UsageError
from tracer.identity.decisions import CarriedDecision, carry
from tracer.model.decision import DECIDING, NOTHING_DECIDED, Decisions
from tracer.model.party import fold_party
from tracer.store.decisions import events_of, read_decisions
from tracer.store.engine import begin_writing
from tracer.store.identities import holders_of, identify_names
from tracer.usecases.load import Clock
from tracer.usecases.parties import Decided, decide_merge, decide_rename, decide_split

__all__ = ["Applied", "apply_decisions", "export_decisions"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one decision.

    Parameters
    ----------
    decision : CarriedDecision
        As it stands in the file.
    done : Decided or None
        None where it was not taken over.
    why : TracerError or None
        Why not; None where it holds here already.
    """

    decision: CarriedDecision
    done: Decided | None = None
    why: TracerError | None = None


def export_decisions(conn: Connection) -> str:
    """Write the decisions that stand, as `tracer.decisions/1`."""
    return carry(events_of(conn, (*DECIDING, "undo")))


def apply_decisions(
    engine: Engine, carried: Iterable[CarriedDecision], operator: str, now: Clock
) -> tuple[Applied, ...]:
    """Take decisions over, each matched by names and credit codes on record here.

    One whose parties are not all on record, or that contradicts what is, is left out and said;
    one that holds here already changes nothing. Who decided it and when goes into the reason.
    """
    at = now().isoformat(timespec="seconds")
    with begin_writing(engine) as conn:
        return tuple(_apply(conn, each, operator, at) for each in carried)


def _apply(conn: Connection, said: CarriedDecision, operator: str, at: str) -> Applied:
    decisions = read_decisions(conn)
    try:
        names = [_match(conn, *party) for party in said.parties]
        if _holds(said, names, decisions):
            return Applied(said)
        reason = f"{said.reason}（{said.operator} {said.at}）"
        if said.action == "merge":
            called = None if fold_party(said.name or "") == fold_party(names[0]) else said.name
            done = decide_merge(conn, names, called, reason, operator, at)
        elif said.action == "rename":
            done = decide_rename(conn, names[0], said.name or "", reason, operator, at)
        else:
            done = decide_split(conn, names[0], names, reason, operator, at)
    except (UsageError, NothingOnRecord) as error:
        return Applied(said, why=error)
    return Applied(said, done)


def _match(conn: Connection, name: str, uscc: str | None) -> str:
    """Name the party here that has this name, or else this code, by the papers alone."""
    found = identify_names(conn, [name], NOTHING_DECIDED).parties
    spelled = {
        party.name: party.uscc
        for party in found.values()
        if party.spellings and fold_party(party.name) == fold_party(name)
    }
    holders = holders_of(conn, uscc) if uscc else frozenset()
    if spelled:
        (own,) = spelled.values()
        if uscc and own and own != uscc:
            raise UsageError("decision_codes", name=name, uscc=uscc, other=own)
        return next(iter(spelled))
    if len(holders) == 1 and uscc:
        by_code = identify_names(conn, [uscc], NOTHING_DECIDED).parties
        return next(iter(sorted(by_code)))
    raise NothingOnRecord("hop_party_unknown", party=name)


def _holds(said: CarriedDecision, names: list[str], decisions: Decisions) -> bool:
    parties = [decisions.of(name) for name in names]
    if said.action == "split":
        return all(party is None or len(party.units) == 1 for party in parties)
    first = parties[0]
    return first is not None and all(each is first for each in parties) and first.name == said.name
