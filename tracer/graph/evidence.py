"""The evidence of a trace as a networkx multigraph, one edge per record."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from tracer.graph.result import Trace

__all__ = ["evidence_graph"]


def evidence_graph(trace: "Trace") -> "nx.MultiDiGraph[str]":
    """Project the records of a trace onto a directed multigraph.

    Parameters
    ----------
    trace : Trace
        Its hops and access hops become edges, its parties nodes.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are canonical names with `layer`, `carrier`, `uscc`; edges run from upstream to
        downstream, keyed by record id (a contract row that holds for several terms has `#2` …
        added), with `kind` (`contract`, `routing`), `access`, and what the record says. Attributes
        that are not on record are absent. Two hops in a row need not ever hold together: chains
        are in `Trace.chains`, not in the paths of this graph.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(number=trace.number)
    for party in trace.parties:
        known = {"layer": party.layer, "uscc": party.party.uscc, "carrier": party.carrier}
        graph.add_node(party.name, **{key: v for key, v in known.items() if v is not None})
    hops = [((h.upstream, h.downstream), h.contracts, h.routing, False) for h in trace.hops]
    hops += [((a.carrier, a.party), a.contracts, a.routing, True) for a in trace.access]
    for (upstream, downstream), contracts, routing, is_access in hops:
        seen: dict[str, int] = {}
        for contract in contracts:
            record = contract.ref.record_id
            seen[record] = seen.get(record, 0) + 1
            stated = {
                "contract_no": contract.contract_no,
                "segments": tuple(s.prefix for s in contract.segments),
                "first_day": contract.term.first,
                "last_day": contract.term.last,
            }
            graph.add_edge(
                upstream,
                downstream,
                key=record if seen[record] == 1 else f"{record}#{seen[record]}",
                kind="contract",
                access=is_access,
                **{key: value for key, value in stated.items() if value is not None},
            )
        for total in routing:
            graph.add_edge(
                upstream,
                downstream,
                key=total.ref.record_id,
                kind="routing",
                access=is_access,
                number=total.number,
                day=total.day,
                messages=total.messages,
            )
    return graph
