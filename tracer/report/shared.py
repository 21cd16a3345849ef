"""Parties that several numbers share: where each stands under each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracer.report.view import GraphView, PartyNode
from tracer.report.wording import Said, join, same, say

__all__ = ["SharedParty", "Standing", "shared_parties"]

_TOLD = ("holder", "sender", "last_on_paper", "gap", "unallocated")


@dataclass(frozen=True, slots=True)
class Standing:
    """A party under one number: the picture it is in, its box there, and what it is.

    Parameters
    ----------
    panel : int
        Which of the views, from 0.
    box : str
        Its id in that view.
    """

    panel: int
    box: str
    says: Said


@dataclass(frozen=True, slots=True)
class SharedParty:
    """A party that more than one number passed through.

    Parameters
    ----------
    standings : tuple of Standing or None
        One for each view; None where it does not appear.
    """

    name: Said
    standings: tuple[Standing | None, ...]

    @property
    def codes(self) -> int:
        """Under how many numbers it appears."""
        return sum(1 for each in self.standings if each)


def shared_parties(views: Sequence[GraphView]) -> tuple[SharedParty, ...]:
    """Give the parties that appear under two numbers or more, those under most of them first.

    A layer belongs to a party under one number, so each is told beside its own.
    """
    found: dict[str, dict[int, PartyNode]] = {}
    for index, view in enumerate(views):
        for node in view.parties:
            found.setdefault(node.name, {})[index] = node
    shared = [(name, nodes) for name, nodes in found.items() if len(nodes) > 1]
    shared.sort(key=lambda each: (-len(each[1]), each[0]))
    return tuple(
        SharedParty(
            same(name),
            tuple(
                _standing(index, nodes[index]) if index in nodes else None
                for index in range(len(views))
            ),
        )
        for name, nodes in shared
    )


def _standing(index: int, node: PartyNode) -> Standing:
    says = []
    if "carrier" in node.roles:
        says.append(say("page.scope.access"))
    elif node.layer is None:
        says.append(say("page.layer_none"))
    else:
        says.append(say("page.layer", layer=node.layer))
    says += [say(f"page.role.{role}") for role in _TOLD if role in node.roles]
    return Standing(index, node.id, join(says, "page.dot"))
