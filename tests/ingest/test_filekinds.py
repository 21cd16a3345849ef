from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.filekinds import tell_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04...", "workbook"),
        (OLE + b"...", "workbook"),
        (b"PAR1...", "parquet"),
        ("合同编号,上游".encode(), "text"),
        ("合同编号,上游".encode("gb18030"), "text"),
        ("合同编号".encode("utf-16"), "text"),
        (b"a < b, html, c\n", "text"),
        (b"\0\0\0", "text"),
    ],
)
def test_kinds_are_told_by_the_first_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    for name in ("f.csv", "f.xlsx", "f"):
        file = tmp_path / name
        file.write_bytes(content)
        assert tell_kind(file, name) == kind


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4", "not_a_table"),
        (b"\x89PNG\r\n", "not_a_table"),
        (b"Rar!\x1a", "not_a_table"),
        (b"SQLite format 3\0", "not_a_table"),
        (b" \r\n<TABLE border=1>", "markup_file"),
        ("\ufeff<html>".encode("utf-16-le"), "markup_file"),
        (OLE + bytes(5000) + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_plainly_no_table_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        tell_kind(file, "case/台账.xlsx")
    assert refused.value.key == key
    assert "case/台账.xlsx" in refused.value.message("zh")
