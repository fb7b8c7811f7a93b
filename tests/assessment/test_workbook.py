"""The workbook's formulas give the engine's figures: recalculated by LibreOffice from nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import load_schemes
from hexi.assessment.scheme.nouns import (
    Achievement,
    Borda,
    Distance,
    FractionOfMax,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    Missing,
    PercentRank,
    Piecewise,
    Rank,
    Scheme,
    Scoring,
    Steps,
    Treatment,
    ZScore,
)
from hexi.reports import assessment_xlsx
from tests.assessment import zones

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

WAYS: tuple[Scoring, ...] = (
    MinMax(60.0, 100.0),
    MinMax(0.0, 100.0, 10.0, 40.0),
    ZScore(50.0, 10.0),
    Rank(),
    Rank("average"),
    PercentRank(),
    Borda(),
    FractionOfMax(),
    Distance("best"),
    Distance("target", target=30.0),
    Distance("frontier", top=3),
    Achievement(most=120.0, least=50.0),
    LevelAndGrowth(0.4),
    Logarithm(),
    Piecewise(((5.0, 0.0), (20.0, 60.0), (60.0, 100.0))),
    Steps(((10.0, 40.0), (20.0, 70.0), (40.0, 100.0)), below=10.0),
)


def _every_way(rule: str = "leave_out") -> Result:
    """A scheme that scores by every method, half of them turned round."""
    scheme = zones.scheme(4, 4)
    ways = iter(WAYS)
    groups = tuple(
        replace(
            group,
            members=tuple(
                replace(item, scoring=next(ways), direction=1 if place % 2 else -1)
                for place, item in enumerate(group.members)
            ),
        )
        for group in scheme.root.members
    )
    scheme = replace(
        scheme,
        root=replace(scheme.root, members=groups),
        missing=Missing(rule),  # type: ignore[arg-type]
    )
    data = zones.data(scheme)
    random = np.random.default_rng(3)
    targets = data.now * random.uniform(0.7, 1.6, data.now.shape)
    return assess(scheme, replace(data, targets=targets))


def _adding(how: str) -> Result:
    scheme = zones.scheme(3, 3, how)  # type: ignore[arg-type]
    return assess(scheme, zones.data(scheme))


def _treated() -> Result:
    """Per head, outliers drawn in, gaps put in, weights from the data in one group."""
    scheme = zones.scheme(3, 4)
    groups = list(scheme.root.members)
    items = list(groups[0].members)  # type: ignore[union-attr]
    items[0] = replace(items[0], treatment=Treatment(winsorise=3, skew=0.5, kurtosis=0.5))
    items[1] = replace(items[1], per="i200", missing=Missing("median"))
    groups[0] = replace(groups[0], members=tuple(items), weighting="entropy")  # type: ignore[arg-type]
    scheme = replace(scheme, root=replace(scheme.root, members=tuple(groups)))
    data = zones.data(scheme)
    values = data.values.copy()
    values[-1, 7, 0] *= 40
    return assess(scheme, replace(data, values=values))


def _of_pack(scheme: Scheme) -> Result:
    """A scheme of the pack over made-up figures, classes and targets as it asks for them."""
    random = np.random.default_rng(len(scheme.id))
    items = tuple(dict.fromkeys(one for i in scheme.items() for one in (i.id, i.per) if one))
    units, years = 8, (scheme.since, scheme.since + 1)
    values = random.lognormal(3, 0.5, (2, units, len(items)))
    classes = sorted(
        {name for group in scheme.groups() for member in group.members for name in member.by_class}
    )
    classes = classes or ["甲", "乙"]
    named = ({one.attribute for one in scheme.groupings} | {scheme.class_by}) - {""}
    of = tuple(classes[number % len(classes)] for number in range(units))
    ids = tuple(f"u{number}" for number in range(units))
    matrix = Matrix(
        ids, ids, items, years, values,
        dict.fromkeys(named, of),
        targets=values[-1] * random.uniform(0.8, 1.3, values[-1].shape),
    )  # fmt: skip
    return assess(scheme, matrix)


CASES = {
    "every way": lambda: _every_way(),
    "nothing for a gap": lambda: _every_way("zero"),
    "geometric": lambda: _adding("geometric"),
    "harmonic": lambda: _adding("harmonic"),
    "topsis": lambda: _adding("topsis"),
    "treated": _treated,
} | {f"{one.id} {one.version}": lambda one=one: _of_pack(one) for one in load_schemes().every}


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
def test_recalculated_from_nothing_the_formulas_give_the_run(tmp_path: Path) -> None:
    results = {name: make() for name, make in CASES.items()}
    for name, result in results.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(_without_values(assessment_xlsx.render(result)))
        book = CalamineWorkbook.from_path(str(path))
        empty = _figures(book, "指标得分", 3, len(result.items), len(result.matrix.units))
        assert np.isnan(empty).all(), "something to calculate"
    out = tmp_path / "out"
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out),
         *(str(tmp_path / f"{name}.xlsx") for name in results)],
        check=True, capture_output=True, timeout=170,
    )  # fmt: skip
    for name, result in results.items():
        _same(out / f"{name}.xlsx", result, name)


def test_the_values_of_the_engine_lie_in_the_cells(tmp_path: Path) -> None:
    result = _every_way()
    path = tmp_path / "a.xlsx"
    path.write_bytes(assessment_xlsx.render(result))
    _same(path, result, "as written")


def test_the_same_result_gives_the_same_bytes_and_names_its_data() -> None:
    result = _adding("arithmetic")
    assert assessment_xlsx.render(result) == assessment_xlsx.render(result)
    book = CalamineWorkbook.from_filelike(io.BytesIO(assessment_xlsx.render(result)))
    notes = "".join(str(row[0]) for row in book.get_sheet_by_name("说明").to_python())
    assert result.matrix.digest() in notes and "权重为本系统假定" in notes


def test_english_sheets_say_the_same(tmp_path: Path) -> None:
    result = _adding("arithmetic")
    raw = assessment_xlsx.render(result, language="en")
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert "Result" in book.sheet_names and "weights are assumed" in str(
        book.get_sheet_by_name("Notes").to_python()
    )


def test_text_from_outside_is_no_formula() -> None:
    scheme: Scheme = zones.scheme(2, 2)
    data = zones.data(scheme)
    named = replace(data, names=("=1+1\x07", *data.names[1:]))
    raw = assessment_xlsx.render(assess(scheme, named))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        strings = packed.read("xl/sharedStrings.xml").decode()
    assert "=1+1\N{REPLACEMENT CHARACTER}" in strings


def _without_values(book: bytes) -> bytes:
    """The workbook with every computed value taken out, so that it must be calculated."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry.filename)
            if entry.filename.startswith("xl/worksheets/sheet"):
                text = data.decode()
                data = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text).replace(' t="str"', "").encode()
            new.writestr(entry.filename, data)
    return packed.getvalue()


