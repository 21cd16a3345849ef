"""cmpp-to-http: numbers put together from sms_send_msg and sms_channel."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.opensheet import OpenSheet
from tracer.ingest.reading import open_file
from tracer.ingest.reopening import reopen_sheet
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import Account
from tracer.model.load import SourceSheet

from .traffic_logs import MASKER, Read, write_csv

OWNER = "甲通信"
SAID = FileSettings(profile="cmpp-to-http", reporter=OWNER)
ACCOUNTS = (Account(OWNER, "01", "乙科技"), Account(OWNER, "c1", "丙电信"))

MESSAGES = (
    "id", "mid", "channel_no", "mobile", "content", "extend", "count", "status", "status_code",
    "send_date", "gmt_created",
)  # fmt: skip
CHANNELS = (
    "id", "channel_no", "channel_name", "operator_type", "protocol", "channel_ip", "channel_port",
    "login_name", "src_id", "msg_src", "speed", "enabled",
)  # fmt: skip

Row = tuple[str, ...]


def message(number: int, **other: str) -> Row:
    cells = {
        "id": str(number),
        "mid": f"m{number}",
        "channel_no": "c1",
        "mobile": "13800000001",
        "content": "【某某】验证码8848，请勿告诉他人",
        "extend": "01",
        "count": "2",
        "status": "1",
        "status_code": "DELIVRD",
        "send_date": "20230705",
        "gmt_created": "2023-07-05 12:03:04",
    }
    return tuple({**cells, **other}[name] for name in MESSAGES)


def channel(number: str, src_id: str, name: str = "通道") -> Row:
    return ("1", number, name, "0", "CMPP", "192.0.2.1", "7890", "sp", src_id, "901234", "50", "1")


def csv_pair(folder: Path, messages: Sequence[Row], channels: Sequence[Row]) -> Path:
    write_csv(folder / "sms_channel.csv", [CHANNELS, *channels])
    return write_csv(folder / "sms_send_msg.csv", [MESSAGES, *messages])


def dump(folder: Path, messages: Sequence[Row], channels: Sequence[Row]) -> Path:
    tables = (("sms_send_msg", MESSAGES, messages), ("sms_channel", CHANNELS, channels))
    text = "-- MySQL dump\n"
    for table, names, rows in tables:
        text += f"CREATE TABLE `{table}` (\n" + ",\n".join(f"`{n}` varchar(9)" for n in names)
        tuples = [
            "(" + ",".join("NULL" if cell == "NULL" else f"'{cell}'" for cell in row) + ")"
            for row in rows
        ]
        text += f"\n);\nINSERT INTO `{table}` VALUES\n" + ",\n".join(tuples) + ";\n"
    file = folder / "sms.sql"
    file.write_text(text, encoding="utf-8")
    return file


def book(folder: Path, messages: Sequence[Row], channels: Sequence[Row]) -> Path:
    made = Workbook()
    tables = (("sms_send_msg", MESSAGES, messages), ("sms_channel", CHANNELS, channels))
    for place, (table, names, rows) in enumerate(tables):
        page = made.create_sheet(table, place)
        for row in (names, *rows):
            page.append(row)
    del made["Sheet"]
    file = folder / "sms.xlsx"
    made.save(file)
    return file


def log(file: Path, settings: FileSettings = SAID) -> OpenSheet:
    [sheet] = [each for each in open_file(file, file.name, settings) if each.header]
    return sheet


def read(sheet: OpenSheet, accounts: Sequence[Account] = ACCOUNTS) -> Read:
    with LogLane(accounts, LaneSettings(), MASKER) as lane:
        found = Read(lane.read(sheet, sheet.settings))
    for reject in found.rejected:
        assert "13800000001" not in reject.raw
        assert "8848" not in reject.raw
    return found


def hops(found: Read) -> set[tuple[str, str, str, int]]:
    return {(row.upstream, row.downstream, row.number, row.messages) for row in found.rows}


def recorded(sheet: OpenSheet) -> SourceSheet:
    assert sheet.header is not None
    return SourceSheet(
        sheet.path, sheet.sheet_no, sheet.sheet, sheet.sha256, sheet.sm3, sheet.size, "routing",
        sheet.encoding, sheet.header.header_row, sheet.settings.stated,
    )  # fmt: skip


def refuse(file: Path, settings: FileSettings = SAID) -> UsageError:
    with pytest.raises(UsageError) as refused:
        open_file(file, file.name, settings)
    for lang in ("zh", "en"):
        assert "\n" not in refused.value.message(lang)
    return refused.value


FORMS = {"csv": csv_pair, "dump": dump, "book": book}


@pytest.mark.parametrize("form", FORMS)
def test_numbers_are_put_together_from_two_tables(tmp_path: Path, form: str) -> None:
    messages = [
        message(1),
        message(2),
        message(3, extend=""),
        message(4, status="2"),
        message(4, status="2"),
        message(5, channel_no="c2", extend="02"),
    ]
    channels = [channel("c1", "10687415"), channel("c2", "10690001"), channel("c3", "10690002")]
    found = read(log(FORMS[form](tmp_path, messages, channels)))
    assert found.rejected == []
    assert (found.result.read, found.result.loaded, found.result.duplicates) == (6, 5, 1)
    assert hops(found) == {
        (OWNER, "乙科技", "1068741501", 2),
        (OWNER, "未识别账号 无扩展码（甲通信）", "10687415", 1),
        (OWNER, "未识别账号 02（甲通信）", "1069000102", 1),
        ("丙电信", OWNER, "1068741501", 2),
        ("丙电信", OWNER, "10687415", 1),
        ("未识别账号 c2（甲通信）", OWNER, "1069000102", 1),
    }
    stopped = {row.number for row in found.rows if row.blocked}
    assert stopped == {"1068741501"}
    [note] = found.result.notes
    assert (note.key, note.values["accounts"]) == ("unknown_accounts", 3)


def rejected(found: Read) -> list[tuple[int, str | None, str, object]]:
    return [
        (item.row, item.column, item.reason, item.values.get("text")) for item in found.rejected
    ]


@pytest.mark.parametrize(("form", "first"), [("csv", 2), ("dump", 16), ("book", 2)])
def test_what_is_not_certain_in_the_other_table_is_rejected(
    tmp_path: Path, form: str, first: int
) -> None:
    messages = [
        message(1),
        message(2, channel_no="c9"),
        message(3, channel_no="c2"),
        message(4, channel_no="c3"),
        message(5, channel_no=""),
        message(6, extend="1x"),
    ]
    channels = [
        channel("c1", "10687415"),
        channel("c1", "10687415", "the same once more"),
        channel("c2", "10690001"),
        channel("c2", "10690002"),
        channel("c3", ""),
    ]
    found = read(log(FORMS[form](tmp_path, messages, channels)))
    assert rejected(found)[:2] == [
        (first + 1, "channel_no", "not_joined", "c9"),
        (first + 2, "channel_no", "joined_twice", "c2"),
    ]
    assert [(row, reason) for row, _, reason, _ in rejected(found)[2:]] == [
        (first + 3, "blank"),
        (first + 4, "not_joined"),
        (first + 5, "not_digits"),
    ]
    assert found.result.loaded == 1


def test_the_digest_of_the_other_file_goes_on_record(tmp_path: Path) -> None:
    file = csv_pair(tmp_path, [message(1)], [channel("c1", "10687415")])
    digest = hashlib.sha256((tmp_path / "sms_channel.csv").read_bytes()).hexdigest()
    sheet = log(file)
    assert ("rests_on.sms_channel.csv", digest) in sheet.settings.stated
    said = dict(sheet.settings.stated)
    assert len(said["rests_on.profile"]) == 64
    assert (said["profile"], said["reporter"]) == ("cmpp-to-http", OWNER)
    inside = log(dump(tmp_path, [message(1)], [channel("c1", "10687415")]))
    assert {key for key, _ in inside.settings.stated if key.startswith("rests_on")} == {
        "rests_on.profile"
    }, "the table is in the source itself"


def test_the_other_table_by_itself_is_no_source(tmp_path: Path) -> None:
    csv_pair(tmp_path, [message(1)], [channel("c1", "10687415")])
    [sheet] = open_file(tmp_path / "sms_channel.csv", "sms_channel.csv", SAID)
    assert sheet.header is None
    assert [note.key for note in sheet.notes] == ["joined_table"]


def test_the_other_file_is_missing(tmp_path: Path) -> None:
    file = csv_pair(tmp_path, [message(1)], [])
    (tmp_path / "sms_channel.csv").unlink()
    error = refuse(file)
    assert error.key == "join_missing"
    assert "sms_channel.csv" in error.message("zh")
    assert "joined" in error.message("en")


def test_the_other_file_is_another_table(tmp_path: Path) -> None:
    file = csv_pair(tmp_path, [message(1)], [])
    write_csv(tmp_path / "sms_channel.csv", [("channel_no", "name"), ("c1", "x")])
    error = refuse(file)
    assert error.key == "join_unmatched"
    assert "src_id" in error.message("zh")


def test_case_toml_names_the_other_file(tmp_path: Path) -> None:
    file = csv_pair(tmp_path, [message(1)], [channel("c1", "10687415")])
    (tmp_path / "sub").mkdir()
    (tmp_path / "sms_channel.csv").rename(tmp_path / "sub" / "通道.csv")
    said = FileSettings(profile="cmpp-to-http", reporter=OWNER, joined="sub/通道.csv")
    sheet = log(file, said)
    assert {row.number for row in read(sheet).rows} == {"1068741501"}
    assert "rests_on.sub/通道.csv" in dict(sheet.settings.stated)


def test_of_several_tables_that_would_do_the_one_of_its_name_is_taken(tmp_path: Path) -> None:
    file = dump(tmp_path, [message(1)], [channel("c1", "10687415")])
    old = file.read_text().replace("sms_channel", "a_channel_bak").replace("10687415", "10680000")
    old = old[old.index("CREATE TABLE `a_channel_bak`") :]
    file.write_text("-- MySQL\n" + old + file.read_text())
    assert {row.number for row in read(log(file)).rows} == {"1068741501"}


@pytest.mark.parametrize("form", FORMS)
def test_a_log_that_was_loaded_opens_again_as_it_was(tmp_path: Path, form: str) -> None:
    rows = [message(1), message(2, channel_no="c9")]
    file = FORMS[form](tmp_path, rows, [channel("c1", "10687415")])
    sheet = log(file)
    again = reopen_sheet(file, recorded(sheet))
    assert again.header == sheet.header
    assert list(again.rows()) == list(sheet.rows())
    assert again.settings.stated == tuple(
        sorted({*sheet.settings.stated, *_encoding(sheet.encoding)})
    )


def _encoding(encoding: str | None) -> list[tuple[str, str]]:
    return [] if encoding is None else [("encoding", encoding)]


def test_the_other_file_has_changed_since(tmp_path: Path) -> None:
    file = csv_pair(tmp_path, [message(1)], [channel("c1", "10687415")])
    source = recorded(log(file))
    write_csv(tmp_path / "sms_channel.csv", [CHANNELS, channel("c1", "10690000")])
    with pytest.raises(UsageError) as refused:
        reopen_sheet(file, source)
    assert refused.value.key == "rests_on_changed"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "sms_channel.csv" in said
        assert "sms_send_msg.csv" in said
        assert "\n" not in said
    (tmp_path / "sms_channel.csv").unlink()
    with pytest.raises(UsageError) as gone:
        reopen_sheet(file, source)
    assert gone.value.key == "join_missing"


def test_a_profile_of_ones_own_has_changed_since(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = 'owner = "upstream"\n[columns]\nsent_at = "gmt_created"\nnumber = "extend"\n'
    own.write_text(text + 'account = "channel_no"\n')
    file = csv_pair(tmp_path, [message(1, extend="10687415")], [])
    source = recorded(log(file, FileSettings(profile=str(own), reporter=OWNER)))
    own.write_text(text + 'account = "mobile"\n')
    with pytest.raises(UsageError) as refused:
        reopen_sheet(file, source)
    assert refused.value.key == "rests_on_changed"
    assert "own.toml" in refused.value.message("zh")
