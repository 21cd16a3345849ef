"""What cannot be read from a file: `case.toml`, and the options that say the same."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracer.errors import UsageError
from tracer.model.case import DEFAULT_TIMEZONE

__all__ = ["CaseFile", "FileRule", "FileSettings", "check_timezone", "read_case_file"]

ENDS: Final = ("upstream", "downstream")
_MAPPINGS: Final = frozenset({"columns", "rests_on"})
_UNSTATED: Final = frozenset({"sheet", "profile_at"})
_YEARS: Final = range(2000, 2101)


@dataclass(frozen=True)
class FileSettings:
    """What `case.toml` or options say of one file, or one sheet of it.

    Parameters
    ----------
    table, sheet : str or None
        The table it is, and the sheet these settings hold for (None: every sheet).
    columns : Mapping of str to str
        Canonical column by printed header; an empty one leaves the column unread.
    party_a : {"upstream", "downstream"} or None
        Which of the two 甲方 is.
    reporter : str or None
        Whose log it is.
    encoding : str or None
        What to read a text file as.
    price_unit : str or None
        Unit of prices where neither header nor cell names one: 元/条, 分/条, 厘/条.
    profile : str or None
        Profile that turns a gateway's log into routing: a name, or a file that ends in `.toml`.
    year : int or None
        Year of times that do not tell it.
    joined : str or None
        The table a profile joins to the log, as a path from the log's folder.
    rests_on : Mapping of str to str
        SHA-256 of what was read beside the file itself, by name: a profile, a joined table.
    keep_recipients : bool
        Keep handset numbers and content in clear.
    timezone : str
        Zone the calendar days are counted in.
    profile_at : str or None
        Where a profile of one's own lies now, if not where `profile` says; not put on record.
    """

    table: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    party_a: str | None = None
    reporter: str | None = None
    encoding: str | None = None
    price_unit: str | None = None
    profile: str | None = None
    year: int | None = None
    joined: str | None = None
    rests_on: Mapping[str, str] = field(default_factory=dict)
    keep_recipients: bool = False
    timezone: str = DEFAULT_TIMEZONE
    profile_at: str | None = None

    @property
    def stated(self) -> tuple[tuple[str, str], ...]:
        """What was said and is not the default, for the record.

        Examples
        --------
        >>> FileSettings(party_a="upstream", columns={"编号": "contract_no"}).stated
        (('columns.编号', 'contract_no'), ('party_a', 'upstream'))
        """
        said = [(f"columns.{printed}", name) for printed, name in self.columns.items()]
        said += [(f"rests_on.{name}", digest) for name, digest in self.rests_on.items()]
        said += [
            (each.name, str(getattr(self, each.name)))
            for each in fields(self)
            if each.name not in {*_MAPPINGS, *_UNSTATED}
            and getattr(self, each.name) != each.default
        ]
        return tuple(sorted(said))

    def overlaid(self, over: "FileSettings") -> "FileSettings":
        """Put what `over` says in front of what this says.

        Examples
        --------
        >>> said = FileSettings(encoding="gbk", table="contracts")
        >>> said.overlaid(FileSettings(encoding="utf-8")).stated
        (('encoding', 'utf-8'), ('table', 'contracts'))
        """
        said = {
            each.name: getattr(over, each.name)
            for each in fields(over)
            if each.name not in _MAPPINGS and getattr(over, each.name) != each.default
        }
        return replace(
            self,
            **said,
            columns={**self.columns, **over.columns},
            rests_on={**self.rests_on, **over.rests_on},
        )

    @classmethod
    def restored(cls, stated: Iterable[tuple[str, str]]) -> "FileSettings":
        """Make the settings again from what was recorded of them.

        Examples
        --------
        >>> said = FileSettings(year=2023, columns={"编号": "contract_no"})
        >>> FileSettings.restored(said.stated) == said
        True
        """
        said: dict[str, Any] = {"columns": {}, "rests_on": {}}
        for key, value in stated:
            group, dot, name = key.partition(".")
            if dot and group in _MAPPINGS:
                said[group][name] = value
            elif key == "year":
                said[key] = int(value)
            else:
                said[key] = value == "True" if key == "keep_recipients" else value
        return cls(**said)


@dataclass(frozen=True)
class FileRule:
    """One `[[files]]` entry: what holds for the files (and the sheet) it matches."""

    match: str
    settings: FileSettings

    def applies(self, relative: str, sheet: str | None) -> bool:
        """Tell whether it holds for a file, by its path or its name, and for the sheet."""
        if self.settings.sheet is not None and self.settings.sheet != sheet:
            return False
        return fnmatchcase(relative, self.match) or fnmatchcase(
            relative.rpartition("/")[2], self.match
        )


@dataclass(frozen=True)
class CaseFile:
    """A `case.toml`.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies; its globs are relative to it.
    number, name, timezone : str or None
        Of the case.
    rules : tuple of FileRule
        In the order of the file; of several that apply, the later goes first.
    """

    folder: Path
    number: str | None = None
    name: str | None = None
    timezone: str | None = None
    rules: tuple[FileRule, ...] = ()

    def settings_for(
        self, file: Path, sheet: str | None, options: FileSettings | None = None
    ) -> FileSettings:
        """Say what holds for one sheet of a file; what the options say goes first."""
        settings = FileSettings(timezone=self.timezone or DEFAULT_TIMEZONE)
        relative = _relative(file, self.folder)
        if relative is not None:
            for rule in self.rules:
                if rule.applies(relative, sheet):
                    settings = settings.overlaid(rule.settings)
        return replace(settings.overlaid(options or FileSettings()), sheet=sheet)

    def takes(self, file: Path) -> bool:
        """Tell whether a rule names a profile for a file, whatever the file's name ends in."""
        relative = _relative(file, self.folder)
        return relative is not None and any(
            rule.settings.profile is not None and rule.applies(relative, rule.settings.sheet)
            for rule in self.rules
        )

    def unused_rules(self, files: Iterable[Path]) -> tuple[str, ...]:
        """Name the globs that match none of the files: probably misspelt."""
        names = [name for file in files if (name := _relative(file, self.folder)) is not None]
        return tuple(
            rule.match
            for rule in self.rules
            if not any(rule.applies(name, rule.settings.sheet) for name in names)
        )


