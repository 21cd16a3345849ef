"""DOT: for Graphviz. A cluster a layer, an edge a contract row or a log."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from tracer.messages import Language, text
from tracer.report.corrected import corrected_words
from tracer.report.exchange.attributes import corrected_allocations
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.gathering import gather
from tracer.report.exchange.network import Member, Network, agreed, by_number
from tracer.report.exchange.strands import (
    CONFIRMED,
    UNCONFIRMED,
    Strand,
    label,
    source,
    strands,
    when,
)
from tracer.report.exchange.wording import about_words, heading
from tracer.report.rendering import Rendering

__all__ = ["quote", "write_dot"]

_STYLES: Final = {"contract": "solid", "routing": "dashed"}
_DOUBLE: Final = "black:white:black"


def write_dot(wanted: Rendering) -> bytes:
    """Write the answer as a directed graph in the DOT language.

    What an edge stands for is in attributes of our own (`record`, `first_day`, `last_day`,
    `messages`, `strength` …), which Graphviz carries along; a term that is open has no such day.
    """
    network, lang = gather(wanted), wanted.lang
    lines = ["digraph tracer {", *_frame(network, lang)]
    for layer, members in groupby(_by_layer(network), key=lambda pair: pair[0]):
        inner = [_party(member, lang) for _, member in members]
        if layer is None:
            lines += inner
        else:
            named = text("page.layer", lang, layer=layer)
            lines += [f"subgraph {quote(f'cluster_layer_{layer}')} {{", f"label={quote(named)};"]
            lines += [*inner, "}"]
    ids = network.ids()
    for member in network.members:
        lines += _gaps(member, ids, lang)
    lines += [_edge(strand, ids, lang) for strand in strands(network.steps)]
    return "\n".join((*lines, "}", "")).encode()


def quote(words: str) -> str:
    r"""Quote a text so that it stands for itself, whatever is in it.

    Examples
    --------
    >>> print(quote('a "b" \\N'))
    "a \"b\" \\N"
    """
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _listed(attributes: Mapping[str, str | None]) -> str:
    known = ((name, value) for name, value in attributes.items() if value is not None)
    return "[" + ", ".join(f"{name}={quote(value)}" for name, value in known) + "]"


def _frame(network: Network, lang: Language) -> Iterator[str]:
    """Yield what holds for the whole graph."""
    made = text("exchange.made", lang, version=network.version, digest=network.digest)
    given = {
        "charset": "UTF-8",
        "rankdir": "TB",
        "labelloc": "t",
        "fontname": "sans",
        "label": f"{heading(network, lang)}\n{made}",
        "comment": about_words(network, lang, links="strands"),
        "inputs": "\n".join(f"{digest}  {stated(path)}" for path, digest in network.sources),
    }
    yield from (f"{name}={quote(value)};" for name, value in given.items())
    yield "node [shape=box, fontname=sans];"
    yield "edge [fontname=sans, fontsize=10];"


def _by_layer(network: Network) -> list[tuple[int | None, Member]]:
    """Put the parties under the layers they have in every number; those without come last."""
    layered = [(agreed(member.layers), member) for member in network.members]
    return sorted(layered, key=lambda pair: (pair[0] is None, pair[0] or 0))


def _party(member: Member, lang: Language) -> str:
    words = [as_named(member.name)]
    if agreed(member.layers) is None and any(layer is not None for _, layer in member.layers):
        words.append(text("exchange.layer_differs", lang, layers=by_number(member.layers)))
    roles = [text(f"page.role.{role}", lang) for role in member.roles]
    if roles:
        words.append(text("page.list_mark", lang).join(roles))
    shown = {
        "label": "\n".join(words),
        "party": as_named(member.name),
        "uscc": member.first.uscc,
        "layers": by_number(member.layers),
        "corrected": corrected_allocations(member),
        "leads": ";".join(member.leads) or None,
        "peripheries": "2" if "sender" in member.roles else None,
        "penwidth": "2" if "holder" in member.roles else None,
    }
    return f"{quote(member.id)} {_listed(shown)};"


def _gaps(member: Member, ids: Mapping[str, str], lang: Language) -> Iterator[str]:
    """Yield what is not on record above a party, as a box of its own."""
    for number, gap in member.gaps:
        key = f"{member.id}-{number}-{gap.kind}"
        words = f"{text(f'page.box.{gap.kind}', lang)}\n{number}"
        yield f"{quote(key)} {_listed({'label': words, 'style': 'dotted', 'gap': gap.kind})};"
        missing = _listed({"style": "dotted", "strength": UNCONFIRMED})
        if len(gap.holders) == 1 and gap.holders[0] != member.name:
            above = _listed({"style": "dotted", "strength": UNCONFIRMED, "arrowhead": "none"})
            yield f"{quote(ids[gap.holders[0]])} -> {quote(key)} {above};"
        yield f"{quote(key)} -> {quote(member.id)} {missing};"


def _edge(strand: Strand, ids: Mapping[str, str], lang: Language) -> str:
    tie, days = strand.first, strand.days
    shown = {
        "id": tie.id,
        "label": f"{label(strand, lang)}\n{when(strand, lang)}",
        "tooltip": source(tie, lang),
        "style": _STYLES[tie.kind],
        "color": _DOUBLE if strand.strength == CONFIRMED else None,
        "kind": tie.kind,
        "record": tie.record.ref.record_id,
        "records": str(len(strand.ties)),
        "evidence": ";".join(tie.evidence),
        "numbers": ";".join(each.number for each in tie.standings),
        "access": "true" if tie.is_access else None,
        "strength": strand.strength,
        "first_day": None if days.first is None else str(days.first),
        "last_day": None if days.last is None else str(days.last),
        "messages": None if strand.messages is None else str(strand.messages),
        "corrected": corrected_words(tie.corrections),
        "leads": ";".join(tie.leads) or None,
        "sha256": tie.record.ref.digest,
    }
    ends = (ids[tie.record.upstream], ids[tie.record.downstream])
    return f"{quote(ends[0])} -> {quote(ends[1])} {_listed(shown)};"
