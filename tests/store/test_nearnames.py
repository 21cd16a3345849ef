"""What is written much like a name that is not on record."""

import typing

import pytest
from sqlalchemy import Engine

from tracer.store.nearnames import near_names

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

CODE = "91330108MA00000001"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("杭州云讯科持有限公司", ("杭州云讯科技有限公司",)),
        ("云讯科技", ("杭州云讯科技有限公司",)),
        ("杭州 云讯科技有限公司（原）", ("杭州云讯科技有限公司",)),
        ("Acme Telecom", ("ACME Telecom Ltd",)),
        ("深圳远大贸易集团", ()),
        ("公司", ()),
        ("91330108MA00000010", (CODE,)),
        ("91330108MA99999999", ()),
    ],
)
def test_names_and_codes_much_alike_are_told(
    clerk: "Clerk", engine: Engine, asked: str, told: tuple[str, ...]
) -> None:
    clerk.load(
        "contracts",
        clerk.contract("1", "杭州云讯科技有限公司", "上海联通达信息", upstream_uscc=CODE),
        clerk.contract("2", "ACME Telecom Ltd", "北京天成"),
    )
    clerk.retract(clerk.load("contracts", clerk.contract("3", "杭州云讯科持公司", "北京天成")))
    with engine.connect() as conn:
        found = near_names(conn, asked)
    assert found == told


def test_the_most_alike_come_first_and_few_are_told(clerk: "Clerk", engine: Engine) -> None:
    names = [f"宁波海纳信息技术有限公司{n}" for n in range(9)]
    clerk.load("contracts", *(clerk.contract(n, n, "宁波海纳信息技术公司") for n in names))
    with engine.connect() as conn:
        assert near_names(conn, "宁波海纳信息技公司") == ("宁波海纳信息技术公司", *names[:2])
