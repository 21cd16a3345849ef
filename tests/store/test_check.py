"""`db check` finds what is not as it was recorded."""

import hashlib
import typing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tracer.errors import UsageError
from tracer.messages import LANGUAGES
from tracer.messages import text as message
from tracer.model.diagnostic import Diagnostic, Note
from tracer.store import engine as engine_module
from tracer.store import sources
from tracer.store.check import check
from tracer.store.engine import begin_writing, plain_engine
from tracer.store.events import append_event

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk


@pytest.fixture
def case(clerk: "Clerk") -> "Clerk":
    clerk.load("contracts", clerk.contract("1", "甲", "乙"), clerk.contract("2", "甲", "乙"))
    clerk.log(clerk.total("甲", "乙", "10687415", rows=3), clerk.total("甲", "乙", "106", row=9))
    clerk.reject(Diagnostic(2, None, "x", "blank"))
    with begin_writing(clerk.engine) as conn:
        append_event(conn, "load", {}, "甲", "2026")
    return clerk


def spoil(engine: Engine, *statements: str) -> None:
    with engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            driver.execute(statement)


def keys(notes: tuple[Note, ...]) -> list[str]:
    for note in notes:
        for lang in LANGUAGES:
            assert message(f"note.{note.key}", lang, **note.values)
    return [note.key for note in notes]


def test_a_sound_database_passes(case: "Clerk") -> None:
    assert check(case.engine) == ()


def test_a_database_without_records_passes(engine: Engine) -> None:
    assert check(engine) == ()


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("DELETE FROM contracts WHERE id = 2", ["db_reference", "db_count_loaded"]),
        ("UPDATE contracts SET upstream_id = 99 WHERE id = 1", ["db_reference"]),
        ("UPDATE routing SET rows_summed = 2 WHERE id = 1", ["db_count_loaded"]),
        ("DELETE FROM rejected_rows", ["db_count_rejected"]),
        ("UPDATE source_totals SET rows_read = 9 WHERE source_id = 1", ["db_count_rows"]),
        ("DELETE FROM source_totals WHERE source_id = 3", ["db_unfinished"]),
        ("UPDATE events SET operator = '丙'", ["db_event_chain"]),
        ("DROP INDEX ix_incidents_number", ["db_schema"]),
        (
            "UPDATE source_sheets SET input_table = 'parties' WHERE id = 1",
            ["db_count_loaded", "db_stray_rows"],
        ),
    ],
)
def test_what_was_tampered_with_is_found(
    case: "Clerk", tampering: str, expected: list[str]
) -> None:
    spoil(case.engine, tampering)
    assert keys(check(case.engine)) == expected


def test_a_count_names_source_recorded_and_found(case: "Clerk") -> None:
    spoil(case.engine, "DELETE FROM contract_segments", "DELETE FROM contracts WHERE id = 2")
    (note,) = check(case.engine)
    assert note.values == {"source": 1, "path": "file0.csv", "recorded": 2, "found": 1}


def test_source_files_still_there_must_be_what_was_loaded(clerk: "Clerk", tmp_path: Path) -> None:
    file = tmp_path / "案卷" / "a.csv"
    file.parent.mkdir()
    file.write_bytes(b"loaded")
    digest = hashlib.sha256(b"loaded").hexdigest()
    relative, absolute = clerk.sheet("contracts", "案卷/a.csv"), clerk.sheet("contracts", str(file))
    with begin_writing(clerk.engine) as conn:
        for sheet in (replace(relative, sha256=digest), replace(absolute, sha256=digest)):
            source = sources.add_source(conn, sheet, None)
            sources.finish_source(conn, source, clerk.report(sheet, 0))
    assert check(clerk.engine, tmp_path) == ()
    file.write_bytes(b"altered")
    changed = check(clerk.engine, tmp_path)
    assert keys(changed) == ["db_file_changed", "db_file_changed"]
    assert changed[1].values == {"path": "案卷/a.csv", "digest": digest}
    assert [note.values["path"] for note in check(clerk.engine)] == [str(file)]
    clerk.retract(1)
    clerk.retract(2)
    assert check(clerk.engine, tmp_path) == ()
    file.unlink()
    assert check(clerk.engine, tmp_path) == ()


def test_an_old_or_missing_schema_is_told_first(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="tracer db upgrade"):
        check(plain_engine(str(tmp_path / "none.db")))
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(UsageError, match=f"0000.*{engine_module.HEAD}"):
        check(engine)
