"""The map of links as a picture of a paper."""

from tracer.dossier.links import Links
from tracer.report.diagram.svg import write_svg
from tracer.report.linkscene import link_scene
from tracer.report.papers import Figure
from tracer.report.wording import Said, say

__all__ = ["draw_links"]


def draw_links(links: Links) -> Figure:
    """Draw the map, in both languages."""
    scene, title = link_scene(links), say("dossier.map.title")
    zh = write_svg(scene, "zh", title=title.zh)
    en = write_svg(scene, "en", title=title.en)
    legend = (
        say("dossier.map.legend_hop"),
        say("dossier.map.legend_asked"),
        say("dossier.map.legend_tie"),
        say("dossier.map.legend_layer"),
    )
    return Figure(title, Said(zh, en), legend)
