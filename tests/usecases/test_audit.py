"""The audit: every code with the figures of its trace and the findings of its scope."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tracer import Case, NothingOnRecord, open_case
from tracer.graph.survey import take_survey
from tracer.model.period import ALL_DAYS, Period
from tracer.rules.audited import Audit, AuditFilter
from tracer.rules.finding import examine
from tracer.rules.inspection import Inspection
from tracer.store.engine import open_engine
from tracer.store.evidence import fetch_evidence
from tracer.store.particulars import ParticularsReader
from tracer.usecases.audit import audit_codes
from tracer.usecases.audit_part import AuditTerms
from tracer.usecases.memory import no_collection
from tracer.usecases.portfolio import list_codes, scan_portfolio

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = datetime(2026, 1, 1, tzinfo=UTC)
JULY = Period(date(2023, 7, 1), date(2023, 7, 31))
WriteTable = Callable[..., Path]

ALLOCATED = [
    ["码号", "持有人", "核发机关", "使用范围", "生效日期", "失效日期"],
    ["10687415", "甲公司", "工业和信息化部", "全国", "", ""],
    ["10690001", "乙公司", "云岭省通信管理局", "云岭省", "", ""],
    ["10690002", "甲公司", "云岭省通信管理局", "云岭省", "2024-01-01", ""],
]
CONTRACTS = [
    ["合同编号", "上游", "下游", "号段", "生效日期", "终止日期"],
    ["HT-1", "甲公司", "丙公司", "10687415", "2023-01-01", "2023-12-31"],
    ["HT-2", "丙公司", "丁公司", "1068741501", "2023-01-01", "2023-12-31"],
    ["HT-3", "乙公司", "丙公司", "1069000101", "2023-01-01", "2023-12-31"],
]


@pytest.fixture(scope="module", params=["audit", "hangzhou"])
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    file = tmp_path_factory.mktemp("audit") / "case.db"
    with open_case(file, now=lambda: AT) as case:
        case.load([EXAMPLES / request.param])
    engine = open_engine(str(file))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_of_a_code_goes_in_a_circle(example: Engine, keep: bool) -> None:
    """So that an audit may put off the search for garbage however many codes there are."""
    terms = AuditTerms(ALL_DAYS, AuditFilter(), 1000, keep)
    with example.connect() as conn:
        codes, auditor = list_codes(conn), terms.begin(conn)
        auditor.look_at(codes)  # statements are written, particulars read
        gc.collect()
        with no_collection():
            assert auditor.look_at(codes).codes
            assert gc.collect() == 0


@pytest.fixture
def engine(case: Case, database: str, write_table: WriteTable) -> Iterator[Engine]:
    write_table("分配.csv", ALLOCATED)
    case.load([write_table("合同.csv", CONTRACTS).parent])
    opened = open_engine(database)
    yield opened
    opened.dispose()


def audit(engine: Engine, window: Period = ALL_DAYS, asked: AuditFilter | None = None) -> Audit:
    with engine.connect() as conn:
        return audit_codes(conn, window, asked or AuditFilter())


def codes_of(found: Audit) -> list[str]:
    return sorted(each.code for each in found.codes)


@pytest.mark.parametrize("window", [ALL_DAYS, Period(date(2024, 3, 1), date(2024, 3, 31))])
def test_figures_are_those_of_the_portfolio(example: Engine, window: Period) -> None:
    with example.connect() as conn:
        scanned = {each.code: each.figures for each in scan_portfolio(conn, window)}
        try:
            found = audit_codes(conn, window, AuditFilter())
        except NothingOnRecord:
            assert not any(each.parties or each.incidents for each in scanned.values())
            return
    figures = {each.code: each.figures for each in found.codes}
    assert figures == {code: scanned[code] for code in figures}
    left_out = scanned.keys() - figures.keys()
    assert not any(scanned[code].parties or scanned[code].incidents for code in left_out)


def test_findings_are_those_of_each_code_looked_at_alone(example: Engine) -> None:
    with example.connect() as conn:
        found = audit_codes(conn, ALL_DAYS, AuditFilter())
        for each in found.codes:
            evidence = fetch_evidence(conn, each.code)
            reader = ParticularsReader(conn)
            alone = examine(
                Inspection(take_survey(evidence, ALL_DAYS), reader.of(evidence), reader)
            )
            here = tuple(f.finding for f in found.findings if f.code == each.code)
            assert here == alone
            assert each.findings == dict(sorted(Counter(f.rule for f in alone).items()))
    assert found.finding_count == len(found.findings)


def test_worst_first_as_stated(example: Engine) -> None:
    codes = audit(example).codes
    assert [each.order for each in codes] == sorted(each.order for each in codes)
    assert [each.figures.incidents for each in codes] == sorted(
        (each.figures.incidents for each in codes), reverse=True
    )


def test_parties_are_summed_over_codes(engine: Engine) -> None:
    parties = {each.name: each for each in audit(engine).parties}
    third, holder, last = parties["丙公司"], parties["甲公司"], parties["丁公司"]
    assert (third.codes, third.held, third.deepest, third.onward) == (2, 0, 1, 1)
    assert (holder.codes, holder.held, holder.deepest, holder.onward) == (2, 2, 0, 1)
    assert (last.codes, last.deepest) == (1, 2)
    assert (third.findings, third.named) == ({"TR201": 1}, {"TR210": 1})
    assert (last.findings, last.named) == ({}, {"TR201": 1})


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["10687415", "10690001", "10690002"]),
        ({"digits": "1069"}, ["10690001", "10690002"]),
        ({"digits": "10687"}, ["10687415"]),
        ({"holder": "甲公司"}, ["10687415", "10690002"]),
        ({"holder": " 甲 公司"}, ["10687415", "10690002"]),
        ({"authority": "通信管理局"}, ["10690001", "10690002"]),
        ({"region": "云岭"}, ["10690001", "10690002"]),
        ({"region": "云岭", "holder": "乙公司"}, ["10690001"]),
    ],
)
def test_only_what_was_asked_for(engine: Engine, asked: dict[str, str], codes: list[str]) -> None:
    assert codes_of(audit(engine, ALL_DAYS, AuditFilter(**asked))) == codes


@pytest.mark.parametrize(
    "asked", [{"digits": "1062"}, {"holder": "无此公司"}, {"holder": "丙公司"}, {"region": "他省"}]
)
def test_nothing_that_fits_is_an_error(engine: Engine, asked: dict[str, str]) -> None:
    with pytest.raises(NothingOnRecord):
        audit(engine, ALL_DAYS, AuditFilter(**asked))


def test_a_window_leaves_out_what_has_nothing_in_it(engine: Engine) -> None:
    assert codes_of(audit(engine, JULY)) == ["10687415", "10690001"]
    assert codes_of(audit(engine, JULY, AuditFilter(holder="甲公司"))) == ["10687415"]
    later = audit(engine, Period(date(2024, 2, 1), None))
    assert [(each.code, each.figures.hops) for each in later.codes] == [
        ("10687415", 0), ("10690001", 0), ("10690002", 0),
    ]  # fmt: skip


def test_findings_may_be_counted_only(engine: Engine) -> None:
    kept = audit(engine)
    with engine.connect() as conn:
        counted = audit_codes(conn, ALL_DAYS, AuditFilter(), keep_findings=False)
    assert counted.findings == ()
    assert (counted.codes, counted.parties) == (kept.codes, kept.parties)
    assert counted.finding_count == kept.finding_count == len(kept.findings) > 0


def test_progress_is_told(engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    with engine.connect() as conn:
        audit_codes(
            conn, ALL_DAYS, AuditFilter(digits="1069"), progress=lambda *at: told.append(at)
        )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_registers_meet_openings_of_the_database(
    case: Case, database: str, write_table: WriteTable
) -> None:
    write_table("分配.csv", ALLOCATED)
    write_table("合同.csv", CONTRACTS)
    home = write_table(
        "开通.csv",
        [
            ["运营商", "码号", "开通用户", "开通日期", "关闭日期"],
            ["中国移动某省公司", "10690001", "丁公司", "2023-01-01", ""],
        ],
    ).parent
    case.load([home])
    engine = open_engine(database)
    lines = {each.code: each.register for each in audit(engine).codes}
    engine.dispose()
    assert lines["10690001"].states == ("opened_for_another",)
    assert lines["10690002"].states == ("never_opened",)
    assert (lines["10687415"].states, lines["10687415"].silent) == ((), ("openings",))


def test_a_number_above_codes_is_a_line_of_its_own(
    case: Case, database: str, write_table: WriteTable
) -> None:
    write_table("分配.csv", ALLOCATED)
    home = write_table(
        "路由.csv",
        [
            ["上游", "下游", "源号码", "发送时间", "短信条数"],
            ["甲公司", "丙公司", "1069", "2023-07-05", "7"],
            ["乙公司", "丁公司", "1069000101", "2023-07-05", "9"],
        ],
    ).parent
    case.load([home])
    engine = open_engine(database)
    found = {(each.code, each.is_exact): each for each in audit(engine).codes}
    engine.dispose()
    assert list(found) != []
    alone = found["1069", True]
    assert (alone.figures.messages, alone.figures.holders) == (7, ())
    assert alone.register.states == ("used_not_allocated",)
    assert found["10690001", False].figures.messages == 9
    assert sum(each.figures.messages for each in found.values()) == 16


def test_the_order_of_rows_does_not_matter(write_table: WriteTable, tmp_path: Path) -> None:
    found = []
    for name, step in (("one", 1), ("two", -1)):
        write_table("a.csv", [ALLOCATED[0], *ALLOCATED[1:][::step]], folder=name)
        home = write_table("c.csv", [CONTRACTS[0], *CONTRACTS[1:][::step]], folder=name).parent
        file = tmp_path / f"{name}.db"
        with open_case(file, now=lambda: AT) as opened:
            opened.load([home])
        engine = open_engine(str(file))
        found.append(audit(engine))
        engine.dispose()
    one, two = found
    assert (one.codes, one.parties) == (two.codes, two.parties)
