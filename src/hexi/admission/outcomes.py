"""Outcomes of rules for many projects (批量筛查): arrays of rules by projects, three-valued.

A rule is an implication: where it applies, its demand must hold. What is not known makes an
outcome unknown only where it matters: a demand that holds in any case passes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from hexi.admission.columns import NO, UNKNOWN, YES, Projects, Truth
from hexi.admission.conditions import Condition, Spans
from hexi.admission.tables import Row, Table, in_force

__all__ = ["OUTCOMES", "RESULTS", "Outcomes", "screen_many"]

#: what a rule may say of a project; the place in this tuple is its number less one
FAILS, NOT_KNOWN, PASSES, APART = np.int8(-1), np.int8(0), np.int8(1), np.int8(2)
OUTCOMES = {-1: "fails", 0: "unknown", 1: "passes", 2: "not_applicable"}
#: what all rules together say, the better first
RESULTS = ("admitted", "incomplete", "unmet", "refused")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """R rules over N projects: outcome of each, result of each project."""

    projects: Projects
    tables: tuple[Table, ...]
    #: table and row of each rule, in the order of `codes`
    rules: tuple[tuple[Table, Row], ...]
    #: R x N: -1 fails, 0 unknown, 1 passes, 2 does not apply
    codes: NDArray[np.int8]
    #: N: place in RESULTS
    results: NDArray[np.int8]

    def missing(self, place: int) -> tuple[str, ...]:
        """Given fields of one project that some rule asked for and could not be told without."""
        found: dict[str, None] = {}
        for number in np.flatnonzero(self.codes[:, place] == NOT_KNOWN).tolist():
            found |= dict.fromkeys(self.lacking(number, place))
        return tuple(found)

    def lacking(self, number: int, place: int) -> tuple[str, ...]:
        """Given fields of one project that one rule asks for and that are not known."""
        return tuple(
            dict.fromkeys(
                base
                for name in _asked(*self.rules[number])
                if self.projects.value(name, place) is None
                for base in self.projects.space.bases(name)
                if self.projects.value(base, place) is None
            )
        )

    def sentences(self, lang: str = "zh") -> list[list[str]]:
        """For each project one sentence a rule that fails or cannot be told."""
        found: list[list[str]] = [[] for _ in range(self.projects.size)]
        for number, (table, row) in enumerate(self.rules):
            codes = self.codes[number]
            title = row.title if lang == "zh" else row.title_en
            failing = np.flatnonzero(codes == FAILS)
            for place, text in zip(failing.tolist(), self._why(row, failing, lang), strict=True):
                found[place].append(f"{title}：{text}" if lang == "zh" else f"{title}: {text}")
            self._unknown(table, row, np.flatnonzero(codes == NOT_KNOWN), lang, found)
        return found

    def _why(self, row: Row, places: NDArray[np.intp], lang: str) -> list[str]:
        """What each failing project has, what is demanded, and the distance."""
        zh = lang == "zh"
        if row.effect == "refuse":
            return ["不予准入" if zh else "is refused"] * len(places)
        said: list[list[str]] = []
        for name, condition in row.need.items():
            field = self.projects.space.fields[name]
            title = field.title if zh else field.title_en
            if not isinstance(condition, Spans):
                want = condition.told(lang, partial(self._say, name, lang))
                told = f"{title}须{want}" if zh else f"{title} must be {want}"
                said.append([told] * len(places))
                continue
            want = condition.told(lang)
            values = self.projects.numbers[name][places]
            gaps = condition.nearest(values) - values
            want = f"{want} {field.unit}".rstrip()
            less, more = ("差", "超") if zh else ("short by", "over by")
            form = "{} {:g}，须 {}，{} {:g}" if zh else "{} {:g}, demanded {}, {} {:g}"
            said.append(
                [
                    form.format(title, value, want, less if gap > 0 else more, abs(gap))
                    if gap
                    else f"{title} {value:g}"
                    for value, gap in zip(values.tolist(), gaps.tolist(), strict=True)
                ]
            )
        return [("；" if zh else "; ").join(parts) for parts in zip(*said, strict=True)]

    def _say(self, name: str, lang: str, word: str) -> str:
        return self.projects.space.say(name, word, lang)

    def _unknown(
        self, table: Table, row: Row, places: NDArray[np.intp], lang: str, found: list[list[str]]
    ) -> None:
        """Why a rule cannot be told: the fields that are not known, one sentence a pattern."""
        space, zh = self.projects.space, lang == "zh"
        bases = tuple(
            dict.fromkeys(base for name in _asked(table, row) for base in space.bases(name))
        )
        if not len(places) or not bases:
            return
        lacks = np.stack([self.projects.missing(base)[places] for base in bases])
        patterns = (1 << np.arange(len(bases))) @ lacks
        texts: dict[int, str] = {}
        for pattern in np.unique(patterns).tolist():
            names = [space.fields[b] for bit, b in enumerate(bases) if pattern >> bit & 1]
            if zh:
                listed = "、".join(one.title for one in names)
                texts[pattern] = f"{row.title}：缺{listed}，不能判定"
            else:
                listed = ", ".join(one.title_en for one in names)
                texts[pattern] = f"{row.title_en}: cannot be told without {listed}"
        for place, pattern in zip(places.tolist(), patterns.tolist(), strict=True):
            found[place].append(texts[pattern])


def screen_many(projects: Projects, tables: Sequence[Table], on: date) -> Outcomes:
    """What the tables in force on a day say of every project."""
    held = in_force(tables, on)
    rules = tuple((table, row) for table in held for row in table.rows)
    codes = np.empty((len(rules), projects.size), dtype=np.int8)
    number = 0
    for table in held:
        for line in _of_table(table, projects):
            codes[number] = line
            number += 1
    return Outcomes(projects, held, rules, codes, _results(rules, codes, projects.size))


def _all(conditions: Mapping[str, Condition], projects: Projects) -> Truth:
    found = np.full(projects.size, YES, dtype=np.int8)
    for name, condition in conditions.items():
        found = np.minimum(found, projects.truth(name, condition))
    return found


def _of_table(table: Table, projects: Projects) -> list[Truth]:
    scope = _all(table.scope, projects)
    taken = np.full(projects.size, NO, dtype=np.int8)
    found: list[Truth] = []
    for row in table.rows:
        applies = np.minimum(scope, _all(row.when, projects))
        if table.policy == "FIRST":
            applies, taken = np.minimum(applies, -taken), np.maximum(taken, applies)
        found.append(_outcome(row, applies, projects))
    return found


def _outcome(row: Row, applies: Truth, projects: Projects) -> Truth:
    if row.effect == "need":
        demand = _all(row.need, projects)
    else:
        demand = np.full(projects.size, YES if row.effect == "allow" else NO, dtype=np.int8)
    told = np.where(demand == YES, PASSES, NOT_KNOWN)
    told = np.where((applies == YES) & (demand == NO), FAILS, told)
    return np.where(applies == NO, APART, told).astype(np.int8)


def _results(
    rules: Sequence[tuple[Table, Row]], codes: NDArray[np.int8], size: int
) -> NDArray[np.int8]:
    """The worst that a binding rule says; advice is told and decides nothing."""
    found = np.zeros(size, dtype=np.int8)
    for (table, _), line in zip(rules, codes, strict=True):
        if table.severity == "advice":
            continue
        failed = np.int8(3 if table.severity == "bar" else 2)
        told = np.where(line == FAILS, failed, np.where(line == UNKNOWN, np.int8(1), np.int8(0)))
        found = np.maximum(found, told)
    return found


def _asked(table: Table, row: Row) -> tuple[str, ...]:
    """Every field that a rule's outcome hangs on."""
    names: list[str] = [*table.scope, *row.when]
    if table.policy == "FIRST":
        names += [name for other in table.rows[: table.rows.index(row)] for name in other.when]
    return tuple(dict.fromkeys([*names, *row.need]))
