"""Copies under pseudonyms: every column that holds text is accounted for; nothing hidden stays."""

from pathlib import Path

import pytest
from sqlalchemy import String, Text, select

from tracer.store.engine import begin_writing, open_engine
from tracer.store.record_tables import metadata
from tracer.store.redaction import TREATMENTS, _treatments, copy_redacted
from tracer.store.tables import spellings
from tracer.store.veil import Veil

OWN_WAY = {"spellings", "events", "rejected_rows", "rejected_files"}


@pytest.mark.parametrize(
    "name", [table.name for table in metadata.sorted_tables if table.name not in OWN_WAY]
)
def test_every_column_that_holds_text_is_listed(name: str) -> None:
    """A column added to the schema without a word on what becomes of it fails here."""
    table = metadata.tables[name]
    texts = {each.name for each in table.columns if isinstance(each.type, (String, Text))}
    assert _treatments(table).keys() == texts


def test_no_column_is_listed_that_is_not_there() -> None:
    for name, columns in TREATMENTS.items():
        assert columns.keys() <= set(metadata.tables[name].columns.keys()), name


def test_spellings_of_one_party_stay_one_party(tmp_path: Path) -> None:
    case, copy = (open_engine(str(tmp_path / name)) for name in ("a.db", "b.db"))
    raws = ["某公司（杭州）", "某公司(杭州)", "乙公司", "中国移动通信集团"]
    with begin_writing(case) as conn:
        for number, raw in enumerate(raws, start=1):
            folded = raw.replace("（", "(").replace("）", ")")
            conn.execute(spellings.insert().values(id=number, raw=raw, folded=folded))
    with case.connect() as conn, begin_writing(copy) as target:
        copy_redacted(conn, target, Veil(), "copy")
    with copy.connect() as conn:
        rows = conn.execute(select(spellings.c.raw, spellings.c.folded)).all()
    assert [tuple(row) for row in rows] == [
        ("甲1", "甲1"),
        ("甲1（写法2）", "甲1"),
        ("乙2", "乙2"),
        ("中国移动通信集团", "中国移动通信集团"),
    ]
    case.dispose()
    copy.dispose()


def test_texts_name_parties_by_their_pseudonyms_and_handsets_not_at_all() -> None:
    veil = Veil()
    assert veil.party("安徽某信息公司") == "甲1"
    assert veil.party("安徽某信息公司杭州分公司") == "乙2"
    said = "安徽某信息公司杭州分公司与安徽某信息公司，电话13800000001"
    assert veil.words(said) == "乙2与甲1，电话***"


def test_a_pseudonym_the_user_gave_is_given_to_nobody_else() -> None:
    veil = Veil(given={"丙公司": "乙2"})
    assert [veil.party(name) for name in ("甲公司", "乙公司", "丙公司")] == ["甲1", "丙3", "乙2"]
