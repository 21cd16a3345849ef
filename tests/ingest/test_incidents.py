"""Incidents tell of people: what is kept of them, and what never leaves the file."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.masking import Masker
from tracer.messages import text
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import IncidentRow, PaperRow

ReadTable = Callable[..., tuple[list[PaperRow], list[Diagnostic], list[Note]]]

INCIDENTS = "源号码,收到时间,受害人,手机号,损失金额,短信内容,案号,报案时间,备注\n"
FRAUD = (
    "106874150101,2023-07-05 09:31,张三,13800000001,17万元,您的贷款,案1,2023-7-6,回拨13800000002\n"
)


def test_incidents_name_nobody(read_table: ReadTable, masker: Masker) -> None:
    records, rejects, _ = read_table(INCIDENTS + FRAUD)
    assert rejects == []
    (row,) = records
    assert isinstance(row, IncidentRow)
    assert (row.number, row.received_at.isoformat()) == ("106874150101", "2023-07-05T09:31:00")
    assert (row.victim, row.victim_hash) == ("张*", masker.digest("张三"))
    assert (row.recipient, row.recipient_hash) == ("138****0001", masker.digest("13800000001"))
    assert (row.loss, row.content, row.case_no) == (170_000_000_000, "〔4字〕", "案1")
    assert row.reported_at == datetime.fromisoformat("2023-07-06")
    raw = dict(row.provenance.raw)
    assert (raw["受害人"], raw["手机号"], raw["短信内容"]) == ("张*", "138****0001", "〔4字〕")
    assert (raw["备注"], raw["源号码"]) == ("〔13字〕", "106874150101")


def test_a_handset_in_the_number_of_a_case_is_masked(read_table: ReadTable) -> None:
    records, _, _ = read_table(INCIDENTS + FRAUD.replace("案1", "李某13711112222被诈骗案"))
    (row,) = records
    assert isinstance(row, IncidentRow)
    assert row.case_no == "李某137****2222被诈骗案"
    assert "13711112222" not in str(row.provenance.raw)


@pytest.mark.parametrize(
    "row",
    [
        FRAUD.replace("2023-07-05 09:31", "昨天13800000001"),
        FRAUD.replace("17万元", "约17万13800000001"),
        FRAUD.replace("106874150101", "13800000001x"),
        FRAUD.strip() + ",多一列\n",
        FRAUD.replace(",回拨13800000002", ""),
        FRAUD.replace("案1", '案1"').replace("张三", '"张三'),
    ],
)
def test_rejects_name_nobody_either(read_table: ReadTable, row: str) -> None:
    records, rejects, _ = read_table(INCIDENTS + row)
    assert records == []
    for found in rejects:
        shown = found.raw + text(f"reason.{found.reason}", "zh", **found.values)
        for secret in ("张三", "1380000000", "您的贷款"):
            assert secret not in shown, found


def test_a_total_line_of_incidents_is_called_one(read_table: ReadTable) -> None:
    _, rejects, _ = read_table(INCIDENTS + "合计,17\n")
    assert [(r.row, r.reason, r.raw) for r in rejects] == [(2, "total_line", "合计 | 17")]


def test_people_are_kept_where_asked(read_table: ReadTable) -> None:
    records, _, _ = read_table(INCIDENTS + FRAUD, keep=True)
    (row,) = records
    assert isinstance(row, IncidentRow)
    assert (row.victim, row.recipient, row.content) == ("张三", "13800000001", "您的贷款")
    assert dict(row.provenance.raw)["受害人"] == "张三"


def test_unknown_columns_of_other_tables_are_masked_too(read_table: ReadTable) -> None:
    content = "合同编号,上游,下游,受害人电话,号段\nHT-1,甲,乙,13800000001,1068741513800000001\n"
    (record,), _, _ = read_table(content)
    raw = dict(record.provenance.raw)
    assert (raw["受害人电话"], raw["号段"]) == ("138****0001", "1068741513800000001")


def test_days_of_incidents_are_those_of_the_case(read_table: ReadTable) -> None:
    content = "源号码,收到时间\n10687415,2023-07-04T20:00:00Z\n"
    for zone, day in (("Asia/Shanghai", 5), ("Europe/London", 4)):
        records, _, _ = read_table(content, FileSettings(timezone=zone))
        assert [r.received_at.day for r in records if isinstance(r, IncidentRow)] == [day]


def test_spellings_of_one_phone_are_one_person(read_table: ReadTable) -> None:
    phones = ["13800000001", "+86 13800000001", "138-0000-0001", "１３８０００００００１"]
    rows = "".join(f"10687415,2023-07-05,张三,{phone},,,,,\n" for phone in phones)
    records, _, _ = read_table(INCIDENTS + rows)
    assert len({r.recipient_hash for r in records if isinstance(r, IncidentRow)}) == 1
    assert {r.recipient for r in records if isinstance(r, IncidentRow)} == {"138****0001"}


def test_people_masked_alike_are_told_apart_by_their_digest(read_table: ReadTable) -> None:
    rows = "10687415,2023-07-05,张三,,,,,,\n10687415,2023-07-05,张四,,,,,,\n"
    records, _, _ = read_table(INCIDENTS + rows)
    victims = [(r.victim, r.victim_hash) for r in records if isinstance(r, IncidentRow)]
    assert victims[0][0] == victims[1][0] == "张*"
    assert victims[0][1] != victims[1][1]


def test_a_blank_person_is_none(read_table: ReadTable) -> None:
    records, _, _ = read_table(INCIDENTS + "10687415,2023-07-05,,-,,,,,\n")
    (row,) = records
    assert isinstance(row, IncidentRow)
    assert (row.victim, row.victim_hash, row.recipient, row.recipient_hash) == (None,) * 4
    assert (row.loss, row.content, row.case_no, row.notified_on) == (None,) * 4


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2023-07-05,,,,,,,", "源号码", "blank_required"),
        ("10687415,,,,,,,,x", "收到时间", "blank_required"),
        ("1.0687E+19,2023-07-05,,,,,,,", "源号码", "scientific"),
        ("12,2023-07-05,,,,,,,", "源号码", "digit_count"),
        ("10687415XX,2023-07-05,,,,,,,", "源号码", "not_digits"),
        ("10687415,2023-06-31 10:00,,,,,,,", "收到时间", "no_such_time"),
        ("10687415,2023-07-05,,,-1,,,,", "损失金额", "negative"),
        ("10687415,2023-07-05,,,约三万,,,,", "损失金额", "bad_money"),
        ("10687415,2023-07-05,,,,,,昨天,", "报案时间", "bad_time"),
    ],
)
def test_bad_incidents(read_table: ReadTable, row: str, column: str, reason: str) -> None:
    records, rejects, _ = read_table(INCIDENTS + row + "\n")
    assert records == []
    assert [(r.column, r.reason) for r in rejects] == [(column, reason)]


HANDSET = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
PIECES = st.sampled_from(
    [
        "13800000001",
        "+8613912345678",
        "回拨 138-0000-0001",
        "10687415",
        "2023-07-05",
        "张三",
        "",
        "3",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PIECES, min_size=7, max_size=10), max_size=6))
def test_no_handset_number_leaves_the_file(read_table: ReadTable, rows: list[list[str]]) -> None:
    """Whatever stands in whichever column, loaded or rejected."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    records, rejects, _ = read_table(INCIDENTS + out.getvalue())
    for reject in rejects:
        said = reject.raw + text(f"reason.{reject.reason}", "zh", **reject.values)
        assert HANDSET.search(said) is None
        assert "138-0000-0001" not in said
    for record in records:
        assert isinstance(record, IncidentRow)
        raw = {name: cell for name, cell in record.provenance.raw if name != "源号码"}
        said = f"{raw} {record.victim} {record.recipient} {record.content}"
        assert HANDSET.search(said) is None


