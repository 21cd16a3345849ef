"""The schema: what migrations lead to is what the tables say."""

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tracer.errors import IntegrityError, UsageError
from tracer.store import upgrade as upgrade_module
from tracer.store.engine import HEAD, REVISIONS, open_engine, plain_engine, schema_version
from tracer.store.record_tables import (
    RECORD_TABLES,
    contract_segments,
    contracts,
    incidents,
    metadata,
    routing,
)
from tracer.store.upgrade import alembic_config, migrations_folder, schema_differences, upgrade


def described(conn: Connection) -> dict[str, object]:
    """Describe a schema in full, in no order of its own."""
    look = inspect(conn)
    return {
        table: {
            "columns": [{**c, "type": str(c["type"])} for c in look.get_columns(table)],
            "key": look.get_pk_constraint(table),
            "refers": sorted(map(str, look.get_foreign_keys(table))),
            "unique": sorted(map(str, look.get_unique_constraints(table))),
            "indexes": sorted(
                str({**i, "dialect_options": str(i.get("dialect_options", {}).get("sqlite_where"))})
                for i in look.get_indexes(table)
            ),
            "options": look.get_table_options(table),
        }
        for table in sorted(look.get_table_names())
        if table != "alembic_version"
    }


def test_upgrade_from_empty_equals_the_tables(engine: Engine, blank_database: str) -> None:
    made = plain_engine(blank_database)
    with made.begin() as conn:
        metadata.create_all(conn)
        expected = described(conn)
    made.dispose()
    with engine.connect() as conn:
        assert described(conn) == expected


def test_alembic_finds_nothing_to_migrate(engine: Engine) -> None:
    with engine.connect() as conn:
        assert schema_differences(conn) == ()


def test_alembic_check_works_without_a_database_of_its_own() -> None:
    command.check(alembic_config())


def test_a_table_that_differs_is_told(engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(text("DROP INDEX ix_routing_number_day"))
        conn.execute(text("ALTER TABLE payments ADD COLUMN guess TEXT"))
        told = " ".join(schema_differences(conn))
    assert "ix_routing_number_day" in told
    assert "guess" in told


def test_the_program_knows_every_revision() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    found = tuple(script.revision for script in reversed(list(scripts.walk_revisions())))
    assert found == REVISIONS
    assert scripts.get_heads() == [HEAD]


def test_downgrade_leaves_nothing(blank_database: str) -> None:
    engine = plain_engine(blank_database)
    upgrade(engine)
    with engine.begin() as conn:
        command.downgrade(alembic_config(conn), "base")
        assert set(inspect(conn).get_table_names()) == {"alembic_version"}
    engine.dispose()


FIRST_ROUTING = [
    # id, source, row, reporter, first_at, last_at
    (1, 1, 2, 1, "2023-07-05T10:00:00", "2023-07-05T10:00:00.000001"),
    (2, 1, 3, None, None, None),
    (3, 2, 2, 2, "1969-12-31T23:59:59.500000", "2024-02-29T23:59:59.999999"),
]
MICROSECONDS = [
    (1_688_551_200_000_000, 1_688_551_200_000_001),
    (None, None),
    (-500_000, 1_709_251_199_999_999),
]


def fill_first_schema(conn: Connection) -> None:
    """Write a small case as a program of revision 0001 did."""
    command.upgrade(alembic_config(conn), "0001")
    for statement in (
        "INSERT INTO deliveries VALUES (1, '甲', '2026-01-01T00:00:00+08:00')",
        "INSERT INTO spellings VALUES (1, '甲公司', '甲公司'), (2, '乙公司', '乙公司')",
        "INSERT INTO source_files VALUES (1, 'aa', 'bb', 10, 'log.csv')",
        "INSERT INTO source_sheets VALUES (1, 1, 0, NULL, 'routing', 'utf-8', 1, '[]', 1)",
        "INSERT INTO source_sheets VALUES (2, 1, 1, NULL, 'routing', 'utf-8', 1, '[]', 1)",
        """INSERT INTO contracts (id, source_id, row, part, raw, contract_no, contract_key,
             upstream_id, downstream_id, segment_count, start_stated, end_stated)
           VALUES (1, 1, 2, '', '[]', 'HT-1', 'HT-1', 1, 2, 0, FALSE, FALSE)""",
    ):
        conn.execute(text(statement))
    for number, source, row, reporter, first, last in FIRST_ROUTING:
        values = {"id": number, "source": source, "row": row, "reporter": reporter}
        conn.execute(
            text(
                "INSERT INTO routing VALUES (:id, :source, :row, :row, '', 1, 1, 2, '10687415',"
                " '2023-07-05', :reporter, 'kh001', 5, 1, NULL, 'messages', 6, :first, :last)"
            ),
            {**values, "first": first, "last": last},
        )


def test_a_case_of_the_first_schema_comes_along_with_all_it_holds(blank_database: str) -> None:
    engine = plain_engine(blank_database)
    with engine.begin() as conn:
        fill_first_schema(conn)
        before = conn.execute(text("SELECT * FROM routing ORDER BY id")).all()
    assert upgrade(engine) == ("0001", HEAD)
    with engine.connect() as conn:
        assert schema_differences(conn) == ()
        rows = conn.execute(text("SELECT * FROM routing ORDER BY id")).all()
        assert [tuple(row)[:-2] for row in rows] == [tuple(row)[:-2] for row in before]
        assert [(row.first_at, row.last_at) for row in rows] == MICROSECONDS
        assert conn.execute(text("SELECT contract_no FROM contracts")).scalars().all() == ["HT-1"]
        assert conn.execute(text("SELECT count(*) FROM rejected_files")).scalar() == 0
    with engine.begin() as conn:
        command.downgrade(alembic_config(conn), "0001")
        assert conn.execute(text("SELECT * FROM routing ORDER BY id")).all() == before


def test_a_case_of_the_first_schema_must_be_upgraded_first(blank_database: str) -> None:
    engine = plain_engine(blank_database)
    with engine.begin() as conn:
        fill_first_schema(conn)
    with pytest.raises(UsageError, match="tracer db upgrade"):
        open_engine(blank_database)


def test_upgrade_tells_where_it_came_from(blank_database: str) -> None:
    engine = plain_engine(blank_database)
    assert schema_version(engine) is None
    assert upgrade(engine) == (None, HEAD)
    assert upgrade(engine) == (HEAD, HEAD)


def test_upgrade_refuses_what_it_does_not_know(engine: Engine, blank_database: str) -> None:
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="9999"):
        upgrade(engine)
    other = plain_engine(blank_database)
    with other.begin() as conn:
        conn.execute(text("CREATE TABLE songs (id INTEGER)"))
    with pytest.raises(UsageError) as caught:
        upgrade(other)
    assert caught.value.key == "db_foreign"
    assert blank_database in caught.value.message("zh")


