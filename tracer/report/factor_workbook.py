"""The factor sheet as a workbook with live formulas: the reader can check it, and vary it.

Every sum, spread and share is a formula over the sheets of details; texts never are one. Parties
are told apart by number, since a name may hold what a condition takes for a pattern.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tracer.dossier.factors import Factors, PartyFactors, yuan
from tracer.dossier.faults import GROUPS, ONWARD
from tracer.dossier.weights import FACTORS, Shares
from tracer.messages import Language, text
from tracer.report.dossier_tables import first_notice, layers, roles
from tracer.report.factor_details import Details, DetailSheets, letters
from tracer.report.factor_paper import factor_name, missing_of, remarks_of
from tracer.report.papers import head_notes
from tracer.report.workbook import Cell, Formula, Sheet, Title, workbook_bytes

__all__ = ["factor_workbook"]

_REMARKS: Final = (
    "statement", "sheet.vary", "remark.layer", "remark.carried", "remark.gain", "remark.fault",
    "remark.reach", "remark.remedy",
)  # fmt: skip


def factor_workbook(factors: Factors, lang: Language) -> bytes:
    """Write the factor sheet as a workbook, in one language."""
    book = _Book(factors, lang)
    return workbook_bytes(book.sheets(), text("dossier.title.factors", lang, numbers=book.numbers))


class _Book:
    """The sheets of one factor sheet."""

    def __init__(self, factors: Factors, lang: Language) -> None:
        self._factors = factors
        self._lang = lang
        self._parties = list(enumerate(factors.parties, start=1))
        self.numbers = text("finding_part.between_names", lang).join(factors.numbers)
        self._details = DetailSheets(factors, lang)
        self._factor_name = self._say("table.factors")

    def sheets(self) -> Iterator[Sheet]:
        """Give the sheets in order."""
        yield self._factors_sheet()
        if self._factors.shares is not None:
            yield self._shares(self._factors.shares)
        yield from self._details.sheets()
        yield self._notes()

    def _say(self, key: str, **values: object) -> str:
        return text(f"dossier.{key}", self._lang, **values)

    def _factors_sheet(self) -> Sheet:
        """Make the sheet of factors: one a row, a column a party, so that one page holds it."""
        titles = (self._say("table.factors"), *(party.name for _, party in self._parties))
        cells = [self._factor_cells(number, party) for number, party in self._parties]
        rows: list[tuple[Cell, ...]] = []
        for key in _FACTORS:
            if key.startswith("section."):
                rows.append((Title(self._say(key)), *(Title("") for _ in cells)))
            else:
                rows.append((self._say(f"head.{key}"), *(each[key] for each in cells)))
        more = tuple(range(1 + _ON_PAPER, len(cells) + 1, _ON_PAPER))
        return Sheet(self._factor_name, titles, rows, more, 1, is_filtered=False)

    def _factor_cells(self, number: int, party: PartyFactors) -> dict[str, Cell]:
        gain, remedy, column = party.gain, party.remedy, letters(number)
        at = {key: f"{column}{row}" for row, key in enumerate(_FACTORS, start=2)}
        mine = f"{column}${_FACTORS.index('party_no') + 2}"
        paid = (at["paid_in"], at["paid_out"])
        net: Cell = _NOTHING  # where a side is missing, a difference would mislead
        if gain.basis == "payments":
            total = yuan((gain.paid_in or 0) - (gain.paid_out or 0))
            net = Formula(f"=N({paid[0]})-N({paid[1]})", total)
        amount = None
        if gain.amount is not None:
            source = "net" if gain.basis == "payments" else "spread_amount"
            amount = Formula(f"={at[source]}", yuan(gain.amount))
        return {
            "party_no": number,
            "uscc": party.party.uscc,
            "role": roles(party.roles).get(self._lang),
            "layers": layers(party).get(self._lang),
            "hops": party.hops,
            "days": self._factors.days.get(party.name, 0),
            "first_day": party.first_day,
            "last_day": party.last_day,
            "carried": self._sum(self._details.standing, "carried", mine, party.messages),
            "own": self._sum(self._details.standing, "own", mine, party.own),
            "basis": self._say(f"basis.{gain.basis}"),
            "paid_in": self._paid(mine, "in", gain.paid_in),
            "paid_out": self._paid(mine, "out", gain.paid_out),
            "net": net,
            "spread_amount": self._if_any(
                self._sum(self._details.spread, "amount", mine, yuan(gain.spread_amount or 0)),
                f'{self._details.spread.range("party_no")},{mine},{self._details.spread.range("amount")},">-1E+99"',
                gain.spread_amount,
            ),
            "gain": amount,
            "gaps": self._join(self._say(f"gap.{gap}") for gap in gain.gaps),
            **{
                group: self._acts(mine, group, "own", len(party.acts(group)))
                for group in (*GROUPS, "other")
            },
            ONWARD: self._acts(mine, ONWARD, "downstream", len(party.onward)),
            **self._reach(mine, party),
            "last_traffic": remedy.last_traffic,
            "last_end": remedy.last_end,
            "open_ended": remedy.open_ended,
            "first_report": remedy.first_report,
            "after_report": remedy.carried_after_report,
            "notified": first_notice(party),
            "after_notice": remedy.carried_after_notice,
        }

    def _sum(
        self, details: Details, column: str, mine: str, value: int | Decimal, where: str = ""
    ) -> Formula:
        chosen = f"{details.range('party_no')},{mine}{where}"
        return Formula(f"=SUMIFS({details.range(column)},{chosen})", value)

    def _paid(self, mine: str, direction: str, micros: int | None) -> Formula:
        pays = self._details.payments
        word = self._say(f"direction.{direction}")
        where = f',{pays.range("direction")},"{word}",{pays.range("counts")},"{self._say("yes")}"'
        total = self._sum(pays, "amount", mine, yuan(micros or 0), where)
        return self._if_any(total, f"{pays.range('party_no')},{mine}{where}", micros)

    def _if_any(self, total: Formula, where: str, micros: int | None) -> Formula:
        """Show a sum only where something is on record: nothing is not nought."""
        shown = f'=IF(COUNTIFS({where})=0,"{_NOTHING}",{total.expression[1:]})'
        return Formula(shown, _NOTHING if micros is None else total.value)

    def _acts(self, mine: str, group: str, actor: str, value: int) -> Formula:
        found = self._details.findings
        return Formula(
            f"=COUNTIFS({found.range('party_no')},{mine},{found.range('group')},"
            f'"{self._say(f"group.{group}")}",{found.range("actor")},"{self._say(f"actor.{actor}")}",{found.range("counts")},"{self._say("yes")}")',
            value,
        )

    def _reach(self, mine: str, party: PartyFactors) -> dict[str, Formula]:
        told = self._details.incidents
        found: dict[str, Formula] = {}
        sides = (
            ("traffic", "ran", party.reach.by_traffic),
            ("paper", "paper", party.reach.by_paper),
        )
        for kind, side, tally in sides:
            where = f',{told.range("kind")},"{self._say(f"kind.{kind}")}"'
            found |= {
                f"{side}_messages": self._sum(
                    self._details.standing, f"{side}_messages", mine, tally.messages
                ),
                f"{side}_incidents": Formula(
                    f"=COUNTIFS({told.range('party_no')},{mine}{where})", len(tally.incidents)
                ),
                f"{side}_victims": self._sum(told, "victim_first", mine, tally.victims, where),
                f"{side}_loss": self._sum(told, "loss", mine, yuan(tally.loss), where),
            }
        return found

    def _shares(self, shares: Shares) -> Sheet:
        """Make the sheet of shares: weights and scores stand there to be varied."""
        last = len(self._parties) + 3
        columns = [letters(place) for place in range(1, len(shares.factors) + 1)]
        used = [each.weight for each in shares.factors if each.is_used]
        whole = sum((Fraction(weight) for weight in used), Fraction(0))
        heads = (self._say("head.party"), *(factor_name(f).get(self._lang) for f in shares.factors))
        totals = f"{columns[0]}$3:{columns[-1]}$3" if columns else ""
        weights = f"{columns[0]}$2:{columns[-1]}$2" if columns else ""
        rows: list[tuple[Cell, ...]] = [
            (self._say("head.weight"), *(_figure(each.weight) for each in shares.factors), None),
            (
                self._say("head.total"),
                *(
                    Formula(f"=SUM({column}4:{column}{last})", _value(each.factor, each.total))
                    for column, each in zip(columns, shares.factors, strict=True)
                ),
                Formula(f"=SUM({letters(len(columns) + 1)}4:{letters(len(columns) + 1)}{last})",
                        Decimal(1 if whole else 0), is_share=True),
            ),
        ]  # fmt: skip
        for row, (number, party) in enumerate(self._parties, start=4):
            values: list[Cell] = [
                self._linked(number, each.factor, each.values[party.name])
                for each in shares.factors
            ]
            parts = "+".join(
                f"IF({column}$3>0,{column}$2*{column}{row}/{column}$3,0)" for column in columns
            )
            share = shares.shares[party.name]
            exact = Decimal(share.numerator) / Decimal(share.denominator)
            expression = f'=IF(SUM({totals})>0,({parts})/SUMIF({totals},">0",{weights}),0)'
            rows.append((party.name, *values, Formula(expression, exact, is_share=True)))
        return Sheet(self._say("table.shares"), (*heads, self._say("head.share")), rows)

    def _linked(self, number: int, factor: str, value: Decimal) -> Cell:
        """Link a value the records measure to its cell; a score of the user's stands as it is."""
        if factor not in FACTORS:
            return _figure(value)
        column = f"'{self._factor_name}'!{letters(number)}"
        cells = [f"{column}{_FACTORS.index(key) + 2}" for key in _MEASURED[factor]]
        return Formula(f"=MAX(0,{'+'.join(cells)})", _value(factor, value))

    def _notes(self) -> Sheet:
        above = head_notes(self._factors.notes)
        rows: list[tuple[Cell, ...]] = [(said.get(self._lang),) for said in above]
        rows += [(self._say(key),) for key in _REMARKS]
        if self._factors.shares is not None:
            rows.append((self._say("remark.shares", file=self._factors.shares.file),))
            missing = missing_of(self._factors.shares)
            rows += [(said.get(self._lang),) for said in missing]
        rows += [(said.get(self._lang),) for said in remarks_of(self._factors)]
        return Sheet(self._say("table.notes"), (self._say("head.note"),), rows)

    def _join(self, names: Iterable[str]) -> str:
        return text("finding_part.between_names", self._lang).join(names)


