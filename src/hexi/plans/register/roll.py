"""The roll of responsible bodies (责任单位名册) while a plan is being registered."""

from __future__ import annotations

from collections.abc import Iterable

from hexi.plans.register.bodies import Named
from hexi.plans.register.plan import Body, Place

__all__ = ["Roll"]


class Roll:
    """Bodies in the order in which the plan names them; matters refer to them by position."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []

    def enrol(self, named: Iterable[Named], matter: str, place: Place) -> tuple[int, ...]:
        """Enter the bodies responsible for a matter; their positions."""
        positions: list[int] = []
        for body in named:
            positions.append(len(self.bodies))
            self.bodies.append(Body(body.name, body.role, matter, place))
        return tuple(positions)
