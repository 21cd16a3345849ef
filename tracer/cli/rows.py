"""The rows of the picture: one per party in the tree, with what stands beside and under it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tracer.cli.cells import visible
from tracer.cli.labels import Labels
from tracer.cli.tree import Branch
from tracer.graph.result import Gap, Hop, Sender, Trace
from tracer.report.lead_marks import LeadMarks

__all__ = ["RULE", "Row", "Walk", "gap_details"]

RULE: Final = {
    "contract_only": "──",
    "routing_only": "╌╌",
    "partly_covered": "═╌",
    "corroborated": "══",
}
"""How the line to a hop is drawn: solid is paper, dashed is logs, double is both."""
_MOST_NUMBERS: Final = 3
_STYLE: Final = {
    "contract_only": "paper",
    "routing_only": "log",
    "partly_covered": "log",
    "corroborated": "both",
}


@dataclass
class Row:
    """One party in the picture and what is written beside and under it.

    Parameters
    ----------
    layer, tree, mark, messages, attested : str
        The columns.
    remark : tuple of str
        Follows the columns.
    under : str
        What lines under it begin with: the tree goes on there.
    details : list of list of str
        Lines under it, in pieces.
    status : str
        Of the hop that leads here; empty for a root.
    """

    layer: str
    tree: str
    mark: str = ""
    messages: str = ""
    attested: str = ""
    remark: tuple[str, ...] = ()
    under: str = ""
    details: list[list[str]] = field(default_factory=list)
    status: str = ""
    is_root: bool = False
    style: str = ""
    remark_style: str = ""


class Walk:
    """Walks the tree and makes a row of every branch.

    Parameters
    ----------
    trace : Trace
        What is drawn.
    labels : Labels
        Words.
    marks : LeadMarks
        Which rules found something where.
    most_papers : int or None
        Contract rows shown under one hop; None for all.
    """

    def __init__(
        self, trace: Trace, labels: Labels, marks: LeadMarks, most_papers: int | None
    ) -> None:
        self.trace = trace
        self.labels = labels
        self.marks = marks
        self.most_papers = most_papers
        self.hops: Mapping[tuple[str, str], Hop] = {
            (hop.upstream, hop.downstream): hop for hop in trace.hops
        }
        self.layers = {traced.name: traced.layer for traced in trace.parties}
        self.flows = {traced.name: labels.flow(traced) for traced in trace.parties}
        self.senders: Mapping[str, Sender] = {each.name: each for each in trace.senders}
        self.gaps: Mapping[str, Gap] = {gap.party: gap for gap in trace.gaps}
        self.hops_drawn: set[tuple[str, str]] = set()
        self.gaps_drawn: set[str] = set()
        self.parties_drawn: set[str] = set()
        self.refers = False

    def rows(self, roots: Sequence[Branch]) -> Iterator[Row]:
        """Give the rows in the order in which they stand."""
        for root in roots:
            ahead = [(root, "")]
            while ahead:
                branch, guide = ahead.pop()
                row = self._row(branch, guide)
                yield row
                inner = guide if branch.above is None else guide + self._guide(branch)
                if branch.same_as is not None:
                    continue
                yield from self._returns(branch, inner)
                ahead.extend((each, inner) for each in reversed(branch.below))

    def _guide(self, branch: Branch) -> str:
        return "    " if branch.is_last else "│   "

    def _row(self, branch: Branch, guide: str) -> Row:
        name = visible(branch.party)
        layer = self.layers.get(branch.party)
        row = Row("–" if layer is None else str(layer), name)
        if branch.above is None:
            self._root(branch, row)
        else:
            hop = self.hops[branch.above.party, branch.party]
            corner = "└" if branch.is_last else "├"
            row.tree = f"{guide}{corner}{RULE[hop.status]} {name}"
            row.under = guide + self._guide(branch)
            self._hop(hop, row)
        row.under += "│ " if (branch.below or branch.back) and branch.same_as is None else "  "
        self._party(branch, row)
        return row

    def _root(self, branch: Branch, row: Row) -> None:
        row.is_root = True
        starts = self.trace.roots.get(branch.party, ("holder",))
        row.mark = self.labels.starts(starts)
        row.style = "holder" if "holder" in starts else "broken"
        if "holder" not in starts:
            word = self.labels.say("start.gap" if "gap" in starts else "start.unallocated")
            row.tree = f"╌╌ {word} ╌╌ {row.tree}"
        gap = self.gaps.get(branch.party)
        if gap is not None and "gap" in starts:
            row.details += gap_details(gap, self.labels)
            self.gaps_drawn.add(branch.party)
        if not branch.below and not branch.back:
            row.remark += (self.labels.say("cli.tree.nothing_below"),)

    def _hop(self, hop: Hop, row: Row) -> None:
        row.status, row.style = hop.status, _STYLE[hop.status]
        row.mark = self.labels.mark(hop.status)
        row.messages = f"{hop.messages:,}"
        row.attested = self.labels.say(f"attested.{hop.attested}")
        ends = (hop.upstream, hop.downstream)
        self._mark(self.marks.hop(*ends), row)
        if ends in self.hops_drawn:
            if hop.contracts:
                row.details.append([self.labels.say("cli.tree.papers_above")])
            return
        self.hops_drawn.add(ends)
        shown = hop.contracts[: self.most_papers]
        for each in shown:
            said = self.trace.evidence.marks
            grade = said.grade(each.ref.record_id, ends)
            told = [self.labels.grade(grade)] if grade else []
            told += self.labels.contract(each, self.trace.number)
            row.details.append([*told, *self.labels.corrected(said, each.ref)])
        if untied := self.labels.untied(self.trace, hop, "cli.unsegmented.hop"):
            row.details.append([untied])
        if left := len(hop.contracts) - len(shown):
            row.details.append([self.labels.say("cli.tree.more_papers", count=left)])
        if logged := self.labels.log(hop):
            row.details.append(logged)

    def _party(self, branch: Branch, row: Row) -> None:
        sender = self.senders.get(branch.party)
        if sender is not None:
            basis = self.labels.say(f"basis.{sender.basis}")
            count = self.labels.count(sender.messages)
            row.remark += (self.labels.say("cli.tree.sender", count=count, basis=basis),)
            row.remark_style = "sender"
        elif branch.chain is not None and not branch.below and self._is_silent(branch):
            row.remark += (self.labels.say("cli.tree.last_on_paper"),)
        if branch.below and branch.chain is not None and "terminal" in branch.chain.ends:
            row.remark += (self.labels.say("cli.tree.ends_here"),)
        if branch.party not in self.parties_drawn:
            row.remark += tuple(self.flows.get(branch.party, ()))
            self._mark(self.marks.party(branch.party), row)
            self.parties_drawn.add(branch.party)
        if branch.number:
            row.remark += (f"[{branch.number}]",)
        if branch.same_as is not None:
            self.refers = True
            same = self.labels.say("cli.tree.same", number=branch.same_as.number)
            row.remark += (same,)

    def _mark(self, codes: Sequence[str], row: Row) -> None:
        """Mark what findings concern; they are told in full below the picture."""
        if codes:
            row.details.append([self.labels.say("cli.finding.mark", codes=self.labels.join(codes))])

    def _is_silent(self, branch: Branch) -> bool:
        """Tell whether the chain down to here has no traffic on any hop."""
        parties = branch.chain.parties if branch.chain is not None else ()
        return not any(self.hops[pair].messages for pair in pairwise(parties))

    def _returns(self, branch: Branch, guide: str) -> Iterator[Row]:
        for number, party in enumerate(branch.back, 1):
            hop = self.hops[branch.party, party]
            last = number == len(branch.back) and not branch.below
            layer = self.layers.get(party)
            said = self.labels.say("cli.tree.back", party=visible(party))
            corner = "└" if last else "├"
            row = Row("" if layer is None else f"({layer})", "")
            row.tree = f"{guide}{corner}{RULE[hop.status]} ↺ {said}"
            row.under = guide + ("      " if last else "│     ")
            self._hop(hop, row)
            yield row


def gap_details(gap: Gap, labels: Labels) -> list[list[str]]:
    """Say on which days paper is missing above a party, and what might close the gap."""
    days = labels.chain_days(gap)
    counted = "" if gap.days is None else labels.say("cli.gap.days", count=f"{gap.days:,}")
    details = [[labels.say("cli.gap.missing", days=days, counted=counted)]]
    if gap.numbers:
        shown = [visible(number) for number in gap.numbers[:_MOST_NUMBERS]]
        left = len(gap.numbers) - len(shown)
        more = labels.say("cli.more_segments", count=left) if left else ""
        details.append([labels.say("cli.gap.numbers", numbers=labels.join(shown) + more)])
    for each in gap.candidates:
        why = labels.say(f"why.{each.why}")
        what = visible(each.detail)
        details.append(
            [
                labels.say("cli.gap.candidate", upstream=visible(each.upstream), record=what),
                why,
                labels.place(each.ref),
            ]
        )
    if not gap.candidates:
        details.append([labels.say("cli.gap.no_candidate")])
    return details
