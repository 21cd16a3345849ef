"""Renders a paper as one offline page, in the dress of the trace's page."""

import re
from typing import TYPE_CHECKING, Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.policy import as_inline, content_policy
from tracer.report.html.shell import FOLDER, dress, read_part, tool_version
from tracer.report.papers import Paper, is_token, shown
from tracer.report.wording import Said, same, say

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["render_paper", "whole_tokens"]

_TOKEN: Final = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_SHORTEST, _LONGEST = 4, 20
_LONG_RUN: Final = re.compile(r"[!-~]{25}")


def render_paper(paper: Paper, case: CaseInfo, lang: Language) -> bytes:
    """Render a paper as one HTML file that needs nothing else.

    Parameters
    ----------
    paper : Paper
        What to set.
    case : CaseInfo
        Case number and name, for the heading.
    lang : {"zh", "en"}
        Language the page opens in; it holds both.

    Returns
    -------
    bytes
        UTF-8; equal for equal input.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    script = as_inline(read_part("paper.js"))
    style = as_inline(read_part("page.css") + read_part("paper.css") + _paper_footer(paper))
    environment = Environment(
        loader=FileSystemLoader(str(FOLDER)), autoescape=True, undefined=StrictUndefined
    )
    dress(environment)
    html = environment.get_template("paper.html").render(
        paper=paper,
        case=case,
        lang=lang,
        say=say,
        same=same,
        shown=shown,
        is_token=is_token,
        is_long=_is_long,
        whole=whole_tokens,
        policy=content_policy((script,), (style,)),
        style=style,
        script=script,
        version=tool_version(),
    )
    return html.replace("\r\n", "\n").encode()


def whole_tokens(words: str) -> "Markup":
    """Mark the code numbers, days and contract numbers in a text, so that no line breaks them.

    Examples
    --------
    >>> str(whole_tokens("10687415、<QY-1>"))
    '<span class="token">10687415</span>、&lt;<span class="token">QY-1</span>&gt;'
    """
    from markupsafe import Markup, escape

    made, done = [], 0
    for match in _TOKEN.finditer(words):
        token = match.group()
        if not _SHORTEST <= len(token) <= _LONGEST or not any(c.isdigit() for c in token):
            continue
        made += [
            escape(words[done : match.start()]),
            Markup('<span class="token">%s</span>') % token,
        ]
        done = match.end()
    return Markup("").join([*made, escape(words[done:])])


def _is_long(said: Said) -> bool:
    """Tell whether a text has a run, a digest or a path, that must break to fit a sheet."""
    return bool(_LONG_RUN.search(said.zh) or _LONG_RUN.search(said.en))


def _paper_footer(paper: Paper) -> str:
    """Write what the foot of every printed sheet says: the digest of the inputs."""
    return f'@page{{@bottom-left{{content:"SHA-256 {paper.digest[:16]}…"}}}}\n'
