"""Reading chains from a pack (装载产业链): one file a chain, every fault with file, line and key.

``chains/industries.toml`` says which codes the industries mean that units name in words,
``chains/classes.csv`` names the classes of GB/T 4754, by which a product is looked up, and
``chains/fit.toml`` holds thresholds and weights; every other TOML file of the folder is a chain.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import Pack, load_pack, pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.chains.fit import TERMS, Kinship, Weights
from hexi.chains.graph import STAGES, Chain, Edge, Node, circle_of
from hexi.chains.placement import Strength

__all__ = ["ChainBook", "check_chains", "load_chains"]

FOLDER = "chains"
INDUSTRIES = "gbt4754-2017"
CLASSES = "classes.csv"
_CODE = re.compile(r"\d{2,4}")
_HS = re.compile(r"\d{4}(\d{2})?")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class ChainBook:
    """The chains of a pack with the words, thresholds and weights that go with them."""

    pack: Pack
    chains: tuple[Chain, ...]
    #: word of a unit's industry -> codes; a word of no industry in particular has none
    industries: Mapping[str, tuple[str, ...]]
    #: division -> section
    sections: Mapping[str, str]
    #: section, division or class -> its official name
    names: Mapping[str, str]
    strength: Strength
    weights: Weights

    def chain(self, chain_id: str) -> Chain:
        """One chain; KeyError for an unknown one."""
        for chain in self.chains:
            if chain.id == chain_id:
                return chain
        raise KeyError(chain_id)

    def name_of(self, code: str) -> str:
        """The official name of a code; of one without a name, that of the division it lies in."""
        return self.names.get(code) or self.names.get(code[:2], "")

    def codes_of(self, words: Iterable[str]) -> tuple[str, ...]:
        """Codes that words of industries mean, each once."""
        found = (code for word in words for code in self.industries.get(word, ()))
        return tuple(dict.fromkeys(found))


def load_chains(pack: str | Path = "gansu") -> ChainBook:
    """The chains of a pack; `PackError` names every fault."""
    root = pack_path(pack).resolve()
    paths = [*sorted((root / FOLDER).glob("*.toml")), *(root / FOLDER).glob(CLASSES)]
    return _load(root, tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in paths))


def check_chains(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the chains of a pack; nothing where it has none."""
    if not (pack_path(pack) / FOLDER).is_dir():
        return []
    try:
        load_chains(pack)
    except PackError as error:
        # Faults of the pack's own tables are told by the check of the pack.
        return [fault for fault in error.faults if fault.file.startswith(f"{FOLDER}/")]
    return []


@lru_cache(maxsize=8)
def _load(root: Path, state: tuple[tuple[str, int, int], ...]) -> ChainBook:
    pack = load_pack(root)
    faults: list[Fault] = []
    items = [item for one in pack.classifications if one.id == INDUSTRIES for item in one.items]
    sections = {item.code: item.parent for item in items if item.parent}
    chains: list[Chain] = []
    for name, _, _ in state:
        if name in ("industries.toml", "fit.toml", CLASSES):
            continue
        toml = read_toml(root, f"{FOLDER}/{name}", faults)
        if toml is not None:
            chains.append(_chain(toml, sections, faults))
    words = _industries(read_toml(root, f"{FOLDER}/industries.toml", faults), sections, faults)
    names = {item.code: item.name for item in items}
    names |= _classes(root / FOLDER / CLASSES, sections, faults)
    strength, weights = _fit(read_toml(root, f"{FOLDER}/fit.toml", faults), faults)
    if faults:
        raise PackError(root.name, faults)
    return ChainBook(pack, tuple(chains), words, sections, names, strength, weights)


def _chain(toml: TomlFile, sections: Mapping[str, str], faults: list[Fault]) -> Chain:
    head = Keys(toml, ("chain",), toml.values.get("chain"), faults)
    nodes = tuple(_node(keys, sections) for keys in Keys.each(toml, "node", faults))
    known = {node.id for node in nodes}
    edges: list[Edge] = []
    for keys in Keys.each(toml, "edge", faults):
        edge = Edge(
            keys.text("from", required=True),
            keys.text("to", required=True),
            keys.text("source", default=head.text("source")),
            _date(keys, head.text("date")),
        )
        for key, end in (("from", edge.start), ("to", edge.end)):
            if end not in known:
                keys.fault(key, "本链的节点", end, "a node of this chain")
        keys.done()
        edges.append(edge)
    if len(known) < len(nodes):
        head.fault("id", "节点 id 互不重复", "有重复", "nodes with ids of their own")
    chain = Chain(
        head.text("id", required=True),
        head.text("title", required=True),
        head.text("title_en", required=True),
        head.text("source", required=True),
        _date(head, ""),
        head.text("assumed"),
        head.text("assumed_en"),
        nodes,
        tuple(edges),
    )
    head.done()
    _no_circle(chain, known, toml, faults)
    return chain


