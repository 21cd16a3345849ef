"""Paper records are written whole: typed values, raw cells, place, names, documents."""

import json
import typing
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, select

from tracer.model.paper import (
    AccountRow,
    AllocationRow,
    CheckRow,
    IncidentRow,
    OpeningRow,
    PartyRow,
    PaymentRow,
    Provenance,
    RelationRow,
)
from tracer.model.period import Period
from tracer.model.segment import Segment, parse_segments
from tracer.model.source import RecordRef
from tracer.store import record_tables as t
from tracer.store import sources
from tracer.store.documents import add_document
from tracer.store.engine import begin_writing
from tracer.store.events import append_event
from tracer.store.layouts import LAYOUTS
from tracer.store.records import add_records
from tracer.store.tables import documents, source_spellings, source_usccs, spellings

if typing.TYPE_CHECKING:
    from tests.store.conftest import Clerk

USCC = "91420100MA4KABCD1X"
OTHER = "91420100MA4KABCD2X"


def the_row(conn: Connection, table: typing.Any) -> dict[str, typing.Any]:
    return dict(conn.execute(select(table)).one()._mapping)


def name(conn: Connection, number: int) -> str:
    return str(conn.execute(select(spellings.c.raw).where(spellings.c.id == number)).scalar_one())


def test_a_contract_is_written_whole(clerk: "Clerk", engine: Engine) -> None:
    raw = (("合同编号", "HT-1"), ("上游", "甲 公司"), ("备注", 'x,"y"'))
    ref = RecordRef("", "", "", 0, None, 0, 0, part="b")
    place = Provenance(ref, raw, "扫描/1.pdf", "3", "某市公安局", date(2024, 1, 2))
    row = clerk.contract(
        "ＨＴ－1 ",
        "甲 公司",
        "乙公司",
        "1068741500-1068741599；10684500XXXX",
        days=("2023-01-01", "2023-12-31"),
        upstream_uscc=USCC,
        title="码号租用合同",
        kind="end_customer_service",
        right="使用权",
        signed_on=date(2022, 12, 1),
        valid_from=date(2023, 1, 1),
        valid_to=date(2024, 12, 31),
        terminated_on=date(2023, 12, 31),
        renews=False,
        unit_price=32_500,
        unit_price_raw="3.25分/条",
        sublease_clause="forbidden",
        approval_no="批1",
        amends="HT-0",
        region="浙江",
        purpose="通知",
        source_ref="卷2页5",
    )
    source = clerk.load("contracts", replace(row, provenance=place))
    with engine.connect() as conn:
        kept = the_row(conn, t.contracts)
        segments = conn.execute(select(t.contract_segments)).all()
        paper = the_row(conn, documents)
        assert name(conn, kept.pop("upstream_id")) == "甲 公司"
        assert name(conn, kept.pop("downstream_id")) == "乙公司"
    assert [tuple(found) for found in segments] == [
        (1, "10684500", "10684500XXXX"),
        (1, "10687415", "1068741500-1068741599"),
    ]
    assert json.loads(kept.pop("raw")) == [list(cell) for cell in raw]
    assert paper == {"id": 1, "path": "扫描/1.pdf", "sha256": None, "sm3": None, "size": None}
    assert kept == {
        "id": 1,
        "source_id": source,
        "row": 2,
        "part": "b",
        "document_id": 1,
        "page": "3",
        "obtained_from": "某市公安局",
        "obtained_on": date(2024, 1, 2),
        "contract_no": "ＨＴ－1 ",
        "contract_key": "HT-1",
        "upstream_uscc": USCC,
        "downstream_uscc": None,
        "segment_count": 2,
        "title": "码号租用合同",
        "kind": "end_customer_service",
        "right_granted": "使用权",
        "signed_on": date(2022, 12, 1),
        "valid_from": date(2023, 1, 1),
        "valid_to": date(2024, 12, 31),
        "terminated_on": date(2023, 12, 31),
        "renews": False,
        "term_first": date(2023, 1, 1),
        "term_last": date(2023, 12, 31),
        "start_stated": True,
        "end_stated": True,
        "unit_price": 32_500,
        "unit_price_raw": "3.25分/条",
        "sublease_clause": "forbidden",
        "approval_no": "批1",
        "amends": "HT-0",
        "region": "浙江",
        "purpose": "通知",
        "source_ref": "卷2页5",
    }


