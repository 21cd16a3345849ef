"""Renders an audit as one offline page: the codes worst first, to sort, filter and print."""

from collections.abc import Mapping

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.overview_content import Overview, gather
from tracer.report.html.shell import make_shell, new_environment
from tracer.report.wording import say
from tracer.rules.audited import Audit

__all__ = ["render_overview"]


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
    content: Overview = gather(audit, links)
    shell = make_shell(
        content.title,
        case,
        styles=("overview.css",),
        scripts=("overview.js",),
        without_script=say("audit.page.no_script"),
        window=content.window,
        asked=content.asked,
    )
    html = new_environment(lang).get_template("overview.html").render(shell=shell, page=content)
    return str(html).replace("\r\n", "\n").encode()
