"""Filling in a template without Excel (测试用填表): cells of its XML are written over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from html import escape

__all__ = ["SHEETS", "edited", "filled_in", "packed"]

#: sheets of the template of the enterprise's monthly return to their parts
SHEETS = {
    "封面": "xl/worksheets/sheet1.xml",
    "填报": "xl/worksheets/sheet2.xml",
    "国别": "xl/worksheets/sheet3.xml",
    "_hexi": "xl/worksheets/sheet5.xml",
}


def filled_in(template: bytes, cells: Mapping[tuple[str, str], float | str]) -> bytes:
    """Write numbers, texts, and formulas (that begin with ``=``) into cells."""

    def change(sheet: str) -> Callable[[str], str]:
        def put(xml: str) -> str:
            for (name, place), value in cells.items():
                if name == sheet:
                    xml = _put(xml, place, value)
            return xml

        return put

    names = {name for name, _ in cells}
    return edited(template, {SHEETS[name]: change(name) for name in names})


def edited(template: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The package with some parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            data = source.read(part)
            if part in changes:
                data = changes[part](data.decode()).encode()
            target.writestr(part, data)
    return out.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


def _put(xml: str, place: str, value: float | str) -> str:
    cell = re.compile(rf'<c r="{place}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
    match = cell.search(xml)
    assert match is not None, place
    style = match[1] or ""
    if isinstance(value, str) and value.startswith("="):
        new = f'<c r="{place}"{style}><f>{escape(value[1:])}</f><v>7</v></c>'
    elif isinstance(value, str):
        new = f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        new = f'<c r="{place}"{style}><v>{value}</v></c>'
    return xml[: match.start()] + new + xml[match.end() :]
