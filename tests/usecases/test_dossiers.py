"""Dossiers, links and factor sheets from a database: the Hangzhou case with its invented papers."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracer import Case, open_case
from tracer.errors import NothingOnRecord, UsageError
from tracer.model.case import CaseInfo
from tracer.report.factor_json import factors_json
from tracer.report.links_paper import links_paper
from tracer.report.papers import shown
from tracer.report.party_json import links_json, party_json
from tracer.usecases.dossier_files import (
    LINK_FORMATS,
    check_form,
    write_dossier,
    write_factors,
    write_links,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = (EXAMPLES / "hangzhou", EXAMPLES / "hangzhou-supplement")
AT = datetime(2026, 1, 1, tzinfo=UTC)
SIX = (
    "广东某科技公司", "无锡某网络公司", "武汉某信息科技公司", "北京某科技公司", "安徽某信息公司",
    "原河北某网络科技公司",
)  # fmt: skip
BOTH = ("10687415", "10684500")


@pytest.fixture(scope="module")
def case(
    tmp_path_factory: pytest.TempPathFactory, make_database: Callable[[Path], str]
) -> Iterator[Case]:
    home = tmp_path_factory.mktemp("hangzhou")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        with open_case(make_database(home), now=lambda: AT) as opened:
            opened.load(FOLDERS)
            yield opened


def test_six_parties_each_victim_and_loss_once(case: Case) -> None:
    found = {p.name: p for p in case.factors(BOTH).parties}
    assert list(found) == list(SIX[:1] + SIX[1:])
    whole = (6525, 5, 5, 42_380_500_000)
    expected = {
        SIX[0]: (3915, 3, 3, 16_400_500_000),
        SIX[1]: (2610, 2, 2, 25_980_000_000),
        **dict.fromkeys(SIX[2:], whole),
    }
    for name, party in found.items():
        ran, held = party.reach.by_traffic, party.reach.by_paper
        figures = (ran.messages, len(ran.incidents), ran.victims, ran.loss)
        assert figures == expected[name], name
        assert (held.messages, held.incidents, held.victims, held.loss) == (0, (), 0, 0)
        assert party.messages == ran.messages
    assert {name: p.own for name, p in found.items() if p.own} == {SIX[5]: 6525}


def test_gain_by_payments_or_by_price(case: Case) -> None:
    found = {p.name: (p.gain.basis, p.gain.amount) for p in case.factors(BOTH).parties}
    assert found == {
        SIX[0]: ("payments", 117_450_000),
        SIX[1]: ("spread", 80_910_000),
        SIX[2]: ("spread", 23_490_000),
        SIX[3]: ("payments", 26_100_000),
        SIX[4]: ("payments", 102_050_000),
        SIX[5]: ("none", None),
    }


def test_a_number_under_another_is_not_counted_again(case: Case) -> None:
    found = case.factors(["10687415", "106874150101"])
    assert found.numbers == ("10687415",)
    assert [n.values for n in found.notes if n.key == "number_within"] == [
        {"number": "106874150101", "within": "10687415"}
    ]
    assert found.parties[0].messages == 3915


def test_a_window_cuts_messages_and_payments(case: Case) -> None:
    found = {p.name: p for p in case.factors(BOTH, None, date(2023, 7, 31)).parties}
    assert found[SIX[4]].messages == 3275
    assert found[SIX[4]].gain.paid_in == 180_000_000
    assert found[SIX[4]].gain.paid_out is None


def test_a_number_nothing_is_on_record_of(case: Case) -> None:
    with pytest.raises(NothingOnRecord):
        case.factors(["10687415", "10691111"])


def test_weights_come_from_a_file_only(case: Case, tmp_path: Path) -> None:
    assert case.factors(BOTH).shares is None
    file = tmp_path / "weights.toml"
    file.write_text(
        '[weights]\nmessages = 1\ncare = 1\n[scores.care]\n"安徽某信息公司" = 1\n', "utf-8"
    )
    shares = case.factors(BOTH, weights=file).shares
    assert shares is not None
    assert sum(shares.shares.values()) == 1
    assert shares.shares[SIX[5]] * 32625 * 2 == 6525
    with pytest.raises(UsageError, match=r"missing\.toml"):
        case.factors(BOTH, weights=tmp_path / "missing.toml")
    file.write_text('[weights]\ncare = 1\n[scores.care]\n"某公司" = 1\n', "utf-8")
    with pytest.raises(UsageError, match="某公司"):
        case.factors(BOTH, weights=file)


def test_the_dossier_of_a_party_by_name_or_code(case: Case) -> None:
    found = case.party("91340000FAKE00005G")
    assert found.name == SIX[4]
    assert [s.code for s in found.factors.standings] == ["10684500", "10687415"]
    assert (found.factors.messages, found.days) == (6525, 38)
    assert {c.contract_no for c in found.contracts} == {"BJ-2023-11", "AH-2023-03"}
    assert [(t.kind, t.parties) for t in found.ties] == [
        ("person", (SIX[3], SIX[4])),
        ("phone", (SIX[3], SIX[4])),
    ]
    assert [d.path.rpartition("/")[2] for d, _ in found.documents] == ["扫描件-合同AH-2023-03.pdf"]
    assert {a.account for a in found.file.accounts} == {"ah-k0007"}


def test_status_and_successor_are_told(case: Case) -> None:
    found = case.party(SIX[5])
    assert (found.factors.party.status, found.factors.party.role) == ("注销", "被告")
    assert [e.name for e in found.file.successors] == ["河北某数字科技公司（虚构）"]
    assert ("address", ("原河北某网络科技公司", "河北某数字科技公司（虚构）")) in [
        (t.kind, t.parties) for t in found.ties
    ]
    other = case.party("河北某数字科技公司（虚构）")
    assert (other.factors.standings, other.factors.gain.basis) == ((), "none")


def test_a_party_nobody_knows(case: Case) -> None:
    with pytest.raises(NothingOnRecord, match="某某公司"):
        case.party("某某公司")


def test_two_roots_and_a_shared_tail(case: Case) -> None:
    found = case.links(SIX)
    assert found.codes == ("10684500", "10687415")
    tail = tuple(SIX[2:])
    assert [j.between for j in found.joinings] == [(SIX[1], *tail), (SIX[0], *tail)]
    assert len(found.hops) == 8
    assert found.layers[SIX[5]] == {"10684500": 4, "10687415": 4}
    assert {t.kind for t in found.ties} == {"address", "person", "phone"}


def test_one_party_under_two_names_is_no_pair(case: Case) -> None:
    with pytest.raises(UsageError, match=SIX[4]):
        case.links([SIX[4], "91340000FAKE00005G"])


def test_every_figure_names_its_records(case: Case) -> None:
    document = json.loads(factors_json(case.factors(BOTH)))
    assert document["schema"] == "tracer.factors/1"
    for party in document["parties"]:
        assert all(code["records"] for code in party["acts"]["codes"])
        assert all(line["records"] for line in party["gain"]["lines"])
        assert all(each["record"] for each in party["gain"]["payments"])
        assert all(each["finding"]["records"] for each in party["fault"])
        ran = party["reach"]["by_traffic"]
        assert len(ran["records"]) == ran["incidents"]
    assert "138" not in json.dumps(document["parties"])


def test_files_hold_the_same_bytes_for_equal_papers(
    case: Case, new_database: Callable[[], str], tmp_path: Path
) -> None:
    info = CaseInfo()
    with open_case(new_database(), now=lambda: AT) as again:
        again.load(FOLDERS)
        for number, each in enumerate((case, again)):
            home = tmp_path / str(number)
            home.mkdir()
            for form in (".html", ".json", ".xlsx"):
                write_factors(each.factors(BOTH), info, home / f"factors{form}", "zh")
                write_dossier(each.party(SIX[4]), info, home / f"party{form}", "en")
                write_links(each.links(SIX), info, home / f"links{form}", "zh")
    first, second = (sorted((tmp_path / n).iterdir()) for n in ("0", "1"))
    assert [f.name for f in first] == [f.name for f in second]
    assert len(first) == 9
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_json_says_what_the_records_say(case: Case) -> None:
    party = json.loads(party_json(case.party(SIX[4])))
    assert (party["schema"], party["gain"]["formula"]) == ("tracer.party/1", "350.00 - 247.95")
    assert {each["path"].rpartition("/")[2] for each in party["sources"]} >= {
        "合同一览表.xlsx", "结算.csv", "主体补充.csv", "审核记录.csv", "接入账号.csv",
    }  # fmt: skip
    links = json.loads(links_json(case.links(SIX[3:5])))
    assert (links["schema"], links["between"]) == ("tracer.links/1", [])
    assert {hop["code"] for hop in links["hops"]} == set(BOTH)


def test_a_file_of_another_extension_is_refused(tmp_path: Path) -> None:
    check_form(None)
    check_form(tmp_path / "a.XLSX")
    with pytest.raises(UsageError, match=r"a\.docx"):
        check_form(tmp_path / "a.docx")


def test_links_show_a_contract_that_names_no_segment(tmp_path: Path) -> None:
    (tmp_path / "contracts.csv").write_text(
        "合同编号,上游,下游,起始日期,终止日期,号段\n"
        "QY-1,甲公司,乙公司,2023-01-01,2023-12-31,\n"
        "QY-2,乙公司,甲公司,2021-01-01,2021-12-31,\n"
        "QY-3,甲公司,丁公司,2023-01-01,2023-12-31,\n",
        encoding="utf-8",
    )
    with open_case(tmp_path / "case.db", now=lambda: AT) as case:
        case.load([tmp_path])
        found = case.links(["甲公司", "乙公司"], date(2023, 1, 1))
    assert [c.contract_no for c in found.unsegmented] == ["QY-1"]
    paper = links_paper(found)
    [section] = [s for s in paper.sections if s.heading.zh == "合同"]
    [table] = section.tables
    assert (table.heading.zh, shown(table.rows[0][3]).zh) == ("未写明号段的合同", "未写明号段")
    assert paper.sources
    assert not any("未见联系" in said.zh for s in paper.sections for said in s.remarks)
    [row] = json.loads(links_json(found))["unsegmented"]
    assert (row["contract"], row["segments"]) == ("QY-1", [])


def test_the_map_of_links_is_drawn_as_pdf_png_and_svg(case: Case, tmp_path: Path) -> None:
    found = case.links(SIX[:3])
    for form, magic in ((".pdf", b"%PDF-"), (".png", b"\x89PNG"), (".svg", b"<svg ")):
        assert form in LINK_FORMATS
        out = tmp_path / f"links{form}"
        write_links(found, CaseInfo(name="某案"), out, "zh")
        assert out.read_bytes().startswith(magic)
    drawn = (tmp_path / "links.svg").read_text("utf-8")
    for name in SIX[:3]:
        assert f">{name}</text>" in drawn
    assert "某案" in drawn


def test_a_dossier_and_a_factor_sheet_are_pdf_too(case: Case, tmp_path: Path) -> None:
    write_dossier(case.party(SIX[4]), CaseInfo(), tmp_path / "a.pdf", "zh")
    write_factors(case.factors(BOTH), CaseInfo(), tmp_path / "b.PDF", "en")
    for name in ("a.pdf", "b.PDF"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")
