"""Equal to COINr's published steps on its own case, and where not, why."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.assessment.certainty import coherence
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.nouns import (
    Borda,
    Distance,
    FractionOfMax,
    Group,
    Item,
    MinMax,
    Missing,
    Named,
    PercentRank,
    Rank,
    Scheme,
    Scoring,
    Source,
    Treatment,
    ZScore,
)
from hexi.assessment.scoring.normalise import score
from tests.assessment.asem import (
    ITEMS,
    WHOLE,
    column,
    groups,
    number,
    records,
    table,
    units,
)

whole = pytest.mark.skipif(not WHOLE, reason="COINR_ASEM names no folder")
AMOUNT = Named("数", "number")
#: COINr's file of a method, ours, and the factor between the two scales
METHODS: dict[str, tuple[Scoring, float]] = {
    "minmax": (MinMax(), 1.0),
    "zscore": (ZScore(), 1.0),
    "rank": (Rank(), 1.0),
    "prank": (PercentRank(), 0.01),
    "borda": (Borda(), 1.0),
    "dist2max": (Distance("best"), 0.01),
}


def run(items: tuple[Group | Item, ...], matrix: Matrix, **changes: object) -> Result:
    root = Group("Index", Named("总", "whole"), 1.0, items, **changes)  # type: ignore[arg-type]
    scheme = Scheme(
        "asem", "1", Named("例", "case"), "zones", 2018, None, Source("COINr"), root,
        class_by="bloc" if "bloc" in matrix.attributes else "",
        missing=Missing("group_mean" if "bloc" in matrix.attributes else "leave_out"),
        decimals=12,
    )  # fmt: skip
    return assess(scheme, matrix)


def same(found: np.ndarray, theirs: np.ndarray, *, within: float = 1e-9) -> None:
    """Missing in the same places, and equal relative to the size of the column."""
    assert (np.isnan(found) == np.isnan(theirs)).all()
    size = max(1.0, float(np.nanmax(np.abs(theirs))))
    assert np.nanmax(np.abs(found - theirs)) <= within * size


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("item", ITEMS)
def test_every_method_that_both_have(method: str, item: str) -> None:
    scoring, factor = METHODS[method]
    found = score(column("Raw", item), scoring, ITEMS[item][1]) * factor
    same(found, column(method, item))


@pytest.mark.parametrize("item", [name for name, (_, way) in ITEMS.items() if way > 0])
def test_fraction_of_the_largest(item: str) -> None:
    same(score(column("Raw", item), FractionOfMax(1.0), 1), column("fracmax", item))


def test_fraction_of_the_smallest_keeps_its_meaning_at_zero() -> None:
    """Where less is better COINr divides the least by the value, and nought by nought is lost.

    A tariff of zero is the best there is: it scores in full here, NaN there; the rest of such a
    column scores nought here, for zero is no fraction of them."""
    raw, theirs = column("Raw", "Tariff"), column("fracmax", "Tariff")
    ours = score(raw, FractionOfMax(1.0), -1)
    best = raw == np.nanmin(raw)
    assert np.nanmin(raw) == 0
    assert np.isnan(theirs[best]).all() or np.isinf(theirs).any()
    assert (ours[best] == 1).all()
    assert (ours[~best & ~np.isnan(raw)] == 0).all()


def matrix_of_slice() -> Matrix:
    names = [*ITEMS, "GDP"]
    values = np.column_stack(
        [*(column("Raw", item) for item in ITEMS), column("denominator", "GDP")]
    )
    return Matrix(
        units(), units(), tuple(names), (2018,), values[None], attributes={"bloc": groups()}
    )


def stepped_items(scoring: Scoring) -> tuple[Item, ...]:
    return tuple(
        Item(
            name, AMOUNT, "", "", way,  # type: ignore[arg-type]
            scoring, 1.0, per=per, treatment=Treatment(winsorise=5, transform="log"),
        )
        for name, (per, way) in ITEMS.items()
    )  # fmt: skip


def test_denominators_missing_values_outliers_and_scores_in_turn() -> None:
    result = run(stepped_items(MinMax()), matrix_of_slice())
    for place, item in enumerate(ITEMS):
        same(result.treated[:, place], column("Treated", item))
        same(result.normalised[:, place], column("Normalised", item))
    put_in = {(one.unit, one.item) for one in result.remarks if one.code == "put_in"}
    gaps = {
        (unit, item)
        for item in ITEMS
        for unit, value in zip(units(), column("Denominated", item), strict=True)
        if np.isnan(value)
    }
    assert put_in == gaps and gaps


@pytest.mark.parametrize(
    ("how", "file"), [("arithmetic", "amean"), ("geometric", "gmean"), ("harmonic", "hmean")]
)
def test_means_of_a_pillar(how: str, file: str) -> None:
    """Min-max to 1–100 of the raw values, missing left out, as the package's example has it."""
    pillar = ("Goods", "Services", "FDI", "PRemit", "ForPort")
    items = tuple(Item(name, AMOUNT, "", "", 1, MinMax(1, 100), 1.0) for name in pillar)
    values = np.column_stack([column("Raw", name) for name in pillar])
    matrix = Matrix(units(), units(), pillar, (2018,), values[None])
    same(run(items, matrix, aggregation=how).base, column(file, "ConEcFin"))