def _no_circle(chain: Chain, known: set[str], toml: TomlFile, faults: list[Fault]) -> None:
    pairs = [(edge.start, edge.end) for edge in chain.edges]
    circle = circle_of(sorted(known), [pair for pair in pairs if known.issuperset(pair)])
    if circle:
        closing = pairs.index((circle[-2], circle[-1]))
        line = toml.line("edge", closing)
        said = ("没有回路的供给关系", " → ".join(circle), "edges without a circle")
        faults.append(Fault(toml.file, line, f"edge.{closing}", *said))


def _node(keys: Keys, sections: Mapping[str, str]) -> Node:
    node = Node(
        keys.text("id", required=True),
        keys.text("title", required=True),
        keys.text("title_en", required=True),
        keys.choice("stage", STAGES),
        _codes(keys, sections),
        keys.texts("hs"),
        keys.texts("products"),
    )
    for code in node.hs:
        if not _HS.fullmatch(code):
            keys.fault("hs", "四位或六位 HS 编码", code, "an HS code of four or six digits")
    if not node.codes and not node.hs:
        keys.fault("codes", "行业代码或 HS 编码", "都没有", "industry codes or HS codes")
    keys.done()
    return node


def _codes(keys: Keys, sections: Mapping[str, str]) -> tuple[str, ...]:
    codes = keys.texts("codes")
    for code in codes:
        if not _CODE.fullmatch(code) or code[:2] not in sections:
            keys.fault("codes", "GB/T 4754 两至四位代码", code, "a GB/T 4754 code of 2 to 4 digits")
    return codes


def _date(keys: Keys, default: str) -> str:
    written = keys.text("date", default=default)
    if not _DAY.fullmatch(written):
        keys.fault("date", "日期，如 2016-08", written or "空白", "a date, as 2016-08")
    return written


def _industries(
    toml: TomlFile | None, sections: Mapping[str, str], faults: list[Fault]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for keys in Keys.each(toml, "industry", faults) if toml else ():
        codes = _codes(keys, sections)
        for name in keys.texts("names"):
            if name in found:
                keys.fault("names", "只出现一次的名称", name, "a name that is given once")
            found[name] = codes
        if not codes and not keys.text("reason"):
            keys.fault("codes", "行业代码，或无代码的理由", "空白", "codes, or the reason for none")
        keys.text("reason")
        keys.done()
    return found


def _classes(path: Path, sections: Mapping[str, str], faults: list[Fault]) -> dict[str, str]:
    """Names of the four-digit classes; a pack without them knows divisions only."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.reader(file), 1):
            if line == 1:
                continue
            code = row[0] if row else ""
            if len(row) != 2 or not _CODE.fullmatch(code) or code[:2] not in sections or not row[1]:
                said = ("GB/T 4754 代码，名称", ",".join(row), "a GB/T 4754 code, a name")
                faults.append(Fault(f"{FOLDER}/{CLASSES}", line, "code", *said))
            elif code in found:
                said = ("只出现一次的代码", code, "a code that is given once")
                faults.append(Fault(f"{FOLDER}/{CLASSES}", line, "code", *said))
            else:
                found[code] = row[1]
    return found


def _fit(toml: TomlFile | None, faults: list[Fault]) -> tuple[Strength, Weights]:
    values = toml.values if toml else {}
    at = toml or TomlFile(f"{FOLDER}/fit.toml", "")
    node = Keys(at, ("node",), values.get("node", {}), faults)
    strength = Strength(node.number("few", 2, 1000), node.amount("alone"))
    if not 0 < strength.alone <= 1:
        node.fault("alone", "0 与 1 之间", f"{strength.alone}", "between 0 and 1")
    node.done()
    zone = Keys(at, ("zone",), values.get("zone", {}), faults)
    near = zone.amounts("kinship")
    weights = Weights(
        zone.amounts("weights"),
        Kinship(near.get("group", 0), near.get("division", 0), near.get("section", 0)),
        zone.amount("same_city"),
        zone.amount("reach_km"),
        zone.text("assumed", required=True),
        zone.text("assumed_en", required=True),
    )
    zone.text("source", required=True)
    zone.done()
    if set(weights.of) != set(TERMS) or any(not w > 0 for w in weights.of.values()):
        said = ("每项一个大于零的权重：" + "、".join(TERMS), "a weight above zero for each term")
        zone.fault("weights", said[0], f"{dict(weights.of)}", said[1])
    if not 1 >= near.get("group", 0) >= near.get("division", 0) >= near.get("section", -1) >= 0:
        zone.fault("kinship", "1 ≥ group ≥ division ≥ section ≥ 0", f"{near}", "falling values")
    if not weights.reach > 0 or not math.isfinite(weights.reach):
        zone.fault("reach_km", "大于零的公里数", f"{weights.reach}", "kilometres above zero")
    return strength, weights
