"""Every column of every table lands in the field of its name."""

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.columns import TABLES, Column, Table, column_label, find_table
from tracer.ingest.headers import HeaderMatch, HeaderRow, match_header
from tracer.ingest.reading import OpenSheet
from tracer.ingest.records import BUILDERS
from tracer.ingest.template import SAMPLES
from tracer.messages import LANGUAGES, Language
from tracer.model.diagnostic import Diagnostic, Note
from tracer.model.paper import PaperRow
from tracer.model.period import Period

ReadTable = Callable[..., tuple[list[PaperRow], list[Diagnostic], list[Note]]]

SETTINGS = FileSettings()
PAPER = [table for table in TABLES if table.name != "routing"]

# What the sample of the template becomes, field by field, where it is not the text itself.
FIELDS: dict[str, dict[str, str]] = {
    "parties": {"licence_from": "licence_term", "licence_to": "licence_term"},
    "allocations": {"segment": "segments", "valid_from": "term", "valid_to": "term"},
    "accounts": {"valid_from": "term", "valid_to": "term"},
    "openings": {"segment": "segments"},
    "payments": {"period_from": "period", "period_to": "period"},
    "relations": {"valid_from": "term", "valid_to": "term"},
}
ANYWHERE = {"document", "page", "obtained_from", "obtained_on"}


def csv_of(table: Table, cells: dict[str, str], lang: Language = "zh") -> str:
    names = [column.name for column in table.columns if column.name in cells]
    header = ",".join(column_label(table.name, name, lang) for name in names)
    return f"{header}\n{','.join(cells[name] for name in names)}\n"


def test_every_table_but_routing_has_a_builder() -> None:
    assert list(BUILDERS) == [table.name for table in PAPER]


@pytest.mark.parametrize("table", PAPER, ids=lambda table: table.name)
def test_the_fields_of_a_record_are_the_columns_of_its_table(
    read_table: ReadTable, table: Table
) -> None:
    (record,), rejects, _ = read_table(csv_of(table, SAMPLES[table.name]))
    assert rejects == []
    fields = {field.name for field in dataclasses.fields(record)}
    renamed = FIELDS.get(table.name, {})
    for column in table.columns:
        if column.name in ANYWHERE:
            assert hasattr(record.provenance, column.name)
        else:
            assert renamed.get(column.name, column.name) in fields, column.name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", PAPER, ids=lambda table: table.name)
def test_a_filled_column_shows_in_its_field_and_in_the_raw_text(
    read_table: ReadTable, table: Table, lang: Language
) -> None:
    sample = SAMPLES[table.name]
    (record,), _, _ = read_table(csv_of(table, sample, lang))
    assert len(record.provenance.raw) == len(sample)
    renamed = FIELDS.get(table.name, {})
    for name in sample:
        owner = record.provenance if name in ANYWHERE else record
        value = getattr(owner, renamed.get(name, name))
        assert value not in (None, (), Period()) or sample[name] in {"长期", "至今"}, name


@pytest.mark.parametrize("table", PAPER, ids=lambda table: table.name)
def test_required_columns_are_enough(read_table: ReadTable, table: Table) -> None:
    cells = {name: SAMPLES[table.name][name] for name in table.required}
    (record,), rejects, _ = read_table(csv_of(table, cells))
    assert rejects == []
    assert record.provenance.ref.table == table.name


@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table in PAPER for name in table.required]
)
def test_a_required_cell_left_blank_costs_the_row(
    read_table: ReadTable, table: Table, column: str
) -> None:
    # A remark keeps the row from being a blank one where only one column is required.
    cells = {**SAMPLES[table.name], column: "", "page": "1"}
    records, (reject,), _ = read_table(csv_of(table, cells))
    assert records == []
    assert (reject.row, reject.reason) == (2, "blank_required")
    assert reject.column == column_label(table.name, column, "zh")


def aliases() -> list[tuple[Table, Column, str]]:
    return [(t, c, alias) for t in TABLES for c in t.columns for alias in c.aliases]


def test_every_alias_of_every_column_is_understood_beside_the_others() -> None:
    """In a header that otherwise uses the labels, each alias means its own column."""
    for table, column, alias in aliases():
        others = [name for name in table.required if name != column.name]
        if table.either and column.name not in table.either:
            others.append(table.either[0])
        printed = [alias, *(column_label(table.name, name, "zh") for name in others)]
        rest = [c.name for c in table.columns if c.name not in {column.name, *others}]
        rest = [name for name in rest if not table.column(name).is_told]
        rest = [name for name in rest if name not in ANYWHERE]
        printed += [column_label(table.name, name, "zh") for name in rest]
        found = match_header([HeaderRow(1, tuple(printed))], SETTINGS, "f", None)
        assert isinstance(found, HeaderMatch), alias
        assert found.table == table.name, alias
        assert found.columns == (column.name, *others, *rest), alias


def test_columns_may_stand_in_any_order(read_table: ReadTable) -> None:
    table = find_table("contracts")
    sample = SAMPLES["contracts"]
    whole = read_table(csv_of(table, sample))[0][0]

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.permutations(sorted(sample)))
    def check(names: list[str]) -> None:
        header = ",".join(column_label("contracts", name, "zh") for name in names)
        row = ",".join(sample[name] for name in names)
        (record,), _, _ = read_table(f"{header}\n{row}\n")
        for field in dataclasses.fields(record):
            if field.name != "provenance":
                assert getattr(record, field.name) == getattr(whole, field.name)
        assert sorted(record.provenance.raw) == sorted(whole.provenance.raw)

    check()


def test_records_are_read_lazily_and_again(open_text: Callable[..., OpenSheet]) -> None:
    from tracer.ingest.masking import Masker
    from tracer.ingest.paper import read_paper

    sheet = open_text(csv_of(find_table("contracts"), SAMPLES["contracts"]) + "合计\n")
    first = list(read_paper(sheet, sheet.settings, Masker(b"k", keep=False)))
    assert first == list(read_paper(sheet, sheet.settings, Masker(b"k", keep=False)))
    assert [isinstance(row, Diagnostic) for row in first] == [False, True]
