"""Whose account it was: accounts of a platform, and the days on which they were whose."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracer.model.case import Account
from tracer.model.party import fold_name

__all__ = ["EVER", "NEVER", "AccountBook", "Run", "normalise_account", "unknown_party"]

NEVER: Final = date.min.toordinal()
"""The calendar's first day; rows without a readable day are looked up on it."""
EVER: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Run:
    """A run of days over which an account is the same party's.

    Parameters
    ----------
    first, last : int
        Ordinals of its days, both inclusive.
    party : str or None
        None when nobody is on record.
    appends : str
        Digits the platform adds to what the account submits.
    is_ambiguous : bool
        Two parties are on record, or two different additions.
    """

    first: int
    last: int
    party: str | None = None
    appends: str = ""
    is_ambiguous: bool = False


def normalise_account(text: str) -> str:
    r"""Fold an account to the form in which accounts are compared: NFKC, trimmed.

    Examples
    --------
    >>> normalise_account(" ８００１\t")
    '8001'
    """
    return unicodedata.normalize("NFKC", text).strip()


def unknown_party(account: str, platform: str) -> str:
    """Name the party behind an account that resolves to nobody.

    Examples
    --------
    >>> unknown_party("8001", "甲公司")
    '未识别账号 8001（甲公司）'
    """
    return f"未识别账号 {account}（{platform}）"


class AccountBook:
    """The accounts on record, by platform and account.

    Parameters
    ----------
    accounts : iterable of Account
        In any order; of equal ones the first in order of name is used.

    Examples
    --------
    >>> book = AccountBook([Account("甲", "8001", "乙", appends="01")])
    >>> [(run.party, run.appends) for run in book.runs("甲", "8001")]
    [('乙', '01')]
    """

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._accounts: dict[tuple[str, str], list[Account]] = defaultdict(list)
        for account in sorted(accounts, key=lambda item: (item.party, item.appends)):
            known = (fold_name(account.platform), normalise_account(account.account))
            self._accounts[known].append(account)

    def runs(self, platform: str, account: str, party: str | None = None) -> tuple[Run, ...]:
        """Say whose an account is, day by day.

        Parameters
        ----------
        platform, account : str
            As the log writes them.
        party : str or None
            Who submitted, where the log names it: only entries that agree are looked at.

        Returns
        -------
        tuple of Run
            In order; together they hold every day once.
        """
        entries = self._accounts.get((fold_name(platform), normalise_account(account)), [])
        if party is not None:
            entries = [entry for entry in entries if fold_name(entry.party) == fold_name(party)]
        starts = {NEVER}
        for entry in entries:
            first, last = entry.term.bounds()
            starts |= {first, last + 1}
        firsts = sorted(start for start in starts if start <= EVER)
        lasts = [*(start - 1 for start in firsts[1:]), EVER]
        return tuple(_run(first, last, entries) for first, last in zip(firsts, lasts, strict=True))


def _run(first: int, last: int, entries: Sequence[Account]) -> Run:
    held = [
        entry
        for entry in entries
        if entry.term.bounds()[0] <= first and last <= entry.term.bounds()[1]
    ]
    if not held:
        return Run(first, last)
    said = {(fold_name(entry.party), entry.appends) for entry in held}
    if len(said) > 1:
        return Run(first, last, is_ambiguous=True)
    return Run(first, last, held[0].party, held[0].appends)
