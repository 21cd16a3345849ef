"""Rejected rows beyond those the database keeps: in a file beside it, read as one list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tracer.errors import IntegrityError, UsageError
from tracer.model.diagnostic import Diagnostic
from tracer.model.load import RejectedRow, SourceReport, SourceSheet
from tracer.model.rejectfile import RejectFile
from tracer.store.engine import begin_writing, open_engine
from tracer.store.events import append_event
from tracer.store.rejects import add_rejects, read_rejects, reject_file_of, reject_files
from tracer.store.sources import add_source, finish_source, retract_source
from tracer.usecases.case import Case
from tracer.usecases.rejects import list_rejects, reject_faults, reject_keeper, rejects_folder

from .conftest import AT

SHEET = SourceSheet("日志.csv", 0, None, "ab" * 32, "cd" * 32, 9, "routing", "utf-8", 1)
MANY = [Diagnostic(row, None, f"行{row}", "wrong_width") for row in range(2, 12)]


class Stub:
    """What `reject_keeper` looks at of a sheet."""

    sha256, sheet_no = SHEET.sha256, SHEET.sheet_no


@pytest.fixture
def case(database: str) -> Iterator[Case]:
    engine = open_engine(database)
    with Case(engine, lambda: AT) as opened:
        yield opened


@pytest.fixture
def folder(database: str) -> Path:
    found = rejects_folder("tracer" if "://" in database else database)
    assert found is not None
    return found


def keep(conn: Connection, folder: Path | None, rows: list[Diagnostic], most: int) -> int:
    source = add_source(conn, SHEET, None)
    keeper = reject_keeper(folder, Stub())  # type: ignore[arg-type]
    assert add_rejects(conn, source, iter(rows), keeper, most=most) == len(rows)
    digests = (SHEET.sha256, SHEET.sm3, SHEET.table, SHEET.encoding)
    finish_source(conn, source, SourceReport(SHEET.path, None, *digests, len(rows), 0, 10, 0))
    return source


def texts(rows: object) -> list[int]:
    assert isinstance(rows, Iterator)
    return [row.diagnostic.row for row in rows]


@pytest.mark.parametrize("most", [1, 4, 9])
def test_beyond_the_limit_they_stand_in_a_file_and_read_as_one_list(
    case: Case, folder: Path, most: int
) -> None:
    with begin_writing(case._engine) as conn:
        source = keep(conn, folder, MANY, most)
    with case._engine.connect() as conn:
        assert texts(read_rejects(conn)) == list(range(2, 2 + most))
        file = reject_file_of(conn, source)
        assert file is not None
        assert file.rows == len(MANY) - most
        assert reject_files(conn) == ((source, file),)
        assert [each.name for each in folder.iterdir()] == [file.name]
        found = list_rejects(conn)
        assert list(found.rows) == [RejectedRow("日志.csv", None, each) for each in MANY]
        assert found.faults == ()
        assert texts(list_rejects(conn, source).rows) == list(range(2, 12))
    assert [row.diagnostic for row in case.rejects()] == MANY


@pytest.mark.parametrize("most", [10, 11])
def test_up_to_the_limit_there_is_no_file(case: Case, folder: Path, most: int) -> None:
    with begin_writing(case._engine) as conn:
        source = keep(conn, folder, MANY, most)
        assert reject_file_of(conn, source) is None
    assert not folder.exists()
    assert [row.diagnostic for row in case.rejects()] == MANY


def test_without_a_folder_all_stay_in_the_database(case: Case) -> None:
    with begin_writing(case._engine) as conn:
        keep(conn, None, MANY, 3)
        assert reject_files(conn) == ()
    assert [row.diagnostic for row in case.rejects()] == MANY


def test_a_file_gone_or_altered_is_named_and_the_rest_is_shown(case: Case, folder: Path) -> None:
    with begin_writing(case._engine) as conn:
        keep(conn, folder, MANY, 4)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    for altered, key in ((content[:-1], "rejects_file_changed"), (None, "rejects_file_missing")):
        file.unlink()
        if altered is not None:
            file.write_bytes(altered)
        with case._engine.connect() as conn:
            found = list_rejects(conn)
            assert [fault.key for fault in found.faults] == [key]
            assert found.faults[0].values["path"] == file.as_posix()
            assert texts(found.rows) == [2, 3, 4, 5]
            assert reject_faults(conn, folder) == found.faults
        with pytest.raises(IntegrityError, match=file.name):
            case.rejects()
        file.touch()
    file.write_bytes(content)
    assert [row.diagnostic for row in case.rejects()] == MANY


def test_a_withdrawn_source_brings_no_fault_unless_asked_for(case: Case, folder: Path) -> None:
    with begin_writing(case._engine) as conn:
        source = keep(conn, folder, MANY, 4)
        event = append_event(conn, "retract", {"source": source}, "tester", AT.isoformat())
        retract_source(conn, source, event.seq)
    next(folder.iterdir()).unlink()
    assert case.rejects() == ()
    with case._engine.connect() as conn:
        assert len(list_rejects(conn, source).faults) == 1
        with pytest.raises(UsageError, match="8"):
            list_rejects(conn, 8)


def test_where_the_folder_is() -> None:
    assert rejects_folder("a/b.db") == Path("a/b.db.rejects")
    assert rejects_folder("tracer") == Path("tracer.rejects")
    assert rejects_folder(None) is None
    assert reject_keeper(None, Stub()) is None  # type: ignore[arg-type]


def test_a_transaction_that_fails_names_no_file(case: Case, folder: Path) -> None:
    class CutError(Exception):
        pass

    def cut() -> None:
        with begin_writing(case._engine) as conn:
            keep(conn, folder, MANY, 4)
            raise CutError

    with pytest.raises(CutError):
        cut()
    assert case.rejects() == ()
    left = [each.name for each in folder.iterdir()]
    with begin_writing(case._engine) as conn:
        source = keep(conn, folder, MANY, 4)
        file = reject_file_of(conn, source)
    assert isinstance(file, RejectFile)
    assert [each.name for each in folder.iterdir()] == left == [file.name]
    assert [row.diagnostic for row in case.rejects()] == MANY
