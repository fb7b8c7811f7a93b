"""A chain as a graph file (产业链图谱导出): GraphML for drawing tools, JSON for programs.

What stands on a node goes in as counts and a state; names stay with whoever may see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

from hexi.chains import Chain
from hexi.reports.legal_text import legal

__all__ = ["as_graphml", "as_record"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = ("title", "title_en", "stage", "codes", "hs", "state", "firms", "projects")
_EDGE_KEYS = ("source", "date")


def as_record(chain: Chain, on_node: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The chain as JSON; ``on_node``: state, firms, projects and whatever else is told by node."""
    return {
        "id": chain.id,
        "title": chain.title,
        "title_en": chain.title_en,
        "source": chain.source,
        "date": chain.date,
        "assumed": chain.assumed,
        "nodes": [
            {
                "id": node.id,
                "title": node.title,
                "title_en": node.title_en,
                "stage": node.stage,
                "codes": list(node.codes),
                "hs": list(node.hs),
                **on_node.get(node.id, {}),
            }
            for node in chain.nodes
        ],
        "edges": [
            {"from": edge.start, "to": edge.end, "source": edge.source, "date": edge.date}
            for edge in chain.edges
        ],
    }


def as_graphml(chain: Chain, on_node: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The chain as GraphML 1.0."""
    root = Xml.Element("graphml", {"xmlns": _NAMESPACE})
    for of, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            kind = "int" if key in ("firms", "projects") else "string"
            told = {"id": f"{of}-{key}", "for": of, "attr.name": key, "attr.type": kind}
            Xml.SubElement(root, "key", told)
    graph = Xml.SubElement(root, "graph", {"id": chain.id, "edgedefault": "directed"})
    for node in as_record(chain, on_node)["nodes"]:
        made = Xml.SubElement(graph, "node", {"id": node["id"]})
        for key in _NODE_KEYS:
            _data(made, f"node-{key}", node.get(key))
    for number, edge in enumerate(chain.edges):
        ends = {"id": f"e{number}", "source": edge.start, "target": edge.end}
        made = Xml.SubElement(graph, "edge", ends)
        _data(made, "edge-source", edge.source)
        _data(made, "edge-date", edge.date)
    Xml.indent(root)
    packed: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return packed


def _data(parent: Xml.Element, key: str, value: Any) -> None:
    """One value; what is not told is left out."""
    if value is None:
        return
    text = "、".join(value) if isinstance(value, list) else str(value)
    Xml.SubElement(parent, "data", {"key": key}).text = legal(text)
