"""What a package tells its receiver in words: what it holds, and how its results are made again.

Both languages stand in each text, Chinese first, so that a file is read by whoever opens it.
"""

import shlex
from collections.abc import Iterator
from pathlib import Path

from tracer.casefile.contents import SOURCE, Contents
from tracer.messages import LANGUAGES, text

__all__ = ["README", "REPRODUCTION_SHEET", "write_words"]

README = "README.txt"
REPRODUCTION_SHEET = "reproduction.txt"


def write_words(contents: Contents, payload: Path) -> None:
    """Write the README and the reproduction sheet of a package below its payload."""
    for place, say in ((REPRODUCTION_SHEET, _reproduction_sheet), (README, _readme)):
        (payload / place).write_bytes(say(contents).encode())


def _readme(contents: Contents) -> str:
    """Say what the package is, what stands where in it, and how it is checked."""
    options = contents.options
    packed = sum(each.place is not None for each in contents.inputs)
    lines = [
        _said("what", version=contents.versions["tracer"], at=contents.exported_at,
              numbers=" ".join(options.numbers), window=_window(contents)),
    ]  # fmt: skip
    if contents.case_no:
        lines.append(_said("case", case_no=contents.case_no))
    if contents.exported_by:
        lines.append(_said("by", operator=contents.exported_by))
    lines.append(_said("results"))
    if options.is_redacted:
        lines.append(_said("redacted"))
    elif options.with_sources:
        lines.append(_said("inputs", count=packed))
    else:
        lines.append(_said("no_inputs"))
    lines.append(_said("lists"))
    if not options.is_redacted:
        lines.append(_said("custody", count=contents.events, head=contents.head))
    lines.append(_said("check" if options.with_sources else "check_only"))
    lines.append(_said("whole"))
    return "\n".join([_title("receiver.title"), *lines]) + "\n"


def _reproduction_sheet(contents: Contents) -> str:
    """Say what the results rest on and how they are made again: inputs, options, commands."""
    return "\n".join(_reproduction(contents)) + "\n"


def _reproduction(contents: Contents) -> Iterator[str]:
    options = contents.options
    yield _title("reproduction.title")
    yield _title("reproduction.inputs")
    for each in contents.inputs:
        yield f"- {each.path}  [{each.kind}]"
        if each.sha256 is None:
            yield f"    {_words('reproduction.absent')}"
            continue
        yield f"    SHA-256 {each.sha256}"
        yield from [f"    SM3     {each.sm3}"] if each.sm3 else []
        yield from [f"    {each.size} bytes"] if each.size is not None else []
        yield from [f"    data/{each.place}"] if each.place else []
    yield _title("reproduction.options")
    yield f"numbers: {' '.join(options.numbers)}"
    yield f"window: {_window(contents)}"
    yield from [f"as-of: {options.as_of}"] if options.as_of else []
    yield f"lang: {options.lang}"
    yield f"max-chains: {options.max_chains}"
    yield _title("reproduction.versions")
    yield from (f"{name} {number}" for name, number in sorted(contents.versions.items()))
    yield _title("reproduction.commands")
    if options.with_sources:
        yield "tracer verify --rerun PACKAGE"
        yield _words("reproduction.by_hand")
        yield "cd data/inputs"
        sources = [each.place for each in contents.inputs if each.kind == SOURCE and each.place]
        places = (each.partition("/")[2] for each in sources)
        yield f"tracer load {' '.join(shlex.quote(each) for each in places)}"
    days = f"{_option('--from', options.first)}{_option('--to', options.last)}"
    for number in options.numbers:
        chains = f"--max-chains {options.max_chains}"
        yield f"tracer --lang {options.lang} render {number}{days} {chains} --out {number}.html"
    yield _title("reproduction.results")
    yield from (f"{each.sha256}  data/{each.place}" for each in contents.results)


def _option(name: str, value: str | None) -> str:
    return f" {name} {value}" if value else ""


def _window(contents: Contents) -> str:
    options = contents.options
    return f"{options.first or '…'} – {options.last or '…'}"


def _title(key: str) -> str:
    return f"\n{_words(key)}\n"


def _words(key: str) -> str:
    return " / ".join(text(key, lang) for lang in LANGUAGES)


def _said(name: str, **values: object) -> str:
    return "\n".join(text(f"receiver.{name}", lang, **values) for lang in LANGUAGES) + "\n"
