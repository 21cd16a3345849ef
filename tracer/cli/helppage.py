"""A help page in the language chosen, in columns that fit Chinese too.

Typer's own page is English, and breaks lines at blanks, of which Chinese has none.
"""

import shutil
from collections.abc import Sequence
from typing import Any, Final

from tracer.cli.cells import pad, width, wrap
from tracer.cli.settings import Settings

__all__ = ["help_page", "is_flag"]

_WIDEST: Final = 100
_FIRST_COLUMN: Final = 34
_ORDER: Final = (
    "template", "demo", "load", "sources", "rejects", "trace", "rows", "party", "links", "factors",
    "audit", "render", "export", "verify", "rules", "db", "log",
)  # fmt: skip
"""In help, commands stand in the order in which one comes to need them."""


def is_flag(param: Any) -> bool:
    """Tell whether a parameter is an option without a value."""
    return bool(getattr(param, "is_flag", False))


def help_page(command: Any, ctx: Any) -> str:
    """Write usage, purpose, arguments, options and commands."""
    settings: Settings = ctx.find_object(Settings)
    cells = min(shutil.get_terminal_size().columns, _WIDEST)
    arguments, options = [], []
    usage = [ctx.command_path, settings.text("help.options_word")]
    for param in command.get_params(ctx):
        if getattr(param, "hidden", False):
            continue
        about = settings.text("help.help") if param.name == "help" else param.help or ""
        if param.param_type_name == "argument":
            name = str(param.metavar or param.name)
            usage.append(name if param.required else f"[{name}]")
            arguments.append((name, about))
        else:
            value = "" if is_flag(param) or not param.metavar else f" {param.metavar}"
            options.append((", ".join(sorted(param.opts, key=len)) + value, about))
    commands = [
        (name, each.help or "")
        for name, each in sorted(
            getattr(command, "commands", {}).items(),
            key=lambda item: _ORDER.index(item[0]) if item[0] in _ORDER else len(_ORDER),
        )
    ]
    if commands:
        usage.append(settings.text("help.command_word"))
    lines = [settings.text("help.usage", words=" ".join(usage))]
    if command.help:
        lines += ["", *(f"  {each}".rstrip() for each in wrap(command.help, cells - 2))]
    for title, rows in (("arguments", arguments), ("options", options), ("commands", commands)):
        if rows:
            lines += ["", settings.text(f"help.{title}"), *_definitions(rows, cells)]
    return "\n".join(lines) + "\n"


def _definitions(rows: Sequence[tuple[str, str]], cells: int) -> list[str]:
    column = min(max(width(name) for name, _ in rows), _FIRST_COLUMN) + 4
    lines: list[str] = []
    for name, about in rows:
        # In a list of commands the first paragraph is enough.
        folded = wrap(about.partition("\n")[0], max(cells - column, 20))
        first = f"  {name}"
        if width(name) > column - 4:
            lines.append(first)
            first = ""
        lines.append((pad(first, column) + folded[0]).rstrip())
        lines += [" " * column + each for each in folded[1:]]
    return lines
