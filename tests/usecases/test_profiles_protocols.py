"""Submit tables of CMPP, SGIP and SMGP loaded by their profiles, and traced."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracer import Case, LoadOptions
from tracer.cli.app import build_app
from tracer.messages import Language, text

WriteTable = Callable[..., Path]
Record = Mapping[str, str]

ACCOUNTS = [
    ["平台", "账号", "使用方", "追加扩展码"],
    ["甲通信", "700001", "乙科技", ""],
    ["甲通信", "700002", "丁科技", "88"],
    ["甲通信", "T01", "丙网络", ""],
]
# The columns of each table, in the order and spelling of the protocol, then what platforms add.
COLUMNS = {
    "cmpp2": (
        "Msg_Id Pk_total Pk_number Registered_Delivery Msg_level Service_Id Fee_UserType "
        "Fee_terminal_Id TP_pId TP_udhi Msg_Fmt Msg_src FeeType FeeCode ValId_Time At_Time Src_Id "
        "DestUsr_tl Dest_terminal_Id Msg_Length Msg_Content Reserve submit_time channel_no Result "
        "Stat"
    ),
    "cmpp3": (
        "Msg_Id Pk_total Pk_number Registered_Delivery Msg_level Service_Id Fee_UserType "
        "Fee_terminal_Id Fee_terminal_type TP_pId TP_udhi Msg_Fmt Msg_src FeeType FeeCode "
        "ValId_Time At_Time Src_Id DestUsr_tl Dest_terminal_Id Dest_terminal_type Msg_Length "
        "Msg_Content LinkID submit_time channel_no Result Stat"
    ),
    "sgip12": (
        "SequenceNumber SPNumber ChargeNumber UserCount UserNumber CorpId ServiceType FeeType "
        "FeeValue GivenValue AgentFlag MorelatetoMTFlag Priority ExpireTime ScheduleTime "
        "ReportFlag TP_pid TP_udhi MessageCoding MessageType MessageLength MessageContent Reserve "
        "submit_time channel_no Result"
    ),
    "smgp3": (
        "MsgID MsgType NeedReport Priority ServiceID FeeType FeeCode FixedFee MsgFormat ValidTime "
        "AtTime SrcTermID ChargeTermID DestTermIDCount DestTermID MsgLength MsgContent Reserve "
        "LinkID MsgSrc PkTotal PkNumber submit_time channel_no Result Stat"
    ),
}
# What each calls: time, id, part, account, number, count of recipients, recipient, answer.
NAMES = {
    "cmpp2": ("Msg_Id", "Pk_number", "Msg_src", "Src_Id", "DestUsr_tl", "Dest_terminal_Id"),
    "cmpp3": ("Msg_Id", "Pk_number", "Msg_src", "Src_Id", "DestUsr_tl", "Dest_terminal_Id"),
    "sgip12": ("SequenceNumber", None, "CorpId", "SPNumber", "UserCount", "UserNumber"),
    "smgp3": ("MsgID", "PkNumber", "MsgSrc", "SrcTermID", "DestTermIDCount", "DestTermID"),
}
PROTOCOLS = sorted(COLUMNS)
WITH_PARTS = [name for name in PROTOCOLS if NAMES[name][1]]
OWNER = LoadOptions(reported_by="甲通信")


def submit(
    at: str = "2307051203",
    message_id: str = "0705120301000001200001",
    part: str = "1",
    account: str = "700001",
    number: str = "10687415",
    count: str = "1",
    recipient: str = "13800000001",
    result: str = "0",
    **more: str,
) -> Record:
    values = (message_id, part, account, number, count, recipient)
    return {
        **dict(zip(("id", "part", "account", "number", "count", "to"), values, strict=True)),
        "submit_time": at,
        "Result": result,
        "channel_no": "T01",
        **more,
    }


def table(protocol: str, records: Sequence[Record], without: Sequence[str] = ()) -> list[list[str]]:
    """Lay records out as the table of a protocol."""
    columns = [name for name in COLUMNS[protocol].split() if name not in without]
    own = dict(
        zip(NAMES[protocol], ("id", "part", "account", "number", "count", "to"), strict=True)
    )
    return [columns, *([each.get(own.get(c, c), "") for c in columns] for each in records)]


def load(case: Case, file: Path, profile: str, **more: str) -> tuple[int, int, int, int]:
    options = LoadOptions(profile=profile, reported_by="甲通信", **more)  # type: ignore[arg-type]
    report = case.load([file], options)
    assert [fault.message("en") for fault in report.unusable] == []
    (found,) = [each for each in report.files if each.table == "routing"]
    return found.rows, found.loaded, found.rejected, found.duplicates


def hops(case: Case, number: str = "10687415") -> dict[tuple[str, str], tuple[int, int]]:
    """Messages and blocked ones by hop."""
    return {
        (hop.upstream, hop.downstream): (hop.messages, hop.blocked)
        for hop in case.trace(number).hops
    }


def reasons(case: Case) -> list[tuple[int, str | None, str]]:
    return [
        (each.diagnostic.row, each.diagnostic.column, each.diagnostic.reason)
        for each in case.rejects()
    ]


@pytest.fixture
def platform(case: Case, write_table: WriteTable) -> Case:
    """A case in which the accounts of the platform are on record."""
    case.load([write_table("accounts.csv", ACCOUNTS)])
    return case


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_submit_is_a_hop_below_and_a_hop_above(
    protocol: str, encoding: str, platform: Case, write_table: WriteTable
) -> None:
    content = "Msg_Content" if protocol.startswith("cmpp") else "MsgContent"
    records = [
        submit(**{content: "您的验证码为一二三四", "MessageContent": "您的验证码为一二三四"}),
        submit(message_id="0705120301000001200002", count="3"),
        submit(message_id="0705120301000001200003", account="700002"),
        submit(message_id="0705120301000001200004", result="8"),
    ]
    file = write_table("log.csv", table(protocol, records), encoding)
    assert load(platform, file, protocol) == (4, 4, 0, 0)
    assert hops(platform) == {
        ("丙网络", "甲通信"): (5, 1),
        ("甲通信", "乙科技"): (4, 1),
        ("甲通信", "丁科技"): (1, 0),
    }
    trace = platform.trace("10687415")
    assert {str(hop.first_day) for hop in trace.hops} == {"2023-07-05"}
    assert sorted(sender.name for sender in trace.senders) == ["丁科技", "乙科技"]
    # the digits the platform appends for one customer are part of its number
    assert hops(platform, "1068741588") == {
        ("丙网络", "甲通信"): (1, 0),
        ("甲通信", "丁科技"): (1, 0),
    }


@pytest.mark.parametrize("protocol", WITH_PARTS)
def test_parts_of_a_long_message_count_each_and_repeated_ones_once(
    protocol: str, platform: Case, write_table: WriteTable
) -> None:
    records = [submit(part="1"), submit(part="2"), submit(part="2"), submit(part="3")]
    file = write_table("log.csv", table(protocol, records))
    assert load(platform, file, protocol) == (4, 3, 0, 1)
    assert hops(platform)["甲通信", "乙科技"] == (3, 0)
    (hop,) = [each for each in platform.trace("10687415").hops if each.upstream == "甲通信"]
    assert hop.parts == 3


def test_a_sequence_number_of_sgip_is_one_submit(platform: Case, write_table: WriteTable) -> None:
    one = "3010012345 0705120301 0000000001"
    records = [submit(message_id=one), submit(message_id=one), submit(message_id=one + "0")]
    file = write_table("log.csv", table("sgip12", records))
    assert load(platform, file, "sgip12") == (3, 2, 0, 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_id_is_never_the_sole_key(
    protocol: str, platform: Case, write_table: WriteTable
) -> None:
    records = [
        submit(),
        submit(at="2407051203"),  # a year later the gateway gives the same id again
        submit(number="1068741501"),
        submit(account="700002"),
        submit(message_id="未知"),
        submit(message_id="无"),
        submit(message_id="N/A"),
        submit(message_id="N/A"),
        submit(message_id=""),
        submit(message_id=""),
    ]
    file = write_table("log.csv", table(protocol, records))
    assert load(platform, file, protocol) == (10, 10, 0, 0)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_ids_a_spreadsheet_has_shortened_are_refused_not_taken_for_repetitions(
    protocol: str, platform: Case, write_table: WriteTable
) -> None:
    records = [submit(message_id="7.0512E+21"), submit(message_id="7.0512E+21"), submit()]
    file = write_table("log.csv", table(protocol, records))
    assert load(platform, file, protocol) == (3, 1, 2, 0)
    column = NAMES[protocol][0]
    assert reasons(platform) == [(2, column, "scientific"), (3, column, "scientific")]


@pytest.mark.parametrize("protocol", ["cmpp2", "cmpp3"])
def test_a_time_that_stands_in_the_id_alone_needs_a_year(
    protocol: str, platform: Case, write_table: WriteTable, tmp_path: Path
) -> None:
    records = [
        submit(message_id="0705120301000001200001"),
        submit(message_id="0705240000000001200002"),
        submit(message_id="0229120301000001200003"),
        submit(message_id="abc"),
        submit(message_id=""),
    ]
    file = write_table("log.csv", table(protocol, records, without=["submit_time"]))
    assert load(platform, file, protocol) == (5, 0, 5, 0)
    assert [reason for _, _, reason in reasons(platform)] == [
        "no_year", "no_year", "no_year", "no_time_within", "blank",
    ]  # fmt: skip
    (said, *_) = platform.rejects()
    languages: tuple[Language, ...] = ("zh", "en")
    for lang in languages:
        reason = text(f"reason.{said.diagnostic.reason}", lang, **said.diagnostic.values)
        assert "case.toml" in reason
        assert "year" in reason
    rules = f'[[files]]\nmatch = "log.csv"\nprofile = "{protocol}"\nyear = 2023\n'
    (tmp_path / "case" / "case.toml").write_text(rules, "utf-8")
    file = write_table("log.csv", table(protocol, records, without=["submit_time"]), "utf-8-sig")
    (found,) = platform.load([file], OWNER).files
    assert (found.rows, found.loaded, found.rejected) == (5, 2, 3)
    days = {str(hop.last_day) for hop in platform.trace("10687415").hops}
    assert days == {"2023-07-06"}, "24:00 is the end of the day"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_times_numbers_and_handsets_as_they_are_written(
    protocol: str, platform: Case, write_table: WriteTable
) -> None:
    records = [
        submit(at="2307051203"),
        submit(at="20230705120300", number="8610687415", recipient="8613800000001"),
        submit(at="2023-07-05 12:03:00", number="+8610687415", recipient="+8613800000001"),
        submit(at="2023-07-05 24:00:00", number="１０６８７４１５", recipient="008613800000001"),
        submit(at="2023-07-05", number="1.0687E+19", recipient="8613800000001"),
        submit(at="2313051203", recipient="+86 13800000001"),
        submit(at="2023-07-05", count="0", recipient="13800000001"),
        submit(at="2023-07-05", account=""),
    ]
    records = [{**each, "id": f"m{place}"} for place, each in enumerate(records)]
    file = write_table("log.csv", table(protocol, records))
    assert load(platform, file, protocol) == (8, 4, 4, 0)
    _, _, account, number, count, _ = NAMES[protocol]
    assert reasons(platform) == [
        (6, number, "scientific"),
        (7, "submit_time", "no_such_time"),
        (8, count, "too_small"),
        (9, account, "blank"),
    ]
    for each in platform.rejects():
        assert "13800000001" not in each.diagnostic.raw.replace(" ", "")
    (up,) = [hop for hop in platform.trace("10687415").hops if hop.upstream == "丙网络"]
    assert (up.messages, str(up.first_day), str(up.last_day)) == (4, "2023-07-05", "2023-07-06")


@pytest.mark.parametrize("protocol", ["cmpp2", "cmpp3", "smgp3"])
def test_the_answer_and_the_report_both_say_what_became_of_a_message(
    protocol: str, platform: Case, write_table: WriteTable
) -> None:
    ends = [("0", "DELIVRD"), ("8", ""), ("0", "REJECTD"), ("", "UNDELIV"), ("", ""), ("0", "")]
    records = [
        {**submit(message_id=f"m{place}"), "Result": result, "Stat": stat}
        for place, (result, stat) in enumerate(ends)
    ]
    file = write_table("log.csv", table(protocol, records))
    assert load(platform, file, protocol) == (6, 6, 0, 0)
    assert hops(platform)["甲通信", "乙科技"] == (4, 2)


def test_the_command_loads_a_folder_by_its_case_toml(
    database: str, write_table: WriteTable
) -> None:
    def run(*words: str | Path) -> str:
        typed = ["--lang", "zh", "--db", database, *map(str, words)]
        done = CliRunner().invoke(build_app("zh"), typed, prog_name="tracer")
        assert done.exit_code == 0, done.stderr
        return done.stdout

    accounts = write_table("accounts.csv", ACCOUNTS)
    write_table("cmpp.csv", table("cmpp3", [submit(), submit(part="2")]), "gbk")
    write_table("smgp.csv", table("smgp3", [submit(at="2307061203")]))
    rules = [
        f'[[files]]\nmatch = "{name}.csv"\nprofile = "{profile}"\nreported_by = "甲通信"\n'
        for name, profile in (("cmpp", "cmpp3"), ("smgp", "smgp3"))
    ]
    (accounts.parent / "case.toml").write_text("\n".join(rules), "utf-8")
    told = run("load", accounts.parent)
    assert "按 profile cmpp3 读取" in told
    assert "按 profile smgp3 读取" in told
    assert "计费条数" in told
    rows = list(csv.DictReader(io.StringIO(run("trace", "10687415", "--format", "csv"))))
    assert rows


def test_a_profile_that_matches_nothing_is_an_error(database: str, write_table: WriteTable) -> None:
    file = write_table("log.csv", table("cmpp3", [submit()]))
    typed = ["--lang", "en", "--db", database, "load", str(file), "--reported-by", "甲通信"]
    for profile, said in (
        ("sgip12", "is not the log that profile sgip12 reads"),
        ("jasmin-messages-log", "is not the log that profile jasmin-messages-log reads"),
        ("cmpp4", "There is no profile cmpp4"),
        ("nowhere.toml", "nowhere.toml"),
    ):
        refused = CliRunner().invoke(build_app("en"), [*typed, "--profile", profile])
        assert refused.exit_code == 2
        assert said in refused.stderr
        assert refused.stderr.strip().count("\n") == 0