def test_an_upgrade_that_breaks_references_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = upgrade_module._run

    def spoil(conn: Connection) -> None:
        real(conn)
        conn.execute(text("INSERT INTO retractions (source_id, event_seq) VALUES (5, 5)"))

    monkeypatch.setattr(upgrade_module, "_run", spoil)
    engine = plain_engine(str(tmp_path / "new.db"))
    with pytest.raises(IntegrityError, match="db check"):
        upgrade(engine)
    assert schema_version(engine) is None


def test_migrations_lie_beside_the_package_in_a_checkout(tmp_path: Path) -> None:
    beside = tmp_path / "migrations"
    beside.mkdir()
    (beside / "env.py").touch()
    (tmp_path / "tracer").mkdir()
    assert migrations_folder(tmp_path / "tracer") == beside
    assert (migrations_folder() / "env.py").is_file()


def test_migrations_lie_in_the_package_of_a_wheel(tmp_path: Path) -> None:
    inside = tmp_path / "tracer" / "migrations"
    inside.mkdir(parents=True)
    (inside / "env.py").touch()
    assert migrations_folder(tmp_path / "tracer") == inside


def test_a_percent_sign_in_the_path_of_the_program_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade_module, "migrations_folder", lambda: tmp_path / "100%")
    expected = str(tmp_path / "100%")
    assert alembic_config().get_main_option("script_location") == expected


@pytest.mark.parametrize("table", [contract_segments, incidents, routing], ids=lambda t: t.name)
def test_digits_compare_bytewise_on_postgresql(table: Table) -> None:
    ddl = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert 'VARCHAR(20) COLLATE "C"' in ddl


def test_the_index_of_unsegmented_contracts_is_partial_on_sqlite() -> None:
    (index,) = [i for i in contracts.indexes if i.name == "ix_contracts_unsegmented"]
    ddl = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
    assert "WHERE segment_count = 0" in ddl


def test_every_reference_of_a_record_is_indexed_for_names() -> None:
    for table in RECORD_TABLES.values():
        leading = {next(iter(index.columns)).name for index in table.indexes}
        names = {
            key.parent.name for key in table.foreign_keys if key.column.table.name == "spellings"
        }
        if table in (contracts, routing):  # looked up by whom they lead to
            names = {"downstream_id"}
        assert names <= leading, table.name
