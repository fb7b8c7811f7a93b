"""How sure the ranks of a run are (名次可信度), computed from the stored run and kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as lazy

from hexi.assessment.certainty import (
    Certainty,
    LeftOut,
    Sensitivity,
    coherence,
    leave_one_out,
    perturb,
    sobol,
)
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.faults import AssessmentError
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.drawing import intervals, share_bar
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.queries.run_page import item_names

__all__ = ["certainty_of", "certainty_page"]

#: enough for a percentage point or two, and quick enough for a page
_DRAWS, _BASE = 1000, 128
#: indicators told of those left out
_LEFT_OUT = 10
#: beyond it Sobol indices take longer than a page may
_MOST_UNITS = 400
_CHOICES: dict[str, Any] = {
    "weights": lazy("Weights, a quarter up or down"),
    "normalising": lazy("The way values become scores"),
    "aggregation": lazy("The way scores are added up"),
    "missing": lazy("How gaps are filled"),
    "untreated": lazy("Outliers left as they are"),
    "rounding": lazy("Rounding of the figures"),
}
_FINDINGS: dict[str, Any] = {
    "double": lazy("count nearly the same thing twice"),
    "against": lazy("pulls against its group"),
    "silent": lazy("hardly moves the result"),
    "constant": lazy("has one value for all"),
}


class _Key:
    """A stored run as a key: two runs of the same bytes are the same."""

    def __init__(self, run: AssessmentRun) -> None:
        self.digest, self.run = (run.data_digest, run.result_digest), run

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.digest == self.digest


def certainty_of(run: AssessmentRun) -> Certainty:
    """A thousand runs that choose otherwise; the same each time."""
    return _perturbed(_Key(run))


@lru_cache(maxsize=8)
def _perturbed(key: _Key) -> Certainty:
    result: Result = key.run.outcome
    scheme: Scheme = key.run.scheme_of
    matrix: Matrix = key.run.matrix
    units = int(result.rated.sum())
    few = max(min(2, units), units // 5)
    return perturb(scheme, matrix, draws=_DRAWS, top=few, bottom=few, result=result)


@lru_cache(maxsize=8)
def _hanging(key: _Key) -> Sensitivity | None:
    result: Result = key.run.outcome
    if len(result.matrix.units) > _MOST_UNITS:
        return None
    try:
        return sobol(key.run.scheme_of, key.run.matrix, base=_BASE, result=result)
    except AssessmentError:
        return None


@lru_cache(maxsize=8)
def _without(key: _Key) -> tuple[LeftOut, ...]:
    """The run without each indicator in turn; none for very many units."""
    result: Result = key.run.outcome
    if len(result.matrix.units) > _MOST_UNITS:
        return ()
    return leave_one_out(result)


def certainty_page(run: AssessmentRun) -> dict[str, Any]:
    """Rows by rank, neighbours, what the ranking hangs on, indicators that go together."""
    key, found = _Key(run), certainty_of(run)
    matrix, rated = shown_result(run).matrix, int(run.outcome.rated.sum())
    order = sorted(np.flatnonzero(found.rank > 0).tolist(), key=lambda row: int(found.rank[row]))
    names = dict(zip(matrix.units, matrix.names, strict=True))
    pairs = [one for one in found.pairs if not one.told_apart]
    return {
        "draws": _DRAWS,
        "top": found.top,
        "rated": rated,
        "rows": [
            {
                "name": matrix.names[row],
                "rank": int(found.rank[row]),
                "low": int(found.low[row]),
                "high": int(found.high[row]),
                "p_top": f"{100 * found.p_top[row]:.0f}",
                "p_bottom": f"{100 * found.p_bottom[row]:.0f}",
                "drawn": mark_safe(  # noqa: S308 - figures only
                    intervals(
                        int(found.rank[row]), int(found.low[row]), int(found.high[row]), rated
                    )
                ),
            }
            for row in order
        ],
        "pairs": [
            {
                "ahead": names[one.ahead],
                "behind": names[one.behind],
                "share": f"{100 * one.share:.0f}",
            }
            for one in pairs
        ],
        "unsure": len(pairs),
        "factors": _factors(_hanging(key)),
        "findings": _findings(run),
        "without": _left_out(run, _without(key)),
    }


def _left_out(run: AssessmentRun, found: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """Indicators whose absence would move ranks most."""
    names = item_names(run.scheme_of)
    most = sorted(found, key=lambda one: -one.mean_shift)[:_LEFT_OUT]
    top = max((one.mean_shift for one in most), default=0.0)
    return [
        {
            "name": names.get(one.item, one.item),
            "mean": f"{one.mean_shift:.2f}",
            "largest": one.largest_shift,
            "bar": mark_safe(share_bar(one.mean_shift / top)),  # noqa: S308 - figures only
        }
        for one in most
        if one.mean_shift > 0
    ]


def _factors(found: Sensitivity | None) -> list[dict[str, Any]]:
    # where no choice moves a rank there is no variance to share out
    if found is None or not found.factors or not found.shift:
        return []
    lines = zip(found.factors, found.first.tolist(), found.total.tolist(), strict=True)
    return [
        {
            "name": str(_CHOICES.get(name, name)),
            "first": f"{100 * max(first, 0.0):.0f}",
            "total": f"{100 * max(total, 0.0):.0f}",
            "bar": mark_safe(share_bar(total)),  # noqa: S308 - figures only
        }
        for name, first, total in sorted(lines, key=lambda one: -one[2])
        if first == first and total == total
    ]


def _findings(run: AssessmentRun) -> list[dict[str, str]]:
    names = item_names(run.scheme_of)
    return [
        {
            "node": names.get(one.node, one.node),
            "other": names.get(one.other, one.other) if one.kind == "double" else "",
            "what": str(_FINDINGS[one.kind]),
            "correlation": "" if np.isnan(one.correlation) else f"{one.correlation:.2f}",
        }
        for one in coherence(run.outcome).findings[:40]
    ]
