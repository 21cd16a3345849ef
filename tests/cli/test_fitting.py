"""Tables on a narrow terminal: they fit, and every word of them is still there."""

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import Result

from tests.report.audits import full_audit
from tracer.cli.audit_table import audit_lines
from tracer.cli.cells import width
from tracer.cli.fitting import fitted, row_by_row
from tracer.cli.output import aligned, plain
from tracer.cli.tabular import trace_tables
from tracer.messages import Language

HEADER = ["码号", "持有人", "层数", "最终发送方", "损失（元）", "各规则线索"]
ROWS: list[tuple[object, ...]] = [
    ("10687415", "广东甲信息科技有限责任公司", 3, "河北乙网络科技有限公司、丙公司", "1,170,000.00",
     "TR201×1 TR202×12 TR301×1"),
    ("10690000", "丁公司", 1, None, "0.00", None),
]  # fmt: skip
RIGHT = {2, 4}
Run = Callable[..., Result]


def _said(cells: int | None, indent: str = "") -> list[str]:
    lines = fitted(ROWS, header=HEADER, right=RIGHT, indent=indent, cells=cells)
    return plain(lines).splitlines()


@pytest.mark.parametrize("cells", [40, 60, 72, 80, 100, 120])
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_table_fits_and_nothing_is_lost(cells: int, indent: str) -> None:
    said = _said(cells, indent)
    assert all(width(each) <= cells for each in said)
    letters = "".join(said)
    for cell in (str(cell) for row in ROWS for cell in row if cell is not None):
        for letter in set(cell) - {" "}:
            count = sum(str(other).count(letter) for row in ROWS for other in row if other)
            assert letters.count(letter) >= count, letter


def test_a_table_that_fits_is_left_alone() -> None:
    alone = plain(aligned(ROWS, header=HEADER, right=RIGHT)).splitlines()
    assert _said(None) == _said(200) == alone
    assert len(alone) == 3


def test_columns_of_words_are_folded_and_figures_are_not() -> None:
    said = _said(80)
    assert said[0].split() == ["码号", "持有人", "层数", "最终发送方", "损失（元）", "各规则线索"]
    assert said[1].startswith("10687415  广东甲信息科技  ")
    assert said[2].startswith("          有限责任公司")
    assert any("1,170,000.00" in each for each in said)
    assert [each.split()[0] for each in said if each.startswith("1069")] == ["10690000"]


def test_a_table_that_cannot_be_folded_is_set_row_by_row() -> None:
    said = _said(40)
    assert said[0] == "码号 10687415"
    assert said[1].startswith("  持有人 广东甲信息科技有限责任公司")
    assert "码号 10690000" in said
    assert "–" not in "".join(said)
    blank = plain(fitted([(None, "A" * 40), (3, "–")], header=["层", "主体"], cells=40))
    assert blank.splitlines()[0] == "层 –"
    assert blank.splitlines()[-2:] == ["层 3", "  主体 –"]
    named = plain(row_by_row(["主体", "层数"], [["甲公司", "3"]], 40)).splitlines()
    assert named == ["  甲公司", "    层数 3"]


def test_a_table_without_titles_or_rows() -> None:
    assert fitted([], header=HEADER, cells=80) == aligned([], header=HEADER)
    assert fitted([], cells=40) == []
    said = plain(fitted([("甲公司 → 乙公司", "一二三四五六七八九十")], cells=24)).splitlines()
    assert "".join(said).replace(" ", "") == "甲公司→乙公司一二三四五六七八九十"
    assert all(width(each) <= 24 for each in said)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [80, 100, 120])
def test_an_audit_fits_the_terminal(lang: Language, cells: int) -> None:
    audit = full_audit()
    said = plain(audit_lines(audit, lang, None, cells)).splitlines()
    assert all(width(each) <= cells for each in said)
    for code in audit.codes:
        assert any(code.code in each for each in said)


@pytest.mark.parametrize("case", ["merge", "broken"])
def test_tables_of_a_trace_fit_the_terminal(papers: Any, case: str) -> None:
    trace = getattr(papers, case)()
    said = plain(trace_tables(trace, (), "zh", 90)).splitlines()
    assert all(width(each) <= 90 for each in said)
    wide = plain(trace_tables(trace, (), "zh")).splitlines()
    assert max(map(width, wide)) > 90


@pytest.mark.parametrize("words", [("sources",), ("rules",), ("rejects",)])
def test_commands_ask_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for module in ("sources", "rules", "rejects"):
        monkeypatch.setattr(f"tracer.cli.{module}.terminal_cells", lambda: 64)
    said = run(*words)
    assert said.exit_code == 0, said.stderr
    assert all(width(each) <= 64 for each in said.stdout.splitlines())
