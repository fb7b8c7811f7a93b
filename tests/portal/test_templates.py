"""Page templates (页面模板): they parse, speak both languages, and can be used without a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template

from hexi.portal import bootstrap
from hexi.portal.config.messages import read_catalogue
from tests.contracts.project import PORTAL, expect_none

TEMPLATES = PORTAL / "templates"
CATALOGUES = PORTAL / "locale" / "zh_Hans" / "LC_MESSAGES"
PAGES = sorted(TEMPLATES.rglob("*.html"))
TEXT = re.compile(
    r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')|_\("([^"]*)"\)|"""
    r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate",
    re.DOTALL,
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def texts(path: Path) -> Iterator[str]:
    for match in TEXT.finditer(path.read_text(encoding="utf-8")):
        text = next(group for group in match.groups() if group is not None)
        # as a catalogue joins a text and its plural
        text = text.replace("{% plural %}", "\0")
        yield re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text)


def tags(source: str, kind: str) -> list[str]:
    """Opening tags of one kind, template tags inside their attributes left in."""
    return re.findall(rf"<{kind}\b(?:\{{%.*?%\}}|\{{\{{.*?\}}\}}|[^>])*>", source, re.DOTALL)


def test_there_are_pages() -> None:
    assert len(PAGES) > 30


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_parses(path: Path) -> None:
    bootstrap.setup()
    assert get_template(name(path)).origin.name == str(path)


def test_every_text_of_a_template_is_said_in_chinese() -> None:
    known: dict[str, str] = {}
    for catalogue in CATALOGUES.glob("*.po"):
        known |= read_catalogue(catalogue)
    expect_none(
        [f"{name(path)}: {text}" for path in PAGES for text in texts(path) if text not in known]
    )


def test_chinese_words_stand_in_the_catalogue_and_not_in_templates() -> None:
    # the name on the sign is the name in both languages; 、 joins Chinese names
    found = []
    for path in PAGES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if HAN.search(line.replace(">河西<", "><")):
                found.append(f"{name(path)}:{number}: {line.strip()[:80]}")
    expect_none(found)


def test_every_field_has_words_for_a_screen_reader() -> None:
    found = []
    for path in PAGES:
        source = path.read_text(encoding="utf-8")
        labelled = set(re.findall(r'<label[^>]*?\bfor="([^"]+)"', source))
        wrapped = "".join(re.findall(r"<label\b.*?</label>", source, re.DOTALL))
        for kind in ("input", "select", "textarea"):
            for tag in tags(source, kind):
                if re.search(r'type="(hidden|submit)"', tag) or "aria-label=" in tag:
                    continue
                if (match := re.search(r'\bid="([^"]+)"', tag)) and match[1] in labelled:
                    continue
                if tag not in wrapped:
                    found.append(f"{name(path)}: {tag}")
    expect_none(found)


def test_head_cells_say_what_they_head() -> None:
    expect_none(
        [
            f"{name(path)}: {tag}"
            for path in PAGES
            for tag in tags(path.read_text(encoding="utf-8"), "th")
            if "scope=" not in tag and "data-column" not in tag
        ]
    )


def test_every_form_that_changes_something_carries_its_token() -> None:
    found = []
    for path in PAGES:
        source = path.read_text(encoding="utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.DOTALL):
            if "{% csrf_token %}" not in form:
                found.append(f"{name(path)}: {form[:80]}")
    expect_none(found)
