"""Renders traces as one offline page, through pyvis and a template of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.report.html.facets import Choices
from tracer.report.html.money import money_of
from tracer.report.html.payload import Panel, make_panel, network_edges, network_nodes
from tracer.report.html.policy import network_script
from tracer.report.html.screen_texts import texts
from tracer.report.html.shell import FOLDER, dress, make_shell
from tracer.report.papers import shown
from tracer.report.projection import build_views
from tracer.report.shared import SharedParty, shared_parties
from tracer.report.traffic import daily_traffic
from tracer.report.view import PLAIN_ABOVE
from tracer.report.wording import join, same, say
from tracer.rules.examined import ExaminedTrace

__all__ = ["SCRIPTS", "render_page"]

SCRIPTS: Final = (
    "painting.js", "picture.js", "folds.js", "items.js", "rows.js", "details.js", "filters.js",
    "showing.js", "days.js", "links.js", "panel.js", "page.js",
)  # fmt: skip
"""Scripts of the page beside vis-network and those of every page, in the order they run."""

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

    panels: tuple[Panel, ...]
    choices: Choices
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
        make_panel(view, f"v{index}", daily_traffic(trace.trace), money_of(trace.trace))
        for index, (view, trace) in enumerate(zip(views, traces, strict=True))
    )
    alone = panels[0] if len(panels) == 1 else None
    numbers = (view.number for view in views[:4])
    shell = make_shell(
        say("page.title", number=join(same(view.number) for view in views)),
        case,
        styles=("page.css",),
        scripts=SCRIPTS,
        before=(network_script(),),
        without_script=say("page.no_script"),
        window=alone.window if alone else None,
        digest=alone.view.digest if alone else "",
        foot=" ".join(number for number in numbers if number.isascii() and number.isdigit()),
    )
    choices = Choices.of_all(panel.facets.choices for panel in panels)
    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(FOLDER), "page.html")
    environment = network.templateEnv
    dress(environment, lang)
    environment.globals |= {
        "page": Page(panels, choices, PLAIN_ABOVE, shared_parties(views)),
        "shell": shell,
        "shown": shown,
    }
    network.options = dict(_OPTIONS)
    network.nodes = network_nodes(panels)
    network.edges = network_edges(panels)
    html: str = network.generate_html()
    return html.replace("\r\n", "\n").encode()
