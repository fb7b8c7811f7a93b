"""Loading the computed indicators of a pack (装载指标口径): read, linked, proved.

A pack whose definitions have faults is refused as a whole with every fault named, since a figure
must not be computed on half a definition.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import load_pack, pack_path
from hexi.statistics.forms import load_forms
from hexi.statistics.indicators.definitions import Definitions
from hexi.statistics.indicators.plan import check_expressions
from hexi.statistics.indicators.reading import (
    COMPUTED,
    ITEMS,
    LISTS,
    check_definitions,
    form_items,
    read_definitions,
)

__all__ = ["load_definitions"]


def load_definitions(path_or_name: str | Path = "gansu") -> Definitions:
    """Items of a pack's forms and of ``items.csv``, its lists of classes and its indicators.

    Read once for each state of the files. PackError names every fault: of reading, of links into
    the catalogue, of meaning.
    """
    root = pack_path(path_or_name).resolve()
    files = [
        *root.glob("forms/*.toml"),
        *(root / name for name in (ITEMS.file, LISTS.file, COMPUTED)),
    ]
    stats = [(str(path), path.stat()) for path in sorted(files) if path.exists()]
    return _load(root, tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


@lru_cache(maxsize=8)
def _load(root: Path, _files: tuple[tuple[str, int, int], ...]) -> Definitions:
    pack = load_pack(root)
    faults: list[Fault] = []
    definitions = read_definitions(root, faults, form_items(load_forms(root).versions))
    classes = {
        one.id: {int(each.code) for each in one.items if each.code.isdecimal()}
        for one in pack.classifications
    }
    ids = (indicator.id for indicator in pack.indicators)
    check_definitions(definitions, ids, classes, faults)
    check_expressions(definitions, faults)
    if faults:
        raise PackError(pack.id, faults)
    return definitions
