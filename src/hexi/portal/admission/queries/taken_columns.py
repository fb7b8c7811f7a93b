"""Inputs of the whole library as columns (带入要素列): what `take_over` takes from one record.

Inputs of screenings on record fill what the library does not know; where both do, it is the
library that is believed, since its record is kept up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from hexi.admission import Projects, Space
from hexi.portal.admission.taken_over import bare_industry, is_foreign, is_known
from hexi.portal.core.models import Unit
from hexi.portal.projects.columns.library import Coded, Library
from hexi.projects.history import Ints

__all__ = ["library_inputs", "with_records"]

_WAN: Final = 10_000


def library_inputs(library: Library, space: Space) -> Projects:
    """What the records of all projects answer; nothing is worked out yet."""
    records = library.records
    known = records.total >= 0
    amounts = {
        "investment": np.where(known, records.total, np.nan) / _WAN,
        "land": records.land,
        "tax": records.tax / _WAN,
        "energy": records.energy,
    }
    said = {
        "unit": _units(library),
        "industry": _renamed(records.industry, bare_industry),
        "foreign": _renamed(records.origin, _foreign),
    }
    numbers, codes, words = {}, {}, {}
    for field in space.fields.values():
        if field.numeric:
            values = amounts.get(field.id, np.full(library.size, np.nan))
            with np.errstate(invalid="ignore"):
                fits = (values >= field.least) & (values <= field.most)
            numbers[field.id] = np.where(fits, values, np.nan)
        else:
            column = said.get(field.id, Coded(("",), np.zeros(library.size, dtype=np.int64)))
            codes[field.id], words[field.id] = _known(space, field.id, column)
    return Projects(library.size, space, numbers, codes, words)


def with_records(taken: Projects, at: Ints, known: Projects) -> Projects:
    """With the inputs of records on file at some positions, where the library knows nothing."""
    numbers = dict(taken.numbers)
    for name, values in known.numbers.items():
        filled = numbers[name].copy()
        filled[at] = np.where(np.isnan(filled[at]), values, filled[at])
        numbers[name] = filled
    codes, words = dict(taken.codes), dict(taken.words)
    for name, other in known.codes.items():
        every = dict.fromkeys((*words[name], *known.words[name]))
        place = {word: number for number, word in enumerate(every)}
        moved = np.array([*(place[word] for word in known.words[name]), -1], dtype=np.int32)[other]
        column = codes[name].copy()
        column[at] = np.where(column[at] < 0, moved, column[at])
        codes[name], words[name] = column, tuple(every)
    return replace(taken, numbers=numbers, codes=codes, words=words)


def _units(library: Library) -> Coded:
    units: Mapping[int, str] = dict(Unit.objects.values_list("pk", "code"))
    found, codes = np.unique(library.records.unit, return_inverse=True)
    return Coded(tuple(units.get(int(pk), "") for pk in found), codes)


def _renamed(column: Coded, say: Any) -> Coded:
    return Coded(tuple(say(word) for word in column.words), column.codes)


def _foreign(origin: str) -> str:
    told = is_foreign(origin)
    return "" if told is None else str(told).lower()


def _known(space: Space, name: str, column: Coded) -> tuple[Any, tuple[str, ...]]:
    """The column as the rules count its words: those that they know, each once."""
    place: dict[str, int] = {}
    moved = [
        place.setdefault(word, len(place)) if word and is_known(space, name, word) else -1
        for word in column.words
    ]
    return np.array(moved, dtype=np.int32)[column.codes], tuple(place)