def test_a_party_is_written_whole(clerk: "Clerk", engine: Engine) -> None:
    row = PartyRow(
        clerk.nowhere,
        "甲公司",
        uscc=USCC,
        former_names=("老甲", "旧甲"),
        kind="代理商",
        licence_term=Period(date(2020, 1, 1), None),
        has_licence_column=True,
        role="被告",
    )
    clerk.load("parties", row)
    with engine.connect() as conn:
        kept = the_row(conn, t.parties)
        assert name(conn, kept["name_id"]) == "甲公司"
        assert conn.execute(select(source_usccs.c.uscc)).scalars().all() == [USCC]
    assert json.loads(kept["former_names"]) == ["老甲", "旧甲"]
    assert (kept["licence_first"], kept["licence_last"]) == (date(2020, 1, 1), None)
    assert (kept["has_licence_column"], kept["kind"], kept["role"]) == (True, "代理商", "被告")


def test_allocations_and_openings_keep_their_segments(clerk: "Clerk", engine: Engine) -> None:
    term = Period(date(2020, 1, 1), date(2025, 1, 1))
    segments = parse_segments("10687415、10684500")
    clerk.load(
        "allocations",
        AllocationRow(clerk.nowhere, segments, "持有人公司", holder_uscc=USCC, term=term),
        AllocationRow(clerk.nowhere, (Segment("106555", "106555*"),), "另一公司"),
    )
    opening = OpeningRow(clerk.nowhere, "中国移动浙江", segments, "甲公司", date(2023, 1, 1))
    clerk.load("openings", opening)
    with engine.connect() as conn:
        allocated = conn.execute(select(t.allocation_segments)).all()
        opened = conn.execute(select(t.opening_segments.c.prefix)).scalars().all()
        kept = conn.execute(select(t.allocations).order_by(t.allocations.c.id)).first()
    assert sorted((row.allocation_id, row.prefix) for row in allocated) == [
        (1, "10684500"),
        (1, "10687415"),
        (2, "106555"),
    ]
    assert sorted(opened) == ["10684500", "10687415"]
    assert kept is not None
    assert (kept.term_first, kept.term_last) == (date(2020, 1, 1), date(2025, 1, 1))


def test_payments_relations_checks_accounts(clerk: "Clerk", engine: Engine) -> None:
    period = Period(date(2023, 7, 1), date(2023, 7, 31))
    clerk.load(
        "payments",
        PaymentRow(clerk.nowhere, "乙", "甲", 12_500_000, date(2023, 8, 1), period, 500, "HT-1"),
    )
    clerk.load("relations", RelationRow(clerk.nowhere, "甲", "乙", "股东", "51%"))
    clerk.load("checks", CheckRow(clerk.nowhere, "甲", "乙", "identity", result="passed"))
    clerk.load("accounts", AccountRow(clerk.nowhere, "甲", "kh001", "乙", "01"))
    with engine.connect() as conn:
        payment = the_row(conn, t.payments)
        relation = the_row(conn, t.relations)
        check = the_row(conn, t.checks)
        account = the_row(conn, t.accounts)
        assert name(conn, payment["payer_id"]) == name(conn, relation["party_b_id"]) == "乙"
        assert name(conn, check["upstream_id"]) == name(conn, account["platform_id"]) == "甲"
    assert (payment["amount"], payment["messages"]) == (12_500_000, 500)
    assert (payment["period_first"], payment["period_last"]) == (period.first, period.last)
    assert (relation["share"], check["result"]) == ("51%", "passed")
    assert (account["account"], account["appends"]) == ("kh001", "01")


def test_times_are_written_in_the_zone_of_the_case(clerk: "Clerk", engine: Engine) -> None:
    with begin_writing(engine) as conn:
        append_event(conn, "case", {"timezone": "Asia/Tokyo"}, "甲", "2026")
    late = datetime(2023, 7, 5, 15, 30, tzinfo=UTC)
    clerk.load(
        "incidents",
        IncidentRow(clerk.nowhere, "106874150101", late, reported_at=datetime(2023, 7, 6, 9, 0)),  # noqa: DTZ001 - local
    )
    with engine.connect() as conn:
        kept = the_row(conn, t.incidents)
    assert kept["received_at"] == "2023-07-06 00:30:00"
    assert kept["reported_at"] == "2023-07-06 09:00:00"
    assert kept["notified_party_id"] is None


