"""Pseudonyms: the same value always stands under the same one, and nothing else does.

`甲1`, `乙2`, `丙3` … for parties, counted through; `合同1`, `人1` … for the rest. What they stand
for is known to the key alone, which is kept apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tracer.errors import UsageError
from tracer.model.party import fold_name, fold_party, is_carrier_kind, is_uscc
from tracer.store.freetext import hide_numbers, hide_personal

__all__ = ["KeyEntry", "Veil"]

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_WORDS: Final = {
    "contract": "合同",
    "person": "人",
    "certificate": "证",
    "address": "址",
    "phone": "话",
    "account": "账号",
    "case": "案",
}
_IN_WORDS: Final = frozenset({"party", "uscc", *_WORDS})
"""Kinds of values that are looked for in texts; the name of a sheet may be any word."""
_CODE: Final = 8
"""Digits of a code, where the number at hand begins with none that was asked for."""
_LEAST: Final = 2
"""A value of one character stands in ordinary words, too."""
_QUALIFIED: Final = re.compile(r"(.+)[（(]([0-9A-Z]{18})[）)]")
_REMEMBERED: Final = 1 << 16
"""Texts whose veiled form is remembered: most columns repeat a few."""


@dataclass(frozen=True, slots=True, order=True)
class KeyEntry:
    """What one pseudonym stands for.

    Parameters
    ----------
    kind : str
        `party`, `uscc`, `contract`, `person` ….
    pseudonym, value : str
        What is shown; what it stands for, as the papers spell it.
    """

    kind: str
    pseudonym: str
    value: str


class Veil:
    """Gives pseudonyms, the next number to each value that is new.

    Parameters
    ----------
    keep : iterable of str
        Parties that keep their names, by any spelling.
    given : Mapping of str to str
        Pseudonyms the user chose, by any spelling of the party.
    codes : iterable of str
        Codes whose digits stay; digits below them, and below eight of other numbers, are
        stood in for. Without any, all digits stay.

    Examples
    --------
    >>> veil = Veil(keep=["丁公司"])
    >>> veil.party("某公司（杭州）"), veil.party("乙公司"), veil.party("某公司(杭州)")
    ('甲1', '乙2', '甲1')
    >>> veil.party("丁公司"), veil.number("contract", "AH-1"), veil.words("乙公司与丁公司 AH-1")
    ('丁公司', '合同1', '乙2与丁公司 合同1')
    """

    def __init__(
        self,
        keep: Iterable[str] = (),
        given: Mapping[str, str] | None = None,
        codes: Iterable[str] = (),
    ) -> None:
        self._codes = sorted(codes, key=lambda code: (-len(code), code))
        self._below: dict[str, dict[str, str]] = {}
        self._numbers: set[str] = set()
        self._kept = {fold_party(name) for name in keep}
        self._given = {fold_party(name): shown for name, shown in (given or {}).items()}
        self._reserved: set[str] = set()
        self._parties: dict[str, str] = {}
        self._others: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._entries: set[KeyEntry] = set()
        self._hidden: re.Pattern[str] | None = None
        self._shown: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def reserve(self, names: Iterable[str]) -> None:
        """Let no pseudonym be what a party of the case is called, or a basic operator.

        Raises
        ------
        UsageError
            If one the user chose is: its reader would take one party for another.

        Examples
        --------
        >>> veil = Veil()
        >>> veil.reserve(["甲1", "丙公司"])
        >>> veil.party("甲1"), veil.party("丙公司")
        ('乙2', '丙3')
        """
        self._reserved = {fold_party(name) for name in names}
        for shown in self._given.values():
            if fold_party(shown) in self._reserved or is_carrier_kind(None, shown):
                raise UsageError("pseudonym_taken", pseudonym=shown)

    def party(self, raw: str) -> str:
        """Give the pseudonym of a party; a basic operator and a kept party keep their names."""
        folded = fold_party(raw)
        if is_uscc(folded):
            return self.uscc(folded)
        if folded in self._kept or is_carrier_kind(None, raw):
            return raw
        if folded not in self._parties:
            self._parties[folded] = self._given.get(folded) or self._next_party()
        self._enter("party", self._parties[folded], raw)
        return self._parties[folded]

    def uscc(self, code: str) -> str:
        """Give what stands for a credit code: it has the shape of one, and is nobody's.

        Examples
        --------
        >>> Veil().uscc("91420100MA4KXXXX0X")
        'YY000000YYYYYY0001'
        """
        folded = code.upper()
        shown = self._other("uscc", folded, lambda n: f"YY000000YYYYYY{n:04d}")
        self._enter("uscc", shown, code)
        return shown

    def qualified(self, name: str) -> str:
        """Give the pseudonym of a party that may be told by its code from another of its name.

        Examples
        --------
        >>> Veil().qualified("甲公司（91420100MA4KXXXX0X）")
        '甲1（YY000000YYYYYY0001）'
        """
        told = _QUALIFIED.fullmatch(name)
        if told is None:
            return self.party(name)
        return f"{self.party(told[1])}（{self.uscc(told[2])}）"

    def number(self, kind: str, value: str) -> str:
        """Give what stands for a number or name of another kind: `合同1`, `人2` …."""
        shown = self._other(kind, fold_name(value), lambda n: f"{_WORDS[kind]}{n}")
        self._enter(kind, shown, value)
        return shown

    @property
    def hides_digits(self) -> bool:
        """Whether digits below the code are stood in for."""
        return bool(self._codes)

    def digits(self, number: str) -> str:
        """Give what stands for a number or a segment: its digits below the code are others.

        One number begins with another exactly where what stands for it does, so what a segment
        covers stays covered: below each beginning, the first digit met is 0, the next 1 ….

        Examples
        --------
        >>> veil = Veil(codes=["10687415"])
        >>> veil.digits("1068741577"), veil.digits("106874157702"), veil.digits("1068741503")
        ('1068741500', '106874150000', '1068741510')
        >>> veil.digits("10687415"), Veil().digits("1068741577")
        ('10687415', '1068741577')
        """
        if not self._codes:
            return number
        self._numbers.add(number)
        code = next((each for each in self._codes if number.startswith(each)), number[:_CODE])
        shown = real = code
        for digit in number[len(code) :]:
            known = self._below.setdefault(real, {})
            shown += known.setdefault(digit, str(len(known)))
            real += digit
        if shown != number:
            self._enter("number", shown, number)
        return shown

    def place(self, word: str, value: str, ending: str = "") -> str:
        """Give what stands for a path or the name of a sheet."""
        shown = self._other(word, value, lambda n: f"{word}{n}{ending}")
        self._enter(word, shown, value)
        return shown

    def digest(self, value: str) -> str:
        """Give what stands for the digest of a short value: a number, as long as a digest."""
        return self._other("digest", value, lambda n: f"{n:064d}")

    def words(self, text: str) -> str:
        """Put pseudonyms into a text wherever a hidden value stands in it.

        It is found as names are compared: white space, brackets, full-width letters and
        capitals make no difference. Only what has a pseudonym by now is found: parties and
        numbers come before texts. Phone numbers, ID numbers and mail addresses go in any case.

        Examples
        --------
        >>> veil = Veil()
        >>> veil.party("某科技(武汉)公司"), veil.number("contract", "HT-7")
        ('甲1', '合同1')
        >>> veil.words("某 科技（武汉）公司 ｈｔ－7，电 020-12345678")
        '甲1 合同1，电 ***'
        """
        if self._hidden is None:
            self._shown = {}
            for entry in sorted(self._entries):
                if entry.kind in _IN_WORDS and len(entry.value) >= _LEAST:
                    self._shown.setdefault(_folded(entry.value)[0], entry.pseudonym)
            longest = sorted(filter(None, self._shown), key=lambda value: (-len(value), value))
            self._hidden = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
            self._told = {}
        if text not in self._told:
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told[text] = self._veiled(text, self._hidden)
        return self._told[text]

    def _veiled(self, text: str, hidden: re.Pattern[str]) -> str:
        said = self._digits_within(unicodedata.normalize("NFC", text))
        folded, places = _folded(said)
        parts: list[str] = []
        end = 0
        for match in hidden.finditer(folded):
            parts += (said[end : places[match.start()]], self._shown[match[0]])
            end = places[match.end() - 1] + 1
        return hide_personal("".join(parts) + said[end:])

    def _digits_within(self, text: str) -> str:
        """Stand in for the numbers in a text, where digits are hidden at all."""
        if not self._codes:
            return text
        return hide_numbers(text, self._codes, self._numbers.__contains__, self.digits)

    def key(self) -> tuple[KeyEntry, ...]:
        """Give what every pseudonym stands for, sorted."""
        return tuple(sorted(self._entries))

    def _enter(self, kind: str, shown: str, value: str) -> None:
        entry = KeyEntry(kind, shown, value)
        if entry not in self._entries:
            self._entries.add(entry)
            if kind in _IN_WORDS:
                self._hidden = None

    def _next_party(self) -> str:
        taken = {*self._given.values(), *self._parties.values(), *self._reserved}
        return next(name for name in self._names() if name not in taken)

    def _names(self) -> Iterator[str]:
        while True:
            count = self._count("party")
            yield f"{_STEMS[(count - 1) % len(_STEMS)]}{count}"

    def _other(self, kind: str, value: str, spell: Callable[[int], str]) -> str:
        if (kind, value) not in self._others:
            self._others[kind, value] = spell(self._count(kind))
        return self._others[kind, value]

    def _count(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text as names are, capitals besides, and say where each character of it stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for each in fold_name(letter).casefold():
            letters.append(each)
            places.append(place)
    return "".join(letters), places
