"""Commands in documents (文档中的命令): what one is told to type exists, and all is told."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from hexi.cli.entry import COMMANDS
from tests.contracts.project import ROOT, expect_none, place, tracked

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
VERBS = dict(re.findall(r"^([a-z]+):.*?## (.+)$", MAKEFILE, re.MULTILINE))
PHONY = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())  # type: ignore[index]
ACTS = {"plan": {"import", "list", "show", "export"}, "pack": {"check", "docs", "figures", "list"}}


def pages() -> list[Path]:
    return [p for p in tracked() if p.suffix == ".md" and "PAGES" not in p.name]


def typed(path: Path) -> list[tuple[int, str]]:
    """Lines of a page that a reader types: indented, fenced or between back-ticks."""
    found, fenced = [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith(("```", ":::")):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            found.append((number, line.split("  #")[0].strip()))
        else:
            found.extend((number, code) for code in re.findall(r"`([^`]+)`", line))
    return found


def test_every_make_verb_has_a_line_of_help() -> None:
    assert set(VERBS) == PHONY


def test_every_make_verb_that_a_page_names_exists() -> None:
    expect_none(
        [
            f"{place(path, number)}: make {verb}"
            for path in pages()
            for number, line in typed(path)
            for verb in re.findall(r"^make ([a-z]+)", line)
            if verb not in VERBS
        ]
    )


def test_every_hexi_command_that_a_page_names_exists() -> None:
    known = {name for name, _, _ in COMMANDS}
    found = []
    for path in pages():
        for number, line in typed(path):
            call = re.match(r"^(?:\S*/)?hexi ([a-z]+)(?: ([a-z]+))?", line)
            if call is None:
                continue
            command, act = call[1], call[2]
            acts = ACTS.get(command)
            if command not in known or (acts and act and act not in acts):
                found.append(f"{place(path, number)}: {line}")
    expect_none(found)


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_hexi_command_is_in_the_guide(name: str, language: str) -> None:
    guide = (ROOT / "docs" / "guide" / language / "commands.md").read_text(encoding="utf-8")
    assert f"hexi {name}" in guide


def test_options_in_the_pages_are_options_of_the_command() -> None:
    reference = (ROOT / "docs" / "reference" / "commands.rst").read_text(encoding="utf-8")
    sections = re.split(r"^(hexi [a-z ]+)\n[-~]+$", reference, flags=re.MULTILINE)
    options = {
        title: set(re.findall(r"--[a-z-]+", body)) | {"--help", "--lang", "--version"}
        for title, body in zip(sections[1::2], sections[2::2], strict=True)
    }
    found = []
    for path in pages():
        for number, line in typed(path):
            call = re.match(r"^(?:\S*/)?(hexi [a-z]+(?: [a-z]+)?)", line)
            if call is None:
                continue
            title = call[1] if call[1] in options else " ".join(call[1].split()[:2])
            used = {word.split("=")[0] for word in shlex.split(line) if word.startswith("--")}
            if wrong := used - options.get(title, used):
                found.append(f"{place(path, number)}: {title} has no {', '.join(sorted(wrong))}")
    expect_none(found)


def test_the_reference_is_what_the_code_says() -> None:
    answer = subprocess.run(
        [str(Path(subprocess.sys.executable)), str(ROOT / "tools" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
