"""Zip files: packed the same each time; taken out without harm, or refused by name."""

import io
import os
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tracer.casefile import archive
from tracer.casefile.archive import is_archive, pack_folder, unpack_archive
from tracer.errors import IntegrityError

Entries = list[tuple[str | zipfile.ZipInfo, bytes]]
Made = Callable[[Entries], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(entries: Entries) -> Path:
        file = tmp_path / "p.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in entries:
                out.writestr(name, content)
        return file

    return make


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def packed(folder: Path) -> bytes:
    out = io.BytesIO()
    pack_folder(folder, out)
    return out.getvalue()


def test_a_folder_comes_out_as_it_went_in(tmp_path: Path, place: Path) -> None:
    folder = tmp_path / "package"
    (folder / "数据").mkdir(parents=True)
    (folder / "数据" / "合同（扫描）.pdf").write_bytes(b"\x00\xff" * 9)
    (folder / "bagit.txt").write_text("x")
    file = tmp_path / "p.zip"
    file.write_bytes(packed(folder))
    assert is_archive(file)
    found = unpack_archive(file, place)
    assert found == place / "package"
    assert (found / "数据" / "合同（扫描）.pdf").read_bytes() == b"\x00\xff" * 9
    with zipfile.ZipFile(file) as listed:
        assert [each.date_time for each in listed.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2


def test_equal_folders_give_equal_bytes_whenever_they_were_made(tmp_path: Path) -> None:
    for name, order in (("a", "xy"), ("b", "yx")):
        (tmp_path / name / "package").mkdir(parents=True)
        for letter in order:
            file = tmp_path / name / "package" / letter
            file.write_text(letter)
            os.utime(file, (ord(letter), 10_000 * len(name)))
    (tmp_path / "b" / "package" / "x").chmod(0o600)
    assert packed(tmp_path / "a" / "package") == packed(tmp_path / "b" / "package")


@pytest.mark.parametrize(
    "name",
    ["../evil", "p/../../evil", "/etc/evil", "p\\..\\evil", "C:/evil", "p//evil", "p/\x01evil"],
)
def test_what_would_leave_the_folder_is_refused(made: Made, place: Path, name: str) -> None:
    file = made([("p/a", b"fine"), (name, b"evil")])
    with pytest.raises(IntegrityError, match="leave its folder"):
        unpack_archive(file, place)
    assert list(place.iterdir()) == []
    assert not (place.parent / "evil").exists()


def test_links_are_refused(made: Made, place: Path) -> None:
    link = zipfile.ZipInfo("p/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(IntegrityError, match="is a link"):
        unpack_archive(made([("p/a", b""), (link, b"/etc/passwd")]), place)


@pytest.mark.parametrize("other", ["p/a", "p/A", "p/e\u0301"])
def test_two_entries_in_one_place_are_refused(made: Made, place: Path, other: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile remarks on one of them
        file = made([("p/a", b"1"), ("p/é", b"2"), (other, b"3")])
    with pytest.raises(IntegrityError, match="in one place"):
        unpack_archive(file, place)


def test_a_bomb_is_refused_by_what_it_says_of_itself(made: Made, place: Path) -> None:
    file = made([("p/bomb", b"\x00" * (8 << 20))])
    with pytest.raises(IntegrityError, match="beyond all proportion"):
        unpack_archive(file, place)
    assert list(place.iterdir()) == []


def test_an_entry_longer_than_it_says_is_stopped(made: Made, place: Path) -> None:
    file = made([("p/a", os.urandom(5000))])
    content = file.read_bytes()
    short = struct.pack("<L", 10)
    at = content.index(b"PK\x01\x02") + 24  # the size, unpacked, in the central directory
    file.write_bytes(content[:at] + short + content[at + 4 :])
    with pytest.raises(IntegrityError):
        unpack_archive(file, place)
    assert sum(each.stat().st_size for each in place.rglob("*") if each.is_file()) <= 5000


def test_too_many_entries_and_too_many_bytes_are_refused(
    made: Made, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made([("p/a", b"12345"), ("p/b", b"12345")])
    monkeypatch.setattr(archive, "MOST_ENTRIES", 1)
    with pytest.raises(IntegrityError, match="more than 1 entries"):
        unpack_archive(file, place)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 9)
    monkeypatch.setattr(archive, "MOST_BYTES", 9)
    with pytest.raises(IntegrityError, match="unfolds to 10 bytes"):
        unpack_archive(file, place)


def test_more_than_one_folder_is_no_package(made: Made, place: Path) -> None:
    with pytest.raises(IntegrityError, match="holds 2"):
        unpack_archive(made([("p/a", b""), ("q/a", b"")]), place)


@pytest.mark.parametrize("where", ["before", "behind", "comment"])
def test_bytes_no_digest_covers_are_refused(made: Made, place: Path, where: str) -> None:
    file = made([("p/a", b"12345")])
    if where == "comment":
        with zipfile.ZipFile(file, "a") as out:
            out.comment = b"unsigned"
    else:
        content = file.read_bytes()
        file.write_bytes(b"MZ" + content if where == "before" else content + b"tail")
    with pytest.raises(IntegrityError, match="beside its entries"):
        unpack_archive(file, place)


def test_damage_is_told(made: Made, place: Path) -> None:
    file = made([("p/a", os.urandom(3000))])
    content = bytearray(file.read_bytes())
    content[1000] ^= 0xFF
    file.write_bytes(bytes(content))
    with pytest.raises(IntegrityError, match="damaged"):
        unpack_archive(file, place)


def test_a_locked_entry_is_told(made: Made, place: Path) -> None:
    file = made([("p/a", b"12345")])
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(bytes(content))
    with pytest.raises(IntegrityError, match="password"):
        unpack_archive(file, place)
