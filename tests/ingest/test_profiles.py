"""What a profile may say, and what is said of one that cannot be used."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.profiles import Profile, find_profile, shipped_profiles
from tracer.ingest.reading import OpenSheet, RawRow, open_file
from tracer.model.diagnostic import Diagnostic

WHOLE = """
owner = "upstream"

[columns]
sent_at = "at"
number = ["src", "源号码"]
account = "who"
message_id = "mid"
status = ["stat", "res"]
"""
SHIPPED = (
    "cmpp-to-http", "cmpp2", "cmpp3", "jasmin-messages-log", "jasmin-submit-log", "sgip12",
    "smgp3",
)  # fmt: skip
OWNED = FileSettings(reporter="甲通信")


@pytest.fixture
def write(tmp_path: Path) -> Path:
    """Give the path a profile is written to."""
    return tmp_path / "own.toml"


def read(file: Path, text: str) -> Profile:
    file.write_text(text, "utf-8")
    return find_profile(str(file))


def refuse(file: Path, text: str) -> UsageError:
    with pytest.raises(UsageError) as refused:
        read(file, text)
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "\n" not in said
        assert str(file) in said
    return refused.value


def open_log(folder: Path, profile: Path, log: str, settings: FileSettings = OWNED) -> OpenSheet:
    file = folder / "log.csv"
    file.write_text(log, "utf-8")
    (sheet,) = open_file(file, "log.csv", replace(settings, profile=str(profile)))
    return sheet


def test_every_profile_that_is_shipped_can_be_used() -> None:
    assert shipped_profiles() == SHIPPED
    for name in SHIPPED:
        profile = find_profile(name)
        assert (profile.name, profile.path) == (name, f"{name}.toml")
        assert profile.owner == "upstream"
        assert len(profile.sha256) == 64


def test_the_profiles_go_where_the_package_goes() -> None:
    root = Path(__file__).parents[2]
    build = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    assert wheel["packages"] == ["tracer"]
    assert not {"exclude", "include", "only-include"} & {*wheel, *build}
    # the build backend leaves out what git ignores
    ignored = (root / ".gitignore").read_text("utf-8").split()
    for name in SHIPPED:
        path = Path(f"tracer/ingest/profiles/{name}.toml")
        assert (root / path).is_file()
        assert not any(path.match(glob.strip("/")) for glob in ignored)


def test_a_profile_of_ones_own(write: Path) -> None:
    text = WHOLE + (
        '[constants]\nparts = "1"\n[time]\nformats = ["%d/%m/%Y"]\nyear = 2023\n'
        '[[rewrite]]\ncolumn = "number"\nmatch = "n(.*)"\ntext = "\\\\1"\n'
    )
    profile = read(write, text)
    assert (profile.name, profile.owner) == (str(write), "upstream")
    assert profile.columns["number"] == ("src", "源号码")
    assert profile.columns["account"] == ("who",)
    assert profile.constants == {"parts": "1"}
    assert (profile.time.formats, profile.time.year) == (("%d/%m/%Y",), 2023)
    assert [rule.column for rule in profile.rewrites] == ["number"]


def test_the_byte_order_mark_of_a_text_editor_is_no_fault(write: Path) -> None:
    assert read(write, "\ufeff" + WHOLE).owner == "upstream"


def test_a_profile_that_names_both_parties_has_no_owner(write: Path) -> None:
    text = '[columns]\nsent_at = "t"\nnumber = "n"\nupstream = "u"\ndownstream = "d"\n'
    assert read(write, text).owner is None
    log = "t,n,u,d\n2023-07-05,10687415,甲,乙\n"
    sheet = open_log(write.parent, write, log, FileSettings())
    assert list(sheet.rows()) == [RawRow(2, ("2023-07-05", "10687415", "甲", "乙"))]
    assert sheet.shape is not None
    assert sheet.shape.constants == {}


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as refused:
        find_profile("cmpp4")
    assert refused.value.key == "no_such_profile"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "cmpp4" in said
        assert "\n" not in said
        assert all(name in said for name in SHIPPED)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("a = ", "case_syntax", "TOML"),
        ('ownr = "upstream"', "case_key", "ownr"),
        (WHOLE + 'numbr = "a"\n', "case_key", "columns.numbr"),
        (WHOLE + "[time]\nyears = 2023\n", "case_key", "time.years"),
        (WHOLE + '[constants]\nsender = "a"\n', "case_key", "constants.sender"),
        (WHOLE + '[lines]\nrows = "a"\n', "case_key", "lines.rows"),
        (WHOLE + '[join]\ntables = "a"\n', "case_key", "join.tables"),
        (WHOLE + '[[rewrite]]\ncol = "a"\n', "case_key", "rewrite[1].col"),
        ('owner = "up"\n', "profile_value", "owner"),
        ("columns = 3\n", "profile_value", "columns"),
        ("owner = 3\n", "profile_value", "owner"),
        (WHOLE.replace('"at"', "[]"), "profile_value", "columns.sent_at"),
        (WHOLE.replace('"at"', '""'), "profile_value", "columns.sent_at"),
        (WHOLE + "[constants]\nparts = 1\n", "profile_value", "constants.parts"),
        (WHOLE + '[time]\nformats = ["%q"]\n', "profile_value", "time.formats"),
        (WHOLE + '[time]\nformats = ["%H:%M"]\n', "profile_value", "time.formats"),
        (WHOLE + '[time]\nformats = ["%d%m%d"]\n', "profile_value", "time.formats"),
        (WHOLE + "[time]\nyear = true\n", "profile_value", "time.year"),
        (WHOLE + "[time]\nyear = 23\n", "profile_value", "time.year"),
        (WHOLE + '[time]\nin_message_id = "(?P<m>..)"\n', "profile_value", "time.in_message_id"),
        (WHOLE + '[time]\nin_message_id = "("\n', "profile_value", "time.in_message_id"),
        ("byte_literals = 1\n", "profile_value", "byte_literals"),
        ("rewrite = 1\n", "profile_value", "rewrite"),
        (
            WHOLE + '[[rewrite]]\ncolumn = "number"\nmatch = "("\ntext = ""\n',
            "profile_value",
            "rewrite[1].match",
        ),
        (
            WHOLE + '[[rewrite]]\ncolumn = "number"\nmatch = "a"\ntext = "\\\\2"\n',
            "profile_value",
            "rewrite[1].text",
        ),
        (
            WHOLE + '[[rewrite]]\ncolumn = "nomber"\nmatch = "a"\ntext = ""\n',
            "profile_value",
            "rewrite[1].column",
        ),
        (
            WHOLE + '[lines]\nbegin = "a"\nrow = "b"\npattern = "(?P<at>x)"\n',
            "profile_value",
            "columns.number",
        ),
        (WHOLE + '[[rewrite]]\ncolumn = "number"\n', "profile_key_missing", "rewrite[1].match"),
        (WHOLE + '[lines]\nbegin = "a"\n', "profile_key_missing", "lines.row"),
        (WHOLE + '[join]\ntable = "a"\n', "profile_key_missing", "join.file"),
        (WHOLE.replace('account = "who"\n', ""), "profile_lacks", "downstream"),
        (WHOLE.replace('owner = "upstream"\n', ""), "profile_lacks", "upstream"),
        (
            'identity = ["part"]\n' + WHOLE.replace('message_id = "mid"\n', ""),
            "profile_needs",
            "columns.message_id",
        ),
        ('all_of = ["content"]\n' + WHOLE, "profile_needs", "columns.content"),
        (
            WHOLE + '[join]\ntable = "c"\nfile = "c.csv"\nkey = "k"\ntake = "v"\n',
            "profile_needs",
            "c.v",
        ),
    ],
)
def test_what_a_profile_cannot_say_is_one_line_that_names_it(
    text: str, key: str, said: str, write: Path
) -> None:
    refused = refuse(write, text)
    assert refused.key == key
    for lang in ("zh", "en"):
        assert said in refused.message(lang)


def test_a_profile_that_cannot_be_read(write: Path) -> None:
    with pytest.raises(UsageError) as refused:
        find_profile(str(write))
    assert refused.value.key == "no_such_path"
    write.write_bytes("owner = '甲'".encode("gbk"))
    with pytest.raises(UsageError) as refused:
        find_profile(str(write))
    assert refused.value.key == "case_syntax"


def test_whose_log_it_is_has_to_be_said(write: Path) -> None:
    read(write, WHOLE)
    log = "at,src,who\n2023-07-05,10687415,8001\n"
    with pytest.raises(UsageError) as refused:
        open_log(write.parent, write, log, FileSettings())
    assert refused.value.key == "profile_owner"
    assert "--reported-by" in refused.value.message("zh")
    shape = open_log(write.parent, write, log).shape
    assert shape is not None
    assert shape.constants == {"upstream": "甲通信"}


def test_a_log_the_profile_does_not_fit_names_what_is_missing(write: Path) -> None:
    read(write, WHOLE)
    with pytest.raises(UsageError) as refused:
        open_log(write.parent, write, "at,nothing,else\n2023-07-05,1,2\n")
    assert refused.value.key == "profile_unmatched"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "number (src / 源号码)" in said
        assert "downstream (who)" in said
        assert "sent_at" not in said
        assert "\n" not in said


def test_a_table_by_its_own_header_is_read_as_one_and_told(write: Path) -> None:
    read(write, WHOLE)
    sheet = open_log(write.parent, write, "名称,统一社会信用代码\n甲通信,\n")
    assert sheet.header is not None
    assert sheet.header.table == "parties"
    assert [note.key for note in sheet.notes][-1] == "profile_not_used"


def test_case_toml_names_columns_the_profile_does_not_know(write: Path) -> None:
    read(write, WHOLE)
    settings = FileSettings(reporter="甲通信", columns={"发出号": "number", "src": ""})
    log = "at,src,发出号,who\n2023-07-05,1,10687415,8001\n"
    sheet = open_log(write.parent, write, log, settings)
    assert sheet.header is not None
    assert sheet.header.columns == ("sent_at", None, "number", "account")


def test_a_name_that_stands_twice_is_refused(write: Path) -> None:
    read(write, WHOLE)
    with pytest.raises(UsageError) as refused:
        open_log(write.parent, write, "at,src,SRC,who\n2023-07-05,1,2,3\n")
    assert refused.value.key == "column_twice"


def test_of_several_names_the_first_counts_but_all_of_those_asked_for(write: Path) -> None:
    log = "at,源号码,src,who,mid,stat,res\n2023-07-05,1,10687415,8001,m,DELIVRD, 8 \n"
    read(write, WHOLE)
    header = open_log(write.parent, write, log).header
    assert header is not None
    assert header.columns == ("sent_at", None, "number", "account", "message_id", "status", None)
    read(write, 'all_of = ["status"]\n' + WHOLE)
    sheet = open_log(write.parent, write, log)
    assert sheet.header is not None
    assert sheet.header.printed[-1] == "stat + res"
    assert sheet.header.columns[-3:] == (None, None, "status")
    (row,) = sheet.rows()
    assert isinstance(row, RawRow)
    assert row.cells[-1] == "DELIVRD 8"
    one = open_log(write.parent, write, log.replace(",stat", ",x"))
    assert one.header is not None
    assert one.header.columns[-2:] == (None, "status")


def test_parts_of_one_id_are_told_apart_and_no_id_stays_none(write: Path) -> None:
    read(write, 'identity = ["part"]\n' + WHOLE)
    log = "at,src,who,mid,part\n" + "".join(
        f"2023-07-05,1068,8001,{mid},{part}\n"
        for mid, part in (("m1", 1), ("m1", 2), ("未知", 1), ("", 2), ("N/A", 3))
    )
    sheet = open_log(write.parent, write, log)
    rows = [row for row in sheet.rows() if isinstance(row, RawRow)]
    assert [row.cells[-1] for row in rows] == ["m1/1", "m1/2", "", "", ""]
    assert not any(isinstance(row, Diagnostic) for row in sheet.rows())
