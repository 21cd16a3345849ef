import pytest

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.headers import HeaderMatch, HeaderRow, NearMiss, fold_header, match_header

PLAIN = FileSettings()


def match(*rows: str, settings: FileSettings = PLAIN) -> HeaderMatch | NearMiss | None:
    """Match rows written with `,` between cells."""
    headers = [HeaderRow(n, tuple(row.split(","))) for n, row in enumerate(rows, start=1)]
    return match_header(headers, settings, "f.csv", "表")


def columns(row: str, settings: FileSettings = PLAIN) -> tuple[str, tuple[str | None, ...]]:
    found = match(row, settings=settings)
    assert isinstance(found, HeaderMatch)
    return found.table, found.columns


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("合同编号", ("合同编号", None)),
        (" 合 同\n编号 ", ("合同编号", None)),
        ("合同編號", ("合同编号", None)),
        ("帳號", ("账号", None)),
        ("帐号", ("账号", None)),
        ("碼號", ("码号", None)),
        ("單價（元/條）", ("单价", "元/条")),
        ("金额【万元】", ("金额", "万元")),
        ("Ｓｒｃ＿ＩＤ", ("srcid", None)),
        ("Contract No.", ("contractno", None)),
        ("合同编号*", ("合同编号", None)),
        ("上游：", ("上游", None)),
    ],
)
def test_folding(printed: str, folded: tuple[str, str | None]) -> None:
    assert fold_header(printed) == folded


@pytest.mark.parametrize(
    ("row", "table"),
    [
        ("名称,统一社会信用代码", "parties"),
        ("企業名稱,法定代表人,住所", "parties"),
        ("码号,持有人,有效期至", "allocations"),
        ("合同编号,上游,下游,码号,有效期至", "contracts"),
        ("合同号,出租方,承租方", "contracts"),
        ("contract_no,upstream,downstream", "contracts"),
        ("平台,帐号,使用方", "accounts"),
        ("发送时间,接入号,上游,下游,条数", "routing"),
        ("submit_time,src_id,上家,客户账号", "routing"),
        ("源号码,收到时间,受害人,损失金额（元）", "incidents"),
        ("上游,下游,审核类型,审核结果", "checks"),
        ("运营商,码号,使用单位", "openings"),
        ("付款方,收款方,金额(元),付款日期", "payments"),
        ("主体一,主体二,关系类型", "relations"),
    ],
)
def test_a_table_is_told_by_its_header(row: str, table: str) -> None:
    assert columns(row)[0] == table


def test_shared_spellings_mean_what_the_table_has_them_mean() -> None:
    assert columns("码号,持有人,有效期至")[1] == ("segment", "holder", "valid_to")
    assert columns("合同号,上游,下游,码号")[1][3] == "segments"
    assert columns("名称,许可证有效期至,状态")[1] == ("name", "licence_to", "status")
    assert columns("发送时间,接入号,上游,下游,状态")[1][1:] == (
        "number",
        "upstream",
        "downstream",
        "status",
    )


def test_endings_units_and_alternatives_are_seen_through() -> None:
    row = "合同编号,出租方名称,承租方单位,上游统一社会信用代码,单价元/条,号段/码号"
    assert columns(row)[1] == (
        "contract_no",
        "upstream",
        "downstream",
        "upstream_uscc",
        "unit_price",
        "segments",
    )


def test_the_unit_of_a_header_is_kept() -> None:
    found = match("合同编号,上游,下游,单价（分/条）,资料")
    assert isinstance(found, HeaderMatch)
    assert found.units == (None, None, None, "分/条", None)
    assert found.position("unit_price") == 3
    assert found.position("renews") is None


def test_titles_and_blank_rows_above_are_skipped() -> None:
    found = match(
        "2023年合同台账", "", "制表人：李某,,单位：某局", "合同编号,上游,下游", "HT-1,甲,乙"
    )
    assert isinstance(found, HeaderMatch)
    assert (found.header_row, found.table) == (4, "contracts")


