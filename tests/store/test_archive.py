"""The archive of a look-up finds what one that knows nobody finds."""

import typing

import pytest

from tracer.store.evidence import StoredArchive, fetch_leads, fetch_unsegmented, look_up

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

CODE, OTHER = "91330100MA27XXXX0A", "91330100MA27XXXX1B"
PLAIN = ("甲公司", "乙公司", "丙公司")


def sign(clerk: "Clerk", **said: typing.Any) -> None:
    """Contracts of one code and of others, some spelled otherwise, some naming no segment."""
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲公司", "乙公司", "10687415"),
        clerk.contract("HT-2", "甲 公司", "丙公司", "10687415"),
        clerk.contract("HT-3", "丙公司", "乙 公司", ""),
        clerk.contract("HT-4", "丁公司", "丙公司", "10690001"),
        clerk.contract("HT-5", "丁公司", "甲公司", ""),
        clerk.contract("HT-6", "乙公司", "丙 公司", "", **said),
    )
    clerk.log(clerk.total("丁公司", "乙公司", "10690001"))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"downstream_uscc": CODE},
        {"upstream_uscc": CODE, "downstream_uscc": OTHER},
    ],
)
def test_known_parties_need_no_second_look(clerk: "Clerk", said: dict[str, str]) -> None:
    sign(clerk, **said)
    with clerk.engine.connect() as conn:
        evidence, archive = look_up(conn, "10687415")
        assert set(evidence.parties) == set(PLAIN)
        for parties in (PLAIN[:1], PLAIN[1:], PLAIN):
            assert archive.leads(parties) == fetch_leads(conn, parties)
            assert archive.unsegmented(parties) == fetch_unsegmented(conn, parties)
        assert [c.contract_no for c in archive.unsegmented(PLAIN)] == ["HT-3", "HT-6"]
        assert [c.contract_no for c in archive.leads(PLAIN[2:]).contracts] == [
            "HT-2", "HT-4", "HT-6",
        ]  # fmt: skip
        assert [r.number for r in archive.leads(PLAIN).routing] == ["10690001"]


def test_parties_of_one_name_and_two_codes_are_asked_for_anew(clerk: "Clerk") -> None:
    clerk.load(
        "contracts",
        clerk.contract("HT-1", "甲公司", "乙公司", "10687415", downstream_uscc=CODE),
        clerk.contract("HT-2", "甲公司", "乙公司", "10687415", downstream_uscc=OTHER),
        clerk.contract("HT-3", "甲公司", "乙公司", "", downstream_uscc=OTHER),
    )
    with clerk.engine.connect() as conn:
        evidence, archive = look_up(conn, "10687415")
        told = [name for name in evidence.parties if name.startswith("乙公司（")]
        assert len(told) == 2
        for parties in (told, told[:1], ["甲公司", *told], list(evidence.parties)):
            assert archive.leads(parties) == fetch_leads(conn, parties)
            assert archive.unsegmented(parties) == fetch_unsegmented(conn, parties)


def test_parties_the_look_up_never_met_are_found_too(clerk: "Clerk") -> None:
    sign(clerk)
    with clerk.engine.connect() as conn:
        _, archive = look_up(conn, "10690001")
        unknown = ("甲公司", "不在案公司")
        assert archive.leads(unknown) == fetch_leads(conn, unknown)
        assert [c.contract_no for c in archive.leads(unknown).contracts] == ["HT-5"]
        assert archive.unsegmented(unknown) == ()


def test_an_archive_knows_nobody_unless_told(clerk: "Clerk") -> None:
    sign(clerk)
    with clerk.engine.connect() as conn:
        assert StoredArchive(conn).leads(PLAIN) == look_up(conn, "10687415")[1].leads(PLAIN)
