"""Locked packages (锁定依赖): exact, checked by checksum, bound to no host, free to give away."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.contracts.project import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[a-z,]+\])?==[^ ;]+")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REFUSED = re.compile(r"\b(AGPL|Affero|GPL(?!.*(Lesser|LGPL)))\b|SSPL|Commons Clause")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> set[str]:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    return {normal(m[1]) for line in text.splitlines() if (m := PINNED.match(line))}


def asked(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.stem)
def test_a_lock_names_versions_and_checksums_and_no_host(lock) -> None:
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        fits = PINNED.match(line) or re.match(r"^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$", line)
        assert fits, f"{lock.name}:{number}: {line}"
        assert "://" not in line and " @ " not in line


def test_front_end_packages_are_locked_without_hosts() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: given for name, given in lock["packages"].items() if name}
    assert packages
    for name, given in packages.items():
        assert given["integrity"].startswith("sha512-"), name
        assert "resolved" not in given, f"{name} names the host it came from"


def test_every_dependency_is_locked() -> None:
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    assert asked(project["dependencies"]) | asked(groups["build"]) <= pinned("run")
    assert asked(groups["dev"]) | asked(project["optional-dependencies"]["postgres"]) <= pinned(
        "dev"
    )
    assert asked(groups["docs"]) <= pinned("docs")
    assert asked(groups["bench"]) <= pinned("bench")
    assert asked(groups["node"]) <= pinned("node")
    assert asked(groups["vtl"]) <= pinned("vtl")
    assert asked(groups["theta"]) <= pinned("theta")
    assert asked(groups["mcdm"]) <= pinned("mcdm")


def test_an_environment_can_grow_without_changing_a_version() -> None:
    def versions(lock: str) -> dict[str, str]:
        text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
        pins = (line.split(" ")[0].split("==") for line in text.splitlines() if "==" in line)
        return {pin[0]: pin[1] for pin in pins}

    run, dev = versions("run"), versions("dev")
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("name", sorted(pinned("run")))
def test_no_package_of_the_running_product_forbids_giving_it_away(name: str) -> None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        pytest.skip("for another platform")
    licence = about.get("License-Expression") or ""
    kinds = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    said = licence or "; ".join(kinds) or (about.get("License") or "")[:60]
    assert said, f"{name} does not say its licence"
    assert not REFUSED.search(said), f"{name}: {said}"