def test_a_form_line_does_not_pass_for_the_parties_table() -> None:
    found = match("单位名称,某公司,联系电话,027-1", "合同编号,上游,下游,号段")
    assert isinstance(found, HeaderMatch)
    assert (found.table, found.header_row) == ("contracts", 2)


def test_unknown_columns_have_no_name() -> None:
    assert columns("合同编号,上游,下游,经办人,")[1] == (
        "contract_no",
        "upstream",
        "downstream",
        None,
        None,
    )


def test_parties_by_role_alone_are_refused_with_the_way_out() -> None:
    with pytest.raises(UsageError) as refused:
        match("合同编号,甲方,乙方,号段")
    assert refused.value.key == "parties_unclear"
    for lang in ("zh", "en"):
        said = refused.value.message(lang)
        assert "--party-a upstream" in said
        assert "case.toml" in said
        assert "f.csv [表]" in said


@pytest.mark.parametrize(
    ("party_a", "first", "second"),
    [("upstream", "upstream", "downstream"), ("downstream", "downstream", "upstream")],
)
def test_who_party_a_is_can_be_told(party_a: str, first: str, second: str) -> None:
    row = "合同编号,甲方名称,乙方单位,甲方统一社会信用代码,乙方信用代码"
    table, found = columns(row, FileSettings(party_a=party_a))
    assert table == "contracts"
    assert found[1:] == (first, second, f"{first}_uscc", f"{second}_uscc")


def test_brackets_that_name_the_direction_tell_it() -> None:
    assert columns("合同编号,甲方（承租方）,乙方（出租方）")[1][1:] == ("downstream", "upstream")
    assert columns("合同编号,上游（甲方）,下游（乙方）")[1][1:] == ("upstream", "downstream")


def test_roles_beside_a_direction_are_left_unread() -> None:
    assert columns("合同编号,甲方,乙方,上游,下游")[1] == (
        "contract_no",
        None,
        None,
        "upstream",
        "downstream",
    )


def test_a_header_that_stands_twice_stops_the_file() -> None:
    with pytest.raises(UsageError) as refused:
        match("合同编号,上游,下游,号段,码号")
    assert refused.value.key == "column_twice"
    assert {"first": "号段", "second": "码号", "row": 1}.items() <= refused.value.values.items()


def test_case_toml_says_which_of_the_two_counts() -> None:
    said = FileSettings(columns={"码号": ""})
    assert columns("合同编号,上游,下游,号段,码号", said)[1][3:] == ("segments", None)


def test_case_toml_names_columns_of_their_own() -> None:
    said = FileSettings(columns={"业务 编号": "contract_no"})
    assert columns("业务编号,上游,下游", said) == (
        "contracts",
        ("contract_no", "upstream", "downstream"),
    )


def test_case_toml_may_not_name_a_column_the_table_lacks() -> None:
    with pytest.raises(UsageError) as refused:
        match("合同编号,上游,下游,折扣", settings=FileSettings(columns={"折扣": "discount"}))
    assert refused.value.key == "unknown_column"


def test_two_tables_alike_are_refused_by_name_unless_said() -> None:
    row = "码号,持有人,运营商,使用单位,证书编号"
    with pytest.raises(UsageError) as refused:
        match(row)
    assert refused.value.key == "ambiguous_table"
    assert "allocations" in refused.value.message("en")
    assert "开通备案" in refused.value.message("zh")
    said = FileSettings(table="openings")
    assert columns(row, said)[0] == "openings"


def test_the_table_with_most_columns_is_meant() -> None:
    assert columns("名称,合同编号,上游,下游,合同名称")[0] == "contracts"


def test_the_row_that_came_nearest_is_told() -> None:
    found = match("说明", "合同编号,上游,号段,签订日期")
    assert found == NearMiss("contracts", 2, 4, 4, ("downstream",))
    assert found.is_clear


def test_a_summary_sheet_is_no_header() -> None:
    found = match("上游,下游,合计金额,备注")
    assert not isinstance(found, HeaderMatch)
    assert found is None or not found.is_clear
    assert match("随便什么", "第二行") is None
