from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import CaseFile, FileSettings, check_timezone, read_case_file

WHOLE = """
[case]
number = "（2024）某检民公诉1号"
name = "某案"
timezone = "Asia/Urumqi"

[[files]]
match = "*.csv"
encoding = "gb18030"
reported_by = "某平台"

[[files]]
match = "合同*.xlsx"
sheet = "台账"
table = "contracts"
party_a = "upstream"
price_unit = "分/条"
profile = "none"

[files.columns]
"业务编号" = "contract_no"
"旧号" = ""

[[files]]
match = "sub/b.csv"
encoding = "utf-8"
"""


@pytest.fixture
def case(tmp_path: Path) -> CaseFile:
    file = tmp_path / "case.toml"
    file.write_text(WHOLE, encoding="utf-8")
    return read_case_file(file)


def fault_of(tmp_path: Path, content: str | bytes) -> UsageError:
    file = tmp_path / "case.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as refused:
        read_case_file(file)
    for lang in ("zh", "en"):
        assert "case.toml" in refused.value.message(lang)
    return refused.value


def test_a_case_is_named(case: CaseFile, tmp_path: Path) -> None:
    assert (case.number, case.name) == ("（2024）某检民公诉1号", "某案")
    assert (case.timezone, case.folder) == ("Asia/Urumqi", tmp_path)


def test_what_matches_holds(case: CaseFile, tmp_path: Path) -> None:
    settings = case.settings_for(tmp_path / "a.csv", None)
    assert settings == FileSettings(
        encoding="gb18030", reporter="某平台", timezone="Asia/Urumqi", sheet=None
    )


def test_a_sheet_has_its_own(case: CaseFile, tmp_path: Path) -> None:
    book = tmp_path / "合同2023.xlsx"
    settings = case.settings_for(book, "台账")
    assert (settings.table, settings.party_a, settings.price_unit) == (
        "contracts",
        "upstream",
        "分/条",
    )
    assert settings.columns == {"业务编号": "contract_no", "旧号": ""}
    assert settings.sheet == "台账"
    assert case.settings_for(book, "说明").table is None


def test_the_later_entry_goes_first_and_names_match_in_any_folder(
    case: CaseFile, tmp_path: Path
) -> None:
    deep = case.settings_for(tmp_path / "sub" / "b.csv", None)
    assert (deep.encoding, deep.reporter) == ("utf-8", "某平台")
    assert case.settings_for(tmp_path / "b.csv", None).encoding == "gb18030"


def test_options_go_before_case_toml(case: CaseFile, tmp_path: Path) -> None:
    options = FileSettings(encoding="utf-16", party_a="downstream", keep_recipients=True)
    settings = case.settings_for(tmp_path / "合同.xlsx", "台账", options)
    assert (settings.encoding, settings.party_a) == ("utf-16", "downstream")
    assert settings.keep_recipients
    assert settings.price_unit == "分/条"


def test_files_elsewhere_are_not_concerned(case: CaseFile, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / "a.csv"
    assert case.settings_for(elsewhere, None) == FileSettings(timezone="Asia/Urumqi")


def test_globs_that_match_nothing_are_told(case: CaseFile, tmp_path: Path) -> None:
    assert case.unused_rules([tmp_path / "a.csv"]) == ("合同*.xlsx", "sub/b.csv")
    assert case.unused_rules([tmp_path / "合同.xlsx", tmp_path / "sub/b.csv"]) == ()


def test_what_was_said_is_kept_for_the_record() -> None:
    assert FileSettings().stated == ()
    said = FileSettings(encoding="gbk", sheet="一", keep_recipients=True)
    assert said.stated == (("encoding", "gbk"), ("keep_recipients", "True"))


def test_an_empty_case_file_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_bytes(b"\xef\xbb\xbf# nothing\n")
    assert read_case_file(file) == CaseFile(tmp_path)


@pytest.mark.parametrize(
    ("content", "key", "named"),
    [
        ("[case\n", "case_syntax", "line 1"),
        (b"\xff\xfe", "case_syntax", "utf-8"),
        ("[cases]\n", "case_key", "cases"),
        ("[case]\nnumer = 'x'\n", "case_key", "case.numer"),
        ("case = 3\n", "case_value", "case"),
        ("[case]\nname = 3\n", "case_value", "case.name"),
        ("[case]\nname = ' '\n", "case_value", "case.name"),
        ("[case]\ntimezone = 'Asia/Peking2'\n", "case_value", "case.timezone"),
        ("files = 3\n", "case_value", "files"),
        ("files = [3]\n", "case_value", "files[1]"),
        ("[[files]]\ntable = 'contracts'\n", "case_match", "files[1].match"),
        ("[[files]]\nmatch = '*'\nenconding = 'x'\n", "case_key", "files[1].enconding"),
        ("[[files]]\nmatch = '*'\nencoding = 'klingon'\n", "case_value", "files[1].encoding"),
        ("[[files]]\nmatch = '*'\ntable = 'contract'\n", "case_value", "files[1].table"),
        ("[[files]]\nmatch = '*'\nparty_a = '甲'\n", "case_value", "files[1].party_a"),
        ("[[files]]\nmatch = '*'\nprice_unit = '元/月'\n", "case_value", "files[1].price_unit"),
        ("[[files]]\nmatch = '*'\ncolumns = 3\n", "case_value", "files[1].columns"),
        ("[[files]]\nmatch = '*'\n[files.columns]\na = 3\n", "case_value", "files[1].columns.a"),
    ],
)
def test_what_means_nothing_is_refused_by_its_key(
    tmp_path: Path, content: str | bytes, key: str, named: str
) -> None:
    fault = fault_of(tmp_path, content)
    assert fault.key == key
    assert named in fault.message("en")


def test_a_case_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_case_file(tmp_path / "case.toml")
    assert refused.value.key == "unreadable_file"


def test_time_zones_by_name() -> None:
    assert check_timezone("Asia/Shanghai") == "Asia/Shanghai"
    for name in ("Asia/Peking2", "../etc/passwd", ""):
        with pytest.raises(UsageError) as refused:
            check_timezone(name)
        assert refused.value.key == "unknown_timezone"
