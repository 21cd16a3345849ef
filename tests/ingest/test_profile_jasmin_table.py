"""Jasmin's table submit_log, as CSV and as a dump."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tracer.ingest.reading import open_file

from .jasmin_logs import COLUMNS, OWNER, TABLE, hops, notes, read, row, table, write


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
