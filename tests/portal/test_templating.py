"""Setting of sums and bars in pages (版面)."""

from __future__ import annotations

import re

import pytest

from hexi.portal.templating import arithmetic, gauge, verdict_bar


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        (
            "327 × 1.188⁵ = 773.8",
            '327<span class="op">×</span>1.188<sup>5</sup><span class="op">=</span>773.8',
        ),
        ("1.05⁻¹²", "1.05<sup>-12</sup>"),
        ("27.09 > 26.26", '27.09<span class="op">&gt;</span>26.26'),
        ("", ""),
    ],
)
def test_a_sum_is_set_with_raised_powers_and_spaced_signs(written: str, set_: str) -> None:
    assert arithmetic(written) == set_


def test_words_of_a_document_in_a_sum_stay_words() -> None:
    assert "<script" not in arithmetic("<script>1 × 2</script>")
    assert "&amp;" in arithmetic("A & B = 3")


def test_the_bar_gives_each_verdict_its_share() -> None:
    bar = verdict_bar({"met": 1, "missed": 2, "on_the_way": 1, "unknown": 4, "total": 8})
    parts = dict(re.findall(r'class="(\w+)" x="([\d.]+)%"', bar))
    assert {name: float(left) for name, left in parts.items()} == {
        "met": 0,
        "on_the_way": 12.5,
        "missed": 25,
        "unknown": 50,
    }


def test_no_bar_without_targets() -> None:
    assert verdict_bar({"met": 0, "missed": 0, "on_the_way": 0, "unknown": 0}) == ""


def test_the_gauge_shows_a_figure_outside_of_its_range_outside() -> None:
    drawn = gauge({"low": 771.0, "high": 776.6, "stated": 780})
    left, width = map(
        float, re.search(r'band" x="([\d.]+)%" y="4" width="([\d.]+)%', drawn).groups()
    )
    stated = float(re.search(r'class="out" x="([\d.]+)%', drawn)[1])
    assert left + width < stated < 100
    assert 'class="in"' in gauge({"low": 1, "high": 3, "stated": 2})
    assert 'class="in"' in gauge({"low": 2, "high": 2, "stated": 2})
