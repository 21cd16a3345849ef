"""Every look-up of a trace goes through an index on PostgreSQL too, in a case of real size."""

import typing
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, text

from tracer.store.engine import begin_writing, open_engine, plain_engine
from tracer.store.evidence import (
    fetch_evidence,
    fetch_leads,
    fetch_unsegmented,
    nearest_segments,
)
from tracer.store.particulars import ParticularsReader
from tracer.store.record_tables import contract_segments, contracts
from tracer.store.tables import spellings
from tracer.store.upgrade import upgrade

Plan = dict[str, typing.Any]
Ask = Callable[[Connection], object]

PARTIES, CONTRACTS, TOTALS, INCIDENTS = 4_000, 30_000, 30_000, 5_000
FILL = f"""
INSERT INTO deliveries VALUES (1, '甲', '2026');
INSERT INTO source_files
    SELECT n, md5(n::text) || md5(n::text), repeat('0', 64), 10, 'a' || n || '.csv'
    FROM generate_series(1, 20) n;
INSERT INTO source_sheets SELECT n, n, 0, NULL, 'contracts', 'utf-8', 1, '[]', 1
    FROM generate_series(1, 20) n;
INSERT INTO spellings SELECT n, '公司' || n, '公司' || n FROM generate_series(1, {PARTIES}) n;
INSERT INTO source_spellings SELECT n, s FROM generate_series(1, {PARTIES}) n,
    generate_series(1, 5) s;
INSERT INTO source_usccs SELECT n, lpad(n::text, 18, '0'), 1
    FROM generate_series(1, {PARTIES}, 2) n;
INSERT INTO parties (id, source_id, row, part, raw, name_id, former_names, has_licence_column)
    SELECT n, 1, n, '', '{{}}', n, '[]', false FROM generate_series(1, {PARTIES}) n;
INSERT INTO allocations (id, source_id, row, part, raw, holder_id)
    SELECT n, 2, n, '', '{{}}', n FROM generate_series(1, {PARTIES}) n;
INSERT INTO allocation_segments SELECT n, '1068' || (1000 + n), ''
    FROM generate_series(1, {PARTIES}) n;
INSERT INTO contracts (id, source_id, row, part, raw, contract_no, contract_key, upstream_id,
        downstream_id, segment_count, right_granted, start_stated, end_stated)
    SELECT n, 1 + mod(n, 20), n, '', '{{}}', 'HT' || n / 2, 'HT' || n / 2, 1 + mod(n, {PARTIES}),
        1 + mod(n * 7, {PARTIES}), CASE mod(n, 50) WHEN 0 THEN 0 ELSE 1 END, 'sublease',
        false, false
    FROM generate_series(1, {CONTRACTS}) n;
INSERT INTO contract_segments
    SELECT n, '1068' || (1000 + mod(n, {PARTIES})) || to_char(mod(n, 97), 'FM00'), ''
    FROM generate_series(1, {CONTRACTS}) n WHERE mod(n, 50) <> 0;
INSERT INTO routing (id, source_id, row, last_row, part, delivery_id, upstream_id, downstream_id,
        number, day, messages, blocked, unit, rows_summed)
    SELECT n, 3, n, n, '', 1, 1 + mod(n, {PARTIES}), 1 + mod(n * 7, {PARTIES}),
        '1068' || (1000 + mod(n, {PARTIES})) || to_char(mod(n, 97), 'FM00'),
        date '2023-01-01' + mod(n, 300), 5, 0, 'messages', 1
    FROM generate_series(1, {TOTALS}) n;
INSERT INTO incidents (id, source_id, row, part, raw, number, received_at)
    SELECT n, 4, n, '', '{{}}', '1068' || (1000 + mod(n, {PARTIES})) || to_char(mod(n, 97), 'FM00'),
        '2023-07-05 10:00:00'
    FROM generate_series(1, {INCIDENTS}) n;
"""
# A case has so few of these that reading them whole is the best plan there is.
SMALL = {"corrections", "deliveries", "documents", "retractions", "source_files", "source_sheets"}
SMALL |= {"checks", "openings", "opening_segments", "payments", "relations"}  # empty here


@pytest.fixture(scope="module")
def filled(server: typing.Any) -> Iterator[Engine]:
    """Fill a database in one transaction, as a load does; nobody analyses it but the program."""
    url = server.ready()
    engine = open_engine(url)
    with begin_writing(engine) as conn:
        fill(conn)
    yield engine
    server.drop(url)


def fill(conn: Connection) -> None:
    driver = conn.connection.driver_connection
    assert driver is not None
    driver.execute(FILL)  # several statements at once, which SQLAlchemy takes for one


