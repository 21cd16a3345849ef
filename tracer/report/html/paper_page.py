"""Renders a paper as one offline page, in the dress of the trace's page."""

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.policy import as_inline, content_policy
from tracer.report.html.shell import FOLDER, dress, read_part, tool_version
from tracer.report.papers import Paper, is_token, shown
from tracer.report.wording import same, say

__all__ = ["render_paper"]


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
        policy=content_policy((script,), (style,)),
        style=style,
        script=script,
        version=tool_version(),
    )
    return html.replace("\r\n", "\n").encode()


def _paper_footer(paper: Paper) -> str:
    """Write what the foot of every printed sheet says: the digest of the inputs."""
    return f'@page{{@bottom-left{{content:"SHA-256 {paper.digest[:16]}…"}}}}\n'
