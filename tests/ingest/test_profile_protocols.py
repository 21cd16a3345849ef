"""The columns of the protocols' submit tables, under the names gateways give them."""

from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.profiles import find_profile
from tracer.ingest.reading import OpenSheet, RawRow, open_file
from tracer.ingest.values import CellError

PROTOCOLS = ["cmpp2", "cmpp3", "sgip12", "smgp3"]
NUMBER = {"cmpp2": "Src_Id", "cmpp3": "Src_Id", "sgip12": "SPNumber", "smgp3": "SrcTermID"}
COMPANY = {"cmpp2": "Msg_src", "cmpp3": "Msg_src", "sgip12": "CorpId", "smgp3": "MsgSrc"}
COUNT = {
    "cmpp2": "DestUsr_tl",
    "cmpp3": "DestUsr_tl",
    "sgip12": "UserCount",
    "smgp3": "DestTermIDCount",
}


def open_log(folder: Path, profile: str, *lines: str, year: int | None = None) -> OpenSheet:
    file = folder / "log.csv"
    file.write_text("\n".join([*lines, ""]), "utf-8")
    settings = FileSettings(profile=profile, reporter="甲通信", year=year)
    (sheet,) = open_file(file, "log.csv", settings)
    return sheet


def columns(sheet: OpenSheet) -> dict[str, str]:
    assert sheet.header is not None
    pairs = zip(sheet.header.columns, sheet.header.printed, strict=True)
    return {name: printed for name, printed in pairs if name is not None}


@pytest.mark.parametrize("at", ["submit_time", "send_time", "gmt_created", "提交时间", "发送时间"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_times_are_found_under_the_names_platforms_use(
    protocol: str, at: str, tmp_path: Path
) -> None:
    sheet = open_log(tmp_path, protocol, f"{at},{NUMBER[protocol]},{COMPANY[protocol]}")
    assert columns(sheet) == {
        "sent_at": at, "number": NUMBER[protocol], "account": COMPANY[protocol],
    }  # fmt: skip


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_login_goes_before_the_company_code(protocol: str, tmp_path: Path) -> None:
    head = f"submit_time,{NUMBER[protocol]},{COMPANY[protocol]}"
    assert columns(open_log(tmp_path, protocol, head))["account"] == COMPANY[protocol]
    for login in ("login_name", "client_id", "账号"):
        found = columns(open_log(tmp_path, protocol, f"{head},{login}"))
        assert found["account"] == login


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_spelling_of_the_fields_makes_no_difference(protocol: str, tmp_path: Path) -> None:
    plain = f"submit_time,{NUMBER[protocol]},{COMPANY[protocol]},{COUNT[protocol]}"
    for head in (plain.upper(), plain.lower(), f" {plain.replace(',', ' , ')}"):
        found = columns(open_log(tmp_path, protocol, head))
        assert set(found) == {"sent_at", "number", "account", "parts"}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_row_counts_one_part_where_nothing_else_is_said(protocol: str, tmp_path: Path) -> None:
    sheet = open_log(tmp_path, protocol, f"submit_time,{NUMBER[protocol]},{COMPANY[protocol]}")
    assert sheet.shape is not None
    assert sheet.shape.constants == {"parts": "1", "upstream": "甲通信"}
    assert "messages" not in columns(sheet)
    assert "profile_counts_parts" in [note.key for note in sheet.notes]


@pytest.mark.parametrize(
    ("protocol", "message_id", "part"),
    [
        ("cmpp2", "Msg_Id", "Pk_number"),
        ("cmpp3", "Msg_Id", "Pk_number"),
        ("smgp3", "MsgID", "PkNumber"),
    ],
)
def test_an_id_is_told_apart_by_its_part(
    protocol: str, message_id: str, part: str, tmp_path: Path
) -> None:
    head = f"submit_time,{message_id},{part},{NUMBER[protocol]},{COMPANY[protocol]}"
    line = "2307051203,{},{},10687415,1"
    sheet = open_log(tmp_path, protocol, head, line.format("m", 1), line.format("m", 2))
    rows = [row for row in sheet.rows() if isinstance(row, RawRow)]
    assert sheet.header is not None
    place = sheet.header.columns.index("message_id")
    assert [row.cells[place] for row in rows] == ["m/1", "m/2"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_submit_that_was_answered_by_an_error_is_blocked(protocol: str, tmp_path: Path) -> None:
    head = f"submit_time,{NUMBER[protocol]},{COMPANY[protocol]},Result"
    shape = open_log(tmp_path, protocol, head).shape
    assert shape is not None
    change = shape.rewrite["status"]
    for text in ("1", "8", " 13 ", "８"):
        assert change(text).startswith("REJECTD ")
    for text in ("0", "00", "", "DELIVRD", "UNDELIV", "-1"):
        assert change(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2307051203", "2023-07-05 12:03:00"),
        ("２３０７０５１２０３", "2023-07-05 12:03:00"),
        ("2307052400", "2023-07-05 24:00:00"),
        ("20230705120300", "20230705120300"),
        ("2023-07-05 12:03", "2023-07-05 12:03"),
    ],
)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_times_of_ten_digits_begin_with_the_year(
    protocol: str, text: str, read: str, tmp_path: Path
) -> None:
    shape = open_log(tmp_path, protocol, f"submit_time,{NUMBER[protocol]},Msg_src,账号").shape
    assert shape is not None
    assert shape.rewrite["sent_at"](text) == read


@pytest.mark.parametrize("protocol", ["cmpp2", "cmpp3"])
def test_the_time_in_an_id_is_read_only_where_there_is_no_other(
    protocol: str, tmp_path: Path
) -> None:
    both = columns(open_log(tmp_path, protocol, "Msg_Id,Src_Id,Msg_src,submit_time"))
    assert both["sent_at"] == "submit_time"
    alone = open_log(tmp_path, protocol, "Msg_Id,Src_Id,Msg_src")
    assert columns(alone)["sent_at"] == columns(alone)["message_id"] == "Msg_Id"
    assert alone.shape is not None
    with pytest.raises(CellError) as refused:
        alone.shape.rewrite["sent_at"]("0705120301000001200001")
    assert refused.value.reason == "no_year"
    stated = open_log(tmp_path, protocol, "Msg_Id,Src_Id,Msg_src", year=2023).shape
    assert stated is not None
    assert stated.rewrite["sent_at"]("0705120301000001200001") == "2023-07-05 12:03:01"


@pytest.mark.parametrize("protocol", ["sgip12", "smgp3"])
def test_other_protocols_do_not_take_times_from_ids(protocol: str, tmp_path: Path) -> None:
    name = "SequenceNumber" if protocol == "sgip12" else "MsgID"
    assert find_profile(protocol).time.in_message_id is None
    with pytest.raises(UsageError) as refused:
        open_log(tmp_path, protocol, f"{name},{NUMBER[protocol]},{COMPANY[protocol]}")
    assert refused.value.key == "profile_unmatched"
    assert "submit_time" in refused.value.message("en")