def _same(path: Path, result: Result, name: str) -> None:
    book = CalamineWorkbook.from_path(str(path))
    items = len(result.items)
    for sheet, wanted in (("采用值", result.treated), ("指标得分", result.normalised)):
        found = _figures(book, sheet, 3, items, len(result.matrix.units))
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9, err_msg=f"{name} {sheet}")
    if "贡献" in book.sheet_names:
        found = _figures(book, "贡献", 3, items, len(result.matrix.units))
        np.testing.assert_allclose(found, result.contributions, atol=1e-9, err_msg=name)
    final = _figures(book, "结果", 3, 13, len(result.matrix.units))
    np.testing.assert_allclose(final[:, 0], result.base, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(final[:, 4], result.scores, atol=1e-9, err_msg=name)
    np.testing.assert_array_equal(np.nan_to_num(final[:, 5]), result.ranks, err_msg=name)
    for place, ranks in enumerate(result.class_ranks.values()):
        found = np.nan_to_num(final[:, 8 + 2 * place])
        np.testing.assert_array_equal(found, ranks, err_msg=name)


def _figures(book: CalamineWorkbook, sheet: str, left: int, wide: int, high: int) -> np.ndarray:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[3 : 3 + high]
    found = np.full((high, wide), np.nan)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells[left : left + wide]):
            if isinstance(cell, float | int):
                found[row, column] = cell
    return found
