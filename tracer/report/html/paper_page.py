"""Renders a paper as one offline page, in the dress of the trace's page."""

import re
from typing import TYPE_CHECKING, Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.shell import make_shell, new_environment
from tracer.report.papers import Paper, is_token, shown
from tracer.report.wording import Said, say

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
    shell = make_shell(
        paper.title,
        case,
        styles=("paper.css",),
        scripts=(),
        without_script=say("page.no_script_paper"),
        window=paper.window,
        digest=paper.digest,
    )
    html = (
        new_environment(lang)
        .get_template("paper.html")
        .render(
            shell=shell,
            paper=paper,
            shown=shown,
            is_token=is_token,
            is_long=_is_long,
            whole=whole_tokens,
        )
    )
    return str(html).replace("\r\n", "\n").encode()


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
