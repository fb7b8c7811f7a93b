"""Fault hypotheses (差错假设): what slip of the pen would make a broken identity whole again.

Before a figure is called wrong, the usual accidents of typing and conversion are tried on each
figure in turn: a decimal point lost or gained, 万 written for 亿, a unit column copied. One that
repairs the identity within strict rounding turns the finding into a probable misprint, with the
repaired value. Particular checks add their own (another number of years, points for per cent).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hexi.plans.audit.arithmetic import amount, brief
from hexi.plans.audit.gather import Figure
from hexi.quantities.interval import Interval

__all__ = ["Hypothesis", "lost_point", "slip_in", "tenfold"]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A slip that repairs an identity."""

    kind: str
    kind_en: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class _Slip:
    multiplier: Fraction
    kind: str
    kind_en: str


_LOST = ("小数点丢失", "a lost decimal point")
_SHIFTED = ("小数点错位", "a shifted decimal point")
_MYRIAD = ("万、亿误写", "万 and 亿 mixed up")


def slip_in(
    figures: Sequence[Figure],
    values: Sequence[Interval],
    holds: Callable[[Sequence[Interval]], bool],
) -> Hypothesis | None:
    """The one slip in one figure that makes the identity hold, if any."""
    places = range(len(figures) - 1, -1, -1)
    for slips in (_losses, _shifts):
        for place in places:
            for slip in slips(figures[place]):
                if _is_absurd(figures[place], slip):
                    continue
                tried = list(values)
                tried[place] = values[place] * slip.multiplier
                if holds(tried):
                    return _repaired(figures[place], slip)
    return None


def _is_absurd(figure: Figure, slip: _Slip) -> bool:
    """5.2 firms: things that are counted one by one have no decimals."""
    repaired = figure.value * slip.multiplier
    whole = figure.measure == "count" and figure.unit_name[:1] not in "万亿千百"
    return whole and repaired.denominator != 1


def _losses(figure: Figure) -> Iterator[_Slip]:
    """A point lost from a whole number: the commonest accident of all."""
    digits = len(figure.printed.lstrip("0"))
    if "." not in figure.printed and digits >= 2:
        yield _Slip(Fraction(1, 10), *_LOST)
        if digits >= 3:
            yield _Slip(Fraction(1, 100), *_LOST)


def _shifts(figure: Figure) -> Iterator[_Slip]:
    if "." in figure.printed:
        yield _Slip(Fraction(1, 10), *_SHIFTED)
    yield _Slip(Fraction(10), *_SHIFTED)
    if figure.measure in ("level", "cumulative") and figure.unit_name[:1] in "万亿":
        yield _Slip(Fraction(10**4), *_MYRIAD)
        yield _Slip(Fraction(1, 10**4), *_MYRIAD)


def _repaired(figure: Figure, slip: _Slip) -> Hypothesis:
    if slip.kind == _MYRIAD[0]:
        larger = slip.multiplier > 1
        unit = figure.unit_name
        right = ("亿" if larger else "万") + unit[1:]
        text, text_en = f"“{unit}”当作“{right}”", f"read {right} for {unit}"
    else:
        right = brief(figure.value * slip.multiplier, 12)
        text = f"“{amount(figure)}”当作“{right}”"
        text_en = f"read {right} for {amount(figure)}"
    return Hypothesis(
        slip.kind, slip.kind_en, f"{slip.kind}：{text}，则相符", f"{slip.kind_en}: {text_en}"
    )


def tenfold(figure: Figure) -> Hypothesis:
    """The figure is ten times what the rest of its sentence makes it."""
    return _repaired(figure, _Slip(Fraction(1, 10), *_SHIFTED))


def lost_point(figure: Figure) -> Hypothesis:
    """The file itself lost the point (a private-use character stands in its place)."""
    bare = amount(figure).replace(".", "")
    return Hypothesis(
        "编码差错（小数点丢失）",
        "an encoding fault (lost decimal point)",
        f"文件以私用区字符代替小数点，显示为“{bare}”，应读作“{amount(figure)}”",
        f"the file has a private-use character for the point: "
        f"shown as {bare}, to be read as {amount(figure)}",
    )
