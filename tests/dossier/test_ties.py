"""What ties parties together: declared, and found on record."""

from tracer.dossier.ties import find_ties
from tracer.model.particulars import Relation
from tracer.model.partyfile import AccountRecord, PartyFile, RegisterEntry
from tracer.model.source import RecordRef


def ref(row: int, table: str = "parties") -> RecordRef:
    return RecordRef(table, "ab" * 32, f"{table}.csv", 0, None, row, row)


def entry(party: str, row: int, **values: str) -> RegisterEntry:
    return RegisterEntry(ref(row), party, party, **values)  # type: ignore[arg-type]


def tied(*files: PartyFile) -> list[tuple[str, str, tuple[str, ...]]]:
    found = find_ties({file.name: file for file in files})
    return [(tie.kind, tie.label, tie.parties) for tie in found]


def test_shared_address_and_phone_however_they_are_spelt() -> None:
    one = PartyFile("甲", entries=(entry("甲", 2, address="某路 3 号", phone="0571-8888 0000"),))
    two = PartyFile("乙", entries=(entry("乙", 3, address="某路3号", phone="057188880000"),))
    assert tied(one, two) == [
        ("address", "某路3号", ("乙", "甲")),
        ("phone", "057188880000", ("乙", "甲")),
    ]


def test_a_few_digits_or_blanks_tie_nobody() -> None:
    one = PartyFile("甲", entries=(entry("甲", 2, address=" ", phone="110"),))
    two = PartyFile("乙", entries=(entry("乙", 3, address=" ", phone="110"),))
    assert tied(one, two) == []


def test_two_rows_of_one_party_tie_nobody() -> None:
    rows = (entry("甲", 2, address="某路3号"), entry("甲", 3, address="某路3号"))
    assert tied(PartyFile("甲", entries=rows), PartyFile("乙")) == []


def test_a_representative_who_is_related_to_another_party() -> None:
    held = Relation(ref(2, "relations"), "乙", "张三", "股东", "60%")
    one = PartyFile("甲", entries=(entry("甲", 2, representative="张 三"),))
    two = PartyFile("乙", relations=(held,))
    [tie] = find_ties({"甲": one, "乙": two})
    assert (tie.kind, tie.label, tie.parties) == ("person", "张三", ("乙", "甲"))
    assert [(end.party, end.how, end.share) for end in tie.ends] == [
        ("乙", "股东", "60%"),
        ("甲", "representative", None),
    ]
    assert [r.record_id for r in tie.refs] == [
        "parties:abababababababab:2",
        "relations:abababababababab:2",
    ]


def test_a_relation_between_two_of_them_is_declared_once() -> None:
    held = Relation(ref(2, "relations"), "甲", "乙", "控制")
    files = (PartyFile("甲", relations=(held,)), PartyFile("乙", relations=(held,)))
    assert tied(*files) == [("declared", "控制", ("乙", "甲"))]


def test_a_third_to_which_only_one_is_related_ties_nobody() -> None:
    held = Relation(ref(2, "relations"), "甲", "丙", "股东")
    assert tied(PartyFile("甲", relations=(held,)), PartyFile("乙")) == []


def test_one_account_of_one_platform() -> None:
    def file(party: str, platform: str, row: int) -> PartyFile:
        account = AccountRecord(ref(row, "accounts"), platform, "k7", party)
        return PartyFile(party, accounts=(account,))

    assert tied(file("甲", "平台", 2), file("乙", "平台", 3)) == [
        ("account", "平台 k7", ("乙", "甲"))
    ]
    assert tied(file("甲", "平台", 2), file("乙", "他台", 3)) == []


def test_the_platform_is_not_tied_by_its_customers_account() -> None:
    account = AccountRecord(ref(2, "accounts"), "甲", "k7", "乙")
    files = (PartyFile("甲", accounts=(account,)), PartyFile("乙", accounts=(account,)))
    assert tied(*files) == []
