"""The sample plan (示例规划): a plan of a plainly fictional zone, with faults that are known.

``yunling.txt`` is its one source. ``yunling.docx`` and ``yunling.pdf`` are built from it by
``python -m hexi.samples.build`` and ship with Hexi, for the guided tour and the tests.
``planted.json`` names every fault that was planted: the checks that may find it, the sentence,
the wrong figure and the right one. All other figures agree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from hexi.catalogue.nouns import Unit

__all__ = [
    "FORMATS",
    "NAME",
    "UNIT",
    "PlantedFault",
    "planted_faults",
    "sample_bytes",
    "sample_file_name",
]

NAME = "yunling"
FORMATS = ("docx", "pdf")
#: whose plan it is; it belongs to no province, so that no sum and no scope of a pack holds it
UNIT = Unit(
    id="sample-yunling",
    kind="zone",
    name="云岭经济开发区（虚构示例）",
    name_en="Yunling Economic Development Zone (fictional sample)",
    aliases=(),
    code="",
    level="",
    zone_type="",
    region="",
    region_basis="",
    industries=("先进制造", "新材料", "生物医药"),
    source="示例规划",
    note="虚构的开发区，仅供演示和测试",
)


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A figure that was made wrong on purpose."""

    #: checks any of which may report it
    checks: tuple[str, ...]
    #: the passage, letter for letter, with the wrong figure in it
    sentence: str
    wrong: str
    right: str
    why: str
    why_en: str


def planted_faults() -> Sequence[PlantedFault]:
    """The faults of the sample plan, in the order of the text."""
    records = json.loads(files(__name__).joinpath("planted.json").read_text(encoding="utf-8"))
    return [PlantedFault(checks=tuple(record.pop("checks")), **record) for record in records]


def sample_bytes(form: str) -> bytes:
    """The sample plan as it ships, in one of :data:`FORMATS`."""
    return files(__name__).joinpath(f"{NAME}.{form}").read_bytes()


def sample_file_name(form: str) -> str:
    """What the file is called when it is handed to a person."""
    return f"云岭经济开发区“十四五”发展规划（示例）.{form}"
