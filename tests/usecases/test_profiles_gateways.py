"""Gateways' own logs, loaded by their profile and traced: customer, owner, party above."""

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from tracer import Case, LoadOptions, UsageError
from tracer.cli.app import build_app
from tracer.model.load import SourceReport
from tracer.model.period import ALL_DAYS
from tracer.store.engine import open_engine
from tracer.store.record_tables import metadata
from tracer.usecases.rows import open_hop

from .conftest import WriteTable

Tracer = Callable[..., Result]
Rows = Sequence[Sequence[str]]

OWNER, CUSTOMER, ABOVE = "甲通信", "乙科技", "丙电信"
CUSTOMER_ACCOUNTS = {"01", "client1"}
ACCOUNTS = [
    ["平台", "账号", "使用方"],
    *([OWNER, account, CUSTOMER] for account in sorted(CUSTOMER_ACCOUNTS)),
    [OWNER, "c1", ABOVE],
]
SECRETS = ("13800000001", "验")
CONTENT = "您的验证码 8848"


@dataclass(frozen=True)
class Log:
    """One log in one shape: two messages, one of them twice, and one faulty row."""

    profile: str
    name: str
    number: str
    reject: tuple[int, str]
    text: str
    beside: tuple[tuple[str, str], ...] = ()
    account: str = "client1"

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((self.name, self.text), *self.beside):
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return folder / self.name


def as_csv(rows: Rows) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def as_inserts(table: str, rows: Rows) -> str:
    names, *rest = rows
    tuples = ",\n".join("(" + ",".join(f"'{cell}'" for cell in row) + ")" for row in rest)
    return f"INSERT INTO `{table}` ({', '.join(names)}) VALUES\n{tuples};\n"


def as_copy(table: str, rows: Rows) -> str:
    names, *rest = rows
    lines = "".join("\t".join(row) + "\n" for row in rest)
    return f"-- PostgreSQL\nCOPY public.{table} ({', '.join(names)}) FROM stdin;\n{lines}\\.\n"


def submit_log(*ids: str, bad: str) -> Rows:
    head = [
        "msgid", "routed_cid", "source_addr", "destination_addr", "pdu_count", "short_message",
        "status", "uid", "created_at",
    ]  # fmt: skip
    rows = [
        [each, "c1", "10687415", "8613800000001", "1", CONTENT, "ESME_ROK", "client1",
         "2023-07-05 10:00:00"]
        for each in ids
    ]  # fmt: skip
    return [head, *rows, [*rows[0][:2], bad, *rows[0][3:]]]


def messages_log(shape: str) -> str:
    lines = [shape.format(n=n, number="10687415") for n in (1, 2, 1)]
    other = "2023-07-05 10:00:00 INFO 1 DLR [cid:c1] [to:8613800000001]"
    return "\n".join([*lines, other, shape.format(n=3, number="BANK"), ""])


PLAIN = (
    "2023-07-05 10:00:00 INFO 1 SMS-MT [uid:client1] [cid:c1] [queue-msgid:q{n}] [smpp-msgid:{n}] "
    "[status:ESME_ROK] [prio:0] [dlr:NO] [validity:none] [from:{number}] [to:8613800000001] "
    f"[content:[甲]{CONTENT}]"
)
BYTES = (
    "2023-07-05 10:00:00,001 INFO 1 SMS-MT [uid:client1] [cid:c1] [queue-msgid:q{n}] "
    "[smpp-msgid:b'{n}'] [status:CommandStatus.ESME_ROK] [prio:0] [dlr:NO] [validity:none] "
    r"[from:b'{number}'] [to:b'8613800000001'] [content:b'\xe9\xaa\x8c 8848']"
)
SEND = [
    ["mid", "channel_no", "mobile", "content", "extend", "count", "status", "gmt_created"],
    *(
        [mid, channel, "13800000001", CONTENT, "01", "1", "1", "2023-07-05 10:00:00"]
        for mid, channel in (("m1", "c1"), ("m2", "c1"), ("m1", "c1"), ("m3", "c9"))
    ),
]
CHANNEL = [["channel_no", "channel_name", "src_id"], ["c1", "通道", "10687415"]]
SUBMITS = submit_log("m1", "m2", "m1", bad="BANK")