PERSONAL = "源号码,收到时间,受害人,手机号,损失金额,报案时间,被害人住址,身份证号\n"
SECRETS = (
    "麻子", "13811113333", "013811112222", "85291234567", "66668888", "138.1111.4444",
    "朝阳区", "110101199003071234", "李四",
)  # fmt: skip


@pytest.mark.parametrize("phone", ["013811112222", "+85291234567", "010-66668888", "138.1111.4444"])
@pytest.mark.parametrize("loss", ["17万元", "李四约17万"])
@pytest.mark.parametrize("reported", ["2023年7月6日", "李四报案"])
@pytest.mark.parametrize("more", ["", ",多一列"])
def test_nothing_personal_is_bound_for_the_database(
    read_table: ReadTable, phone: str, loss: str, reported: str, more: str
) -> None:
    row = f"10687415,2023-07-05,王麻子13811113333,{phone},{loss},{reported},朝阳区1号,"
    records, rejects, _ = read_table(f"{PERSONAL}{row}110101199003071234{more}\n")
    assert len(records) + len(rejects) == 1
    assert bool(records) == ("李四" not in loss + reported and not more)
    for secret in SECRETS:
        assert secret not in repr((records, rejects))
    for record in records:
        raw = dict(record.provenance.raw)
        assert (raw["损失金额"], raw["报案时间"]) == ("17万元", "2023年7月6日")
    for reject in rejects:
        assert "10687415 | 2023-07-05" in reject.raw


def test_words_in_a_money_cell_are_counted_and_its_time_stays_readable(
    read_table: ReadTable,
) -> None:
    _, (first, second), _ = read_table(
        PERSONAL + "10687415,2023-07-05,,,李四17万,,,\n10687415,昨天上午,,,,,,\n"
    )
    assert (first.column, first.values["text"]) == ("损失金额", "〔5字〕")
    assert second.values["text"] == "昨天上午"
    assert "昨天上午" in second.raw
