"""Jasmin's logs: lines SMS-MT of messages.log in both eras, submit_log as CSV and as a dump."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import open_file
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import Account

from .traffic_logs import MASKER, Read, write_csv

OWNER = "甲通信"
ACCOUNTS = (Account(OWNER, "client1", "乙科技"), Account(OWNER, "smppcc1", "丙电信"))
LINES = FileSettings(profile="jasmin-messages-log", reporter=OWNER)
TABLE = FileSettings(profile="jasmin-submit-log", reporter=OWNER)

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


def read(file: Path, settings: FileSettings, accounts: Sequence[Account] = ACCOUNTS) -> Read:
    [sheet] = [each for each in open_file(file, file.name, settings) if each.header]
    with LogLane(accounts, LaneSettings(), MASKER) as lane:
        found = Read(lane.read(sheet, sheet.settings))
    for reject in found.rejected:
        assert "13800000001" not in reject.raw
        assert "8848" not in reject.raw
    return found


def notes(file: Path, settings: FileSettings) -> dict[str, dict[str, object]]:
    [sheet] = open_file(file, file.name, settings)
    return {note.key: dict(note.values) for note in sheet.notes}


def write(folder: Path, *lines: str, name: str = "messages.log", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return file


def hops(found: Read) -> list[tuple[str, str, str, int]]:
    return [(row.upstream, row.downstream, row.number, row.messages) for row in found.rows]


# ---- messages.log


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
    for row in found.rows:
        assert (row.first_row, row.last_row) == (1, len(lines))
        assert str(row.first_at)[:10] == day
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


# ---- submit_log

COLUMNS = (
    "msgid", "source_connector", "routed_cid", "source_addr", "destination_addr", "rate", "charge",
    "pdu_count", "short_message", "binary_message", "status", "uid", "trials", "created_at",
    "status_at",
)  # fmt: skip


def row(number: int, **other: str) -> tuple[str, ...]:
    cells = {
        "msgid": f"m-{number}",
        "source_connector": "smppsapi",
        "routed_cid": "smppcc1",
        "source_addr": "10687415",
        "destination_addr": "8613800000001",
        "rate": "0.00",
        "charge": "0.00",
        "pdu_count": "2",
        "short_message": "您的验证码 8848, 'ok'; (勿转)",
        "binary_message": "",
        "status": "ESME_ROK",
        "uid": "client1",
        "trials": "1",
        "created_at": "2023-07-05 12:03:04",
        "status_at": "2023-07-05 12:03:05",
    }
    return tuple({**cells, **other}[name] for name in COLUMNS)


def table(folder: Path, *rows: Sequence[str], encoding: str = "utf-8") -> Path:
    return write_csv(folder / "submit_log.csv", [COLUMNS, *rows], encoding=encoding)


def test_a_row_of_the_table_counts_one_message_in_its_parts(tmp_path: Path) -> None:
    file = table(tmp_path, row(1), row(2), row(2))
    found = read(file, TABLE)
    assert set(hops(found)) == {
        ("丙电信", OWNER, "10687415", 2),
        (OWNER, "乙科技", "10687415", 2),
    }
    assert {item.parts for item in found.rows} == {4}
    assert {item.unit for item in found.rows} == {"messages"}
    assert (found.result.read, found.result.duplicates) == (3, 1)
    said = notes(file, TABLE)["profile_columns"]
    assert "routed_cid → connector" in str(said["columns"])
    assert "source_connector" not in str(said["columns"])


@pytest.mark.parametrize("connector", ["", "NULL", r"\N"])
def test_without_a_connector_the_hop_above_is_unknown(tmp_path: Path, connector: str) -> None:
    found = read(table(tmp_path, row(1, routed_cid=connector, msgid=connector)), TABLE)
    assert hops(found) == [(OWNER, "乙科技", "10687415", 1)]


def test_rows_without_ids_are_no_duplicates(tmp_path: Path) -> None:
    found = read(table(tmp_path, *[row(1, msgid=r"\N")] * 2, *[row(1, msgid="NULL")] * 2), TABLE)
    assert (found.result.loaded, found.result.duplicates) == (4, 0)


def test_faulty_rows_are_rejected_where_they_stand(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        row(1),
        row(2, source_addr="BANK"),
        row(3, created_at="2023-06-31 00:00:00"),
        row(4)[:-1],
        row(5, pdu_count="0"),
        row(6, status="ESME_RSUBMITFAIL"),
        row(7, source_addr="b'10687415'", uid="b'client1'", status="b'ESME_ROK'"),
    )
    found = read(file, TABLE)
    assert [(item.row, item.column, item.reason) for item in found.rejected] == [
        (3, "source_addr", "not_digits"),
        (4, "created_at", "no_such_time"),
        (5, None, "wrong_width"),
        (6, "pdu_count", "too_small"),
    ]
    for reject in found.rejected:
        assert "验证码" not in reject.raw
    assert {(item.messages, item.blocked) for item in found.rows} == {(2, 1)}


def mysql(*groups: Sequence[Sequence[str]], create: bool = True) -> str:
    names = ",\n".join(f"  `{name}` varchar(99) DEFAULT NULL COMMENT 'a, b'" for name in COLUMNS)
    head = [
        "-- MySQL dump 10.13  Distrib 8.0.33",
        "/*!40101 SET NAMES utf8mb4 */;",
        "DROP TABLE IF EXISTS `submit_log`;",
        f"CREATE TABLE `submit_log` (\n{names},\n  PRIMARY KEY (`msgid`)\n) ENGINE=InnoDB;",
        "INSERT INTO `other` VALUES (1,'(x)');",
        "LOCK TABLES `submit_log` WRITE;",
    ]
    listed = "" if create else f" ({', '.join(f'`{name}`' for name in COLUMNS)})"
    inserts = [
        f"INSERT INTO `submit_log`{listed} VALUES\n" + ",\n".join(map(quoted, rows)) + ";"
        for rows in groups
    ]
    return "\n".join([*(head if create else head[:2]), *inserts, "UNLOCK TABLES;", ""])


def quoted(cells: Sequence[str]) -> str:
    texts = [
        "NULL" if cell == "NULL" else "'" + cell.replace("\\", "\\\\").replace("'", "\\'") + "'"
        for cell in cells
    ]
    return f"({','.join(texts)})"


def line_of(text: str, sign: str) -> int:
    return text[: text.index(sign)].count("\n") + 1


@pytest.mark.parametrize("create", [True, False])
def test_a_mysql_dump_is_read_tuple_by_tuple(tmp_path: Path, create: bool) -> None:
    rows = [
        row(1),
        row(2, short_message="两行\n(3,4),('x');\nINSERT INTO `submit_log` VALUES (1);"),
        row(3, source_addr="NULL"),
        row(4, routed_cid="NULL"),
    ]
    text = mysql(rows[:3], rows[3:], create=create)
    file = write(tmp_path, text, name="dump.sql")
    found = read(file, TABLE)
    [reject] = found.rejected
    assert (reject.row, reject.column, reject.reason) == (
        line_of(text, "'m-3'"), "source_addr", "blank",
    )  # fmt: skip
    assert set(hops(found)) == {
        ("丙电信", OWNER, "10687415", 2),
        (OWNER, "乙科技", "10687415", 3),
    }
    [below] = [item for item in found.rows if not item.part]
    assert (below.first_row, below.last_row) == (line_of(text, "'m-1'"), line_of(text, "'m-4'"))


@pytest.mark.parametrize(
    "head",
    [
        "INSERT INTO submit_log ({}) VALUES\n",
        "insert into db.submit_log\n({})\nvalues\n",
        'REPLACE INTO "submit_log" (\n{}\n) VALUES ',
    ],
)
def test_a_dump_of_nothing_but_inserts(tmp_path: Path, head: str) -> None:
    text = head.format(",\n".join(COLUMNS)) + quoted(row(1)) + ";\n"
    found = read(write(tmp_path, text, name="dump.sql"), TABLE)
    assert {item.messages for item in found.rows} == {1}
    assert {item.first_row for item in found.rows} == {line_of(text, "('m-1'")}


def test_rows_that_share_a_line_are_counted_and_it_is_told(tmp_path: Path) -> None:
    text = mysql([row(1), row(2, source_addr="x"), row(3)]).replace("),\n(", "),(")
    file = write(tmp_path, text, name="dump.sql")
    found = read(file, TABLE)
    assert [item.row for item in found.rejected] == [2]
    assert {item.messages for item in found.rows} == {2}
    [sheet] = open_file(file, file.name, TABLE)
    assert "dump_rows_counted" in {note.key for note in sheet.notes}


POSTGRES = """--
-- PostgreSQL database dump
--
SET standard_conforming_strings = on;
CREATE TABLE public.submit_log (
    msgid character varying(45) NOT NULL,
    routed_cid character varying(30),
    source_addr character varying(40),
    destination_addr character varying(40),
    rate numeric(8,2),
    pdu_count integer DEFAULT 1,
    short_message bytea,
    status character varying(15),
    uid character varying(15),
    created_at timestamp without time zone
);
"""
INSERTS = r"""
INSERT INTO public.submit_log VALUES ('m-1', 'smppcc1', '10687415', '8613800000001', 0.00, 1,
    'it''s \', 'ESME_ROK', 'client1', '2023-07-05 12:03:04'), ('m-2', NULL, '10687415',
    '8613800000001', 0.00, 1, E'it\'s', 'ESME_ROK', 'client1', '2023-07-05 12:03:04'::timestamp)
    ON CONFLICT DO NOTHING;
