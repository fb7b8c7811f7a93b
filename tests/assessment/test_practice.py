"""Practice data: every scheme of the pack runs on them, and nothing hides that they are made up."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.assessment.data.collecting import Candidate
from hexi.assessment.data.practice import practice_matrix, practice_scheme
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import load_schemes
from hexi.assessment.scheme.nouns import Scheme

SCHEMES = load_schemes("gansu").every
YEAR = 2021


def units(scheme: Scheme, count: int = 12) -> tuple[Candidate, ...]:
    names = [scheme.class_by, *(one.attribute for one in scheme.groupings), "since"]
    blank = {name: "2000" if name == "since" else "" for name in names if name}
    return tuple(Candidate(f"u{n}", f"单位{n}", blank) for n in range(count))


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda one: f"{one.id}-{one.version}")
def test_a_scheme_runs_on_made_up_figures_and_says_so(scheme: Scheme) -> None:
    year = min(YEAR, scheme.until or YEAR)
    marked = practice_scheme(scheme)
    result = assess(marked, practice_matrix(scheme, units(scheme), year))
    assert result.rated.sum() == 12 and len(set(result.ranks.tolist())) > 6
    assert marked.title.zh.startswith("【演练】") and "Practice" in marked.title.en
    assert any("演练" in text for text in marked.assumed)
    assert any("made up" in text for text in marked.assumed_en)


def test_the_same_year_and_unit_give_the_same_figures() -> None:
    scheme = SCHEMES[0]
    one, again = (practice_matrix(scheme, units(scheme), YEAR) for _time in range(2))
    assert one.digest() == again.digest()
    other = practice_matrix(scheme, units(scheme), YEAR + 1)
    assert not np.allclose(one.values, other.values)
