"""Policy packs (政策数据包), typed and validated: units, indicators, plans, targets, observations.

`load_pack("gansu")` reads a pack once and keeps it; a pack with faults is refused as a whole with
every fault named. `Catalogue` answers what a name means.
"""

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.lookup import Catalogue, NameHit
from hexi.catalogue.pack import Pack, check_pack, load_pack
from hexi.catalogue.reference import pack_reference_markdown

__all__ = [
    "Catalogue",
    "Fault",
    "NameHit",
    "Pack",
    "PackError",
    "check_pack",
    "load_pack",
    "pack_reference_markdown",
]
