"""What was decided at publication (保密决定): for each cell whether it is shown, and why not.

Decided once and stored, so that the same table shown a second time, by a page, a file or an
interface, hides the same cells, and a later vintage does too. A decision is confidential: it tells
which cells hide a sensitive one and which are only hidden for others' sake; what is published is
`Decision.hidden` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hexi.statistics.disclosure.axes import Axis
from hexi.statistics.disclosure.rules import Mask, Reason

__all__ = ["STATES", "Decision", "DecisionError"]

#: state by reason, as stored
STATES: Final = ("open", "empty", "primary", "primary", "primary", "secondary")


class DecisionError(ValueError):
    """A stored decision that does not fit the table."""


@dataclass(frozen=True)
class Decision:
    """Reason of every cell of a table, and the rule it was decided by."""

    axes: tuple[Axis, ...]
    #: `Reason` of each cell
    reason: npt.NDArray[np.int8]
    #: False for cells that were never to be published
    published: Mask
    #: `Rule.describe`
    rule: str
    #: sensitive cells that what an earlier vintage published gives away all the same
    exposed: tuple[tuple[str, ...], ...] = ()

    @property
    def hidden(self) -> Mask:
        """Cells of the table that readers do not see."""
        return self.published & (self.reason >= Reason.FEW)

    @property
    def primary(self) -> Mask:
        """Sensitive cells, published or not."""
        return (self.reason >= Reason.FEW) & (self.reason < Reason.SECONDARY)

    @property
    def secondary(self) -> Mask:
        """Cells hidden for the sake of others."""
        secondary: Mask = self.reason == Reason.SECONDARY
        return secondary

    def record(self) -> pa.Table:
        """The decision as it is stored: a row a published cell that is not simply open.

        Columns: one an axis with the node's name, ``state`` (primary, secondary, empty),
        ``reason`` (few, dominant, few_and_dominant, secondary, empty); the rule and the exposed
        cells are in the metadata.
        """
        places = np.nonzero(self.published & (self.reason != Reason.OPEN))
        reasons = self.reason[places]
        columns: dict[str, pa.Array] = {}
        for axis, own in zip(self.axes, places, strict=True):
            names = pa.array(axis.nodes, pa.string())
            columns[axis.name] = names.take(pa.array(own))
        columns["state"] = pa.array(STATES, pa.string()).take(pa.array(reasons))
        words = pa.array([reason.name.lower() for reason in Reason], pa.string())
        columns["reason"] = words.take(pa.array(reasons))
        exposed = "\n".join("\t".join(names) for names in self.exposed)
        return pa.table(columns).replace_schema_metadata({"rule": self.rule, "exposed": exposed})

    @classmethod
    def from_record(
        cls, axes: Sequence[Axis], record: pa.Table, published: Mask | None = None
    ) -> Decision:
        """The decision again; DecisionError where the record names what the axes do not have."""
        shape = tuple(len(axis) for axis in axes)
        reason = np.full(shape, Reason.OPEN, np.int8)
        metadata = record.schema.metadata or {}
        try:
            places = tuple(
                np.array([axis.place(name) for name in record[axis.name].to_pylist()], np.intp)
                for axis in axes
            )
            reason[places] = [Reason[word.upper()] for word in record["reason"].to_pylist()]
            rule = metadata[b"rule"].decode()
        except (KeyError, ValueError) as error:
            raise DecisionError(f"the record does not fit the table: {error}") from error
        exposed = metadata.get(b"exposed", b"").decode()
        return cls(
            tuple(axes),
            reason,
            np.ones(shape, bool) if published is None else published,
            rule,
            tuple(tuple(line.split("\t")) for line in exposed.splitlines()),
        )
