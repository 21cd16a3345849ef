"""The schema: what migrations lead to is what the tables say."""

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tracer.errors import IntegrityError, UsageError
from tracer.store import upgrade as upgrade_module
from tracer.store.engine import HEAD, REVISIONS, plain_engine, schema_version
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


def test_upgrade_from_empty_equals_the_tables(engine: Engine) -> None:
    made = create_engine("sqlite://")
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


def test_downgrade_leaves_nothing() -> None:
    engine = plain_engine("sqlite://")
    upgrade(engine)
    with engine.begin() as conn:
        command.downgrade(alembic_config(conn), "base")
        assert set(inspect(conn).get_table_names()) == {"alembic_version"}
    engine.dispose()


def test_upgrade_tells_where_it_came_from(tmp_path: Path) -> None:
    engine = plain_engine(str(tmp_path / "new.db"))
    assert schema_version(engine) is None
    assert upgrade(engine) == (None, HEAD)
    assert upgrade(engine) == (HEAD, HEAD)


def test_upgrade_refuses_what_it_does_not_know(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="9999"):
        upgrade(engine)
    other = plain_engine(str(tmp_path / "other.db"))
    with other.begin() as conn:
        conn.execute(text("CREATE TABLE songs (id INTEGER)"))
    with pytest.raises(UsageError, match=r"other\.db"):
        upgrade(other)


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
        assert names <= leading, table.name
