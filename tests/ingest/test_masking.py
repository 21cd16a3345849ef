import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.ingest.masking import Masker

HANDSETS = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        "8613800000001",
        "１３８００００００００１".replace("００００００００", "０００００００"),
    ],
)
def test_every_spelling_of_a_handset_number_is_masked(masker: Masker, text: str) -> None:
    assert masker.mask(text) == "138****0001"
    assert masker.mask(f"受害人{text}。") == "受害人138****0001。"


@pytest.mark.parametrize(
    "text", ["10687415", "106874150101", "1068741513800000001", "027-12345678", "2023-07-05"]
)
def test_code_numbers_and_dates_are_left_alone(masker: Masker, text: str) -> None:
    assert masker.mask(text) == text


@given(HANDSETS, st.text(alphabet="甲乙, ;/", max_size=5), st.text(alphabet="甲乙, ;/", max_size=5))
def test_no_handset_number_survives(handset: str, before: str, after: str) -> None:
    masked = Masker(b"k", keep=False).mask(before + handset + after)
    assert handset not in masked
    assert re.search(r"1\d{2}\*{4}\d{4}", masked)


def test_names_and_content(masker: Masker) -> None:
    assert masker.person("张三") == "张*"
    assert masker.person("欧阳某某") == "欧***"
    assert masker.person("13800000001") == "138****0001"
    assert masker.person("王") == "王*"
    assert masker.person("") == ""
    assert masker.content("您的贷款已批准") == "〔7字〕"
    assert masker.content("") == ""
    assert masker.unplaced("2023-07-05") == "2023-07-05"
    assert masker.unplaced("张三 13800000001") == "〔14字〕"


def test_digests_depend_on_key_and_person_only(masker: Masker) -> None:
    digest = masker.digest("13800000001")
    assert re.fullmatch(r"[0-9a-f]{32}", digest)
    assert digest == masker.digest("+86 138-0000-0001")
    assert digest != masker.digest("13800000002")
    assert digest != Masker(b"another key", keep=False).digest("13800000001")
    assert masker.digest("张三") == masker.digest(" 张 三 ")


def test_what_is_to_be_kept_is_kept() -> None:
    keeper = Masker(b"k", keep=True)
    assert keeper.mask("13800000001") == "13800000001"
    assert keeper.person("张三") == "张三"
    assert keeper.content("正文") == "正文"
    assert keeper.unplaced("张三") == "张三"
    assert keeper.digest("1") == Masker(b"k", keep=False).digest("1")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("13800000001", "138****0001"),
        ("+86 138-0000-0001", "138****0001"),
        ("013811112222", "013****2222"),
        ("+85291234567", "852****4567"),
        ("010-66668888", "010****8888"),
        ("138.1111.4444", "138****4444"),
        ("13811112222、13933334444", "138****4444"),
        ("139****0001", "139****0001"),
        ("6666888", "*******"),
        ("一三八零", "****"),
        ("", ""),
        ("-", "-"),
    ],
)
def test_a_phone_cell_is_masked_whatever_its_shape(masker: Masker, cell: str, shown: str) -> None:
    assert masker.phone(cell) == shown
    assert Masker(b"k", keep=True).phone(cell) == cell


@pytest.mark.parametrize("name", ["王麻子13811113333", "王麻子 010-66668888", "王麻子2"])
def test_digits_beside_a_name_do_not_keep_it_in_clear(masker: Masker, name: str) -> None:
    assert masker.person(name) == "王" + "*" * (len(name) - 1)
    assert masker.person("139****0001") == "139****0001"
    assert masker.person("+85291234567") == "852****4567"


@pytest.mark.parametrize(
    "cell", ["10687415010112", "2023-07-05 10:00:00", "20230705100000", "95588001", "17", "3.5"]
)
def test_out_of_place_code_numbers_and_dates_stay(masker: Masker, cell: str) -> None:
    assert masker.unplaced(cell) == cell


@pytest.mark.parametrize("cell", ["+85291234567", "010-66668888", "110101199003071234"])
def test_out_of_place_long_digits_do_not(masker: Masker, cell: str) -> None:
    masked = masker.unplaced(cell)
    assert "****" in masked
    assert len(masked) == 11
