#!/usr/bin/env python3
"""Writes the generated parts of `formats.md`, `cli.md` and `rules.md`: `make docs`.

The prose of a page is written by hand; what stands between `<!-- generated: NAME -->` and
`<!-- end -->` comes from the program itself. A test fails when a page is out of date.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tracer.ingest.columns import TABLES, Column, Table, column_label, table_label
from tracer.ingest.duckdb_queries import FILE, write_down
from tracer.ingest.headers import fold_header
from tracer.ingest.spellings import PARTY_ENDINGS, USCC
from tracer.messages import LANGUAGES, Language, text
from tracer.report.findings import clauses_of
from tracer.rules.base import RegisterRule, Rule
from tracer.rules.registry import ALL_RULES

HERE: Final = Path(__file__).parent
WIDTH: Final = "100"
KINDS: Final[dict[str, str]] = {
    "text": "text, kept as printed",
    "names": "names, set apart by `、` `；` `;` or a line break",
    "party": "a name or a USCC",
    "uscc": "18 characters with a right check digit",
    "segments": "one or several segments",
    "number": "3 to 20 digits",
    "digits": "digits",
    "date": "a date",
    "end": "a date, or 长期",
    "datetime": "date and time",
    "money": "an amount in yuan",
    "price": "a price per message",
    "integer": "a whole number from 1",
    "boolean": "yes or no (是/否)",
    "choice": "one of the words below",
    "person": "a person: stored masked",
    "phone": "a handset: stored masked",
    "content": "words of a message: stored as their length",
}
_FLAGS: Final = re.compile(r"^Flags\n-+\n(.+?)(?=\n\w+\n-+\n|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK: Final = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def formats() -> str:
    """Write every input table with its columns and the headers they go by."""
    return "\n".join(line for table in TABLES for line in _table(table))


def _table(table: Table) -> Iterator[str]:
    names = " · ".join((table_label(table.name, "en"), table_label(table.name, "zh")))
    yield f"### {names} (`{table.name}`)\n"
    for lang in LANGUAGES:
        yield text(f"template.{table.name}", lang) + "\n"
    if table.either:
        yield f"One of {' and '.join(f'`{name}`' for name in table.either)} is required.\n"
    yield "| column | 中文 | English | holds | also read as |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        if not column.is_told:
            yield _row(table, column)
    yield ""


def _row(table: Table, column: Column) -> str:
    zh, en = (column_label(table.name, column.name, lang) for lang in LANGUAGES)
    known = {fold_header(each)[0] for each in (column.name, zh, en)}
    others = [each for each in _without_endings(column) if fold_header(each)[0] not in known]
    name = f"**`{column.name}`** \\*" if column.required else f"`{column.name}`"
    cells = (name, zh, en, KINDS[column.kind], " · ".join(others))
    return "| " + " | ".join(cells).rstrip() + " |"


def _without_endings(column: Column) -> Iterator[str]:
    """Leave out what the page says once for all: 上游公司名称 where there is 上游."""
    given = dict.fromkeys(column.aliases)
    for alias in given:
        if column.kind == "party":
            stems = (alias.removesuffix(end) for end in PARTY_ENDINGS if alias.endswith(end))
            is_longer = any(stem in given for stem in stems)
        elif column.kind == "uscc" and column.name != "uscc":
            is_longer = not alias.endswith(USCC[0]) and any(map(alias.endswith, USCC))
        else:
            is_longer = False
        if not is_longer:
            yield alias


def endings() -> str:
    """Write what may stand behind the name of a party, and what a credit code is called."""
    return (
        f"Behind the name of a party's column may stand {', '.join(PARTY_ENDINGS)}\n"
        f"(上游, 上游公司名称). A credit code goes by {', '.join(USCC)}."
    )


def commands_zh() -> str:
    """Write the help of every command, in Chinese."""
    return _help("zh")


def commands_en() -> str:
    """Write the help of every command, in English."""
    return _help("en")


def _help(lang: Language) -> str:
    import typer
    from typer.testing import CliRunner

    from tracer.cli.app import build_app

    app = build_app(lang)
    runner = CliRunner(env={"COLUMNS": WIDTH, "TRACER_DB": None})

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[str]:
        page = runner.invoke(app, [*words, "--help"], prog_name="tracer").stdout
        yield f"### `{' '.join(('tracer', *words))}`\n\n```text\n{page}```\n"
        below = getattr(command, "commands", {})
        for name in sorted(below, key=lambda each: page.index(f"\n  {each} ")):
            yield from walk(below[name], (*words, name))

    return "\n".join(walk(typer.main.get_command(app), ()))


def rules_en() -> str:
    """Write every rule in English, its exact test as its module states it."""
    return "\n".join(part for rule in ALL_RULES for part in _rule(rule, "en"))


def rules_zh() -> str:
    """Write every rule in Chinese."""
    return "\n".join(part for rule in ALL_RULES for part in _rule(rule, "zh"))


def _rule(rule: Rule | RegisterRule, lang: Language) -> Iterator[str]:
    def say(part: str) -> str:
        return text(f"rule.{rule.code}.{part}", lang)

    yield f"### {rule.code} {say('title')} (`{rule.name}`)\n"
    yield say("flags") + "\n"
    if isinstance(rule, RegisterRule):
        yield f"*{text('cli.rules.audit_only', lang)}*\n"
    if lang == "en":
        yield f"- **Exact test.** {_exact_test(rule)}"
    for part in ("evidence", "limits", "rebuttal"):
        head = text(f"cli.rules.{part}", lang)
        yield f"- **{head}.** {say(part)}" if lang == "en" else f"- **{head}**：{say(part)}"
    yield f"- **{text('cli.rules.clauses', lang)}**"
    for clause in clauses_of(rule.code):
        dash = " — " if lang == "en" else "——"
        yield f"  - {clause.citation(lang)}{dash}{clause.brief(lang)}"
    yield ""


def _exact_test(rule: Rule | RegisterRule) -> str:
    """Take the section `Flags` of the module a rule is defined in."""
    name = f"{rule.code}_{rule.name.replace('-', '_')}".lower()
    docstring = import_module(f"tracer.rules.{name}").__doc__ or ""
    section = _FLAGS.search(docstring)
    if section is None:
        message = f"{name}: no section Flags"
        raise ValueError(message)
    return " ".join(section[1].split()).replace("*", r"\*")


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    "endings": endings,
    "formats": formats,
    "commands_en": commands_en,
    "commands_zh": commands_zh,
    "rules_en": rules_en,
    "rules_zh": rules_zh,
}


def renewed(page: str) -> str:
    """Give a page with every generated part as the program has it now."""

    def block(match: re.Match[str]) -> str:
        return f"{match[1]}\n{BLOCKS[match[2]]().rstrip()}\n\n{match[3]}"

    return _BLOCK.sub(block, page)


def pages() -> tuple[Path, ...]:
    """Name the pages that have generated parts."""
    return tuple(
        path for path in sorted(HERE.glob("*.md")) if _BLOCK.search(path.read_text("utf-8"))
    )


def main() -> None:
    """Write every page anew, and the queries that are compiled from an expression."""
    FILE.write_text(write_down(), encoding="utf-8", newline="\n")
    for path in pages():
        path.write_text(renewed(path.read_text("utf-8")), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{os.path.relpath(path)}\n")


if __name__ == "__main__":
    main()
