"""Lines SMS-MT of Jasmin's messages.log, of both eras."""

from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import open_file

from .jasmin_logs import LINES, OWNER, TABLE, hops, notes, read, row, table, write

PLAIN = (
    "2015-07-05 12:03:04 INFO     2711 SMS-MT [cid:smppcc1] [queue-msgid:q-{n}] "
    "[smpp-msgid:3550b80{n}] [status:ESME_ROK] [prio:0] [dlr:NO_SMSC_DELIVERY_RECEIPT_REQUESTED] "
    "[validity:none] [from:10687415] [to:8613800000001] [content:验证码[8848]，勿告诉他人]"
)
BYTES = (
    "2023-07-05 12:03:04,512 INFO     2711 SMS-MT [uid:client1] [cid:smppcc1] [queue-msgid:q-{n}] "
    "[smpp-msgid:b'3550b80{n}'] [status:CommandStatus.ESME_ROK] [prio:0] [dlr:NONE] "
    "[validity:none] [from:b'10687415'] [to:b'8613800000001'] "
    r"[content:b'[\xe5\xae\xa2\xe6\x9c\x8d] 8848 \'ok\'']"
)
ROUTER = (
    "2023-07-05 12:03:04 INFO     1 SMS-MT [uid:client1] [cid:smppcc1] [msgid:m-{n}] [prio:0] "
    "[dlr:no] [from:10687415] [to:8613800000001] [content:b'a'] [tlvs:{{}}]"
)
OTHERS = [
    "2023-07-05 12:03:01 DEBUG    2711 Sending SubmitSM [from:10687415]",
    "2023-07-05 12:03:02 WARNING  2711 no route for 8613800000001",
    "2023-07-05 12:03:03 INFO     2711 DLR [cid:smppcc1] [smpp-msgid:1] [status:DELIVRD]",
    "2023-07-05 12:03:03 INFO     2711 SMS-MO [cid:smppcc1] [from:b'8613800000001'] [content:b'T']",
    "2023-07-05 12:03:03 ERROR    2711 Unexpected",
    "Traceback (most recent call last):",
    "  KeyError: 1",
]


@pytest.mark.parametrize(
    ("shape", "day", "customer"),
    [
        (PLAIN, "2015-07-05", "未识别账号 未记载（甲通信）"),
        (BYTES, "2023-07-05", "乙科技"),
        (ROUTER, "2023-07-05", "乙科技"),
    ],
)
def test_lines_of_every_era_give_both_hops(
    tmp_path: Path, shape: str, day: str, customer: str
) -> None:
    lines = [shape.format(n=1), *OTHERS, shape.format(n=2)]
    file = write(tmp_path, *lines)
    found = read(file, LINES)
    assert found.rejected == []
    assert found.result.read == 2
    assert set(hops(found)) == {
        ("丙电信", OWNER, "10687415", 2),
        (OWNER, customer, "10687415", 2),
    }
    for hop in found.rows:
        assert (hop.first_row, hop.last_row) == (1, len(lines))
        assert str(hop.first_at)[:10] == day
    counted = notes(file, LINES)["log_lines"]
    assert counted == {"rows": 2, "others": len(OTHERS), "retries": 0}


def test_the_note_on_who_is_unknown_names_account_and_connector(tmp_path: Path) -> None:
    found = read(write(tmp_path, BYTES.format(n=1)), LINES, ())
    assert set(hops(found)) == {
        ("未识别账号 smppcc1（甲通信）", OWNER, "10687415", 1),
        (OWNER, "未识别账号 client1（甲通信）", "10687415", 1),
    }
    [note] = found.result.notes
    assert note.key == "unknown_accounts"
    assert "client1（甲通信）" in str(note.values["examples"])
    assert "smppcc1（甲通信）" in str(note.values["examples"])


@pytest.mark.parametrize(
    ("shape", "status"),
    [
        (PLAIN, "ESME_RTHROTTLED"),
        (PLAIN, "ERROR/ESME_RSUBMITFAIL"),
        (BYTES, "CommandStatus.ESME_RINVSRCADR"),
    ],
)
def test_what_the_party_above_refused_is_blocked(tmp_path: Path, shape: str, status: str) -> None:
    line = shape.format(n=1)
    for good in ("CommandStatus.ESME_ROK", "ESME_ROK"):
        if f"[status:{good}]" in line:
            line = line.replace(good, status)
            break
    found = read(write(tmp_path, line, shape.format(n=2)), LINES)
    assert {(row.messages, row.blocked) for row in found.rows} == {(1, 1)}


