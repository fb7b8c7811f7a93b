"""Pages and other hosts (页面不外连): what a browser loads comes from this portal alone."""

from __future__ import annotations

import re
from pathlib import Path

from tests.contracts.project import PORTAL, VENDOR, expect_none, place, tracked

LOADED = {".html", ".css", ".js", ".mjs", ".svg", ".txt"}
ADDRESS = re.compile(r"""(?:https?:)?//(?![/*\s])([A-Za-z0-9-]+\.)+[A-Za-z]{2,}""")
# The names of XML dialects look like addresses and are never fetched.
NAMES = ("http://www.w3.org/",)
BY_HAND = re.compile(r"""\s(style|on[a-z]+)\s*=\s*["']""")


def files(*suffixes: str) -> list[Path]:
    return [
        path
        for path in tracked()
        if PORTAL in path.parents and VENDOR not in path.parents and path.suffix in suffixes
    ]


def lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))


def test_no_page_style_or_script_names_another_host() -> None:
    found = []
    for path in files(*LOADED):
        for number, line in lines(path):
            for name in NAMES:
                line = line.replace(name, "")
            if ADDRESS.search(line):
                found.append(f"{place(path, number)}: {line.strip()}")
    expect_none(found)


def test_no_template_needs_what_the_content_policy_forbids() -> None:
    expect_none(
        [
            f"{place(path, number)}: {line.strip()}"
            for path in files(".html")
            for number, line in lines(path)
            if BY_HAND.search(line)
        ]
    )


def test_front_end_packages_are_fetched_and_never_kept() -> None:
    expect_none(
        [
            place(path)
            for path in tracked()
            if VENDOR in path.parents or "node_modules" in path.parts or ".min." in path.name
        ]
    )
