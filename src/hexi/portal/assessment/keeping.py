"""Schemes, data and results as they are kept (考核存档): what was frozen opens again unchanged.

A typed value becomes plain JSON and the same value again, whatever the pack says by then. Arrays
are kept as their bytes, little-endian, so that nothing is rounded and missing stays missing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

import numpy as np

from hexi.assessment.data.matrix import Case, Decided, Matrix
from hexi.assessment.data.unit_facts import AskedFact, UnitFact
from hexi.assessment.outcomes import nouns as outcome_nouns
from hexi.assessment.outcomes.nouns import RuleSet
from hexi.assessment.outcomes.proposing import Ground, Proposal
from hexi.assessment.result import PointsGiven, Remark, Result
from hexi.assessment.scheme import nouns
from hexi.assessment.scheme.nouns import Scheme

__all__ = [
    "digest_of",
    "kept",
    "matrix_from",
    "proposal_from",
    "result_from",
    "rules_from",
    "scheme_from",
]

#: everything that may stand in a kept value, by its name
_KINDS: Final = {
    **{
        name: kind
        for room in (nouns, outcome_nouns)
        for name in room.__all__
        if isinstance(kind := getattr(room, name), type)
    },
    **{
        kind.__name__: kind
        for kind in (
            Case,
            Decided,
            Matrix,
            PointsGiven,
            Remark,
            Result,
            Ground,
            Proposal,
            AskedFact,
            UnitFact,
        )
    },
}
_TYPES: Final = {"f": "<f8", "i": "<i8", "b": "|b1"}


def kept(value: Any) -> Any:
    """The value as JSON; TypeError for what has no place in an assessment."""
    if is_dataclass(value) and type(value).__name__ in _KINDS:
        parts = {one.name: kept(getattr(value, one.name)) for one in fields(value)}
        return {"kind": type(value).__name__, **{"of": parts}}
    if isinstance(value, np.ndarray):
        plain = np.ascontiguousarray(value, dtype=_TYPES[value.dtype.kind])
        if plain.dtype.kind == "f":
            # every NaN is the same missing value, and there is one zero
            plain = np.where(np.isnan(plain), np.nan, plain + 0.0)
        text = base64.b64encode(plain.tobytes()).decode()
        return {"kind": "array", "type": plain.dtype.kind, "shape": list(plain.shape), "of": text}
    if isinstance(value, Mapping):
        return {"kind": "map", "of": [[key, kept(one)] for key, one in value.items()]}
    if isinstance(value, tuple | list):
        return [kept(one) for one in value]
    if isinstance(value, float) and math.isnan(value):
        return {"kind": "nan", "of": None}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} is not kept")


def _opened(record: Any) -> Any:
    if isinstance(record, list):
        return tuple(_opened(one) for one in record)
    if not isinstance(record, dict):
        return record
    kind, of = record["kind"], record["of"]
    if kind == "nan":
        return math.nan
    if kind == "array":
        flat = np.frombuffer(base64.b64decode(of), dtype=_TYPES[record["type"]])
        return flat.reshape(record["shape"])
    if kind == "map":
        return {key: _opened(one) for key, one in of}
    return _KINDS[kind](**{name: _opened(one) for name, one in of.items()})


def scheme_from(record: Mapping[str, Any]) -> Scheme:
    """The scheme as it stood when the run was started."""
    found: Scheme = _opened(record)
    return found


def matrix_from(record: Mapping[str, Any]) -> Matrix:
    """The data as they were frozen."""
    found: Matrix = _opened(record)
    return found


def result_from(record: Mapping[str, Any], scheme: Scheme, matrix: Matrix) -> Result:
    """The result as it was computed; scheme and data are kept once, beside it."""
    parts = {name: _opened(one) for name, one in record.items()}
    return Result(scheme=scheme, matrix=matrix, **parts)


def proposal_from(record: Mapping[str, Any]) -> Proposal:
    """A proposal as it was put forward."""
    found: Proposal = _opened(record)
    return found


def rules_from(record: Mapping[str, Any]) -> RuleSet:
    """The rules that a proposal rests on, as they stood then."""
    found: RuleSet = _opened(record)
    return found


def digest_of(record: Any) -> str:
    """Checksum of a kept value: equal for equal values on every machine."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
