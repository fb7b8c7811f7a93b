"""Sharing a sum out (金额分摊): parts by weight within bounds that add up to the sum exactly."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["share_out"]


def share_out(
    amount: int, weights: Sequence[float], least: Sequence[int], most: Sequence[int]
) -> list[int]:
    """Whole parts of ``amount``, as near to the weights (all above zero) as their bounds allow.

    Raises:
        ValueError: where the bounds leave no such parts.
    """
    if not sum(least) <= amount <= sum(most):
        raise ValueError(f"{amount} does not lie between {sum(least)} and {sum(most)}")
    scale = _scale(amount, weights, least, most)
    wanted = [
        min(max(weight * scale, low), high)
        for weight, low, high in zip(weights, least, most, strict=True)
    ]
    parts = [int(one) for one in wanted]
    # what rounding down leaves goes where most was cut off, one by one
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - wanted[at], at))
    left = amount - sum(parts)
    while left:
        moved = 0
        for at in order:
            step = 1 if left > 0 else -1
            if left and least[at] <= parts[at] + step <= most[at]:
                parts[at] += step
                left -= step
                moved += 1
        if not moved:
            raise AssertionError("the bounds were checked")
    return parts


def _scale(
    amount: int, weights: Sequence[float], least: Sequence[int], most: Sequence[int]
) -> float:
    """The factor of the weights with which bounded parts come to the sum: by halving at worst."""
    free = amount / sum(weights)
    if all(
        floor <= weight * free <= top
        for weight, floor, top in zip(weights, least, most, strict=True)
    ):
        return free
    low, high = 0.0, max(top / weight for top, weight in zip(most, weights, strict=True)) + 1
    for _round in range(100):
        middle = (low + high) / 2
        together = sum(
            min(max(weight * middle, floor), ceiling)
            for weight, floor, ceiling in zip(weights, least, most, strict=True)
        )
        low, high = (middle, high) if together < amount else (low, middle)
    return low
