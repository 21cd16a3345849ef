"""The second look at what goes out under pseudonyms: a hidden value is found wherever it stands."""

import io
import zipfile

import pytest

from tracer.errors import UsageError
from tracer.store.veil import KeyEntry
from tracer.usecases.redaction import check_hidden

NAME = KeyEntry("party", "甲1", "武汉<某>科技公司")


def _zipped(name: str, content: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "由武汉<某>科技公司提交".encode()),
        ("武汉<某>科技公司.txt", b""),
        ("a.html", b"\\u6b66\\u6c49<\\u67d0>\\u79d1\\u6280\\u516c\\u53f8"),
        ("a.xml", "武汉&lt;某&gt;科技公司".encode()),
        ("a.xlsx", _zipped("sheet.xml", "武汉<某>科技公司" * 50)),
        ("a.xlsx", _zipped("武汉<某>科技公司", "")),
    ],
)
def test_a_hidden_name_is_found_wherever_it_stands(name: str, content: bytes) -> None:
    with pytest.raises(UsageError, match="武汉<某>科技公司"):
        check_hidden([("b.txt", b"-"), (name, content)], [NAME], ["10687415"])


def test_the_name_of_a_file_is_looked_for_without_its_folder() -> None:
    entry = KeyEntry("来源", "来源1.pdf", "卷一/王某移交.pdf")
    with pytest.raises(UsageError, match="王某移交"):
        check_hidden([("a", "原件 王某移交.pdf".encode())], [entry], [])


@pytest.mark.parametrize(
    "entry",
    [
        KeyEntry("工作表", "工作表1", "路由记录"),  # as the workbook of `tracer template` has it
        KeyEntry("contract", "合同1", "2023"),
        KeyEntry("account", "账号1", "106874150101"),
        KeyEntry("来源", "来源1.csv", "10687415.csv"),
    ],
)
def test_what_the_program_says_itself_is_no_leak(entry: KeyEntry) -> None:
    said = f"路由记录 2023-07-01 106874150101 results/10687415.csv {entry.pseudonym}".encode()
    check_hidden([("a", said)], [entry], ["10687415"])


def test_a_number_whose_digits_are_hidden_is_a_leak() -> None:
    entry = KeyEntry("number", "106874150000", "106874157788")
    with pytest.raises(UsageError, match="106874157788"):
        check_hidden([("a", b"106874157788")], [entry], ["10687415"])
