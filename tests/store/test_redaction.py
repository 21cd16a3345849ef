"""Copies under pseudonyms: every column that holds text is accounted for; nothing hidden stays."""

from pathlib import Path

import pytest
from sqlalchemy import String, Text, select

from tracer.errors import UsageError
from tracer.store.engine import begin_writing, open_engine
from tracer.store.record_tables import metadata
from tracer.store.redaction import TREATMENTS, _treatments, copy_redacted
from tracer.store.tables import spellings
from tracer.store.veil import Veil

OWN_WAY = {"spellings", "events", "rejected_rows", "rejected_files"}


@pytest.mark.parametrize(
    "name", [table.name for table in metadata.sorted_tables if table.name not in OWN_WAY]
)
def test_every_column_that_holds_text_is_listed(name: str) -> None:
    """A column added to the schema without a word on what becomes of it fails here."""
    table = metadata.tables[name]
    texts = {each.name for each in table.columns if isinstance(each.type, (String, Text))}
    assert _treatments(table).keys() == texts


def test_no_column_is_listed_that_is_not_there() -> None:
    for name, columns in TREATMENTS.items():
        assert columns.keys() <= set(metadata.tables[name].columns.keys()), name


def test_spellings_of_one_party_stay_one_party(tmp_path: Path) -> None:
    case, copy = (open_engine(str(tmp_path / name)) for name in ("a.db", "b.db"))
    raws = ["某公司（杭州）", "某公司(杭州)", "乙公司", "中国移动通信集团"]
    with begin_writing(case) as conn:
        for number, raw in enumerate(raws, start=1):
            folded = raw.replace("（", "(").replace("）", ")")
            conn.execute(spellings.insert().values(id=number, raw=raw, folded=folded))
    with case.connect() as conn, begin_writing(copy) as target:
        copy_redacted(conn, target, Veil(), "copy")
    with copy.connect() as conn:
        rows = conn.execute(select(spellings.c.raw, spellings.c.folded)).all()
    assert [tuple(row) for row in rows] == [
        ("甲1", "甲1"),
        ("甲1（写法2）", "甲1"),
        ("乙2", "乙2"),
        ("中国移动通信集团", "中国移动通信集团"),
    ]
    case.dispose()
    copy.dispose()


def test_texts_name_parties_by_their_pseudonyms_and_handsets_not_at_all() -> None:
    veil = Veil()
    assert veil.party("安徽某信息公司") == "甲1"
    assert veil.party("安徽某信息公司杭州分公司") == "乙2"
    said = "安徽某信息公司杭州分公司与安徽某信息公司，电话13800000001"
    assert veil.words(said) == "乙2与甲1，电话***"


def test_a_pseudonym_the_user_gave_is_given_to_nobody_else() -> None:
    veil = Veil(given={"丙公司": "乙2"})
    assert [veil.party(name) for name in ("甲公司", "乙公司", "丙公司")] == ["甲1", "丙3", "乙2"]


@pytest.mark.parametrize(
    "spelled",
    ["某 科技（武汉）公司", "某科技(武汉)公司", "某科技\n(武汉)公司", "【某科技(武汉)公司】"],
)
def test_a_name_is_found_in_a_text_however_it_is_spelled(spelled: str) -> None:
    veil = Veil()
    veil.party("某科技（武汉）公司")
    said = veil.words(f"经 {spelled} 同意")
    assert "甲1" in said
    assert "武汉" not in said
    assert said.startswith("经 ")
    assert said.endswith(" 同意")


def test_numbers_and_decomposed_names_are_found_in_texts_too() -> None:
    veil = Veil()
    veil.number("contract", "HT-2023/077")
    veil.party("Café Ltd")
    assert veil.words("见ht-2023/077、ＨＴ－2023／077") == "见合同1、合同1"
    assert veil.words("Cafe\u0301 ltd 提交") == "甲1 提交"


@pytest.mark.parametrize(
    "personal",
    [
        "13912345678",
        "+8613912345678",
        "139-1234-5678",
        "020-87654321",
        "42010619800101123X",
        "wang.x@some-firm.com.cn",
    ],
)
def test_what_tells_of_a_person_by_its_shape_goes_from_texts(personal: str) -> None:
    assert Veil().words(f"联系人{personal}。") == "联系人***。"


@pytest.mark.parametrize(
    "plain", ["106877770101", "2023-07-01 至 2023-12-31", "91420100MA4KXXXX0X"]
)
def test_what_tells_of_nobody_stays_in_texts(plain: str) -> None:
    assert Veil().words(f"号段 {plain}，") == f"号段 {plain}，"


def test_where_digits_are_hidden_they_are_hidden_in_texts() -> None:
    veil = Veil(codes=["10687415"])
    shown = veil.digits("106874157788")
    assert veil.words("10687415 下 106874157788 号段") == f"10687415 下 {shown} 号段"
    assert "7788" not in shown


def test_no_pseudonym_is_the_name_of_a_party() -> None:
    veil = Veil(keep=["甲1"])
    veil.reserve(["甲1", "乙公司", "丙3"])
    assert [veil.party(name) for name in ("甲1", "乙公司", "丙3")] == ["甲1", "乙2", "丁4"]


@pytest.mark.parametrize("shown", ["丙公司", "丙 公司", "中国移动某"])
def test_a_pseudonym_that_would_be_taken_for_another_party_is_refused(shown: str) -> None:
    with pytest.raises(UsageError, match=shown):
        Veil(given={"乙公司": shown}).reserve(["乙公司", "丙公司"])