def test_a_spelling_is_written_once_and_noted_for_every_source(
    clerk: "Clerk", engine: Engine
) -> None:
    first = clerk.load("contracts", clerk.contract("1", "甲（集团）", "乙", upstream_uscc=USCC))
    second = clerk.load("contracts", clerk.contract("2", "甲(集团)", "乙", upstream_uscc=OTHER))
    with engine.connect() as conn:
        known = dict(conn.execute(select(spellings.c.raw, spellings.c.folded)).all())
        used = conn.execute(
            select(spellings.c.raw, source_spellings.c.source_id).join(source_spellings)
        ).all()
        codes = conn.execute(
            select(spellings.c.raw, source_usccs.c.uscc, source_usccs.c.source_id).join(
                source_usccs
            )
        ).all()
    assert known == {"甲（集团）": "甲(集团)", "甲(集团)": "甲(集团)", "乙": "乙"}
    assert sorted(map(tuple, used)) == sorted(
        [("甲（集团）", first), ("乙", first), ("甲(集团)", second), ("乙", second)]
    )
    assert sorted(map(tuple, codes)) == sorted(
        [("甲（集团）", USCC, first), ("甲(集团)", OTHER, second)]
    )


def test_a_source_may_be_written_in_several_goes(clerk: "Clerk", engine: Engine) -> None:
    sheet = clerk.sheet("contracts")
    rows = [
        replace(clerk.contract("1", "甲", "乙"), provenance=clerk.place(sheet, at, clerk.nowhere))
        for at in (2, 3, 4)
    ]
    with begin_writing(engine) as conn:
        source = sources.add_source(conn, sheet, None)
        assert [add_records(conn, source, rows[:1]), add_records(conn, source, rows[1:])] == [1, 2]
        kept = conn.execute(select(t.contracts.c.id, t.contracts.c.row)).all()
    assert sorted(map(tuple, kept)) == [(1, 2), (2, 3), (3, 4)]


def test_more_records_than_one_batch_keep_their_own_segments(
    clerk: "Clerk", engine: Engine
) -> None:
    count = 5200
    clerk.load(
        "contracts", *(clerk.contract(str(n), "甲", "乙", f"1068{n:05}") for n in range(count))
    )
    joined = select(t.contracts.c.contract_no, t.contract_segments.c.prefix).join(
        t.contract_segments
    )
    with engine.connect() as conn:
        found = dict(conn.execute(joined).all())
    assert found == {str(n): f"1068{n:05}" for n in range(count)}


def test_documents_are_asked_for_once_and_kept_once(clerk: "Clerk", engine: Engine) -> None:
    asked = []
    sheet = clerk.sheet("contracts")

    def place(row: int, document: str) -> Provenance:
        return replace(clerk.place(sheet, row, clerk.nowhere), document=document)

    rows = [
        replace(clerk.contract("1", "甲", "乙"), provenance=place(at, path))
        for at, path in enumerate(["a.pdf", "b.pdf", "a.pdf"], start=2)
    ]
    with begin_writing(engine) as conn:

        def find(path: str) -> int:
            asked.append(path)
            return add_document(conn, f"卷/{path}", path[0] * 64, None, 5)

        add_records(conn, sources.add_source(conn, sheet, None), rows, find)
        assert asked == ["a.pdf", "b.pdf"]
        assert add_document(conn, "卷/a.pdf", "a" * 64, None, 5) == 1
        assert add_document(conn, "卷/a.pdf", "c" * 64, None, 5) == 3
        kept = conn.execute(select(t.contracts.c.document_id).order_by(t.contracts.c.row))
        assert kept.scalars().all() == [1, 2, 1]


def test_without_being_told_the_newest_document_of_that_path_is_meant(
    clerk: "Clerk", engine: Engine
) -> None:
    with begin_writing(engine) as conn:
        add_document(conn, "a.pdf", "1" * 64, None, 5)
        newest = add_document(conn, "a.pdf", "2" * 64, None, 5)
    place = replace(clerk.nowhere, document="a.pdf")
    clerk.load("contracts", replace(clerk.contract("1", "甲", "乙"), provenance=place))
    with engine.connect() as conn:
        assert conn.execute(select(t.contracts.c.document_id)).scalar() == newest


def test_every_column_of_every_table_is_written() -> None:
    place = {"id", "source_id", "row", "part", "raw", "document_id", "page"}
    place |= {"obtained_from", "obtained_on"}
    for layout in LAYOUTS.values():
        names = {f"{attribute}_id" for attribute in layout.names}
        assert place | names | set(layout.columns) == set(layout.table.c.keys()), layout.table.name
