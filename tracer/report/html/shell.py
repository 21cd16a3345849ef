"""What the pages have in common: head, header, foot, language, theme, print, who made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.compiled import compiled_templates
from tracer.report.html.policy import as_inline, content_policy
from tracer.report.wording import Said, same, say

__all__ = ["FOLDER", "Shell", "dress", "make_shell", "new_environment", "read_part", "tool_version"]

FOLDER: Final = Path(__file__).parent
"""Where templates, styles and scripts lie."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands round the content of any page.

    Parameters
    ----------
    window, asked : Said or None
        The period, and what else was asked for, if the heading is to say so.
    digest : str
        Of all inputs; blank where the page names none.
    without_script : Said
        Said to readers whose browser runs no scripts.
    style : str
    scripts : tuple of str
        Inlined as they are; the policy names their digests.
    """

    title: Said
    case_words: str
    window: Said | None
    asked: Said | None
    digest: str
    without_script: Said
    style: str
    scripts: tuple[str, ...]
    policy: str
    version: str


def make_shell(
    title: Said,
    case: CaseInfo,
    *,
    styles: Sequence[str],
    scripts: Sequence[str],
    without_script: Said,
    before: Sequence[str] = (),
    window: Said | None = None,
    asked: Said | None = None,
    digest: str = "",
    foot: str = "",
) -> Shell:
    """Make the shell of a page.

    Parameters
    ----------
    styles, scripts : sequence of str
        Names of the page's own parts; those of all pages come before them.
    before : sequence of str
        Scripts as text that run before any other.
    foot : str
        What the foot of every printed sheet says beside digest and tool: digits only.
    """
    made_by = tool_version()
    style = as_inline(
        "".join(read_part(name) for name in ("base.css", *styles)) + _foot(foot, digest, made_by)
    )
    inlined = (*before, *(as_inline(read_part(name)) for name in ("shell.js", *scripts)))
    return Shell(
        title=title,
        case_words=" ".join(part for part in (case.number, case.name) if part),
        window=window,
        asked=asked,
        digest=digest,
        without_script=without_script,
        style=style,
        scripts=inlined,
        policy=content_policy(inlined, (style,)),
        version=made_by,
    )


def new_environment(lang: Language) -> Any:
    """Give a template environment of our own."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(str(FOLDER)), autoescape=True, undefined=StrictUndefined
    )
    dress(environment, lang)
    return environment


def dress(environment: Any, lang: Language) -> None:
    """Set up a template environment: every text escaped, JSON small and in a fixed order."""
    environment.autoescape = True
    environment.bytecode_cache = compiled_templates()
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
    }
    environment.globals |= {"lang": lang, "say": say, "same": same}


def read_part(name: str) -> str:
    """Read a style or script."""
    return (FOLDER / name).read_text(encoding="utf-8")


def tool_version() -> str:
    """Give the version of this program."""
    try:
        return version("tracer")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


def _foot(words: str, digest: str, made_by: str) -> str:
    """Write what the foot of every printed sheet says; only what cannot end a CSS string."""
    parts = [words, f"SHA-256 {digest[:16]}…" if digest else "", f"tracer {made_by}"]
    said = " · ".join(part for part in parts if part)
    kept = "".join(c for c in said if c.isalnum() or c in " .·…+-")
    return f'@page{{@bottom-left{{content:"{kept}"}}}}\n'
