"""A row read again from its cells on record."""

import pytest

from tracer.errors import UsageError
from tracer.ingest.masking import Masker
from tracer.ingest.rereading import CellChange, find_field, put_right, read_again
from tracer.model.diagnostic import Diagnostic
from tracer.model.load import SourceSheet
from tracer.model.paper import ContractRow

RAW = (
    ("合同编号", "C1"), ("甲方", "甲公司"), ("乙方", "乙公司"), ("号段", "10687415"),
    ("到期日", "2023-12-31"), ("单价（分/条）", "5"),
)  # fmt: skip
SOURCE = SourceSheet(
    "c.csv", 0, None, "ab" * 32, "cd" * 32, 1, "contracts", "utf-8", 1, (("party_a", "downstream"),)
)
MASKER = Masker(b"key", keep=False)


def read(*changes: CellChange) -> ContractRow | Diagnostic:
    found = read_again(7, put_right(RAW, changes), SOURCE, MASKER)
    assert isinstance(found, ContractRow | Diagnostic)
    return found


def test_a_row_is_read_as_it_was_loaded() -> None:
    found = read()
    assert isinstance(found, ContractRow)
    assert (found.upstream, found.downstream) == ("乙公司", "甲公司")  # as was said of the sheet
    assert (found.unit_price, found.provenance.ref.row) == (50_000, 7)
    assert found.provenance.raw == RAW


@pytest.mark.parametrize("field", ["到期日", "valid_to", "终止日期", "Valid to"])
def test_a_column_goes_by_its_header_and_by_its_names(field: str) -> None:
    assert find_field("contracts", RAW, SOURCE, field) == ("valid_to", "到期日")


def test_a_column_the_paper_lacks_has_its_usual_name() -> None:
    assert find_field("contracts", RAW, SOURCE, "approval_no") == ("approval_no", "批准文号")
    with pytest.raises(UsageError, match="no column"):
        find_field("contracts", RAW, SOURCE, "颜色")


def test_a_cell_put_right_is_judged_like_any_other() -> None:
    found = read(CellChange("valid_to", "到期日", "2024年6月30日"))
    assert isinstance(found, ContractRow)
    assert str(found.valid_to) == "2024-06-30"
    assert isinstance(read(CellChange("valid_to", "到期日", "某日")), Diagnostic)
    assert isinstance(read(CellChange("upstream", "乙方", "")), Diagnostic)
