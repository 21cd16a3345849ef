"""Two companies of one name are never taken for one."""

from datetime import UTC, datetime
from pathlib import Path

from tracer import Trace, open_case

A, B = "91440300715267260N", "91110000600037341L"
HEADER = "合同编号,上游,上游统一社会信用代码,下游,下游统一社会信用代码,号段\n"


def trace_of(rows: str, folder: Path, database: str) -> Trace:
    file = folder / "c.csv"
    file.write_text(HEADER + rows, "utf-8")
    with open_case(database, now=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as case:
        case.load([file])
        return case.trace("10687415")


def test_one_name_with_two_codes_makes_no_chain_through_both(tmp_path: Path, database: str) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "a.csv").write_text("码号,持有人\n10687415,H\n", "utf-8")
    rows = f"C1,H,,华信公司,{A},10687415\nC2,华信公司,{B},乙公司,,10687415\n"
    (folder / "c.csv").write_text(HEADER + rows, "utf-8")
    log = f"发送时间,源号码,上游,下游,短信条数\n2023-07-05,10687415,H,{A},7\n"
    log += f"2023-07-05,10687415,{B},乙公司,7\n"
    (folder / "r.csv").write_text(log, "utf-8")
    with open_case(database, now=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as case:
        case.load([folder])
        trace = case.trace("10687415")
    one, other = f"华信公司（{A}）", f"华信公司（{B}）"
    assert [chain.parties for chain in trace.chains] == [("H", one), (other, "乙公司")]
    assert [gap.party for gap in trace.gaps] == [other]
    assert trace.party(one).party.uscc == A
    assert {hop.status for hop in trace.hops} == {"corroborated"}
    assert "name_two_usccs" in {note.key for note in trace.notes}
    assert trace.gaps[0].candidates == ()


def test_one_name_with_one_code_stays_one_party(tmp_path: Path, database: str) -> None:
    rows = f"C1,H,,华信公司,{A},10687415\nC2,华信公司,,乙公司,,10687415\nC3,{A},,丙公司,,10687415\n"
    hops = trace_of(rows, tmp_path, database).hops
    assert {(hop.upstream, hop.downstream) for hop in hops} == {
        ("H", "华信公司"),
        ("华信公司", "乙公司"),
        ("华信公司", "丙公司"),
    }


def test_one_of_the_codes_alone_is_not_taken_for_the_name(tmp_path: Path, database: str) -> None:
    """Whether the other code is in scope makes no difference to who is who."""
    rows = f"C1,H,,华信公司,{A},10687415\nC2,K,,华信公司,{B},10690001\nC3,{A},,丙公司,,10687415\n"
    trace = trace_of(rows, tmp_path, database)
    one = f"华信公司（{A}）"
    assert {(hop.upstream, hop.downstream) for hop in trace.hops} == {("H", one), (one, "丙公司")}
    assert [note.key for note in trace.notes] == ["name_two_usccs"]
