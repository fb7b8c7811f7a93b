"""The JSON Schema of a registered plan (登记交换格式), as it ships with the package.

The file is written from the types by ``python -m hexi.plans.register.schema``; a test holds that
it still says what the types say.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from hexi.plans.register.plan import Plan
from hexi.plans.register.record import json_schema

__all__ = ["from_types", "shipped"]

_FILE = "schema/plan.schema.json"


def from_types() -> dict[str, Any]:
    """The schema that the types imply."""
    return json_schema(Plan, "Hexi registered plan (规划登记)")


def shipped() -> dict[str, Any]:
    """The schema that the package carries."""
    text = files("hexi.plans.register").joinpath(_FILE).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _write() -> None:
    target = Path(str(files("hexi.plans.register").joinpath(_FILE)))
    target.parent.mkdir(exist_ok=True)
    text = json.dumps(from_types(), ensure_ascii=False, indent=2)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
    sys.exit(0)
