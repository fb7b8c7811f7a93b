"""Orders of lists of projects (项目排序): by columns, the newest first among equals."""

from __future__ import annotations

from typing import Final

import numpy as np

from hexi.portal.core.models import Unit
from hexi.portal.projects.columns.library import NEVER, Coded, Library
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.history import Ints

__all__ = ["LAMP_ORDER", "order_of"]

#: what burns first
LAMP_ORDER: Final = ("red", "yellow", "grey", "green")
_LAST: Final = np.iinfo(np.int64).max


def order_of(library: Library, rows: Ints, sort: str, stages: Coded) -> Ints:
    """The rows (positions) in the order asked for; unknown values come last both ways.

    ``sort`` is a key of a column, ``-`` before it turns it round; any other shows the newest first.
    """
    keys = _keys(library, rows, sort.lstrip("-"), stages)
    down = sort.startswith("-")
    turned = [np.where(key == _LAST, _LAST, -key) if down else key for key in keys]
    return np.asarray(rows[np.lexsort((-rows, *reversed(turned)))])


def _keys(library: Library, rows: Ints, key: str, stages: Coded) -> list[Ints]:
    records = library.records
    match key:
        case "name":
            return [library.ranks("name")[rows]]
        case "number":
            return [library.ranks("number")[rows]]
        case "unit":
            return [_unit_order(records.unit)[rows], library.ranks("name")[rows]]
        case "stage":
            return [_ranked(stages, tuple(stage_book().stages))[rows], records.stage_since[rows]]
        case "lamp":
            return [_ranked(records.lamp, LAMP_ORDER)[rows]]
        case "total":
            return [_known(records.total, records.total >= 0)[rows]]
        case "invested":
            return [records.invested[rows]]
        case "start":
            return [_first(records.actual_start, records.planned_start)[rows]]
        case "end":
            return [_first(records.actual_end, records.planned_end)[rows]]
        case "changed":
            return [records.changed[rows]]
    return []


def _first(actual: Ints, planned: Ints) -> Ints:
    day = np.where(actual < NEVER, actual, planned)
    return _known(day, day < NEVER)


def _known(column: Ints, known: np.ndarray) -> Ints:
    return np.where(known, column, _LAST)


def _ranked(column: Coded, order: tuple[str, ...]) -> Ints:
    places = [order.index(word) if word in order else len(order) for word in column.words]
    return np.array(places, dtype=np.int64)[column.codes]


def _unit_order(units: Ints) -> Ints:
    table = np.zeros(int(units.max(initial=0)) + 1, dtype=np.int64)
    for pk, order in Unit.objects.values_list("pk", "order"):
        if pk < len(table):
            table[pk] = order
    return np.asarray(table[units])
