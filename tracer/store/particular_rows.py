"""What is asked of the tables beside contracts and logs: of some parties, of a number, or all."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, exists, func, or_, select

from tracer.store.among import among
from tracer.store.contract_statements import (
    ALL_CONTRACTS_UNSEGMENTED,
    CONTRACTS_UNSEGMENTED,
    overlaps,
)
from tracer.store.places import counts, something_is_withdrawn
from tracer.store.record_tables import (
    allocation_segments,
    allocations,
    checks,
    incidents,
    opening_segments,
    openings,
    parties,
    payments,
    relations,
)
from tracer.store.references import Rows

__all__ = ["ParticularRows", "read_all", "read_classes", "read_scope"]

_CLASS_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class ParticularRows:
    """Rows of sources that are not retracted, in any order.

    Parameters
    ----------
    checking : Rows
        (upstream_id, kind), each once: kinds of checks an upstream has handed in, whoever they
        concern.
    notices : Rows
        Incidents that say when they were reported, or who was notified.
    unsegmented : Rows
        As `contracts.assemble_contracts` takes them.
    """

    parties: Rows
    checks: Rows
    checking: Rows
    openings: Rows
    payments: Rows
    relations: Rows
    notices: Rows
    unsegmented: Rows

    @property
    def lists(self) -> tuple[Rows, ...]:
        """Those that refer to parties and sheets."""
        return (
            self.parties,
            self.checks,
            self.checking,
            self.openings,
            self.payments,
            self.relations,
            self.notices,
            self.unsegmented,
        )


def _placed(table: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return select(table.c.source_id, table.c.row, table.c.part, *columns).where(counts(table))


_PARTIES: Final = _placed(
    parties,
    parties.c.name_id,
    parties.c.uscc,
    parties.c.legal_representative,
    parties.c.address,
    parties.c.phone,
    parties.c.licence_no,
    parties.c.licence_first,
    parties.c.licence_last,
    parties.c.has_licence_column,
)
_CHECKS: Final = _placed(
    checks,
    checks.c.upstream_id,
    checks.c.downstream_id,
    checks.c.kind,
    checks.c.done_on,
    checks.c.result,
)
_CHECKING: Final = select(checks.c.upstream_id, checks.c.kind).where(counts(checks)).distinct()
_OPENINGS: Final = _placed(
    openings,
    openings.c.carrier_id,
    openings.c.user_id,
    openings.c.opened_on,
    openings.c.closed_on,
    openings.c.purpose,
    openings.c.region,
    opening_segments.c.prefix,
    opening_segments.c.stated,
).join(opening_segments, opening_segments.c.opening_id == openings.c.id)
_PAYMENTS: Final = _placed(
    payments,
    payments.c.payer_id,
    payments.c.payee_id,
    payments.c.amount,
    payments.c.paid_on,
    payments.c.period_first,
    payments.c.period_last,
    payments.c.messages,
    payments.c.contract_no,
)
_RELATIONS: Final = _placed(
    relations,
    relations.c.party_a_id,
    relations.c.party_b_id,
    relations.c.kind,
    relations.c.share,
    relations.c.term_first,
    relations.c.term_last,
)
_NOTICES: Final = _placed(
    incidents,
    incidents.c.number,
    incidents.c.reported_at,
    incidents.c.notified_party_id,
    incidents.c.notified_on,
).where(
    or_(
        incidents.c.reported_at.is_not(None),
        incidents.c.notified_party_id.is_not(None),
        incidents.c.notified_on.is_not(None),
    )
)


def _within(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[bool]:
    """Make the condition that both ends are parties of the scope."""
    return among(one, "ids") & among(other, "ids")


_PARTIES_OF_SCOPE: Final = _PARTIES.where(among(parties.c.name_id, "ids"))
_CHECKS_OF_SCOPE: Final = _CHECKS.where(_within(checks.c.upstream_id, checks.c.downstream_id))
_CHECKING_OF_SCOPE: Final = _CHECKING.where(among(checks.c.upstream_id, "ids"))
_OPENINGS_OF_SCOPE: Final = _OPENINGS.where(overlaps(opening_segments.c.prefix))
_PAYMENTS_OF_SCOPE: Final = _PAYMENTS.where(_within(payments.c.payer_id, payments.c.payee_id))
_RELATIONS_OF_SCOPE: Final = _RELATIONS.where(
    _within(relations.c.party_a_id, relations.c.party_b_id)
)
_NOTICES_OF_SCOPE: Final = _NOTICES.where(
    incidents.c.number >= bindparam("number"), incidents.c.number < bindparam("beyond")
)


_ALLOCATED: Final = allocation_segments.c.prefix


def _walk_classes() -> Select[Any]:
    """Step from class to class through the index: a register may hold a million segments."""

    def least(first: Any) -> Any:
        found = select(_ALLOCATED).where(first <= _ALLOCATED).order_by(_ALLOCATED).limit(1)
        return found.scalar_subquery()

    found = select(least("0").label("prefix")).cte("found", recursive=True)
    beyond = case(
        (func.length(found.c.prefix) < _CLASS_DIGITS, found.c.prefix + "0"),
        else_=func.substr(found.c.prefix, 1, _CLASS_DIGITS) + ":",  # ":" comes after "9"
    )
    found = found.union_all(select(least(beyond)).where(found.c.prefix.is_not(None)))
    return select(func.substr(found.c.prefix, 1, _CLASS_DIGITS)).where(found.c.prefix.is_not(None))


_CLASSES: Final = _walk_classes()
_IS_COUNTED: Final = select(
    exists()
    .where(bindparam("number") <= _ALLOCATED, bindparam("beyond") > _ALLOCATED)
    .where(allocations.c.id == allocation_segments.c.allocation_id, counts(allocations))
)


def read_classes(conn: Connection) -> frozenset[str]:
    """Read the first four digits of every allocated segment on record."""
    found = sorted(conn.execute(_CLASSES).scalars())
    if something_is_withdrawn(conn):  # else the index alone has the answer
        found = [each for each in found if conn.execute(_IS_COUNTED, _range_of(each)).scalar()]
    return frozenset(found)


def _range_of(digits: str) -> dict[str, str]:
    """Give the range of the segments of a class; one too short to name one is by itself."""
    return {"number": digits, "beyond": digits + ("0" if len(digits) < _CLASS_DIGITS else ":")}


def read_scope(
    conn: Connection, ids: list[int], number: str, beyond: str, prefixes: list[str]
) -> ParticularRows:
    """Read what concerns some parties, or the numbers of a range.

    Parameters
    ----------
    ids : list of int
        Spellings of the parties.
    number, beyond, prefixes
        As of `contracts.overlaps`.
    """
    of_parties = {"ids": ids}
    of_numbers = {"number": number, "beyond": beyond}
    return ParticularRows(
        conn.execute(_PARTIES_OF_SCOPE, of_parties).all(),
        conn.execute(_CHECKS_OF_SCOPE, of_parties).all(),
        conn.execute(_CHECKING_OF_SCOPE, of_parties).all(),
        conn.execute(_OPENINGS_OF_SCOPE, {**of_numbers, "prefixes": prefixes}).all(),
        conn.execute(_PAYMENTS_OF_SCOPE, of_parties).all(),
        conn.execute(_RELATIONS_OF_SCOPE, of_parties).all(),
        conn.execute(_NOTICES_OF_SCOPE, of_numbers).all(),
        conn.execute(CONTRACTS_UNSEGMENTED, of_parties).all(),
    )


def read_all(conn: Connection) -> ParticularRows:
    """Read these tables whole."""
    asked = (
        _PARTIES,
        _CHECKS,
        _CHECKING,
        _OPENINGS,
        _PAYMENTS,
        _RELATIONS,
        _NOTICES,
        ALL_CONTRACTS_UNSEGMENTED,
    )
    return ParticularRows(*(conn.execute(statement).all() for statement in asked))
