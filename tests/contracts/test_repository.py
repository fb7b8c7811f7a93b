"""The repository itself (仓库): its licence, its papers, and nothing in it that is not ours."""

from __future__ import annotations

import re
import tomllib

import yaml

from tests.contracts.project import ROOT, expect_none, place, tracked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION = PROJECT["version"]
LARGEST = 1_500_000
WORDS_OF_A_WORKPLACE = re.compile(r"(?<![\w.])/(?:work|farm|opt|root|home/[a-z]+)/(?!\*)[\w.]")
REGISTRIES = re.compile(r"(pypi|npmjs|pythonhosted|yarnpkg|npmmirror|tsinghua)\.\w+", re.IGNORECASE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        try:
            found.append((place(path), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("Apache License")
    assert "9. Accepting Warranty or Additional Liability" in text
    assert "APPENDIX: How to apply the Apache License to your work" in text
    assert PROJECT["license"] == "Apache-2.0"


def test_every_paper_names_the_same_version() -> None:
    minor = VERSION.rpartition(".")[0]
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert code["softwareVersion"] == VERSION
    assert code["legal"]["license"] == PROJECT["license"]
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "releases" / f"{minor}.md").exists()
    assert f"\n{minor}\n" in (ROOT / "docs" / "releases" / "index.md").read_text(encoding="utf-8")


def test_links_between_our_pages_lead_somewhere() -> None:
    broken = []
    for path in tracked():
        if path.suffix != ".md":
            continue
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{place(path)}: {target}")
    expect_none(broken)


def test_both_languages_of_the_guide_have_the_same_pages() -> None:
    guide = ROOT / "docs" / "guide"
    chinese = {p.name: p.read_text(encoding="utf-8") for p in (guide / "zh").glob("*.md")}
    english = {p.name: p.read_text(encoding="utf-8") for p in (guide / "en").glob("*.md")}
    assert chinese.keys() == english.keys()
    for name, text in chinese.items():
        levels = [re.findall(r"^#+ ", t, re.MULTILINE) for t in (text, english[name])]
        assert levels[0] == levels[1], f"guide/*/{name}: sections differ"


def test_no_file_says_where_it_was_written() -> None:
    expect_none(
        [
            f"{name}: {hit[0]}"
            for name, text in texts()
            if (hit := WORDS_OF_A_WORKPLACE.search(text))
        ]
    )


def test_no_file_names_a_package_registry() -> None:
    expect_none(
        [
            f"{name}: {hit[0]}"
            for name, text in texts()
            if (hit := REGISTRIES.search(text)) and not name.startswith("tests/contracts/")
        ]
    )


def test_no_large_or_built_file_is_kept() -> None:
    expect_none(
        [
            place(path)
            for path in tracked()
            if path.stat().st_size > LARGEST
            or path.suffix in {".whl", ".so", ".mo", ".pyc", ".zip"}
        ]
    )
