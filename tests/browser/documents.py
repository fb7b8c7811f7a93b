"""Plans to upload (上传用规划): the tests' own plan with a fault planted in its table.

150 亿元 cannot follow from 96.8 亿元 at 15 % a year; everything else adds up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.writers import plan

RIGHT = ["固定资产投资", "亿元", "96.8", "150", "9%"]
WRONG = ["固定资产投资", "亿元", "96.8", "150", "15%"]
FORMATS = ("docx", "pdf", "html", "txt")


@contextmanager
def planted_fault() -> Iterator[None]:
    """The writers write the wrong rate."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "TABLE", [WRONG if row == RIGHT else row for row in plan.TABLE])
        yield


def write_plan(folder: Path, kind: str, *, name: str = "青原规划", fault: bool = True) -> Path:
    """The plan as a file of one of ``FORMATS``; the text is in GB18030."""
    if fault:
        with planted_fault():
            return write_plan(folder, kind, name=name, fault=False)
    content = {
        "docx": plan.plan_docx,
        "pdf": plan.plan_pdf,
        "html": plan.plan_html,
        "txt": lambda: plan.plan_text().encode("gb18030"),
    }[kind]()
    path = folder / f"{name}.{kind}"
    path.write_bytes(content)
    return path
