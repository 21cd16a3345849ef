"""The price ladder of a trace as a table."""

from collections.abc import Iterable

from tracer.dossier.ladder import Rung
from tracer.model.money import grouped_yuan
from tracer.report.citing import cite
from tracer.report.dossier_tables import head
from tracer.report.papers import Cell, Table, Yuan, table
from tracer.report.wording import Said, join, same, say

__all__ = ["ladder_table"]


def ladder_table(rungs: Iterable[Rung]) -> Table:
    """Set the price ladder; no rows where no contract states a price."""
    columns = (
        "layer", "upstream", "downstream", "contract", "price", "spread", "messages", "amount",
        "remarks", "records",
    )  # fmt: skip
    return table(
        "ladder",
        say("dossier.table.ladder"),
        head(*columns),
        [_row(rung) for rung in rungs],
        (say("dossier.remark.ladder"),),
    )


def _row(rung: Rung) -> tuple[Cell, ...]:
    refs = {ref.record_id: ref for line in rung.lines for ref in line.records}
    return (
        rung.layer,
        same(rung.upstream),
        same(rung.downstream),
        join(same(number) for number in rung.contracts),
        _prices(rung.prices),
        _prices(rung.spreads),
        rung.messages,
        None if rung.amount is None else Yuan(rung.amount),
        _remarks(rung),
        cite(refs.values()),
    )


def _prices(micros: tuple[int, ...]) -> Said:
    return join(same(grouped_yuan(each)) for each in micros)


def _remarks(rung: Rung) -> Said:
    said = [say("dossier.line.holder")] if rung.from_holder else []
    if rung.unpriced:
        said.append(say("dossier.ladder.unpriced", count=f"{rung.unpriced:,}"))
    if not rung.messages:
        said.append(say("dossier.ladder.no_messages"))
    return join(said, "page.clause_mark")
