"""A column compared with many values that go to the database as one parameter."""

import typing

import pytest
from sqlalchemy import Engine, or_, select

from tracer.store.among import among
from tracer.store.tables import spellings

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

NAMES = ("甲", '乙"丙', "丁\\", "O'Neil", "1", "")


@pytest.fixture
def named(clerk: "Clerk", engine: Engine) -> Engine:
    clerk.load(
        "contracts",
        *(clerk.contract(str(n), "上", f"下{name}") for n, name in enumerate(NAMES)),
    )
    return engine


def test_texts_of_any_kind_are_found(named: Engine) -> None:
    wanted = [f"下{name}" for name in NAMES]
    asked = select(spellings.c.raw).where(among(spellings.c.raw, "raws"))
    with named.connect() as conn:
        assert sorted(conn.execute(asked, {"raws": wanted}).scalars()) == sorted(wanted)
        assert conn.execute(asked, {"raws": wanted[:1] * 3}).scalars().all() == wanted[:1]
        assert conn.execute(asked, {"raws": []}).scalars().all() == []
        assert conn.execute(asked, {"raws": ["无"]}).scalars().all() == []


def test_numbers_are_found_however_many_are_asked_for(named: Engine) -> None:
    asked = select(spellings.c.id).where(among(spellings.c.id, "ids"))
    with named.connect() as conn:
        known = sorted(conn.execute(select(spellings.c.id)).scalars())
        found = conn.execute(asked, {"ids": range(100_000)}).scalars().all()
        assert sorted(found) == known
        beyond = 2**40  # beyond 32 bits, as numbers of routing rows may be
        assert conn.execute(asked, {"ids": {beyond, known[0]}}).scalars().all() == known[:1]


def test_it_stands_beside_other_conditions(named: Engine) -> None:
    either = or_(among(spellings.c.raw, "raws"), spellings.c.raw == "上")
    asked = select(spellings.c.raw).where(either, ~among(spellings.c.raw, "others"))
    with named.connect() as conn:
        scope = {"raws": ["下甲", "下1"], "others": ["下1"]}
        assert sorted(conn.execute(asked, scope).scalars()) == ["上", "下甲"]