LOGS = {
    "submit_log CSV": Log(
        "jasmin-submit-log", "submit.csv", "10687415", (5, "not_digits"), as_csv(SUBMITS)
    ),
    "submit_log MySQL": Log(
        "jasmin-submit-log",
        "submit.sql",
        "10687415",
        (5, "not_digits"),
        as_inserts("submit_log", SUBMITS),
    ),
    "submit_log PostgreSQL": Log(
        "jasmin-submit-log",
        "submit.sql",
        "10687415",
        (6, "not_digits"),
        as_copy("submit_log", SUBMITS),
    ),
    "messages.log plain": Log(
        "jasmin-messages-log", "messages.log", "10687415", (5, "not_digits"), messages_log(PLAIN)
    ),
    "messages.log bytes": Log(
        "jasmin-messages-log", "messages.log", "10687415", (5, "not_digits"), messages_log(BYTES)
    ),
    "cmpp-to-http CSV": Log(
        "cmpp-to-http",
        "sms_send_msg.csv",
        "1068741501",
        (5, "not_joined"),
        as_csv(SEND),
        (("sms_channel.csv", as_csv(CHANNEL)),),
        "01",
    ),
    "cmpp-to-http dump": Log(
        "cmpp-to-http",
        "sms.sql",
        "1068741501",
        (7, "not_joined"),
        as_inserts("sms_channel", CHANNEL) + as_inserts("sms_send_msg", SEND),
        account="01",
    ),
}


@pytest.fixture(params=sorted(LOGS))
def log(request: pytest.FixtureRequest) -> Log:
    return LOGS[request.param]


@pytest.fixture
def tracer(database: str) -> Tracer:
    """Run the program on one database."""

    def run(*words: str | Path) -> Result:
        typed = ["--lang", "en", "--db", database, *map(str, words)]
        return CliRunner().invoke(build_app("en"), typed, prog_name="tracer")

    return run


def options(log: Log) -> LoadOptions:
    return LoadOptions(profile=log.profile, reported_by=OWNER)


def of_file(reports: Sequence[SourceReport], name: str) -> SourceReport:
    [found] = [each for each in reports if Path(each.path).name == name and each.rows]
    return found


def test_the_chain_runs_through_the_owner(
    log: Log, case: Case, write_table: WriteTable, tmp_path: Path
) -> None:
    file = log.write(tmp_path / "case")
    accounts = write_table("accounts.csv", ACCOUNTS)
    report = case.load([file, accounts], options(log))
    assert report.unusable == ()
    found = of_file(report.files, log.name)
    assert (found.rows, found.loaded, found.rejected, found.duplicates) == (4, 2, 1, 1)
    assert "unknown_accounts" not in {note.key for note in found.notes}
    assert "profile_not_used" in {note.key for note in of_file(report.files, "accounts.csv").notes}
    trace = case.trace(log.number)
    assert [chain.parties for chain in trace.chains] == [(ABOVE, OWNER, CUSTOMER)]
    assert {(hop.upstream, hop.downstream, hop.messages, hop.unit) for hop in trace.hops} == {
        (ABOVE, OWNER, 2, "messages"),
        (OWNER, CUSTOMER, 2, "messages"),
    }
    for hop in trace.hops:
        assert {total.reporter for total in hop.routing} == {OWNER}
        assert {str(total.number) for total in hop.routing} == {log.number}
    [reject] = case.rejects()
    assert (reject.diagnostic.row, reject.diagnostic.reason) == log.reject


def test_who_is_not_on_record_is_named_and_told(log: Log, case: Case, tmp_path: Path) -> None:
    report = case.load([log.write(tmp_path / "case")], options(log))
    found = of_file(report.files, log.name)
    [note] = [note for note in found.notes if note.key == "unknown_accounts"]
    assert note.values["accounts"] == 2
    for account in (log.account, "c1"):
        assert f"{account}（{OWNER}）" in str(note.values["examples"])
    [chain] = case.trace(log.number).chains
    assert chain.parties == (
        f"未识别账号 c1（{OWNER}）", OWNER, f"未识别账号 {log.account}（{OWNER}）",
    )  # fmt: skip


