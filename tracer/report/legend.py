"""What the picture of a view shows: its legend explains that, and no more."""

from tracer.report.view import GraphView

__all__ = ["signs_of"]


def signs_of(view: GraphView) -> frozenset[str]:
    """Name the signs that a picture of a view holds."""
    shown = {link.style for link in view.links}
    shown |= {role for node in view.drawn() for role in node.roles}
    if any(hop.status == "corroborated" for hop in view.hops):
        shown.add("both")
    if any(hop.back for hop in view.hops):
        shown.add("lane")
    if view.plain:
        shown.add("plain")
    if any(each.boxes for each in view.findings):
        shown.add("lead")
    return frozenset(shown)
