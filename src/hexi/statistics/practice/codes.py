"""Codes of practice enterprises (演练代码): valid by their check digits, and plainly nobody's.

A unified social credit code (统一社会信用代码, GB 32100-2015) has the registering department, the
kind of body, six digits of a place, nine of the organisation code (GB 11714) and a check character.
Practice codes begin with ``Y9`` (other department, other kind) and have the place 629999, which
GB/T 2260 does not know: they pass every form, and no real enterprise can have one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["PREFIX", "is_practice_code", "practice_codes"]

PREFIX: Final = "Y9629999"
_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_WEIGHTS: Final = np.array([pow(3, place, 31) for place in range(17)])
_MOST: Final = 10**8


def practice_codes(numbers: npt.NDArray[np.int64]) -> pa.Array:
    """Codes of numbered practice enterprises, as Arrow text; ValueError from 100 million on."""
    if len(numbers) and (numbers.min() < 0 or numbers.max() >= _MOST):
        raise ValueError("practice enterprises are numbered from 0 to 99,999,999")
    values = np.zeros((len(numbers), 18), np.int64)
    values[:, :8] = [_CHARACTERS.index(letter) for letter in PREFIX]
    values[:, 8:16] = numbers[:, None] // 10 ** np.arange(7, -1, -1) % 10
    check = 11 - values[:, 8:16] @ _ORGANISATION_WEIGHTS % 11
    # 10 is written X; 11 is written 0
    values[:, 16] = np.where(check == 10, _CHARACTERS.index("X"), check % 11)
    values[:, 17] = -(values[:, :17] @ _WEIGHTS) % 31
    letters = np.frombuffer(_CHARACTERS.encode(), np.uint8)[values]
    text = pa.Array.from_buffers(
        pa.binary(18), len(numbers), [None, pa.py_buffer(np.ascontiguousarray(letters))]
    )
    return text.cast(pa.binary()).cast(pa.string())


def is_practice_code(code: str) -> bool:
    """True for a code that no real enterprise can have."""
    return code.startswith(PREFIX)
