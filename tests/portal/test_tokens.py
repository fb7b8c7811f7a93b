"""Colours of the portal (色彩): every ink can be read on every ground it stands on, in both themes.

The contrast is computed from the style sheet itself by the formula of WCAG 2: 4.5 for words, 3 for
lamps, lines of fields and other signs.
"""

from __future__ import annotations

import re

import pytest

from tests.contracts.project import PORTAL

TOKENS = PORTAL / "static" / "hexi" / "css" / "tokens.css"
PAIR = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);")
COLOURS = {
    name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text(encoding="utf-8"))
}

GROUNDS = ("paper", "surface", "sunken", "hover", "accent-tint")
WORDS = ("ink", "ink-2", "ink-3", "accent", "red", "amber", "green", "grey")
# what stands on a tint of its own
ON_TINT = [
    *(("ink", f"{name}-tint") for name in ("red", "amber", "green", "grey")),
    *(("ink", f"{name}-tint") for name in ("actual", "target", "threshold", "other")),
    ("amber", "amber-tint"),
    ("accent-strong", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "search"),
    # a statement under the mouse is paper on its own colour
    *(("paper", name) for name in ("actual", "target", "threshold", "other", "red")),
    # a toast is paper on ink
    ("paper", "ink"),
]
SIGNS = [
    *((line, ground) for line in ("rule-strong",) for ground in ("paper", "surface")),
    *((name, f"{name}-tint") for name in ("actual", "target", "threshold", "other")),
    ("red", "red-tint"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(theme: int) -> None:
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS] + ON_TINT
    low = {
        f"{word} on {ground}": round(value, 2)
        for word, ground in pairs
        if (value := contrast(COLOURS[word][theme], COLOURS[ground][theme])) < 4.5
    }
    assert not low


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_signs_can_be_seen(theme: int) -> None:
    low = {
        f"{sign} on {ground}": round(value, 2)
        for sign, ground in SIGNS
        if (value := contrast(COLOURS[sign][theme], COLOURS[ground][theme])) < 3
    }
    assert not low


def test_no_style_sheet_names_a_colour_of_its_own() -> None:
    # paper is white when printed; a veil and a shadow are no colours
    assert not [
        f"{path.name}: {line.strip()}"
        for path in sorted(TOKENS.parent.glob("*.css"))
        if path.name not in {"tokens.css", "print.css"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r":[^{]*#[0-9a-fA-F]{3,8}\b[^{]*;", line)
    ]


def test_style_sheets_use_only_tokens_that_exist() -> None:
    sheets = {p.name: p.read_text(encoding="utf-8") for p in sorted(TOKENS.parent.glob("*.css"))}
    defined = {name for text in sheets.values() for name in re.findall(r"--([a-z0-9-]+)\s*:", text)}
    used = {
        f"{sheet}: --{name}"
        for sheet, text in sheets.items()
        for name, fallback in re.findall(r"var\(--([a-z0-9-]+)(\s*,)?", text)
        if name not in defined and not fallback
    }
    assert not used