def test_loaded_again_every_row_is_a_duplicate(log: Log, case: Case, tmp_path: Path) -> None:
    file = log.write(tmp_path / "case")
    case.load([file], options(log))
    before = [(hop.upstream, hop.messages) for hop in case.trace(log.number).hops]
    again = case.load([file], options(log))
    found = of_file(again.files, log.name)
    assert (found.rows, found.loaded, found.rejected, found.duplicates) == (4, 0, 0, 4)
    assert again.delivery is None
    assert [(hop.upstream, hop.messages) for hop in case.trace(log.number).hops] == before


def test_a_copy_beside_it_is_the_same_bytes(log: Log, case: Case, tmp_path: Path) -> None:
    file = log.write(tmp_path / "case")
    longer = file.with_name("longer" + file.suffix)
    longer.write_bytes(file.read_bytes() + b"\n")
    report = case.load([file, longer], options(log))
    assert (report.rows, report.loaded, report.rejected, report.duplicates) == (8, 2, 2, 4)
    assert {hop.messages for hop in case.trace(log.number).hops} == {2}


def test_nobody_says_whose_log_it_is(log: Log, case: Case, tmp_path: Path) -> None:
    report = case.load([log.write(tmp_path / "case")], LoadOptions(profile=log.profile))
    [error] = report.unusable
    assert report.files == ()
    for lang in ("zh", "en"):
        said = error.message(lang)
        assert "--reported-by" in said
        assert log.name in said
        assert "\n" not in said


def test_nobody_and_nothing_told_is_in_clear(
    log: Log, case: Case, database: str, tmp_path: Path
) -> None:
    report = case.load([log.write(tmp_path / "case")], options(log))
    engine = open_engine(database)
    with engine.connect() as conn:
        tables = metadata.sorted_tables
        kept = "\n".join(str(row) for table in tables for row in conn.execute(select(table)))
    engine.dispose()
    assert log.number in kept
    for secret in SECRETS:
        assert secret not in kept
        assert secret not in str(report)


def test_both_hops_open_down_to_the_rows_of_the_log(log: Log, case: Case, tmp_path: Path) -> None:
    file = log.write(tmp_path / "case")
    case.load([file], options(log))
    [chain] = case.trace(log.number).chains
    above, owner, below = chain.parties
    for ends in ((above, owner), (owner, below)):
        with case._engine.connect() as conn:
            found = open_hop(conn, log.number, ends, ALL_DAYS, Path())
        [source] = found.sources
        assert (source.state, source.fault, source.unproven) == ("read", None, ())
        assert [row.is_duplicate for row in source.rows] == [False, False]
        assert source.sums[0].messages == 2
        for secret in SECRETS:
            assert secret not in str(source.rows)


def test_the_command_loads_and_traces(
    log: Log, tracer: Tracer, write_table: WriteTable, tmp_path: Path
) -> None:
    file = log.write(tmp_path / "case")
    accounts = write_table("accounts.csv", ACCOUNTS)
    said = ("--profile", log.profile)
    refused = tracer("load", file, *said)
    assert refused.exit_code == 2
    [line] = refused.stderr.strip().splitlines()
    assert "--reported-by" in line
    loaded = tracer("load", file, accounts, *said, "--reported-by", OWNER, "--format", "json")
    assert loaded.exit_code == 0, loaded.stderr
    traced = tracer("trace", log.number, "--format", "json")
    assert traced.exit_code == 0, traced.stderr
    [chain] = json.loads(traced.stdout)["chains"]
    assert chain["parties"] == [ABOVE, OWNER, CUSTOMER]
    table = tracer("load", file, *said, "--reported-by", OWNER)
    assert table.exit_code == 0
    for secret in SECRETS:
        assert secret not in loaded.stdout + traced.stdout + table.stdout


def test_the_lines_beside_are_counted_in_the_report(tracer: Tracer, tmp_path: Path) -> None:
    log = LOGS["messages.log bytes"]
    loaded = tracer(
        "load", log.write(tmp_path / "case"), "--profile", log.profile, "--reported-by", OWNER
    )
    assert "4 lines tell of a message; 1 other does not" in " ".join(loaded.stdout.split())


