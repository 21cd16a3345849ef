"""Numbers in texts: those that tell of a person or lie below a code are hidden, nothing else is."""

import pytest

from tracer.store.freetext import hide_numbers, hide_personal
from tracer.store.veil import Veil

CODE = "10687415"
KNOWN = ("1068741577", "106874157788", "10687415202307")


def _hidden(text: str) -> str:
    """Hide digits as a redacted copy does: what the tables hold is met before any text."""
    veil = Veil(codes=[CODE])
    for number in KNOWN:
        veil.digits(number)
    return veil.words(text)


@pytest.mark.parametrize(
    "personal",
    [
        "138 1234 5678",
        "138-1234-5678",
        "138 12345678",
        "1381234 5678",
        "138\u00a01234\u00a05678",
        "138\u20131234\u20135678",
        "138 - 1234 - 5678",
        "138\u20111234\u20115678",
        "138\n1234\n5678",
        "138\u200b1234\u200b5678",
        "138.1234.5678",
        "138 123 45678",
        "138 12345 678",
        "1381 234 5678",
        "13812 345 678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "1-3-8-1-2-3-4-5-6-7-8",
        "１３８１２３４５６７８",
        "１３８－１２３４－５６７８",
        "+86 138 1234 5678",
        "0086-138-1234-5678",
        "86 138 1234 5678",
        "020-8765 4321",
        "0755 - 8765-4321",
        "（020）87654321",
        "(0755) 876-4321",
        "０２０－８７６５４３２１",
        "420106 19800101 123X",
        "420106-19800101-1234",
        "420106 1980 0101 1234",
        "４２０１０６１９８００１０１１２３Ｘ",
    ],
)
def test_what_tells_of_a_person_goes_however_its_digits_are_parted(personal: str) -> None:
    assert hide_personal(f"联系人{personal}。") == "联系人***。"
    assert hide_personal(f"2023-07-05 {personal}，共 3,915 条") == "2023-07-05 ***，共 3,915 条"


@pytest.mark.parametrize(
    "plain",
    [
        "2023-07-05 至 2023-12-31",
        "2023-07-05 13:30:00",
        "15 2023-07-05 1",
        "18-2023-07-05",
        "138 条、1,381 条、3,915 条",
        "138.12 元",
        "1381234.5678 元",
        "1,381,234,567.80 元",
        "13 8123 4567",
        "0.138",
        "0.13812345678",
        "10687415 1000 2000",
        "1068 1381 2345 678",
        "95188",
        "12345 67890",
        "第 138 号、第 1234 号",
        "HT-2023-138",
        "20230705 3915",
        "京ICP备13812345号",
        "2,138 1,234 5,678",
        "192.168.10.20",
        "91420100MA4KXXXX0X",
        "106874 2023-07-05 0001",
        "400 820 8820",
        "138-2023-07-05",
    ],
)
def test_days_amounts_counts_and_codes_stay(plain: str) -> None:
    said = f"附注：{plain}，"
    assert hide_personal(said) == said


@pytest.mark.parametrize(
    ("spelled", "shown"),
    [
        ("1068741577", "1068741500"),
        ("10687415 77", "10687415 00"),
        ("10687415-77", "10687415-00"),
        ("10687415+77", "10687415+00"),
        ("１０６８７４１５－７７", "10687415-00"),
        ("1068 7415 77", "1068 7415 00"),
        ("1068-7415-7788", "1068-7415-0000"),
        ("106 874 15 77 88", "106 874 15 00 00"),
        ("10687415 77 88", "10687415 00 00"),
        ("1068741577，10687415 77", "1068741500，10687415 00"),
        ("10687415 99", "10687415 ***"),  # not on record: a number, or a count
        ("10687415-99-12", "10687415-***"),
        ("1068 7415 9912", "1068 7415 ***"),
        ("10687415 77 99", "10687415 00 ***"),
        ("10687415", "10687415"),
        ("1068 7415", "1068 7415"),
    ],
)
def test_numbers_below_a_code_are_hidden_however_they_are_parted(spelled: str, shown: str) -> None:
    assert _hidden(f"经 {spelled} 发送") == f"经 {shown} 发送"


@pytest.mark.parametrize(
    "plain",
    [
        "10687415 77 条",
        "10687415 77条",
        "10687415 共 77 条",
        "10687415 2023-07-05 起",
        "10687415 20230705",
        "10687415 2023年7月5日",
        "10687415 2023.07.05",
        "10687415 10:30",
        "10687415 3,915 条",
        "10687415 0.03 元/条",
        "10687415-10687499",
        "10687415 106877770101",
        "10687415、77",
        "10687415，77",
        "110687415 77",
        "10684500 77",
        "2023 10687415",
        "10687415 12321",
    ],
)
def test_what_stands_beside_a_code_and_is_no_number_stays(plain: str) -> None:
    assert _hidden(f"附注：{plain}，") == f"附注：{plain}，"


@pytest.mark.parametrize("plain", ["2023-10-6 8 15", "10-6-8 12", "1 0 6 8 77"])
def test_a_day_is_no_short_code(plain: str) -> None:
    assert Veil(codes=["1068"]).words(plain) == plain


def test_a_number_goes_no_further_than_a_number_can() -> None:
    said = hide_numbers("10687415 1234567890123", [CODE], lambda _: False, lambda number: number)
    assert said == "10687415 1234567890123"
    assert hide_numbers("x", [CODE], lambda _: True, str) == "x"


def test_without_codes_no_digit_is_hidden() -> None:
    said = "1068 7415 77、10687415 99"
    assert Veil().words(said) == said
