"""What a folded picture consists of: parts, what is drawn in each, and what its folds hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracer.report.view import HopView

__all__ = ["Fold", "Folding", "Part", "Tied"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Parties that are drawn as one box.

    Parameters
    ----------
    id : str
        Unique in a picture.
    opens : str
        Id of the part it opens into.
    above : str or None
        The party they hang from.
    parties : tuple of str
        In the order of the view.
    depth : int
        Row it is drawn in.
    layers : tuple of int, or None
        Least and greatest layer in it; None where none is known.
    hops, contracts, routing : int
        Hops among them and from the party above, and the exhibits of these.
    without_contract, partly, without_routing : int
        Of these hops, those with messages under no contract or only partly under one, and those
        without messages on record.
    others : int
        Further hops that join them with parties outside.
    passed : tuple of (str, int)
        Messages of all hops that lead into it, by unit.
    senders, sent : int
        Final senders in it, and their own messages.
    gaps : int
        Gaps and starts without allocation.
    findings : int
        Findings about something in it.
    """

    id: str
    opens: str
    above: str | None
    parties: tuple[str, ...]
    depth: int
    layers: tuple[int, int] | None
    hops: int
    contracts: int
    routing: int
    without_contract: int
    partly: int
    without_routing: int
    others: int
    passed: tuple[tuple[str, int], ...]
    senders: int
    sent: int
    gaps: int
    findings: int


@dataclass(frozen=True, slots=True)
class Tied:
    """Hops between a fold and a party or another fold, drawn as one line.

    Parameters
    ----------
    upper, lower : str
        Name of a party or id of a fold.
    """

    upper: str
    lower: str
    hops: int


@dataclass(frozen=True, slots=True)
class Part:
    """What is drawn at once.

    Parameters
    ----------
    id : str
        `S0` is the opening one.
    parent : str or None
        The part in which it is a fold.
    way : tuple of str
        Parties above it, from the holder down, at home elsewhere; of many, the first and the last.
    names : tuple of str
        Parties at home here.
    hops : tuple of HopView
        Drawn one by one.
    ties : tuple of Tied
        Drawn as one line each.
    crossing : int
        Hops between parties drawn or folded here that neither `hops` nor a fold holds.
    unseen : Mapping
        For parties drawn: how many of their hops no line stands for.
    elsewhere : tuple of (int, int)
        Parties neither drawn nor folded here, and hops that concern one of them.
    bare : bool
        Lines bear no boxes.
    """

    id: str
    parent: str | None
    above: str | None
    way: tuple[str, ...]
    names: tuple[str, ...]
    folds: tuple[Fold, ...]
    hops: tuple[HopView, ...]
    ties: tuple[Tied, ...]
    crossing: int = 0
    unseen: Mapping[str, int] = field(default_factory=dict)
    elsewhere: tuple[int, int] = (0, 0)
    bare: bool = False

    @property
    def drawn(self) -> tuple[str, ...]:
        """Parties with a box of their own."""
        return (*self.way, *self.names)


@dataclass(frozen=True, slots=True)
class Folding:
    """A view as it is drawn.

    Parameters
    ----------
    parts : tuple of Part
        The opening one first; every party is at home in one of them.
    wide : Part or None
        As much as can be drawn at once, where that is more than the opening part.
    """

    parts: tuple[Part, ...]
    wide: Part | None = None
