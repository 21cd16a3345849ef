"""Likely same parties, and what each would change in the traces if somebody said so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from tracer.graph.result import Trace
from tracer.graph.trace import DEFAULT_MAX_CHAINS, build_trace
from tracer.identity.decisions import unit_of
from tracer.identity.suggest import suggest
from tracer.model.decision import DecidedParty, Decisions
from tracer.model.party import Party
from tracer.model.period import ALL_DAYS
from tracer.model.suggestion import Effect, Reason, Suggestion, Suggestions
from tracer.store.codes import Code, codes_on_record
from tracer.store.decisions import read_decisions
from tracer.store.evidence import look_up
from tracer.store.identities import identify_names
from tracer.store.knownparties import read_known_parties
from tracer.store.partycodes import codes_of_parties
from tracer.usecases.memory import no_collection

__all__ = ["suggest_parties"]

Progress = Callable[[int, int], None]


def suggest_parties(
    conn: Connection,
    *,
    max_chains: int = DEFAULT_MAX_CHAINS,
    progress: Progress | None = None,
) -> Suggestions:
    """Find parties that may be one, and trace their codes as if they were.

    Nothing is decided and nothing written.

    Parameters
    ----------
    max_chains : int
        Chains to look at in each code.
    progress : callable, optional
        Told after every pair: how many are done, how many there are.
    """
    with no_collection():
        found = suggest(read_known_parties(conn))
    if not found.pairs:
        return found
    trial = _Trial(conn, read_decisions(conn), codes_on_record(conn), max_chains)
    pairs = []
    for done, pair in enumerate(found.pairs, start=1):
        with no_collection():
            pairs.append(trial.judge(pair))
        if progress:
            progress(done, len(found.pairs))
    return replace(found, pairs=tuple(pairs))


@dataclass(slots=True)
class _Trial:
    """Traces codes as they are, and as they would be."""

    conn: Connection
    decided: Decisions
    codes: Sequence[Code]
    max_chains: int

    def judge(self, pair: Suggestion) -> Suggestion:
        """Say what a merge would change."""
        concerned = codes_of_parties(self.conn, [pair.one, pair.other], self.codes)
        merged = self._merged(pair)
        effects = (self._effect(code, pair, merged) for code in concerned if not code.is_exact)
        told = tuple(effect for effect in effects if effect is not None)
        against = pair.against
        if any(effect.between for effect in told):
            against = (Reason("hop"), *against)
        return replace(pair, against=against, codes=len(concerned), effects=told)

    def _merged(self, pair: Suggestion) -> Decisions:
        """Give the decisions on record and, on trial, that these two are one."""
        known = identify_names(self.conn, [pair.one, pair.other], self.decided).parties
        units = []
        others = list(self.decided.parties)
        for name in (pair.one, pair.other):
            party = known.get(name) or Party(name)
            decided = next((each for each in others if party.decided and each.name == name), None)
            if decided is None:
                units.append(unit_of(party))
            else:
                others.remove(decided)
                units += decided.units
        return Decisions((*others, DecidedParty(pair.one, tuple(units), (0,))))

    def _effect(self, code: Code, pair: Suggestion, merged: Decisions) -> Effect | None:
        before = self._trace(code.digits, self.decided)
        after = self._trace(code.digits, merged)
        old, new = _maximal(before), _maximal(after)
        renamed = {tuple(pair.one if p == pair.other else p for p in chain) for chain in old}
        joined = tuple(chain for chain in new if chain not in renamed)
        gaps = {gap.party for gap in before.gaps}
        left = {gap.party for gap in after.gaps}
        closed = {p for p in gaps if (pair.one if p == pair.other else p) not in left}
        both = {pair.one, pair.other}
        between = any({hop.upstream, hop.downstream} == both for hop in before.hops)
        if not (joined or closed or between or len(old) != len(new)):
            return None
        counts = (len(old), len(new), len(before.gaps), len(after.gaps))
        return Effect(code.digits, *counts, joined, tuple(sorted(closed)), between)

    def _trace(self, number: str, decisions: Decisions) -> Trace:
        evidence, archive = look_up(self.conn, number, decisions)
        return build_trace(evidence, ALL_DAYS, max_chains=self.max_chains, archive=archive)


def _maximal(trace: Trace) -> list[tuple[str, ...]]:
    return [chain.parties for chain in trace.chains if chain.maximal]
