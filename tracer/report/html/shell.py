"""What the pages have in common: their templates' settings, their parts, who made them."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

__all__ = ["FOLDER", "dress", "read_part", "tool_version"]

FOLDER: Final = Path(__file__).parent
"""Where templates, styles and scripts lie."""


def dress(environment: Any) -> None:
    """Set up a template environment: every text escaped, JSON small and in a fixed order."""
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
    }


def read_part(name: str) -> str:
    """Read a style or script."""
    return (FOLDER / name).read_text(encoding="utf-8")


def tool_version() -> str:
    """Give the version of this program."""
    try:
        return version("tracer")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"
