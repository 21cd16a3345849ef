"""Likely same parties: found, and others left alone."""

import random
from itertools import combinations

import pytest

from tracer.identity.blocks import MOST_IN_BLOCK
from tracer.identity.suggest import suggest
from tracer.model.suggestion import KnownParty, Suggestion

CODE, OTHER = "91420100MA4KABCD1A", "91330100MA4KABCD2T"
WRONG = "91420100MA4KABCD7A"


def asked(*parties: KnownParty) -> list[Suggestion]:
    return list(suggest(parties).pairs)


def party(name: str, **told: tuple[str, ...]) -> KnownParty:
    return KnownParty(name, (name,), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "kind", "level"),
    [
        ("武汉华信信息科技有限公司", "武漢華信信息科技有限公司", "spelling", "strong"),
        ("华信（北京）科技有限公司", "北京华信科技有限公司", "spelling", "strong"),
        ("武汉华信信息科技有限公司", "武汉华信信息科技有限责任公司", "form", "likely"),
        ("武汉未来信息科技有限公司", "武汉末来信息科技有限公司", "looks", "likely"),
        ("武汉华信科技有限公司", "华信科技有限公司", "region", "likely"),
        ("武汉华信科技有限公司", "武汉华信科技有限公司宜昌分公司", "branch", "likely"),
        ("武汉华信科技有限公司", "武汉华信科技有限公司（宜昌分公司）", "branch", "likely"),
        ("武汉江源科技有限公司", "武汉江塬科技有限公司", "looks", "likely"),
        ("武汉华信科技有限公司", "武汉华信信息科技有限公司", "trade", "possible"),
        ("武汉华信达科技有限公司", "武汉华讯达科技有限公司", "alike", "possible"),
        ("武汉华信达科技有限公司", "武汉信华达科技有限公司", "alike", "possible"),
        ("武汉某信息科技公司", "武汉某信息科技有限公司", "masked", "possible"),
    ],
)
def test_names_alike_are_asked_about(one: str, other: str, kind: str, level: str) -> None:
    (found,) = asked(party(one), party(other))
    assert ([reason.kind for reason in found.reasons], found.level) == ([kind], level)
    assert {found.one, found.other} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("武汉华信科技有限公司", "武汉华讯科技有限公司"),  # two characters: one makes another
        ("武汉华信达科技有限公司", "北京华讯达科技有限公司"),
        ("武汉华信科技有限公司", "北京华信科技有限公司"),
        ("武汉华信科技有限公司", "武汉华信广告有限公司"),
        ("武汉某信息科技公司", "北京某信息科技公司"),
        ("甲公司", "乙公司"),
    ],
)
def test_names_of_others_are_not(one: str, other: str) -> None:
    assert asked(party(one), party(other)) == []


def test_equal_codes_are_asked_about_whatever_the_names() -> None:
    (found,) = asked(party("甲公司", usccs=(CODE,)), party("乙厂", usccs=(CODE,)))
    assert (found.level, found.reasons[0].kind, found.reasons[0].detail) == ("strong", "uscc", CODE)


def test_a_code_one_place_off_is_asked_about_if_it_cannot_be_right() -> None:
    (found,) = asked(party("甲公司", usccs=(CODE,)), party("乙厂", usccs=(WRONG,)))
    assert found.reasons[0].kind == "uscc_typo"
    assert found.against == ()


def test_a_former_name_is_asked_about() -> None:
    (found,) = asked(party("甲公司", former=("乙 厂",)), party("乙厂"))
    assert (found.level, found.reasons[0].kind) == ("strong", "former_name")
    (both,) = asked(party("甲公司", former=("丙厂",)), party("乙厂", former=("丙厂",)))
    assert both.reasons[0].kind == "former_name"


def test_valid_codes_that_differ_speak_against_and_are_said() -> None:
    one = party("武汉华信信息科技有限公司", usccs=(CODE,))
    (found,) = asked(one, party("武漢華信信息科技有限公司", usccs=(OTHER,)))
    assert (found.level, [each.kind for each in found.against]) == ("possible", ["usccs"])
    assert CODE in found.against[0].detail
    assert OTHER in found.against[0].detail
    assert asked(one, party("武汉华信信息科技公司", usccs=(OTHER,))) == []
    phone = ("027-1234567",)
    told = asked(
        party(one.name, usccs=(CODE,), phones=phone),
        party("武汉华信信息科技公司", usccs=(OTHER,), phones=("０２７ 1234567",)),
    )
    assert [each.level for each in told] == ["possible"]


def test_what_parties_have_in_common_is_asked_about_with_something_else() -> None:
    one = party("武汉华信科技有限公司", phones=("13800000001",), representatives=("张三",))
    alike = party("武汉华讯科技有限公司", phones=("+86 138 0000 0001",))
    (found,) = asked(one, alike)
    assert [reason.kind for reason in found.reasons] == ["phone"]
    assert asked(one, party("北京天元广告公司", phones=("13800000001",))) == []
    assert asked(one, party("武汉华讯科技有限公司", representatives=("张三",))) == []
    both = party("北京天元广告公司", phones=("13800000001",), representatives=("张 三",))
    (found,) = asked(one, both)
    assert [reason.kind for reason in found.reasons] == ["phone", "representative"]
    account = (("平台", "acc1"),)
    (found,) = asked(
        KnownParty("武汉华信科技有限公司", accounts=account),
        KnownParty("武汉华讯科技有限公司", accounts=account),
    )
    assert found.reasons[0].kind == "account"


def test_what_too_many_share_is_left_out_and_said() -> None:
    count = MOST_IN_BLOCK + 1
    told = suggest(
        KnownParty(f"第{number}号公司", addresses=("某路1号",)) for number in range(count)
    )
    assert ("address", "某路1号", count) in told.left_out


def test_blank_cells_are_nothing_in_common() -> None:
    blank = {"phones": ("无",), "addresses": ("不详",), "representatives": ("—",)}
    assert asked(party("甲公司", **blank), party("乙厂", **blank)) == []


def test_the_order_of_the_parties_does_not_matter() -> None:
    rng = random.Random(5)
    names = [f"武汉{a}{b}信息科技{form}" for a, b in combinations("华信达通联未末", 2)
             for form in ("公司", "有限公司")]  # fmt: skip
    parties = [party(name) for name in names]
    expected = suggest(parties)
    rng.shuffle(parties)
    assert suggest(parties) == expected
    assert len(expected.pairs) >= len(names) // 2
