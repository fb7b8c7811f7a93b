"""Every test process has a home of its own (测试环境): no test reads or writes a person's library.

Settings of the person who runs the tests are left out; only where the state, the browser and the
labelled documents are may be said from outside.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

_SAID_FROM_OUTSIDE = {"HEXI_DATABASE_URL", "HEXI_CHROMIUM", "HEXI_SHARED", "HEXI_SHOTS"}

for _name in [name for name in os.environ if name.startswith("HEXI_")]:
    if _name not in _SAID_FROM_OUTSIDE:
        del os.environ[_name]

os.environ["HEXI_HOME"] = tempfile.mkdtemp(prefix="hexi-tests-")
os.environ["HEXI_LANG"] = "zh"
atexit.register(shutil.rmtree, os.environ["HEXI_HOME"], ignore_errors=True)

_MIGRATE = """
from hexi.portal import bootstrap
bootstrap.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
"""


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every table and no row: setting them up takes seconds, so it is done once."""
    home = tmp_path_factory.mktemp("tables") / "home"
    kept = {k: v for k, v in os.environ.items() if k != "HEXI_DATABASE_URL"}
    surroundings = {**kept, "HEXI_HOME": str(home)}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=surroundings, check=True)
    return home


@pytest.fixture
def bare_home(tables: Path, tmp_path: Path) -> Path:
    """A home of one test, for processes that are killed and started again."""
    return Path(shutil.copytree(tables, tmp_path / "home"))


def pytest_collection_finish() -> None:
    """All modules and tests stand now and stay: the collector need not look at them again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What libraries hold is taken down with them."""
    gc.unfreeze()
