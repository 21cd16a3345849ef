"""`db check` finds what is not as it was recorded."""

import hashlib
import typing
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tracer.errors import UsageError
from tracer.messages import LANGUAGES
from tracer.messages import text as message
from tracer.model.diagnostic import Diagnostic
from tracer.model.rejectfile import RejectFile
from tracer.store import engine as engine_module
from tracer.store import sources
from tracer.store.check import Soundness, check
from tracer.store.engine import begin_writing, plain_engine
from tracer.store.events import append_event
from tracer.store.rejects import add_rejects, reject_files

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk


@pytest.fixture
def case(clerk: "Clerk") -> "Clerk":
    clerk.load("contracts", clerk.contract("1", "甲", "乙"), clerk.contract("2", "甲", "乙"))
    clerk.log(clerk.total("甲", "乙", "10687415", rows=3), clerk.total("甲", "乙", "106", row=9))
    clerk.reject(Diagnostic(2, None, "x", "blank"))
    tell(clerk)
    return clerk


def tell(clerk: "Clerk") -> None:
    """Tell the custody log of every source, as a load does."""
    with begin_writing(clerk.engine) as conn:
        files = dict(reject_files(conn))
        for entry in sources.list_sources(conn):
            report = entry.report
            said: dict[str, object] = {
                "source": entry.id,
                "sheet": entry.sheet.sheet,
                "table": entry.sheet.table,
                "rows": report.rows,
                "loaded": report.loaded,
                "rejected": report.rejected,
                "duplicates": report.duplicates,
            }
            if entry.id in files:
                said["rejects"] = asdict(files[entry.id])
            params = {
                "path": entry.sheet.path,
                "sha256": entry.sheet.sha256,
                "delivery": entry.delivery,
                "sheets": [said],
            }
            append_event(conn, "load", params, "甲", "2026")


def spoil(engine: Engine, *statements: str) -> None:
    with engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        is_server = conn.dialect.name == "postgresql"
        unchecked = "SET session_replication_role = replica"
        driver.execute(unchecked if is_server else "PRAGMA foreign_keys = OFF")
        for statement in statements:
            driver.execute(statement)
        driver.commit()


def keys(found: Soundness) -> list[str]:
    for note in (*found.faults, *found.remarks):
        for lang in LANGUAGES:
            assert message(f"note.{note.key}", lang, **note.values)
    return [note.key for note in found.faults]


def test_a_sound_database_passes(case: "Clerk") -> None:
    found = check(case.engine)
    assert found.faults == ()
    assert [(note.key, note.values) for note in found.remarks] == [("db_files_gone", {"count": 3})]


