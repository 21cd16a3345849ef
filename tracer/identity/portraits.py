"""All that is compared of a party, made comparable once."""

from dataclasses import dataclass
from typing import Final

from tracer.identity.names import FoldedName, fold_company, look_alike
from tracer.model.party import fold_party
from tracer.model.suggestion import KnownParty
from tracer.rules.stated import fold_stated

__all__ = ["Portrait", "is_valid_code", "portray"]

_PHONE_DIGITS: Final = 11


@dataclass(frozen=True, slots=True)
class Portrait:
    """A party as it is compared.

    Parameters
    ----------
    name : str
        Canonical name.
    names : tuple of FoldedName
        Of every spelling, each once.
    looks : frozenset of str
        The whole names, with one character for all that look alike.
    folded, former : frozenset of str
        Its names, and its former ones, folded as everywhere.
    codes, valid : frozenset of str
        Credit codes stated for it, and those of them that can be right.
    phones, addresses, persons, accounts : frozenset of str
        Folded; blank ones left out.
    regions : frozenset of str
        Of any of its names.
    """

    name: str
    names: tuple[FoldedName, ...]
    looks: frozenset[str]
    folded: frozenset[str]
    former: frozenset[str]
    codes: frozenset[str]
    valid: frozenset[str]
    phones: frozenset[str]
    addresses: frozenset[str]
    persons: frozenset[str]
    accounts: frozenset[str]
    regions: frozenset[str]


def portray(party: KnownParty) -> Portrait:
    """Make a party comparable."""
    spelled = dict.fromkeys((party.name, *party.spellings))
    names = tuple(dict.fromkeys(fold_company(each) for each in spelled))
    return Portrait(
        name=party.name,
        names=names,
        looks=frozenset(look_alike(each.whole) for each in names),
        folded=frozenset(map(fold_party, spelled)),
        former=frozenset(map(fold_party, party.former)),
        codes=frozenset(party.usccs),
        valid=frozenset(filter(is_valid_code, party.usccs)),
        phones=_stated(map(_phone_digits, party.phones)),
        addresses=_stated(map(fold_stated, party.addresses)),
        persons=_stated(map(fold_stated, party.representatives)),
        accounts=frozenset(f"{platform} {account}" for platform, account in party.accounts),
        regions=frozenset(region for each in names for region in each.region),
    )


def _stated(values: "map[str]") -> frozenset[str]:
    return frozenset(filter(None, values))


def is_valid_code(code: str) -> bool:
    """Tell whether the check digit of a credit code is right."""
    from stdnum.cn import uscc

    return bool(uscc.is_valid(code))


def _phone_digits(phone: str) -> str:
    digits = "".join(each for each in fold_stated(phone) if each.isdigit())
    return digits.removeprefix("86") if len(digits) > _PHONE_DIGITS else digits