def _relative(file: Path, folder: Path) -> str | None:
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return None


def check_timezone(name: str) -> str:
    """Accept the name of a time zone.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError("unknown_timezone", timezone=name) from error
    return name


def read_case_file(path: Path) -> CaseFile:
    """Read a `case.toml`.

    Raises
    ------
    UsageError
        If it cannot be read, is no TOML, or has a key or value that means nothing.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as fault:
        raise UsageError(
            "unreadable_file", path=path.as_posix(), detail=fault.strerror or ""
        ) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        detail = " ".join(str(fault).split())
        raise UsageError("case_syntax", path=path.as_posix(), detail=detail) from fault
    reader = _CaseReader(path.as_posix())
    reader.check_keys("", content, ("case", "files"))
    case = reader.section("case", content.get("case", {}))
    reader.check_keys("case.", case, ("number", "name", "timezone"))
    timezone = reader.value("case.timezone", case.get("timezone"), check_timezone)
    return CaseFile(
        folder=path.parent,
        number=reader.value("case.number", case.get("number")),
        name=reader.value("case.name", case.get("name")),
        timezone=timezone,
        rules=tuple(reader.rules(content.get("files", []))),
    )


class _CaseReader:
    """Reads values of one `case.toml`, naming the key that is wrong."""

    def __init__(self, path: str) -> None:
        self._path = path

    def check_keys(self, prefix: str, found: Mapping[str, Any], known: Iterable[str]) -> None:
        known = tuple(known)
        for key in found:
            if key not in known:
                raise UsageError(
                    "case_key", path=self._path, key=prefix + key, known=", ".join(known)
                )

    def section(self, key: str, found: object) -> Mapping[str, Any]:
        if not isinstance(found, dict):
            raise self._fault(key, found)
        return found

    def value(
        self, key: str, found: object, check: Callable[[str], str] | None = None
    ) -> str | None:
        if found is None:
            return None
        if not isinstance(found, str) or not found.strip():
            raise self._fault(key, found)
        if check is None:
            return found.strip()
        try:
            return check(found.strip())
        except (UsageError, ValueError) as error:
            raise self._fault(key, found) from error

    def _fault(self, key: str, found: object) -> UsageError:
        return UsageError("case_value", path=self._path, key=key, value=str(found))

    def rules(self, found: object) -> Iterable[FileRule]:
        if not isinstance(found, list):
            raise self._fault("files", found)
        for number, entry in enumerate(found, start=1):
            key = f"files[{number}]"
            yield self._rule(f"{key}.", self.section(key, entry))

    def _rule(self, prefix: str, entry: Mapping[str, Any]) -> FileRule:
        self.check_keys(prefix, entry, ("match", *_FILE_KEYS, "year", "columns"))
        match = self.value(f"{prefix}match", entry.get("match"))
        if match is None:
            raise UsageError("case_match", path=self._path, key=f"{prefix}match")
        said: dict[str, Any] = {
            name: self.value(prefix + key, entry.get(key), check)
            for key, (name, check) in _FILE_KEYS.items()
            if key in entry
        }
        if said.get("profile"):
            said["profile"] = self._profile(said["profile"])
        if "year" in entry:
            said["year"] = self._year(f"{prefix}year", entry["year"])
        columns = {}
        for printed, name in self.section(f"{prefix}columns", entry.get("columns", {})).items():
            if not isinstance(name, str):
                key = f"{prefix}columns.{printed}"
                raise self._fault(key, name)
            columns[printed] = name.strip()
        return FileRule(match, FileSettings(**said, columns=columns))

    def _year(self, key: str, found: object) -> int:
        if type(found) is not int or found not in _YEARS:
            raise self._fault(key, found)
        return found

    def _profile(self, name: str) -> str:
        """Take the path of a profile from the folder of the case."""
        is_file = name.endswith(".toml")
        return (Path(self._path).parent / name).as_posix() if is_file else name


def _check_table(name: str) -> str:
    from tracer.ingest.columns import find_table

    try:
        return find_table(name).name
    except KeyError as error:
        raise ValueError(name) from error


def _check_end(name: str) -> str:
    if name not in ENDS:
        raise ValueError(name)
    return name


def _check_encoding(name: str) -> str:
    from tracer.ingest.textfiles import find_codec

    if find_codec(name) is None:
        raise ValueError(name)
    return name


def _check_price_unit(name: str) -> str:
    from tracer.ingest.amounts import PRICE_UNITS

    if name not in PRICE_UNITS:
        raise ValueError(name)
    return name


_FILE_KEYS: Final[dict[str, tuple[str, Callable[[str], str] | None]]] = {
    "sheet": ("sheet", None),
    "table": ("table", _check_table),
    "encoding": ("encoding", _check_encoding),
    "party_a": ("party_a", _check_end),
    "reported_by": ("reporter", None),
    "price_unit": ("price_unit", _check_price_unit),
    "profile": ("profile", None),
    "joined": ("joined", None),
}