def test_a_message_tried_again_counts_where_it_ends(tmp_path: Path) -> None:
    failed = (
        "2015-07-05 12:03:04 INFO     2711 SMS-MT [cid:smppcc1] [queue-msgid:q-7] "
        "[status:ERROR/ESME_RTHROTTLED] [retry:{}] [prio:0] [dlr:NONE] [validity:none] "
        "[from:10687415] [to:8613800000001] [content:8848]"
    )
    file = write(tmp_path, failed.format("True"), PLAIN.format(n=1), failed.format("False"))
    found = read(file, LINES)
    assert found.result.read == 2
    assert {(row.messages, row.blocked) for row in found.rows} == {(1, 1)}
    assert notes(file, LINES)["log_lines"] == {"rows": 2, "others": 0, "retries": 1}


DAMAGED = {
    "no content": PLAIN.format(n=2).partition(" [content")[0],
    "cut short": BYTES.format(n=2)[:150],
    "no connector": PLAIN.format(n=2).replace("[cid:smppcc1] ", ""),
    "half a time": PLAIN.format(n=2)[5:],
    "no time": BYTES.format(n=2).partition("INFO     2711 ")[2],
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_line_is_a_rejected_row_of_its_own(tmp_path: Path, damage: str) -> None:
    line = DAMAGED[damage]
    file = write(tmp_path, PLAIN.format(n=1), *OTHERS[:2], PLAIN.format(n=1), line, *OTHERS[5:])
    found = read(file, LINES)
    [reject] = found.rejected
    assert (reject.row, reject.reason) == (5, "no_log_line")
    assert found.result.read == 3
    counted = notes(file, LINES)["log_lines"]
    assert counted == {"rows": 3, "others": 2, "retries": 0}


def test_what_follows_a_whole_line_is_counted_beside_it(tmp_path: Path) -> None:
    file = write(tmp_path, PLAIN.format(n=1), *OTHERS[5:], PLAIN.format(n=2))
    assert read(file, LINES).rejected == []
    assert notes(file, LINES)["log_lines"] == {"rows": 2, "others": 2, "retries": 0}


def test_content_over_several_lines_is_one_row(tmp_path: Path) -> None:
    first, second = PLAIN.format(n=1).replace("勿", "\n请[勿]\n"), PLAIN.format(n=2)
    found = read(write(tmp_path, first, second), LINES)
    assert found.rejected == []
    assert {(row.first_row, row.last_row, row.messages) for row in found.rows} == {(1, 4, 2)}


@pytest.mark.parametrize(
    ("number", "reason"),
    [("Bank", "not_digits"), ("", "blank"), (r"b'\xe5\xae\xa2'", "not_digits")],
)
def test_a_source_that_is_no_number_is_rejected(tmp_path: Path, number: str, reason: str) -> None:
    line = PLAIN.format(n=1).replace("from:10687415", f"from:{number}")
    found = read(write(tmp_path, PLAIN.format(n=2), line), LINES)
    [reject] = found.rejected
    assert (reject.row, reject.column, reject.reason) == (2, "from", reason)
    assert "〔" in reject.raw


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_are_no_text_cost_nothing_in_the_content(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "messages.log"
    head, _, tail = PLAIN.format(n=1).partition("8848")
    good = (PLAIN.format(n=2) + "\n").encode(encoding) * 3
    file.write_bytes(good + head.encode(encoding) + b"\xff\x00\xfe" + tail.encode(encoding) + b"\n")
    settings = FileSettings(profile=LINES.profile, reporter=OWNER, encoding=encoding)
    found = read(file, settings)
    assert (found.result.read, found.result.duplicates, found.rejected) == (4, 2, [])


def test_a_log_without_any_message_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_file(write(tmp_path, *OTHERS), "messages.log", LINES)
    assert refused.value.key == "profile_unmatched"
    for lang in ("zh", "en"):
        assert "\n" not in refused.value.message(lang)
        assert "messages.log" in refused.value.message(lang)


@pytest.mark.parametrize("settings", [LINES, TABLE])
def test_nobody_says_whose_log_it_is(tmp_path: Path, settings: FileSettings) -> None:
    file = write(tmp_path, PLAIN.format(n=1)) if settings is LINES else table(tmp_path, row(1))
    with pytest.raises(UsageError) as refused:
        open_file(file, file.name, FileSettings(profile=settings.profile))
    assert refused.value.key == "profile_owner"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "--reported-by" in said
        assert file.name in said
        assert "\n" not in said