def tree(scoring: Scoring, how: str, *, steps: bool) -> tuple[Group | Item, ...]:
    """The whole case's index with its two sub-indexes and eight pillars."""
    rows = [row for row in records("ASEM_iMeta.csv") if row["Type"] in ("Indicator", "Aggregate")]

    def inside(parent: str) -> tuple[Group | Item, ...]:
        members: list[Group | Item] = []
        for row in rows:
            if row["Parent"] != parent:
                continue
            name, weight = Named(row["iName"], row["iName"]), float(row["Weight"])
            if row["Type"] == "Aggregate":
                held = inside(row["iCode"])
                members.append(Group(row["iCode"], name, weight, held, aggregation=how))  # type: ignore[arg-type]
            else:
                per = row["Denominator"] if steps and row["Denominator"] != "NA" else ""
                members.append(
                    Item(
                        row["iCode"], name, "", row["Unit"], int(row["Direction"]),  # type: ignore[arg-type]
                        scoring, weight, per=per,
                        treatment=Treatment(5, "log") if steps else Treatment(),
                    )
                )  # fmt: skip
        return tuple(members)

    return inside("Index")


def whole_matrix(*, steps: bool) -> Matrix:
    codes, heads, raw = table("step_Raw.csv")
    held = {row["uCode"]: row for row in records("ASEM_iData.csv")}
    if not steps:
        return Matrix(tuple(codes), tuple(codes), tuple(heads), (2018,), raw[None])
    scales = ["Area", "Energy", "GDP", "Population"]
    beside = np.array([[number(held[code][name]) for name in scales] for code in codes])
    return Matrix(
        tuple(codes), tuple(codes), (*heads, *scales), (2018,), np.hstack([raw, beside])[None],
        attributes={"bloc": tuple(held[code]["EurAsia_group"] for code in codes)},
    )  # fmt: skip


@whole
@pytest.mark.parametrize("method", METHODS)
def test_every_method_on_the_whole_case(method: str) -> None:
    scoring, factor = METHODS[method]
    directions = {row["iCode"]: row["Direction"] for row in records("ASEM_iMeta.csv")}
    codes, heads, raw = table("step_Raw.csv")
    names, items, theirs = table(f"norm_n_{method}.csv")
    rows = [codes.index(name) for name in names]
    for place, item in enumerate(items):
        values = raw[rows, heads.index(item)]
        found = score(values, scoring, int(directions[item])) * factor
        if item == "TolMin" and method in ("rank", "prank", "borda"):
            # ties in print that differed in digits which were not printed: one place at most
            apart = np.flatnonzero(np.abs(found - theirs[:, place]) > 1e-9)
            assert all((values == values[at]).sum() > 1 for at in apart)
            place_worth = 1 / (len(values) - 1) if method == "prank" else 1.0
            assert np.abs(found - theirs[:, place]).max() <= place_worth + 1e-9
        else:
            same(found, theirs[:, place])


@whole
@pytest.mark.parametrize(
    ("how", "file"), [("arithmetic", "amean"), ("geometric", "gmean"), ("harmonic", "hmean")]
)
def test_every_level_of_the_whole_case(how: str, file: str) -> None:
    result = run(tree(MinMax(1, 100), how, steps=False), whole_matrix(steps=False), aggregation=how)
    names, nodes, theirs = table(f"agg_a_{file}.csv")
    rows = [result.matrix.units.index(name) for name in names]
    held = dict(zip(result.nodes, result.groups.T, strict=True))
    compared = [node for node in nodes if node in held]
    assert {"Index", "Conn", "Sust"} <= set(compared)
    for node in compared:
        same(held[node][rows], theirs[:, nodes.index(node)])


@whole
def test_all_steps_and_effective_weights_of_the_whole_case() -> None:
    result = run(tree(MinMax(), "arithmetic", steps=True), whole_matrix(steps=True))
    for step, ours in (("Treated", result.treated), ("Normalised", result.normalised)):
        names, heads, theirs = table(f"step_{step}.csv")
        rows = [result.matrix.units.index(name) for name in names]
        for place, item in enumerate(result.items):
            same(ours[rows, place], theirs[:, heads.index(item)])
    names, heads, theirs = table("step_Aggregated.csv")
    rows = [result.matrix.units.index(name) for name in names]
    same(result.base[rows], theirs[:, heads.index("Index")])
    effective = {row["iCode"]: float(row["EffWeight"]) for row in records("effective_weights.csv")}
    for item, weight in zip(result.items, result.weights.mean(axis=0), strict=True):
        assert weight == pytest.approx(effective[item], abs=1e-12)
    assert coherence(result).weights.sum() == pytest.approx(1.0)


@whole
def test_scaled_is_goalposts_that_cut_off() -> None:
    """COINr's “scaled” is min-max between fixed marks, 0 and 100, that may be overstepped.

    Marks that an official sets are ends here: inside them both agree, beyond them ours is cut.
    Where less is better COINr turns the value round before it scales, so that 5 becomes -5 under
    marks that are meant for the value as printed; here it becomes 95."""
    directions = {row["iCode"]: row["Direction"] for row in records("ASEM_iMeta.csv")}
    codes, heads, raw = table("step_Raw.csv")
    names, items, theirs = table("norm_n_scaled.csv")
    rows = [codes.index(name) for name in names]
    compared = 0
    for place, item in enumerate(items):
        values = raw[rows, heads.index(item)]
        direction = int(directions[item])
        found = score(values, MinMax(0, 100, 0, 100), direction)
        inside = (values >= 0) & (values <= 100)
        turned = theirs[inside, place] + (0 if direction > 0 else 100)
        assert np.abs(found[inside] - turned).max(initial=0) <= 1e-9
        assert ((found[values > 100] == 100) | (found[values > 100] == 0)).all()
        compared += int(inside.sum())
    assert compared > 1000
