"""Floors (楼层): an import goes down, and the engine knows no web."""

from __future__ import annotations

import subprocess
import sys

from importlinter.cli import lint_imports

from tests.contracts.project import ROOT

ENGINE = (
    "hexi",
    "hexi.quantities",
    "hexi.catalogue",
    "hexi.plans",
    "hexi.plans.documents",
    "hexi.plans.statements",
    "hexi.plans.register",
    "hexi.plans.audit",
    "hexi.monitoring",
    "hexi.admission",
    "hexi.chains",
    "hexi.reports",
)


def test_every_import_contract_is_kept() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_engine_runs_without_loading_the_web_framework() -> None:
    script = (
        "import importlib, sys\n"
        f"for name in {ENGINE!r}: importlib.import_module(name)\n"
        "print(sorted({'django', 'ninja', 'granian'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
