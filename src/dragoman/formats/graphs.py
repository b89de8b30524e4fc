"""Events as a dynamic network for Gephi: GEXF with the days of an edge, GraphML with its first and last.

Nodes are parties; an edge is what one did to another by one type of event, as often as its weight says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .files import write_text
from .foreign import happened, pairs

__all__ = ["GRAPHS", "write_graph"]

GRAPHS = (".gexf", ".graphml")
"""The endings of networks."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')


def write_graph(events: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write the network of events that happened to a .gexf or .graphml file; returns the number of its edges.

    Raises:
        UsageError: the file cannot be written.
    """
    dynamic = path.suffix.lower() == ".gexf"
    import networkx  # loaded where it is used: reading does without it

    graph = _graph(events, dynamic=dynamic)
    text = "\n".join(networkx.generate_gexf(graph) if dynamic else networkx.generate_graphml(graph)) + "\n"
    # networkx notes the day of writing, which would make two exports of one archive differ.
    write_text([_CLOCK.sub("", text)], path)
    return int(graph.number_of_edges())


def _graph(events: Iterable[Mapping[str, Any]], *, dynamic: bool) -> Any:
    import networkx

    nodes: dict[str, dict[str, str]] = {}
    edges: dict[tuple[str, str, str], list[tuple[str | None, str | None, float]]] = {}
    for event in events:
        if not happened(event) or event["type"] is None:
            continue
        when = event["date"] or {}
        for pair in pairs(event):
            ends = [_node(nodes, party) for party in pair if party is not None]
            if len(ends) == 2 and ends[0] != ends[1]:
                once = (when.get("from"), when.get("to"), event["score"])
                edges.setdefault((ends[0], ends[1], event["type"]), []).append(once)
    graph = networkx.MultiDiGraph()
    for identity, attributes in sorted(nodes.items()):
        graph.add_node(identity, **attributes)
    for (one, other, kind), told in sorted(edges.items()):
        graph.add_edge(one, other, key=f"{one} {kind} {other}", **_edge(kind, told, dynamic=dynamic))
    return graph


def _node(nodes: dict[str, dict[str, str]], party: Mapping[str, Any]) -> str:
    identity, name, code = (
        _NO_XML.sub("\ufffd", text) for text in (party["id"] or party["name"], party["name"], party["code"])
    )
    nodes.setdefault(identity, {"label": name, "code": code})
    return identity


def _edge(kind: str, told: list[tuple[str | None, str | None, float]], *, dynamic: bool) -> dict[str, Any]:
    score = round(sum(score for _, _, score in told) / len(told), 3)
    edge: dict[str, Any] = {"type_of_event": kind, "weight": len(told), "mean_score": score}
    # An end that is open is left open: Gephi shows such an edge from or until its known day.
    days = sorted(
        {(start, end) for start, end, _ in told if start or end}, key=lambda span: (span[0] or "", span[1] or "")
    )
    if dynamic:
        return edge | ({"spells": days} if days else {})
    starts, ends = [start for start, _ in days if start], [end for _, end in days if end]
    return edge | ({"first": min(starts)} if starts else {}) | ({"last": max(ends)} if ends else {})
