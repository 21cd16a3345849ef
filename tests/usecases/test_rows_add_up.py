"""The rows of every hop add up to its totals: on the examples, and on logs made at random."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tracer import Case, open_case
from tracer.model.period import ALL_DAYS
from tracer.model.rawhop import HopRows
from tracer.usecases.rows import open_hop

EXAMPLES = Path(__file__).parents[2] / "examples"
HOPS = text(
    "SELECT DISTINCT u.raw, d.raw FROM routing r"
    " JOIN spellings u ON u.id = r.upstream_id JOIN spellings d ON d.id = r.downstream_id"
)
TOTALS = text("SELECT count(*), sum(rows_summed), sum(messages), sum(blocked) FROM routing")


def every_hop(case: Case) -> Iterator[HopRows]:
    with case._engine.connect() as conn:
        for ends in sorted(map(tuple, conn.execute(HOPS))):
            (upstream, downstream) = ends
            yield open_hop(conn, "10", (upstream, downstream), ALL_DAYS, Path())


def check(case: Case) -> None:
    """Every total of the database is opened, and its rows are those that were summed."""
    opened: dict[str, tuple[int, int, int]] = {}
    for found in every_hop(case):
        for source in found.sources:
            assert source.state == "read", source.fault
            assert source.unproven == ()
            for total, sums in zip(source.totals, source.sums, strict=True):
                opened[total.record] = (sums.rows, sums.messages, sums.blocked)
                rows = [r for r in source.rows if r.total == total and not r.is_duplicate]
                assert len(rows) == total.rows
                assert sum(row.messages for row in rows) == total.messages
                assert sum(row.blocked for row in rows) == total.blocked
                assert (rows[0].row, rows[-1].row) == (total.row, total.last_row)
    with case._engine.connect() as conn:
        count, *recorded = conn.execute(TOTALS).one()
    assert len(opened) == count
    assert [sum(each) for each in zip(*opened.values(), strict=True)] == [int(n) for n in recorded]


@pytest.mark.parametrize("name", ["hangzhou", "audit"])
def test_examples(name: str, database: str) -> None:
    with open_case(database) as case:
        case.load([EXAMPLES / name])
        check(case)


LINE = st.tuples(
    st.sampled_from(["2023-07-05 10:00:00", "20230705100000", "2023/7/6 0:00", "未知"]),
    st.sampled_from(["10687415", "1068 7415", "+8610687415", "1068741501", "107"]),
    st.sampled_from(["", "01", "*"]),
    st.sampled_from(["甲", "甲 ", "乙"]),
    st.sampled_from(["乙", "丙", ""]),
    st.sampled_from(["", "m1", "m2", "-"]),
    st.sampled_from(["DELIVRD", "REJECTD", '引"号', "两\n行"]),
    st.sampled_from(["", "1", "3", "0"]),
    st.sampled_from(["", "甲", "甲\u3000"]),
)
HEADER = ["发送时间", "源号码", "扩展码", "上游", "下游", "消息ID", "状态", "条数", "日志提供方"]
LOGS = st.lists(st.lists(LINE, min_size=1, max_size=12), min_size=1, max_size=3)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOGS, st.sampled_from(["utf-8", "gb18030"]))
def test_logs_made_at_random(
    tmp_path_factory: pytest.TempPathFactory,
    logs: list[list[tuple[str, ...]]],
    encoding: str,
) -> None:

    folder = tmp_path_factory.mktemp("logs")
    for number, lines in enumerate(logs):
        with (folder / f"{number}.csv").open("w", encoding=encoding, newline="") as out:
            csv.writer(out).writerows([HEADER, *lines])
    with open_case(folder / "t.db") as case:
        report = case.load(sorted(folder.glob("*.csv")))
        assert not report.unusable
        if report.loaded:
            check(case)
