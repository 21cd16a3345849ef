import errno

import pytest
import typer

from tracer.cli import status
from tracer.cli.guard import guarded, print_error
from tracer.cli.wording import WordsError
from tracer.errors import IntegrityError, NothingOnRecord, RowsRejected, TracerError, UsageError


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UsageError("reason_blank"), status.USAGE),
        (NothingOnRecord("reason_blank"), status.NOTHING),
        (RowsRejected("rows_rejected", count=3), status.REJECTED),
        (IntegrityError("log_broken", entry=2, count=9), status.INTEGRITY),
        (TracerError("reason_blank"), status.OUR_BUG),
        (KeyboardInterrupt(), status.INTERRUPTED),
        (typer.Abort(), status.INTERRUPTED),
        (PermissionError(errno.EACCES, "Permission denied", "x.html"), status.USAGE),
        (OSError("odd"), status.USAGE),
        (ValueError("secret 13800138000"), status.OUR_BUG),
        (RecursionError(), status.OUR_BUG),
    ],
)
def test_every_end_has_its_status_and_at_most_one_line(
    error: BaseException, expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(lambda: _raise(error), "en") == expected
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == (0 if expected == status.INTERRUPTED else 1)
    assert "Traceback" not in said.err
    assert "secret" not in said.err


def test_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    guarded(lambda: _raise(ValueError()), "zh")
    guarded(lambda: _raise(FileNotFoundError(errno.ENOENT, "No such file", "甲\x1b.csv")), "zh")
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("错误：程序错误（ValueError）")
    assert "TRACER_DEBUG=1" in said[0]
    assert said[1] == "错误：无法读写 甲\\x1b.csv：No such file。"


def test_the_database_driver_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    class OperationalError(Exception):
        orig = "database is locked\nsecond line"

    assert guarded(lambda: _raise(OperationalError()), "zh") == status.USAGE
    assert capsys.readouterr().err == "错误：数据库拒绝了操作：database is locked。\n"


def test_the_traceback_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACER_DEBUG", "1")
    assert guarded(lambda: _raise(ValueError("why")), "en") == status.OUR_BUG
    assert "ValueError: why" in capsys.readouterr().err


def test_a_plain_end() -> None:
    assert guarded(lambda: None, "zh") == status.DONE
    assert guarded(lambda: 5, "zh") == 5


def test_hint_where_help_would_help(capsys: pytest.CaptureFixture[str]) -> None:
    print_error(WordsError("missing_words", command="tracer load", name="PATH"), "en")
    assert capsys.readouterr().err == "Error: PATH is missing.\nFor help: tracer load --help\n"
