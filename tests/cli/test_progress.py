"""A bar for what is counted: on a terminal only, and never in the way."""

import io
import sys

import pytest

from tracer.cli.progress import count_progress
from tracer.cli.settings import Settings


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with count_progress(Settings("zh"), "audit.reading") as tell:
        assert tell is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    with count_progress(Settings("zh", quiet=True), "audit.reading") as tell:
        assert tell is None


def test_a_terminal_is_told_how_many_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    with count_progress(Settings("zh"), "audit.reading") as tell:
        assert tell is not None
        tell(3, 40)
    said = screen.getvalue()
    assert "核查码号" in said
    assert "3/40" in said
