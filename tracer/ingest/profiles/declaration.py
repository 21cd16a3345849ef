"""What a profile says, read from TOML and checked key by key."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tracer.errors import UsageError
from tracer.ingest.columns import find_table
from tracer.ingest.profiles.rewriting import Rewrite, compile_rewrite, compile_time

__all__ = ["KEYS", "Join", "Lines", "Profile", "TimeRules", "find_profile", "shipped_profiles"]

_SHIPPED: Final = Path(__file__).parent
KEYS: Final = (
    "owner", "tables", "byte_literals", "columns", "identity", "all_of", "constants", "time",
    "rewrite", "lines", "join",
)  # fmt: skip
_YEARS: Final = range(2000, 2101)
_TIME_GROUPS: Final = frozenset("YymdHMSf")


@dataclass(frozen=True)
class TimeRules:
    """How a log writes its times.

    Parameters
    ----------
    formats : tuple of str
        Formats tried before those every routing table may have.
    in_message_id : re.Pattern or None
        Where the time stands in a message id, used where the log has no column of times.
    year : int or None
        Year of times that do not tell it.
    """

    formats: tuple[str, ...] = ()
    in_message_id: re.Pattern[str] | None = None
    year: int | None = None


@dataclass(frozen=True)
class Lines:
    """How lines of a log are read that is no table.

    Parameters
    ----------
    begin : re.Pattern
        How a record begins; lines that begin otherwise go on with the one above.
    row : re.Pattern
        How a record begins that tells of a message; others are no rows.
    skip : re.Pattern or None
        How one of them begins that a later one tells again (a message to be retried).
    pattern : re.Pattern
        The record as a whole; its named groups are the columns of the log.
    """

    begin: re.Pattern[str]
    row: re.Pattern[str]
    skip: re.Pattern[str] | None
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Join:
    """A table in which something of every row is looked up.

    Parameters
    ----------
    table : str
        Its name in a dump, or of a sheet.
    file : str
        Its file, as a path from the log's folder.
    key : str
        Column that both have.
    take : str
        Its column that becomes the column `table.take` of the log.
    """

    table: str
    file: str
    key: str
    take: str

    @property
    def printed(self) -> str:
        """Name of the column the log gets by it."""
        return f"{self.table}.{self.take}"


@dataclass(frozen=True)
class Profile:
    """How a gateway's log becomes routing.

    Parameters
    ----------
    name, path, sha256 : str
        As asked for; its file, and the digest of its bytes.
    owner : str or None
        The end of a row's hop the owner of the log stands on; None when columns name both.
    tables : tuple of str
        Names of the log in a dump; none: any whose columns fit.
    byte_literals : bool
        Cells may be Python byte literals.
    columns : Mapping of str to tuple of str
        The log's own names by canonical column; the first it has counts.
    identity : tuple of str
        The log's columns that tell apart rows of one message id (the number of a part).
    all_of : tuple of str
        Canonical columns that are all of their names the log has, set apart by a blank.
    constants : Mapping of str to str
        What stands in canonical columns that the log leaves blank or does not have.
    """

    name: str
    path: str
    sha256: str
    owner: str | None = None
    tables: tuple[str, ...] = ()
    byte_literals: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identity: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    time: TimeRules = field(default_factory=TimeRules)
    rewrites: tuple[Rewrite, ...] = ()
    lines: Lines | None = None
    join: Join | None = None

    def lacking(self, found: Iterable[str]) -> tuple[str, ...]:
        """Name the required columns that neither the log, nor a constant, nor its owner fills."""
        filled = {*found, *self.constants}
        return find_table("routing").missing(filled | ({self.owner} if self.owner else set()))


def shipped_profiles() -> tuple[str, ...]:
    """Name the profiles that come with the program.

    Examples
    --------
    >>> "cmpp3" in shipped_profiles()
    True
    """
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


def find_profile(name: str, place: str | None = None) -> Profile:
    """Find a profile by its name, or read the file `name` ends in `.toml`.

    Parameters
    ----------
    name : str
        As it was given.
    place : str, optional
        Where that file lies, if not there.

    Raises
    ------
    UsageError
        If there is none, or what it says cannot be used.
    """
    if name.endswith(".toml"):
        path = Path(place or name)
    elif name in shipped_profiles():
        path = _SHIPPED / f"{name}.toml"
    else:
        known = ", ".join(shipped_profiles())
        raise UsageError("no_such_profile", profile=name, known=known)
    shown = name if name.endswith(".toml") else path.name
    try:
        content = path.read_bytes()
        said = tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError as fault:
        raise UsageError("no_such_path", path=shown) from fault
    except OSError as fault:
        raise UsageError("unreadable_file", path=shown, detail=fault.strerror or "") from fault
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        detail = " ".join(str(fault).split())
        raise UsageError("case_syntax", path=shown, detail=detail) from fault
    return _Declaration(shown).read(name, hashlib.sha256(content).hexdigest(), said)


class _Declaration:
    """Reads one profile, naming the key that is wrong."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._columns = find_table("routing").names

    def read(self, name: str, sha256: str, said: Mapping[str, Any]) -> Profile:
        self._check_keys("", said, KEYS)
        owner = self._text("owner", said.get("owner"))
        if owner not in {None, "upstream", "downstream"}:
            raise self._fault(owner, key="owner")
        profile = Profile(
            name=name,
            path=self._path,
            sha256=sha256,
            owner=owner,
            tables=self._texts("tables", said.get("tables", [])),
            byte_literals=self._flag("byte_literals", said.get("byte_literals", False)),
            columns={
                key: self._names(f"columns.{key}", found)
                for key, found in self._canonical("columns", said.get("columns", {}))
            },
            identity=self._texts("identity", said.get("identity", [])),
            all_of=self._texts("all_of", said.get("all_of", [])),
            constants={
                key: self._needed(f"constants.{key}", found)
                for key, found in self._canonical("constants", said.get("constants", {}))
            },
            time=self._time(self._section("time", said.get("time", {}))),
            rewrites=tuple(self._rewrites(said.get("rewrite", []))),
            lines=self._lines(said["lines"]) if "lines" in said else None,
            join=self._join(said["join"]) if "join" in said else None,
        )
        self._check_uses(profile)
        named = set(profile.columns)
        if profile.time.in_message_id is not None:
            named.add("sent_at")
        if lacking := profile.lacking(named):
            raise UsageError("profile_lacks", path=self._path, columns=", ".join(lacking))
        if profile.lines is not None:
            self._check_groups(profile, profile.lines)
        return profile

    def _check_uses(self, profile: Profile) -> None:
        """Turn down what would never be looked at: it is meant for something."""
        if "message_id" not in profile.columns:
            for key, found in (
                ("identity", profile.identity),
                ("time.in_message_id", profile.time.in_message_id),
            ):
                if found:
                    raise UsageError(
                        "profile_needs", path=self._path, key=key, needed="columns.message_id"
                    )
        for column in profile.all_of:
            if column not in profile.columns:
                raise UsageError(
                    "profile_needs", path=self._path, key="all_of", needed=f"columns.{column}"
                )
        join = profile.join
        names = {name for found in profile.columns.values() for name in found}
        if join is not None and join.printed not in names:
            raise UsageError(
                "profile_needs", path=self._path, key="join", needed=f'columns.… = "{join.printed}"'
            )

    def _check_groups(self, profile: Profile, lines: Lines) -> None:
        for column, names in profile.columns.items():
            if not set(names) & set(lines.pattern.groupindex):
                raise self._fault(", ".join(names), key=f"columns.{column}")

    def _time(self, said: Mapping[str, Any]) -> TimeRules:
        self._check_keys("time.", said, ("formats", "in_message_id", "year"))
        formats = self._texts("time.formats", said.get("formats", []))
        for each in formats:
            try:
                compile_time(each)
            except ValueError as fault:
                raise self._fault(each, key="time.formats") from fault
        pattern = None
        if "in_message_id" in said:
            pattern = self._pattern("time.in_message_id", said["in_message_id"])
            if not (set("md") <= set(pattern.groupindex) <= _TIME_GROUPS):
                raise self._fault(pattern.pattern, key="time.in_message_id")
        year = said.get("year")
        if year is not None and (type(year) is not int or year not in _YEARS):
            raise self._fault(year, key="time.year")
        return TimeRules(formats, pattern, year)

    def _rewrites(self, said: object) -> Iterable[Rewrite]:
        if not isinstance(said, list):
            raise self._fault(said, key="rewrite")
        for number, entry in enumerate(said, start=1):
            key = f"rewrite[{number}]"
            rule = self._section(key, entry)
            self._check_keys(f"{key}.", rule, ("column", "match", "text"))
            column = self._needed(f"{key}.column", rule.get("column"))
            if column not in self._columns:
                raise self._fault(column, key=f"{key}.column")
            match = self._pattern(f"{key}.match", rule.get("match"))
            text = rule.get("text")
            if not isinstance(text, str):
                raise self._fault(text, key=f"{key}.text")
            try:
                yield compile_rewrite(column, match, text)
            except (re.error, IndexError) as fault:
                raise self._fault(text, key=f"{key}.text") from fault

    def _lines(self, said: object) -> Lines:
        rules = self._section("lines", said)
        self._check_keys("lines.", rules, ("begin", "row", "skip", "pattern"))
        return Lines(
            begin=self._pattern("lines.begin", rules.get("begin")),
            row=self._pattern("lines.row", rules.get("row")),
            skip=self._pattern("lines.skip", rules["skip"]) if "skip" in rules else None,
            pattern=self._pattern("lines.pattern", rules.get("pattern")),
        )

    def _join(self, said: object) -> Join:
        rules = self._section("join", said)
        names = ("table", "file", "key", "take")
        self._check_keys("join.", rules, names)
        return Join(**{name: self._needed(f"join.{name}", rules.get(name)) for name in names})

    def _check_keys(self, prefix: str, found: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in found:
            if key not in known:
                raise UsageError(
                    "case_key", path=self._path, key=prefix + key, known=", ".join(known)
                )

    def _canonical(self, key: str, said: object) -> Iterable[tuple[str, object]]:
        for name, found in self._section(key, said).items():
            if name not in self._columns:
                known = ", ".join(sorted(self._columns))
                raise UsageError("case_key", path=self._path, key=f"{key}.{name}", known=known)
            yield name, found

    def _section(self, key: str, found: object) -> Mapping[str, Any]:
        if not isinstance(found, dict):
            raise self._fault(found, key=key)
        return found

    def _text(self, key: str, found: object) -> str | None:
        if found is None:
            return None
        if not isinstance(found, str) or not found.strip():
            raise self._fault(found, key=key)
        return found

    def _needed(self, key: str, found: object) -> str:
        text = self._text(key, found)
        if text is None:
            raise UsageError("profile_key_missing", path=self._path, key=key)
        return text

    def _texts(self, key: str, found: object) -> tuple[str, ...]:
        items = found if isinstance(found, list) else [found]
        return tuple(self._needed(key, item) for item in items)

    def _names(self, key: str, found: object) -> tuple[str, ...]:
        names = self._texts(key, found)
        if not names:
            raise self._fault("[]", key=key)
        return names

    def _flag(self, key: str, found: object) -> bool:
        if not isinstance(found, bool):
            raise self._fault(found, key=key)
        return found

    def _pattern(self, key: str, found: object) -> re.Pattern[str]:
        try:
            return re.compile(self._needed(key, found), re.DOTALL)
        except re.error as fault:
            raise self._fault(found, key=key) from fault

    def _fault(self, found: object, *, key: str) -> UsageError:
        return UsageError("profile_value", path=self._path, key=key, value=str(found))