INSERT INTO public.submit_log (msgid, status, uid, "source_addr", created_at, routed_cid) VALUES
    ('m-3', 'ESME_RX', 'client1', '10687415', '2023-07-05 12:03:04', 'smppcc1');
"""
COPY = r"""
COPY public.submit_log (msgid, routed_cid, source_addr, pdu_count, short_message, status, uid, created_at) FROM stdin;
m-1	smppcc1	10687415	1	\\xe5ae\tA	ESME_ROK	client1	2023-07-05 12:03:04
m-2	\N	10687415	1	a\nb	ESME_ROK	client1	2023-07-05 12:03:04
m-3	smppcc1	10687415	1	\N	ESME_RX	client1	2023-07-05 12:03:04
m-4	smppcc1	10687415	1
\.
"""  # noqa: E501


def test_a_postgresql_dump_of_inserts(tmp_path: Path) -> None:
    found = read(write(tmp_path, POSTGRES + INSERTS, name="dump.sql"), TABLE)
    assert [(item.row, item.reason) for item in found.rejected] == []
    assert {(item.part, item.messages, item.blocked) for item in found.rows} == {
        ("up", 1, 1),
        ("", 2, 1),
    }
    [below] = [item for item in found.rows if not item.part]
    start = POSTGRES.count("\n") + 2
    assert (below.first_row, below.last_row) == (start, start + 5)


def test_a_postgresql_dump_of_copy_blocks(tmp_path: Path) -> None:
    found = read(write(tmp_path, POSTGRES + COPY, name="dump.sql"), TABLE)
    start = POSTGRES.count("\n") + 3
    assert [(item.row, item.reason) for item in found.rejected] == [(start + 3, "wrong_width")]
    assert {(item.part, item.messages, item.blocked) for item in found.rows} == {
        ("up", 1, 1),
        ("", 2, 1),
    }


BROKEN = {
    "two texts in a row": ("'client1'", "'client1' 'x'"),
    "no end of a text": ("'client1'", "'client1"),
    "over two lines": ("'client1'", "'client1' x\nrest"),
    "a comma too few": ("),\n", ")\n"),
    "a bracket too few": ("),\n", ",\n"),
}


@pytest.mark.parametrize("damage", BROKEN)
def test_a_damaged_row_of_a_dump_loses_no_other(tmp_path: Path, damage: str) -> None:
    rows = [row(1), row(2), row(3), row(4), row(5)]
    text = mysql(rows[:4], rows[4:])
    cut = text.index("('m-2'")
    broken = text[:cut] + text[cut:].replace(*BROKEN[damage], 1)
    found = read(write(tmp_path, broken, name="dump.sql"), TABLE)
    if damage == "a comma too few":
        assert (found.result.loaded, found.rejected) == (5, [])
        return
    [reject] = found.rejected
    assert (reject.row, reject.reason) == (line_of(text, "('m-2'"), "no_sql_row")
    assert found.result.loaded == 4


def test_a_dump_that_is_cut_off_rejects_its_last_row(tmp_path: Path) -> None:
    text = mysql([row(1), row(2)])
    file = tmp_path / "dump.sql"
    file.write_text(text[: text.index("'m-2'") + 60], encoding="utf-8")
    found = read(file, TABLE)
    assert [(item.row, item.reason) for item in found.rejected] == [
        (line_of(text, "'m-2'"), "no_sql_row")
    ]
    assert found.result.loaded == 1


def test_a_dump_without_a_single_readable_row_is_not_passed_over(tmp_path: Path) -> None:
    text = mysql([row(1)]).replace("'client1'", "'client1' x")
    found = read(write(tmp_path, text, name="dump.sql"), TABLE)
    assert found.reject.reason == "no_sql_row"
    assert found.reject.row == line_of(text, "('m-1'")


@pytest.mark.parametrize(
    ("content", "escaped"), [(r"it\'s", True), (r"C:\', x", True), ("C:\\", False)]
)
def test_backslashes_of_a_dump_that_does_not_say_who_wrote_it(
    tmp_path: Path, content: str, escaped: bool
) -> None:
    text = f"INSERT INTO submit_log ({','.join(COLUMNS)}) VALUES\n"
    rows = [row(1, short_message="@"), row(2, short_message=r"a\'b" if escaped else "a''b")]
    text += ",\n".join("(" + ",".join(f"'{cell}'" for cell in cells) + ")" for cells in rows)
    text = text.replace("'ok'", "ok").replace("@", content) + ";\n"
    found = read(write(tmp_path, text, name="dump.sql"), TABLE)
    assert found.rejected == []
    assert {item.messages for item in found.rows} == {2}
