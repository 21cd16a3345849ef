"""Renders an audit as one offline page: the codes worst first, to sort, filter and print."""

from collections.abc import Mapping, Sequence
from typing import Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.overview_content import Overview, gather
from tracer.report.html.policy import as_inline, content_policy
from tracer.report.html.shell import FOLDER, dress, read_part, tool_version
from tracer.report.wording import say
from tracer.rules.audited import Audit

__all__ = ["render_overview"]

_WITHOUT_SCRIPT: Final = ".later{display:table-row}.tools,.left{display:none}"
"""Style of a page whose script does not run: nothing waits to be asked for."""


def render_overview(
    audit: Audit, case: CaseInfo, lang: Language, links: Mapping[str, str]
) -> bytes:
    """Render an audit as one HTML file that needs nothing else.

    Parameters
    ----------
    audit : Audit
        What was found; its findings need not be kept.
    case : CaseInfo
        Case number and name, for the heading.
    lang : {"zh", "en"}
        Language the page opens in; it holds both.
    links : Mapping of str to str
        Address of a code's own page, seen from this one; those without have none.

    Returns
    -------
    bytes
        UTF-8; equal for equal input.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    content: Overview = gather(audit, links)
    script = as_inline(read_part("overview.js"))
    style = as_inline(read_part("page.css") + read_part("overview.css") + _bars())
    styles: Sequence[str] = (style, _WITHOUT_SCRIPT)
    environment = Environment(
        loader=FileSystemLoader(str(FOLDER)), autoescape=True, undefined=StrictUndefined
    )
    dress(environment)
    html = environment.get_template("overview.html").render(
        page=content,
        case=case,
        lang=lang,
        say=say,
        policy=content_policy((script,), styles),
        style=style,
        without_script=_WITHOUT_SCRIPT,
        script=script,
        version=tool_version(),
    )
    return html.replace("\r\n", "\n").encode()


def _bars() -> str:
    """Write the widths of bars: a page may set none in its elements."""
    return "".join(f".b{step}::after{{width:{step * 5}%}}" for step in range(1, 21)) + "\n"
