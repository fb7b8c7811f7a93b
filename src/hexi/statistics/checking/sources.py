"""What a rule reads (规则所读的数): a cell of the return, or a figure from around it.

Every figure that a rule needs is one source with one key, written as in the language itself:
``output``, ``last(output)``, ``sum(partner_export)``, ``other("enterprise-year", annual_tax)``.
Whoever runs a rule (Python, SQL, the browser) gets these figures and nothing else, which is why
all three come to the same verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["AROUND", "SHIFTS", "Shift", "Source", "SourceKind", "ValueType"]

ValueType = Literal["number", "text"]
#: the same figure a period earlier (上期), or a year earlier (上年同期)
Shift = Literal["", "last", "year_ago"]
SHIFTS: Final[tuple[Shift, ...]] = ("last", "year_ago")

SourceKind = Literal[
    "item",  # a cell of the return
    "prior",  # its 上年同期 column, as the respondent restated it
    "row",  # a cell of the dynamic row that the rule is about
    "sum",  # a column of dynamic rows, added up
    "count",  # how many dynamic rows a section has
    "cover",  # a field of the cover page
    "reporter",  # a field of the register
    "month",  # month of the period, 1 to 12
    "other",  # the reporter's return on another form, for the same period's end
    "within",  # the reporter's returns on another form inside this period, added up
    "children",  # returns of the units below, added up
    "peers_low",  # below this the reporter is far from its peers
    "peers_high",  # above this
]

#: kinds that are not on the page: they come from earlier returns, other forms and other units
AROUND: Final = frozenset({"other", "within", "children", "peers_low", "peers_high"})


@dataclass(frozen=True, slots=True)
class Source:
    """One figure or text that rules read."""

    kind: SourceKind
    #: item, field of the cover or the register, or section (``count``)
    name: str
    type: ValueType = "number"
    shift: Shift = ""
    #: the other form; for children the form they fill in
    form: str = ""
    #: peers: how many median deviations from the median are far
    far: str = ""
    #: digits after the point that the figure is kept with
    decimals: int = 4
    #: within: how many of the other form's periods lie inside one of this form's
    parts: int = 1

    @property
    def key(self) -> str:
        """The source as the language writes it."""
        inner = self._inner
        return f"{self.shift}({inner})" if self.shift else inner

    @property
    def _inner(self) -> str:
        match self.kind:
            case "item" | "row":
                return self.name
            case "cover" | "reporter":
                return f"{self.kind}.{self.name}"
            case "month":
                return "month"
            case "other" | "within" | "children":
                return f'{self.kind}("{self.form}", {self.name})'
            case "peers_low" | "peers_high":
                return f"{self.kind}({self.name}, far: {self.far})"
            case _:
                return f"{self.kind}({self.name})"

    @property
    def on_page(self) -> bool:
        """True where the reporter itself types it: a failure can be put right there."""
        return not self.shift and self.kind not in AROUND | {"reporter", "month"}
