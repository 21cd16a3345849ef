"""The custody log in words: every kind of entry, long ones, odd ones."""

import json
from typing import Any

import pytest

from tracer.cli.cells import width
from tracer.cli.log_lines import log_lines
from tracer.cli.output import plain
from tracer.messages import Language
from tracer.model.event import GENESIS, Event

DIGEST = "0123456789ab" + "c" * 52
SHEET = {
    "source": 4, "sheet": "合同", "table": "contracts", "encoding": None, "rows": 1234,
    "loaded": 1230, "rejected": 3, "duplicates": 1,
    "settings": {"reporter": "甲公司", "rests_on.book.csv": DIGEST},
}  # fmt: skip
LOAD = {"path": "a/台账.xlsx", "sha256": DIGEST, "sm3": "", "delivery": 2, "sheets": [SHEET]}
UNITS: list[dict[str, Any]] = [
    {"name": "甲公司", "uscc": None, "keys": []},
    {"name": "甲司", "uscc": None, "keys": []},
]
PAPER = {"path": "卷一.pdf", "sha256": DIGEST, "page": "7"}
HOP = {"kind": "hop", "upstream": "甲公司", "downstream": "乙公司"}
FINDING = {"kind": "finding", "rule": "TR202", "parties": ["甲公司", "乙公司"]}
EXPORT = {
    "package": "p.zip", "digest": DIGEST, "numbers": ["10687415", "1069"], "from": None,
    "to": "2023-07-01", "as_of": "2026-01-02T00:00:00+00:00", "with_sources": False,
    "redacted": True, "events": 3, "head": DIGEST,
}  # fmt: skip
CHECK = {"package": "p.zip", "digest": DIGEST, "faults": 2, "rerun_faults": None}
SAID: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    (
        "case",
        {"name": "案", "number": None, "timezone": "Asia/Urumqi"},
        "时区：Asia/Urumqi",
        "case number: –",
    ),
    (
        "load",
        LOAD,
        "来源 4［合同］（合同）：共 1,234 行，载入 1,230，拒收 3，重复 1",
        "delivery 2 · a/台账.xlsx · SHA-256 0123456789ab · source 4 [合同] (Contracts)",
    ),
    (
        "load",
        LOAD,
        "reporter=甲公司 · rests_on.book.csv=0123456789ab",
        "rejected 3, duplicates 1 · ",
    ),
    ("load", {**LOAD, "keep_recipients": True}, "接收号码未遮掩", "recipients kept unmasked"),
    ("load", {**LOAD, "sheets": [{**SHEET, "table": None}]}, "未识别", "no table, skipped"),
    (
        "retract",
        {"source": 3, "reason": "重复移送"},
        "撤回来源 3；理由：重复移送",
        "source 3 withdrawn",
    ),
    (
        "merge",
        {"units": UNITS, "name": "甲公司", "reason": "同一执照"},
        "甲公司、甲司 认定为同一主体 甲公司",
        "甲公司, 甲司: one party, 甲公司; why: 同一执照",
    ),
    (
        "split",
        {"units": UNITS[1:], "party": "甲公司", "reason": "误并"},
        "从 甲公司 中拆出 甲司；理由：误并",
        "甲司 taken out of 甲公司; why: 误并",
    ),
    (
        "rename",
        {"units": UNITS, "party": "甲司", "name": "甲公司", "reason": "更名"},
        "甲司 改称 甲公司",
        "甲司 is called 甲公司; why: 更名",
    ),
    ("undo", {"event": 7, "reason": "误"}, "撤销第 7 条；理由：误", "entry 7 taken back; why: 误"),
    (
        "correct",
        {"record": "contracts:ab:5", "printed": "终止", "was": "", "now": "2023", "reason": "误读"},
        "contracts:ab:5 的 终止：（空白） → 2023；理由：误读",
        "(blank) → 2023; why: 误读",
    ),
    (
        "note",
        {"target": HOP, "text": "当庭承认", "grade": "confirmed", "document": PAPER},
        "甲公司 → 乙公司：当庭承认 · 原件 卷一.pdf 第 7 页",
        "甲公司 → 乙公司: 当庭承认 · document 卷一.pdf page 7",
    ),
    (
        "note",
        {"target": FINDING, "text": "已说明", "grade": None},
        "TR202 甲公司、乙公司：已说明",
        "TR202 甲公司, 乙公司: 已说明",
    ),
    (
        "note",
        {"target": {"kind": "record", "record": "r:1:2"}, "text": "x", "grade": "doubtful"},
        "疑 D",
        "D·doubtful",
    ),
    (
        "export",
        EXPORT,
        "期间 …2023-07-01 · 按 2026-01-02 08:00:00+08:00 时的状态 · 遮名副本 · 不附来源文件",
        "1069; days …2023-07-01 · as the file stood at 2026-01-02 08:00:00+08:00 · redacted copy",
    ),
    ("verify", CHECK, "摘要 0123456789ab；不符 2 处", "digest 0123456789ab; faults: 2"),
    ("verify", {**CHECK, "rerun_faults": 0}, "重新运行不符 0 处", "faults when run again: 0"),
    ("odd", {"b": [1]}, '{"b": [1]}', '{"b": [1]}'),
    ("load", {"unreadable": "{{"}, '{"unreadable": "{{"}', '{"unreadable": "{{"}'),
    ("note", {"target": {"kind": "dream"}, "text": "x"}, '"kind": "dream"', '"kind": "dream"'),
)


