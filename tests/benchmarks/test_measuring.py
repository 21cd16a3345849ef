"""How measures are taken and told: no figure is tested, only that it is the right one."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from . import bench_page, run
from .measuring import Result, Run, Side, in_process, measure, run_process


def test_both_sides_run_in_turn() -> None:
    order: list[str] = []

    def side(name: str) -> tuple[str, Callable[[], Run]]:
        def taken() -> Run:
            order.append(name)
            return Run(1.0)

        return name, taken

    mine, other = measure(side("a"), side("b"), 3)
    assert order == ["a", "b"] * 3
    assert other is not None
    assert (mine.name, len(mine.runs), other.name) == ("a", 3, "b")
    assert measure(side("a"), None, 1)[1] is None


def test_a_side_tells_medians_and_the_most_memory() -> None:
    side = Side("x", (Run(3.0, 2.0, 10.0), Run(1.0, 9.0, 30.0), Run(2.0, 1.0, 20.0)))
    assert (side.wall, side.user, side.peak_mb) == (2.0, 2.0, 30.0)


def test_a_call_in_this_process() -> None:
    done: list[int] = []
    assert in_process(lambda: done.append(1))().wall >= 0
    assert done == [1]


def test_a_process_of_its_own() -> None:
    """Its memory is its own, not that of the process that started it."""
    ballast = bytearray(300_000_000)
    found = run_process([sys.executable, "-S", "-c", "x = b'x' * 50_000_000"])
    assert 50 < found.peak_mb < 200
    assert found.wall > 0
    assert ballast[-1] == 0
    with pytest.raises(RuntimeError, match="no good"):
        run_process([sys.executable, "-c", "raise SystemExit('no good')"])


def test_the_page_says_what_is_missed(tmp_path: Path) -> None:
    ours, theirs = Side("tracer", (Run(0.5, 0.4),)), Side("pandas", (Run(2.0, 1.5),))
    results = [
        Result("load things", "≥ 1×", True, ours, theirs, "4.00×", ("fine",)),
        Result("trace things", "≤ 2 ms", False, ours, None, "500 ms"),
        Result("other", "—", None, None, None, "?"),
    ]
    file = tmp_path / "page.md"
    bench_page.write_page(file, results, "one run")
    text = file.read_text("utf-8")
    assert "What is missed: trace things." in text
    assert "| load things | ≥ 1× | 4.00× | reached | 500 ms | pandas: 2.0 s | fine;" in text
    assert "**missed**" in text
    assert bench_page.machine() in text
    line = bench_page.table_line(results[1])
    assert "MISSED" in line
    assert "trace things: 500 ms, bar ≤ 2 ms" in line


def test_parts_run_in_order_and_sizes_are_passed_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: list[tuple[str, int, int]] = []

    def part(name: str) -> object:
        def measured(_stage: object, rows: int, runs: int) -> list[Result]:
            asked.append((name, rows, runs))
            return [Result(name, "—", None, None, None, "done")]

        return measured

    monkeypatch.setattr(run, "_PARTS", {name: part(name) for name in run.PARTS})
    monkeypatch.setattr(sys, "argv", ["run", "--out", str(tmp_path), "--runs", "1"])
    run.main()
    assert asked == [(name, 100_000, 1) for name in run.PARTS]
    assert "pages: done" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["run", "--out", str(tmp_path), "--full", "--only", "logs"])
    run.main()
    assert asked[-1] == ("logs", 1_000_000, 3)
