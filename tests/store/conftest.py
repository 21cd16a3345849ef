"""A database per test, and a hand that loads records into it.

Another database than SQLite can stand behind `engine`: what only SQLite can show is marked
`sqlite_only`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import Engine

from tracer.model.diagnostic import Diagnostic
from tracer.model.load import TOTALS_COLUMNS, RoutingRow, SourceReport, SourceSheet
from tracer.model.paper import ContractRow, PaperRow, Provenance
from tracer.model.period import Period
from tracer.model.segment import parse_segments
from tracer.model.source import RecordRef
from tracer.store import events, records, rejects, sources, traffic
from tracer.store.engine import begin_writing, open_engine

AT = "2026-01-01T00:00:00+08:00"
NOWHERE = Provenance(RecordRef("", "", "", 0, None, 0, 0))
_TYPES = {
    "dictionary": pa.dictionary(pa.int32(), pa.string()),
    "string": pa.string(),
    "date32": pa.date32(),
    "int64": pa.int64(),
}


def totals_of(rows: Iterable[RoutingRow]) -> pa.RecordBatch:
    """Make totals as the log lane hands them over."""
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in TOTALS_COLUMNS.items()])
    values = [
        {**asdict(row), **{at: _microseconds(getattr(row, at)) for at in ("first_at", "last_at")}}
        for row in rows
    ]
    return pa.RecordBatch.from_pylist(values, schema=schema)


def _microseconds(at: str | None) -> int | None:
    if at is None:
        return None
    since = datetime.fromisoformat(at) - datetime(1970, 1, 1)  # noqa: DTZ001 - local time
    return since // timedelta(microseconds=1)


@dataclass
class Clerk:
    """Loads records as sources, one after the other."""

    engine: Engine
    nowhere: Provenance = NOWHERE
    paths: list[str] = field(default_factory=list)

    def load(self, table: str, *rows: PaperRow, path: str | None = None) -> int:
        """Load paper records as one file."""
        sheet = self.sheet(table, path)
        placed = [
            replace(row, provenance=self.place(sheet, at, row.provenance))
            for at, row in enumerate(rows, start=2)
        ]
        with begin_writing(self.engine) as conn:
            source = sources.add_source(conn, sheet, None)
            loaded = records.add_records(conn, source, placed)
            sources.finish_source(conn, source, self.report(sheet, loaded))
        return source

    def log(self, *rows: RoutingRow, path: str | None = None, delivery: int | None = None) -> int:
        """Load routing totals as one file, a delivery of its own unless one is given."""
        sheet = self.sheet("routing", path)
        with begin_writing(self.engine) as conn:
            number = delivery or sources.add_delivery(conn, "tester", AT)
            source = sources.add_source(conn, sheet, number)
            traffic.add_routing(conn, source, number, [totals_of(rows)])
            loaded = sum(row.rows for row in rows)
            sources.finish_source(conn, source, self.report(sheet, loaded))
        return source

    def batch(self, *rows: RoutingRow) -> pa.RecordBatch:
        """Make totals as the log lane hands them over."""
        return totals_of(rows)

    def reject(self, *rows: Diagnostic, path: str | None = None) -> int:
        """Load a file of which every row is rejected."""
        sheet = self.sheet("contracts", path)
        with begin_writing(self.engine) as conn:
            source = sources.add_source(conn, sheet, None)
            count = rejects.add_rejects(conn, source, rows)
            sources.finish_source(conn, source, self.report(sheet, 0, count))
        return source

    def retract(self, source: int, reason: str = "wrong file") -> None:
        """Withdraw a source as the use case does."""
        with begin_writing(self.engine) as conn:
            params = {"source": source, "reason": reason}
            event = events.append_event(conn, "retract", params, "tester", AT)
            sources.retract_source(conn, source, event.seq)

    def sheet(self, table: str, path: str | None = None) -> SourceSheet:
        """Make a sheet that was never read."""
        name = path or f"file{len(self.paths)}.csv"
        self.paths.append(name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        return SourceSheet(name, 0, None, digest, digest[::-1], 10, table, "utf-8", 1)

    def place(self, sheet: SourceSheet, row: int, given: Provenance) -> Provenance:
        """Say that a record stands in this row; what else the provenance says is kept."""
        ref = RecordRef(sheet.table, sheet.sha256, sheet.path, 0, None, row, row, given.ref.part)
        return replace(given, ref=ref)

    def report(self, sheet: SourceSheet, loaded: int, rejected: int = 0) -> SourceReport:
        """Report on a sheet of which every row was loaded or rejected."""
        names = (sheet.path, sheet.sheet, sheet.sha256, sheet.sm3, sheet.table, sheet.encoding)
        return SourceReport(*names, loaded + rejected, loaded, rejected, 0)

    def contract(
        self,
        contract_no: str,
        upstream: str,
        downstream: str,
        segments: str = "10687415",
        days: tuple[str, str] | None = ("2023-01-01", "2023-12-31"),
        **said: Any,
    ) -> ContractRow:
        """Make a contract row; `days=None` states no term."""
        term = Period(*map(date.fromisoformat, days)) if days else Period()
        return ContractRow(
            NOWHERE,
            contract_no,
            upstream,
            downstream,
            segments=parse_segments(segments),
            term=term,
            start_stated=days is not None,
            end_stated=days is not None,
            **said,
        )

    def total(
        self, upstream: str, downstream: str, number: str, row: int = 2, **said: Any
    ) -> RoutingRow:
        """Make a routing total of one message, other counts as given."""
        values: dict[str, Any] = {
            "upstream": upstream,
            "downstream": downstream,
            "number": number,
            "day": date(2023, 7, 5),
            "reporter": None,
            "account": None,
            "messages": 1,
            "blocked": 0,
            "parts": None,
            "unit": "messages",
            "rows": 1,
            "first_row": row,
            "last_row": row,
            "first_at": None,
            "last_at": None,
        }
        return RoutingRow(**(values | said))


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def clerk(engine: Engine) -> Clerk:
    return Clerk(engine)


@pytest.fixture
def new_clerk(new_database: Callable[[], str]) -> Iterator[Callable[[], Clerk]]:
    """Open further databases, so that two of them can be compared."""
    opened: list[Engine] = []

    def make() -> Clerk:
        opened.append(open_engine(new_database()))
        return Clerk(opened[-1])

    yield make
    for other in opened:
        other.dispose()