def _event(action: str, params: dict[str, Any], seq: int = 1) -> Event:
    return Event(seq, "2026-01-01T02:00:00+00:00", "王某", action, params, GENESIS, DIGEST)


def _lines(events: list[Event], lang: Language, cells: int | None = None) -> list[str]:
    return plain(log_lines(events, lang, cells)).splitlines()


@pytest.mark.parametrize(("action", "params", "zh", "en"), SAID)
def test_every_kind_of_entry_is_said_in_words(
    action: str, params: dict[str, Any], zh: str, en: str
) -> None:
    said: tuple[tuple[Language, str], ...] = (("zh", zh), ("en", en))
    for lang, expected in said:
        _, entry, hint = _lines([_event(action, params)], lang)
        assert expected in entry
        assert "王某" in entry
        assert " 0123456789ab " in entry
        assert "--format json" in hint


def test_times_are_of_the_zone_of_the_case() -> None:
    assert (
        "2026-01-01 10:00:00+08:00"
        in _lines([_event("undo", {"event": 1, "reason": "误"})], "zh")[1]
    )
    moved = [_event("case", {"name": None, "number": None, "timezone": "UTC"}), _event("x", {}, 2)]
    assert all("2026-01-01 02:00:00+00:00" in each for each in _lines(moved, "zh")[1:3])


@pytest.mark.parametrize("cells", [80, 100, 120])
def test_entries_are_folded_to_the_terminal_and_nothing_is_lost(cells: int) -> None:
    events = [_event(action, params) for action, params, _, _ in SAID]
    said = _lines(events, "zh", cells)
    assert all(width(each) <= cells for each in said)
    joined = "".join("".join(said).split())
    for piece in ("重复1", "遮名副本", "误读", "rests_on.book.csv=0123456789ab", '"kind":"dream"'):
        assert piece in joined


@pytest.mark.parametrize("spoilt", ["gestern", "", "2026-13-01T00:00:00+08:00"])
def test_a_spoilt_log_is_listed_as_it_is(spoilt: str) -> None:
    bad = Event(1, f"{spoilt}\x1b[2J", "x", "case", {"timezone": "Nowhere/At_all"}, GENESIS, "zz")
    entry = _lines([bad], "en")[1]
    assert "\x1b" not in entry
    assert spoilt in entry
    assert json.dumps({"timezone": "Nowhere/At_all"}) in entry


def test_an_empty_log() -> None:
    assert _lines([], "en") == ["The custody log is empty."]