def plans(conn: Connection, ask: Ask) -> list[tuple[str, list[Plan]]]:
    """Give the steps of the plan of every statement that `ask` runs."""
    ran: list[tuple[str, typing.Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: typing.Any, *_: object) -> None:
        ran.append((statement, values))

    event.listen(conn, "before_cursor_execute", note)
    ask(conn)
    event.remove(conn, "before_cursor_execute", note)
    found = []
    for statement, values in ran:
        told: typing.Any = conn.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
        found.append((statement, list(steps(told.scalar()[0]["Plan"]))))
    return found


def steps(plan: Plan) -> Iterator[Plan]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from steps(part)


def conditions(found: list[tuple[str, list[Plan]]], index: str) -> str:
    """Join what an index is asked for, over all statements."""
    return " | ".join(
        str(step.get("Index Cond", ""))
        for _, made in found
        for step in made
        if step.get("Index Name", "").startswith(index)
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda conn: fetch_evidence(conn, "1068141527"),
        lambda conn: fetch_evidence(conn, "10681415"),
        lambda conn: fetch_leads(conn, ["公司416", "公司417"]),
        lambda conn: fetch_unsegmented(conn, ["公司51", "公司416"]),
        lambda conn: nearest_segments(conn, "1068141699"),
        lambda conn: ParticularsReader(conn).of(fetch_evidence(conn, "1068141527")),
        lambda conn: ParticularsReader(conn).between([("公司416", "公司2906")]),
    ],
    ids=["number", "code", "leads", "unsegmented", "nearest", "particulars", "between"],
)
def test_no_look_up_walks_a_table(filled: Engine, ask: Ask) -> None:
    with filled.connect() as conn:
        found = plans(conn, ask)
    assert found
    for statement, made in found:
        walked = {step["Relation Name"] for step in made if step["Node Type"] == "Seq Scan"}
        assert walked <= SMALL, (statement, walked)


def test_a_number_is_looked_up_by_its_prefixes_and_by_its_range(filled: Engine) -> None:
    with filled.connect() as conn:
        found = plans(conn, lambda c: fetch_evidence(c, "1068141527"))
        assert len(fetch_evidence(conn, "1068141527").contracts) > 0
    for index in ("ix_contract_segments_prefix", "ix_allocation_segments_prefix"):
        asked = conditions(found, index)
        assert "ANY" in asked, index
        assert ">=" in asked, index
        assert "<" in asked, index
    for index in ("ix_routing_number_day", "ix_incidents_number"):
        assert ">=" in conditions(found, index)
    assert "contract_key" in conditions(found, "ix_contracts_contract_key")


def test_a_load_that_adds_little_counts_nothing_anew(server: typing.Any) -> None:
    url = server.ready()
    engine = open_engine(url)
    known = text(
        "SELECT relname FROM pg_class WHERE relname IN ('deliveries', 'spellings')"
        " AND reltuples >= 0 ORDER BY relname"
    )
    with begin_writing(engine) as conn:
        conn.execute(insert(spellings).values(id=1, raw="甲", folded="甲"))
    with engine.connect() as conn:
        assert conn.execute(known).scalars().all() == []
    with begin_writing(engine) as conn:
        rows = [{"id": number, "raw": str(number), "folded": ""} for number in range(2, 1002)]
        conn.execute(insert(spellings), rows)
    with engine.connect() as conn:
        assert conn.execute(known).scalars().all() == ["spellings"]
    server.drop(url)


def test_digits_compare_bytewise_where_words_do_not(server: typing.Any) -> None:
    """In the collations of ICU '10636052099' is not less than '10636052:'."""
    if server.version < 150000:
        pytest.skip("databases with an order of ICU begin with PostgreSQL 15")
    url = server.empty("ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LOCALE 'C'")
    engine = plain_engine(url)
    upgrade(engine)
    with begin_writing(engine) as conn:
        assert conn.execute(select(text("'10636052099' < '10636052:'"))).scalar() is False
        fill(conn)
        for number, prefix in ((30_001, "10636052"), (30_002, "10636052099"), (30_003, "1063605")):
            row = {"id": number, "source_id": 5, "row": number, "part": "", "raw": "{}"}
            named = {"contract_no": prefix, "contract_key": prefix, "right_granted": "sublease"}
            hop = {"upstream_id": 1, "downstream_id": 2, "segment_count": 1}
            term = {"start_stated": False, "end_stated": False}
            conn.execute(insert(contracts).values(**row, **named, **hop, **term))
            segment = {"contract_id": number, "prefix": prefix, "stated": ""}
            conn.execute(insert(contract_segments).values(**segment))
    nearest = ("10636052", "10636052099", "1063605")
    with engine.connect() as conn:
        found = fetch_evidence(conn, "10636052").contracts
        assert [contract.contract_no for contract in found] == sorted(nearest)
        assert nearest_segments(conn, "106360529", limit=3) == nearest
    server.drop(url)
