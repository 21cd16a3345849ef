import io
import sys

import pytest

from tracer.cli.cells import width
from tracer.cli.output import Span, aligned, line, plain, print_lines, remark
from tracer.cli.settings import Settings


def test_columns_align_by_cells_and_end_without_blanks() -> None:
    lines = plain(
        aligned([["甲公司", 7, "x"], ["B", 1234, ""]], header=["名", "数", "y"], right={1})
    )
    assert lines == "名         数  y\n甲公司      7  x\nB       1,234\n"


def test_blank_and_hostile_cells() -> None:
    (only,) = aligned([[None, "a\x1b[31m", True]], indent="  ")
    assert plain([only]) == "  –  a\\x1b[31m  True\n"
    assert aligned([]) == []


def test_every_line_of_a_table_is_as_wide_as_its_columns() -> None:
    rows = [["一二三", "a|"], ["bb", "四|"]]
    ends = {width(text[: text.index("|")]) for text in plain(aligned(rows, right={1})).splitlines()}
    assert len(ends) == 1


class _Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8")

    def isatty(self) -> bool:
        return True

    def written(self) -> str:
        self.flush()
        said = self.bytes.getvalue().decode()
        self.bytes.seek(0)
        self.bytes.truncate()
        return said


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    spans = [line("a ", Span("b\x07", "sender"), Span("  ", "sender"))]
    print_lines(spans)
    assert terminal.written() == "a \x1b[31m\x1b[1mb\\x07\x1b[0m  \n"
    monkeypatch.setenv("NO_COLOR", "1")
    print_lines(spans)
    assert terminal.written() == "a b\\x07  \n"


def test_no_colour_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines([line(Span("b", "sender"))])
    assert capsys.readouterr().out == "b\n"


def test_remarks_go_to_stderr_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    remark(Settings("zh"), "好\x1b")
    remark(Settings("zh", quiet=True), "坏")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "好\\x1b\n")