def _value(factor: str, value: Decimal) -> int | Decimal:
    """Give a value of a factor: amounts are shown as such, and counts as counts."""
    return value if factor in _AMOUNTS else _figure(value)


def _figure(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


_AMOUNTS: Final = frozenset({"gain", "loss"})
_NOTHING: Final = "–"
_FACTORS: Final = (
    "party_no", "uscc",
    "section.acts", "role", "layers", "hops", "days", "first_day", "last_day", "carried", "own",
    "section.gain", "basis", "gain", "paid_in", "paid_out", "net", "spread_amount", "gaps",
    "section.fault", "clauses", "checks", "reports", "other", "onward",
    "section.reach", "ran_messages", "ran_incidents", "ran_victims", "ran_loss",
    "paper_messages", "paper_incidents", "paper_victims", "paper_loss",
    "section.remedy", "last_traffic", "last_end", "open_ended", "first_report", "after_report",
    "notified", "after_notice",
)  # fmt: skip
"""Rows of the sheet of factors, from its second on."""
_ON_PAPER: Final = 8
"""Parties on a sheet of paper."""
_MEASURED: Final = {
    "messages": ("ran_messages",),
    "own": ("own",),
    "days": ("days",),
    "hops": ("hops",),
    "gain": ("gain",),
    "findings": ("clauses", "checks", "reports"),
    "onward": ("onward",),
    "incidents": ("ran_incidents",),
    "victims": ("ran_victims",),
    "loss": ("ran_loss",),
}
"""Rows of the sheet of factors that hold what weights are put to."""