def test_a_folder_holds_the_log_and_what_it_is_joined_to(case: Case, tmp_path: Path) -> None:
    log = LOGS["cmpp-to-http CSV"]
    folder = log.write(tmp_path / "case").parent
    report = case.load([folder], options(log))
    assert (report.rows, report.loaded, report.unusable) == (4, 2, ())
    by_name = {Path(each.path).name: each for each in report.files}
    joined = by_name["sms_channel.csv"]
    assert joined.table is None
    assert "joined_table" in {note.key for note in joined.notes}


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ("messages.log bytes", "messages.log"),
        ("messages.log plain", "messages.log.2023-07-05"),
        ("messages.log plain", "messages.log.1.gz"),
        ("submit_log MySQL", "Dump.SQL"),
        ("submit_log PostgreSQL", "dump.sql.gz"),
    ],
)
def test_a_profile_makes_logs_and_dumps_of_a_folder_wanted(
    shape: str, name: str, case: Case, write_table: WriteTable, tmp_path: Path
) -> None:
    log = LOGS[shape]
    content = log.text.encode()
    folder = write_table("accounts.csv", ACCOUNTS).parent
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    (folder / "scan.pdf").write_bytes(b"%PDF")
    assert [Path(each.path).name for each in case.load([folder]).files] == ["accounts.csv"]
    report = case.load([folder], options(log))
    assert report.unusable == ()
    assert {Path(each.path).name for each in report.files} == {"accounts.csv", name}
    assert of_file(report.files, name).loaded == 2
    assert case.trace("10687415").chains[0].parties == (ABOVE, OWNER, CUSTOMER)


def opened(case: Case, number: str) -> tuple[str, str]:
    above, owner, _ = case.trace(number).chains[0].parties
    with case._engine.connect() as conn:
        [source] = open_hop(conn, number, (above, owner), ALL_DAYS, Path()).sources
    fault = source.fault
    return source.state, fault.key if isinstance(fault, UsageError) else ""


def test_the_joined_file_has_changed_or_is_gone(case: Case, tmp_path: Path) -> None:
    log = LOGS["cmpp-to-http CSV"]
    file = log.write(tmp_path / "case")
    case.load([file], options(log))
    joined = file.parent / "sms_channel.csv"
    joined.write_text(as_csv([CHANNEL[0], ["c1", "通道", "10690000"]]), encoding="utf-8")
    assert opened(case, log.number) == ("unreadable", "rests_on_changed")
    [changed] = case.load([file], options(log)).unusable
    assert changed.key == "rests_on_changed"
    for lang in ("zh", "en"):
        said = changed.message(lang)
        assert "sms_channel.csv" in said
        assert "\n" not in said
    joined.unlink()
    assert opened(case, log.number) == ("unreadable", "join_missing")
    report = case.load([file], options(log))
    [error] = report.unusable
    assert error.key == "join_missing"
    assert "\n" not in error.message("zh")


def test_what_a_load_rests_on_is_in_the_custody_log(tracer: Tracer, tmp_path: Path) -> None:
    log = LOGS["cmpp-to-http CSV"]
    file = log.write(tmp_path / "case")
    tracer("load", file, "--profile", log.profile, "--reported-by", OWNER)
    listed = tracer("log", "--format", "json")
    assert listed.exit_code == 0, listed.stderr
    assert "rests_on.sms_channel.csv" in listed.stdout
    assert "rests_on.profile" in listed.stdout


def test_case_toml_says_the_same(case: Case, tmp_path: Path) -> None:
    log = LOGS["messages.log plain"]
    folder = log.write(tmp_path / "case").parent
    (folder / "case.toml").write_text(
        f'[[files]]\nmatch = "*.log"\nprofile = "{log.profile}"\nreported_by = "{OWNER}"\n',
        encoding="utf-8",
    )
    report = case.load([folder])
    assert (report.rows, report.loaded, report.rejected, report.duplicates) == (4, 2, 1, 1)
