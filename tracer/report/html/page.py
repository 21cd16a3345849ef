"""Renders traces as one offline page, through pyvis and a template of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.payload import Panel, make_panel, network_edges, network_nodes, texts
from tracer.report.html.policy import as_inline, content_policy, network_script
from tracer.report.html.shell import FOLDER, dress, read_part, tool_version
from tracer.report.ladder_table import ladder_table
from tracer.report.papers import shown
from tracer.report.projection import build_views
from tracer.report.shared import SharedParty, shared_parties
from tracer.report.view import PLAIN_ABOVE
from tracer.report.wording import Said, join, same, say
from tracer.rules.examined import ExaminedTrace

__all__ = ["render_page"]

_OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
        "selectConnectedEdges": False,
        "zoomView": False,
    },
    "nodes": {"shape": "custom", "fixed": True, "shadow": False},
    # lines are painted along their own routes: vis knows no lanes and no double lines
    "edges": {"hidden": True, "smooth": False},
}


@dataclass(frozen=True, slots=True)
class Page:
    """What the template is given."""

    lang: Language
    title: Said
    case: CaseInfo
    panels: tuple[Panel, ...]
    policy: str
    style: str
    scripts: tuple[str, ...]
    version: str
    limit: int
    shared: tuple[SharedParty, ...] = ()

    def data(self) -> dict[str, Any]:
        """Give what the script of the page reads."""
        return {"texts": texts(), "panels": [panel.data() for panel in self.panels]}


def render_page(traces: Sequence[ExaminedTrace], case: CaseInfo, lang: Language) -> bytes:
    """Render one or several traces as one HTML file that needs nothing else.

    Parameters
    ----------
    traces : sequence of ExaminedTrace
        One picture each, with its findings; a contract in several of them bears one number.
    case : CaseInfo
        Case number and name, for the headings.
    lang : {"zh", "en"}
        Language the page opens in; it holds both.

    Returns
    -------
    bytes
        UTF-8; equal for equal input.

    Raises
    ------
    IntegrityError
        If the script pyvis carries is not the one this version was made with.
    """
    from pyvis.network import Network

    views = build_views(traces, case)
    panels = tuple(
        make_panel(view, f"v{index}", ladder_table(trace.trace))
        for index, (view, trace) in enumerate(zip(views, traces, strict=True))
    )
    scripts = (
        network_script(),
        as_inline(read_part("picture.js") + read_part("folds.js") + read_part("page.js")),
    )
    style = as_inline(read_part("page.css") + _paper_footer(panels))
    page = Page(
        lang=lang,
        title=say("page.title", number=join(same(view.number) for view in views)),
        case=case,
        panels=panels,
        policy=content_policy(scripts, (style,)),
        style=style,
        scripts=scripts,
        version=tool_version(),
        limit=PLAIN_ABOVE,
        shared=shared_parties(views) if len(views) > 1 else (),
    )
    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(FOLDER), "page.html")
    environment = network.templateEnv
    dress(environment)
    environment.globals |= {"page": page, "say": say, "same": same, "shown": shown}
    network.options = dict(_OPTIONS)
    network.nodes = network_nodes(panels)
    network.edges = network_edges(panels)
    html: str = network.generate_html()
    return html.replace("\r\n", "\n").encode()


def _paper_footer(panels: Sequence[Panel]) -> str:
    """Write what the foot of every printed sheet says: the numbers and the digest of the inputs."""
    numbers = [panel.view.number for panel in panels][:4]
    digest = panels[0].view.digest[:16] if panels else ""
    words = " ".join(number for number in numbers if number.isascii() and number.isdigit())
    return f'@page{{@bottom-left{{content:"{words} · SHA-256 {digest}…"}}}}\n'
