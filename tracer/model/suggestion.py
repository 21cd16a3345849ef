"""Parties that may be one: what speaks for it, what against, and what it would change."""

from dataclasses import dataclass

__all__ = ["Effect", "KnownParty", "Reason", "Suggestion", "Suggestions"]


@dataclass(frozen=True, slots=True)
class KnownParty:
    """All that tells a party from others, or tells that it is another.

    Parameters
    ----------
    name : str
        Canonical name.
    spellings : tuple of str
        Names as the papers have them.
    usccs : tuple of str
        Credit codes stated for it.
    former : tuple of str
        Former names stated for it.
    phones, addresses, representatives : tuple of str
        As printed in the parties table.
    accounts : tuple of (str, str)
        Platform and account it submits under.
    """

    name: str
    spellings: tuple[str, ...] = ()
    usccs: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One thing that speaks for or against two names being one party.

    Parameters
    ----------
    kind : str
        `uscc`, `former_name`, `folded` …: the texts are under `suggest.`.
    detail : str
        What they share, or in what they differ.
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one code's trace would become if the two were one.

    Parameters
    ----------
    code : str
        The code.
    chains_before, chains_after, gaps_before, gaps_after : int
        Maximal chains, and gaps.
    joined : tuple of tuple of str
        Maximal chains that were none before.
    closed : tuple of str
        Parties at which a gap would start no more, by their names before.
    between : bool
        They stand at both ends of a hop: one of them handed the number to the other. Those
        records would count no more.
    """

    code: str
    chains_before: int
    chains_after: int
    gaps_before: int
    gaps_after: int
    joined: tuple[tuple[str, ...], ...] = ()
    closed: tuple[str, ...] = ()
    between: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two parties that may be one; a question, never an answer.

    Parameters
    ----------
    one, other : str
        Canonical names, in code-point order.
    level : {"strong", "likely", "possible"}
        How much speaks for it.
    likeness : int
        How alike the names are, in per cent.
    reasons, against : tuple of Reason
        Sorted.
    codes : int
        Codes in which one of them is on record.
    effects : tuple of Effect
        By code; only codes whose trace would change.
    """

    one: str
    other: str
    level: str
    likeness: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...] = ()
    codes: int = 0
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found.

    Parameters
    ----------
    pairs : tuple of Suggestion
        Strongest first, then the most alike, then by name.
    left_out : tuple of (str, str, int)
        What too many parties share to say anything of two of them: kind, value, how many.
    """

    pairs: tuple[Suggestion, ...]
    left_out: tuple[tuple[str, str, int], ...] = ()
