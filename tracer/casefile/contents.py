"""What a package says of itself, in one file that a program reads: `reproduction.json`."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from tracer.casefile.places import is_safe_place
from tracer.errors import IntegrityError
from tracer.messages import LANGUAGES, Language

__all__ = [
    "BESIDE",
    "DATA_LIST",
    "DOCUMENT",
    "EVENTS",
    "EVIDENCE_LIST",
    "EXTRACT",
    "INPUTS",
    "PAYLOAD",
    "REPRODUCTION",
    "RESULTS",
    "SCHEMA",
    "SOURCE",
    "Contents",
    "InputFile",
    "Options",
    "Result",
    "read_contents",
    "write_contents",
]

SCHEMA: Final = "tracer.package/1"
PAYLOAD: Final = "data"
"""Folder of a BagIt package that holds all but its manifests."""
REPRODUCTION: Final = "reproduction.json"
EVENTS: Final = "custody/events.jsonl"
INPUTS: Final = "inputs"
RESULTS: Final = "results"
EXTRACT: Final = "extract/records.csv"
EVIDENCE_LIST: Final = "lists/证据清单"
DATA_LIST: Final = "lists/电子数据清单"

_FORM: Final = re.compile(r"(?:\.[a-z0-9]+)+")

SOURCE: Final = "source"
DOCUMENT: Final = "document"
BESIDE: Final = "beside"
"""What an input is: a table that was loaded, a paper it names, a file it was read with."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file the results rest on.

    Parameters
    ----------
    path : str
        As it was given when it was loaded.
    kind : str
        `source`, `document`, or `beside` (a profile, a table joined to a log).
    sha256, sm3 : str or None
        Of its bytes; None for a document that was not there when the table was loaded.
    size : int or None
        Bytes.
    place : str or None
        Where it stands in the payload; None when it is not packed.
    """

    path: str
    kind: str
    sha256: str | None
    sm3: str | None
    size: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for.

    Parameters
    ----------
    numbers : tuple of str
        What was traced.
    first, last : str or None
        The window, ISO days; None where open.
    as_of : str or None
        Moment as of which the case is told, ISO 8601; None: as it stands.
    lang : {"zh", "en"}
        Language of the results.
    max_chains : int
        How many chains a trace lists.
    with_sources : bool
        Whether the source files are packed.
    is_redacted : bool
        Whether names and the like stand under pseudonyms.
    forms : tuple of str
        Extensions of the files made of each trace.
    """

    numbers: tuple[str, ...]
    first: str | None
    last: str | None
    as_of: str | None
    lang: Language
    max_chains: int
    with_sources: bool
    is_redacted: bool
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A file that was made of the inputs, and may be made again."""

    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All of it.

    Parameters
    ----------
    exported_at, exported_by : str
        The one time that is of the export and not of the case; who exported, blank if unsaid.
    case_no : str or None
        Number of the case, as it was given.
    options : Options
        What was asked for.
    versions : Mapping of str to str
        Of the program and of what it rests on.
    inputs : tuple of InputFile
        By path.
    results : tuple of Result
        By place.
    events : int
        Entries of the custody log before this export.
    head : str or None
        Digest of the last of them; None where the log is left out.
    """

    exported_at: str
    exported_by: str
    case_no: str | None
    options: Options
    versions: Mapping[str, str]
    inputs: tuple[InputFile, ...]
    results: tuple[Result, ...]
    events: int
    head: str | None


def write_contents(contents: Contents) -> str:
    """Write it as JSON: `tracer.package/1`, one value a line."""
    said = {"schema": SCHEMA, **asdict(contents)}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def read_contents(text: str, package: str) -> Contents:
    """Read it back.

    Parameters
    ----------
    package : str
        Path of the package, for the error.

    Raises
    ------
    IntegrityError
        If it is not what `write_contents` writes.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        if said.pop("schema") != SCHEMA:
            raise IntegrityError("package_schema", path=package, schema=SCHEMA)
        options = {**said.pop("options")}
        for name in ("numbers", "forms"):
            options[name] = tuple(options[name])
        options["lang"] = LANGUAGES[LANGUAGES.index(options["lang"])]
        found = Contents(
            options=Options(**options),
            inputs=tuple(InputFile(**each) for each in said.pop("inputs")),
            results=tuple(Result(**each) for each in said.pop("results")),
            **said,
        )
        _check(found)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise IntegrityError("package_unreadable", path=package, file=REPRODUCTION) from fault
    return found


def _check(contents: Contents) -> None:
    """Make sure that a package made by anybody names no place outside itself, and asks nothing odd.

    Raises
    ------
    ValueError
        If it does.
    """
    options = contents.options
    for day in (options.first, options.last):
        if day is not None:
            date.fromisoformat(day)
    if options.as_of is not None:
        datetime.fromisoformat(options.as_of)
    placed = [each.place for each in contents.inputs if each.place is not None]
    places = [*placed, *(each.place for each in contents.results)]
    holds = (
        bool(options.numbers)
        and all(number.isascii() and number.isdigit() for number in options.numbers)
        and all(_FORM.fullmatch(form) for form in options.forms)
        and isinstance(options.max_chains, int)
        and options.max_chains > 0
        and all(is_safe_place(place) for place in places)
    )
    if not holds:
        raise ValueError
