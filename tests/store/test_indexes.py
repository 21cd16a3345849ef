"""Every look-up of a trace goes through an index: SQLite's own plan says so."""

import re
import typing

import pytest
from sqlalchemy import Connection, Engine

from tracer.store.evidence import (
    fetch_evidence,
    fetch_leads,
    fetch_unsegmented,
    nearest_segments,
)

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Clerk

pytestmark = pytest.mark.sqlite_only("test_postgresql_plans shows the plans of PostgreSQL")


def plans(conn: Connection, ask: "Callable[[Connection], object]") -> list[tuple[str, list[str]]]:
    """Give the plan of every statement that `ask` runs, whichever way it reaches the driver."""
    ran: list[str] = []
    driver: typing.Any = conn.connection.driver_connection
    driver.set_trace_callback(ran.append)
    ask(conn)
    driver.set_trace_callback(None)
    return [
        (
            statement,
            [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")],
        )
        for statement in ran
        if statement.startswith(("SELECT", "WITH"))
    ]


@pytest.fixture
def loaded(clerk: "Clerk", engine: Engine) -> Engine:
    clerk.load("contracts", clerk.contract("1", "甲", "乙"), clerk.contract("1", "甲", "乙", ""))
    clerk.log(clerk.total("甲", "乙", "10687415"))
    return engine


@pytest.mark.parametrize(
    "ask",
    [
        lambda conn: fetch_evidence(conn, "1068741501"),
        lambda conn: fetch_leads(conn, ["乙"]),
        lambda conn: fetch_unsegmented(conn, ["甲", "乙"]),
        lambda conn: nearest_segments(conn, "1068749"),
    ],
    ids=["evidence", "leads", "unsegmented", "nearest"],
)
def test_no_look_up_walks_a_table(loaded: Engine, ask: "Callable[[Connection], object]") -> None:
    with loaded.connect() as conn:
        found = plans(conn, ask)
    assert found
    # Whether any contract names no segment is told by the first entry of an index of these alone.
    told = r"CONSTANT|\(subquery|json_each |contracts USING INDEX ix_contracts_unsegmented$"
    for statement, steps in found:
        walks = [step for step in steps if re.match(rf"SCAN (?!{told})", step)]
        assert not walks, (statement, steps)


def test_a_number_is_looked_up_by_its_prefixes_and_by_its_range(loaded: Engine) -> None:
    with loaded.connect() as conn:
        steps = " ".join(
            step
            for _, found in plans(conn, lambda c: fetch_evidence(c, "1068741501"))
            for step in found
        )
    for index in ("contract_segments", "allocation_segments"):
        assert re.search(
            rf"USING COVERING INDEX ix_{index}_prefix_\w+ \(prefix=\?\)", steps
        ) or re.search(rf"ix_{index}_prefix_\w+ \(prefix=\?\)", steps)
        assert re.search(rf"ix_{index}_prefix_\w+ \(prefix>\? AND prefix<\?\)", steps)
    assert re.search(r"ix_routing_number_day \(number>\? AND number<\?\)", steps)
    assert re.search(r"ix_routing_number_day \(number=\?\)", steps)
    assert re.search(r"ix_incidents_number \(number>\? AND number<\?\)", steps)


def test_contracts_without_segments_have_their_own_index(loaded: Engine) -> None:
    with loaded.connect() as conn:
        found = plans(conn, lambda c: fetch_unsegmented(c, ["甲", "乙"]))
    assert any("ix_contracts_unsegmented" in step for _, steps in found for step in steps)


def test_rows_of_one_contract_are_found_by_its_number(loaded: Engine) -> None:
    with loaded.connect() as conn:
        found = plans(conn, lambda c: fetch_evidence(c, "1068741501"))
    steps = [step for _, steps in found for step in steps]
    used = [step for step in steps if "ix_contracts_contract_key_upstream_id" in step]
    assert len(used) == 2
    assert all("(contract_key=?)" in step for step in used)