def test_a_database_without_records_passes(engine: Engine) -> None:
    assert check(engine) == Soundness()


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("DELETE FROM contracts WHERE id = 2", ["db_reference", "db_count_loaded"]),
        ("UPDATE routing SET row = 9, part = '' WHERE id = 1", ["db_totals_twice"]),
        ("DELETE FROM deliveries", ["db_reference"] * 3 + ["db_event_delivery"]),
        ("INSERT INTO deliveries VALUES (9, '甲', '2026')", ["db_delivery_untold"]),
        ("UPDATE source_files SET path = 'x.csv' WHERE id = 1", ["db_event_differs"]),
        ("UPDATE source_sheets SET sheet = '表' WHERE id = 1", ["db_event_differs"]),
        ("DELETE FROM events WHERE seq = 3", ["db_source_untold"]),
        ("INSERT INTO retractions VALUES (1, 2)", ["db_retraction_untold"]),
        ("UPDATE contracts SET upstream_id = 99 WHERE id = 1", ["db_reference"]),
        ("UPDATE routing SET rows_summed = 2 WHERE id = 1", ["db_count_loaded"]),
        ("DELETE FROM rejected_rows", ["db_count_rejected"]),
        (
            "UPDATE source_totals SET rows_read = 9 WHERE source_id = 1",
            ["db_count_rows", "db_event_differs"],
        ),
        ("DELETE FROM source_totals WHERE source_id = 3", ["db_unfinished", "db_event_differs"]),
        ("UPDATE events SET operator = '丙'", ["db_event_chain"]),
        ("DROP INDEX ix_incidents_number", ["db_schema"]),
        (
            "UPDATE source_sheets SET input_table = 'parties' WHERE id = 1",
            ["db_count_loaded", "db_stray_rows", "db_event_differs"],
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
    (note,) = check(case.engine).faults
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
    tell(clerk)
    assert check(clerk.engine, tmp_path) == Soundness()
    file.write_bytes(b"altered")
    changed = check(clerk.engine, tmp_path)
    assert keys(changed) == ["db_file_changed", "db_file_changed"]
    assert changed.faults[1].values == {"path": "案卷/a.csv", "digest": digest}
    assert [note.values["path"] for note in check(clerk.engine).faults] == [str(file)]
    file.unlink()
    gone = check(clerk.engine, tmp_path)
    assert gone.faults == ()
    assert [note.values for note in gone.remarks] == [{"count": 2}]
    clerk.retract(1)
    clerk.retract(2)
    assert check(clerk.engine, tmp_path) == Soundness()


def test_of_files_under_one_path_one_after_the_other_only_the_last_can_be_there(
    clerk: "Clerk", tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    for content in (b"first", b"second"):
        file.write_bytes(content)
        sheet = replace(
            clerk.sheet("contracts", "a.csv"), sha256=hashlib.sha256(content).hexdigest()
        )
        with begin_writing(clerk.engine) as conn:
            source = sources.add_source(conn, sheet, None)
            sources.finish_source(conn, source, clerk.report(sheet, 0))
    tell(clerk)
    found = check(clerk.engine, tmp_path)
    assert found.faults == ()
    assert [note.values for note in found.remarks] == [{"count": 1}]
    file.write_bytes(b"third")
    assert keys(check(clerk.engine, tmp_path)) == ["db_file_changed", "db_file_changed"]


def test_rejected_rows_in_a_file_count_and_are_in_the_log(clerk: "Clerk") -> None:
    sheet = clerk.sheet("contracts", None)
    rows = [Diagnostic(row, None, "x", "blank") for row in (2, 3, 4)]
    with begin_writing(clerk.engine) as conn:
        source = sources.add_source(conn, sheet, None)
        rejected = add_rejects(
            conn, source, rows, lambda rest: RejectFile("f", "ab", 9, len(list(rest))), most=1
        )
        report = replace(clerk.report(sheet, 0), rows=rejected, rejected=rejected)
        sources.finish_source(conn, source, report)
    tell(clerk)
    assert keys(check(clerk.engine)) == []
    spoil(clerk.engine, "UPDATE rejected_files SET rows = 1")
    assert keys(check(clerk.engine)) == ["db_count_rejected", "db_event_differs"]


def test_entries_of_the_log_that_do_not_number_sources_find_them(clerk: "Clerk") -> None:
    for _ in range(2):
        clerk.load("contracts", clerk.contract("1", "甲", "乙"), path="a.csv")
    with begin_writing(clerk.engine) as conn:
        entries = sources.list_sources(conn)
        counts = {"rows": 1, "loaded": 1, "rejected": 0, "duplicates": 0}
        for entry in entries:
            said = {"sheet": None, "table": "contracts", **counts}
            params = {"path": "a.csv", "sha256": entry.sheet.sha256, "sheets": [said]}
            append_event(conn, "load", params, "甲", "2026")
    assert keys(check(clerk.engine)) == []
    with begin_writing(clerk.engine) as conn:
        append_event(conn, "load", params, "甲", "2026")
        append_event(conn, "retract", {"source": 1}, "甲", "2026")
    assert keys(check(clerk.engine)) == ["db_event_source", "db_event_retraction"]


def test_an_old_or_missing_schema_is_told_first(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="tracer db upgrade"):
        check(plain_engine(str(tmp_path / "none.db")))
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(UsageError, match=f"0000.*{engine_module.HEAD}"):
        check(engine)
