"""The headline in words: who holds, through whose hands, who sent, what is missing."""

from dataclasses import dataclass

from tracer.report.view import GraphView, Headline
from tracer.report.wording import Said, join, messages, same, say

__all__ = ["Answer", "Card", "answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of an answer, and what it rests on."""

    text: Said
    under: Said | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the answer.

    Parameters
    ----------
    asks : Said
        What it answers.
    says : tuple of Answer
        The answer; `run_on` when its parts may stand in one line.
    adds : tuple of Said
        What else to know.
    warns : bool
        Something is missing.
    """

    asks: Said
    says: tuple[Answer, ...]
    adds: tuple[Said, ...] = ()
    warns: bool = False
    run_on: bool = False


_MOST_LINES = 3


def answer(view: GraphView) -> tuple[Card, Card, Card, Card]:
    """Answer the four questions of the page, none with more than the records show."""
    head = view.headline
    return (_holder(view, head), _hands(head), _sender(head), _missing(head))


def _few(lines: list[Answer]) -> tuple[Answer, ...]:
    """Name the first, and how many in all."""
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    shown = lines[: _MOST_LINES - 1]
    rest = len(lines) - len(shown)
    name = lines[len(shown)].text
    return (*shown, Answer(say("page.more_names", name=name, count=rest, rest=rest - 1)))


def _holder(view: GraphView, head: Headline) -> Card:
    asks = say("page.answer.holder")
    if not head.holders:
        return Card(asks, (Answer(say("page.no_holder")),), warns=True)
    titles: dict[str, list[Said]] = {}
    for item in view.items("holding"):
        words = " ".join(part for part in (item.no, item.segments[0], item.title) if part)
        titles.setdefault(item.downstream, []).append(same(words))
    lines = [
        Answer(same(name), join(titles.get(name, [])[:2], "page.clause_mark"))
        for name in head.holders
    ]
    return Card(asks, _few(lines))


def _hands(head: Headline) -> Card:
    asks = say("page.answer.hands")
    if not head.parties:
        return Card(asks, (Answer(say("page.no_hops")),), warns=True)
    adds = []
    if head.deepest is not None:
        adds.append(say("page.deepest", layer=head.deepest))
        if head.unlayered:
            adds.append(say("page.unlayered", count=head.unlayered))
    else:
        adds.append(say("page.no_layers"))
    says = (
        Answer(say("page.hands_parties", count=head.parties)),
        Answer(say("page.hands_hops", count=head.hops)),
    )
    return Card(asks, says, tuple(adds), run_on=True)


def _sender(head: Headline) -> Card:
    asks = say("page.answer.sender")
    unknown = [
        Answer(say("page.unresolved_at", messages=messages(number), name=name))
        for name, number in head.unresolved
    ]
    adds = tuple(line.text for line in _few(unknown))
    if head.senders:
        lines = [
            Answer(
                same(name),
                say("page.sender_basis", messages=messages(sent), basis=say(f"page.basis.{basis}")),
            )
            for name, sent, basis in head.senders
        ]
        return Card(asks, _few(lines), adds)
    if head.last_on_paper:
        names = _few([Answer(same(name)) for name in head.last_on_paper])
        adds = (*adds, say("page.last_on_paper", names=join(line.text for line in names)))
    return Card(asks, (Answer(say("page.no_sender")),), adds, warns=True)


def _missing(head: Headline) -> Card:
    asks = say("page.answer.missing")
    found = [
        Answer(say(f"page.{name}", count=number))
        for name, number in (
            ("gaps", head.gaps),
            ("unallocated", head.unallocated),
            ("no_contract", head.no_contract),
            ("partly", head.partly),
            ("no_routing", head.no_routing),
        )
        if number
    ]
    adds = [say("page.back", count=head.back)] if head.back else []
    if head.truncated:
        adds.append(say("page.truncated", count=head.chains))
    if found:
        return Card(asks, tuple(found), tuple(adds), warns=True, run_on=True)
    if not head.hops:
        return Card(asks, (Answer(say("page.no_hops")),), tuple(adds), warns=True)
    line = Answer(say("page.none_missing"), say("page.none_missing_sub", hops=head.hops))
    return Card(asks, (line,), tuple(adds))
