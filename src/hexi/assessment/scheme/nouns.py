"""A scheme (考核办法) as data: a dated tree of weighted indicators, and how each is scored.

A scheme has groups, groups have groups or items. Every method that official texts or the literature
use for a step (treatment, missing values, scoring, weighting, aggregation) is a small frozen type
with its own figures, so that a scheme says everything that a run does and nothing is left to code.
Where a text does not publish a figure, ours stands in and is marked as our assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "AGGREGATIONS",
    "WEIGHTINGS",
    "Achievement",
    "Aggregation",
    "Borda",
    "Distance",
    "FractionOfMax",
    "Group",
    "Grouping",
    "Item",
    "LevelAndGrowth",
    "Logarithm",
    "MinMax",
    "Missing",
    "Named",
    "PercentRank",
    "Piecewise",
    "Points",
    "Rank",
    "Scheme",
    "Scoring",
    "Source",
    "Steps",
    "Treatment",
    "Veto",
    "Weighting",
    "ZScore",
]

#: arithmetic mean 加权平均, geometric 几何, harmonic 调和, and methods over units as wholes
Aggregation = Literal["arithmetic", "geometric", "harmonic", "topsis", "vikor", "copeland"]
AGGREGATIONS: tuple[Aggregation, ...] = (
    "arithmetic",
    "geometric",
    "harmonic",
    "topsis",
    "vikor",
    "copeland",
)
#: where weights come from: the scheme's own figures 专家赋权, equal 等权, or the data
Weighting = Literal["given", "equal", "entropy", "critic", "pca", "ahp", "bod"]
WEIGHTINGS: tuple[Weighting, ...] = ("given", "equal", "entropy", "critic", "pca", "ahp", "bod")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a scheme or a figure stands (出处)."""

    title: str
    number: str = ""
    issuer: str = ""
    #: what the source does not publish and we put in; empty: nothing
    assumed: str = ""
    assumed_en: str = ""


# --- how a raw value becomes a score (评分方法); a higher score is always the better one ---------


@dataclass(frozen=True, slots=True)
class MinMax:
    """极差法: ``low`` to ``high`` of the data (or fixed goalposts) onto ``floor`` to ``ceiling``.

    60 and 100 give the official 60+40 form. Values outside fixed goalposts are cut off."""

    floor: float = 0.0
    ceiling: float = 100.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ZScore:
    """标准分: mean and standard deviation (n - 1) brought to ``mean`` and ``sd``."""

    mean: float = 0.0
    sd: float = 1.0


@dataclass(frozen=True, slots=True)
class Rank:
    """名次: 1 for the worst to n for the best, ties at their mean or least place."""

    ties: Literal["min", "average"] = "min"


@dataclass(frozen=True, slots=True)
class PercentRank:
    """百分位: share of the other units that are worse, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Borda:
    """波达计分: number of units that are worse."""


@dataclass(frozen=True, slots=True)
class FractionOfMax:
    """占最大值比例: value over the largest (lower is better: smallest over value), times scale."""

    scale: float = 100.0


@dataclass(frozen=True, slots=True)
class Distance:
    """与标杆的距离: to the best, a target, or the mean of the ``top`` best (前沿), 0 to 100."""

    to: Literal["best", "target", "frontier"]
    target: float | None = None
    top: int = 1
    #: a value beyond the target scores no more
    capped: bool = True


@dataclass(frozen=True, slots=True)
class Achievement:
    """目标完成率: actual over the unit's own target (lower is better: target over actual).

    100 points at the target, no more than ``most``; below ``least`` of the target nothing."""

    most: float = 100.0
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class LevelAndGrowth:
    """水平加增长: share ``level`` of the points by min-max of the level, the rest by its growth."""

    level: float = 0.5
    #: growth on the year before, in per cent of its size
    floor: float = 0.0
    ceiling: float = 100.0


@dataclass(frozen=True, slots=True)
class Logarithm:
    """对数法: logarithms onto ``floor`` to ``ceiling``; only for values above zero."""

    floor: float = 0.0
    ceiling: float = 100.0


@dataclass(frozen=True, slots=True)
class Piecewise:
    """分段线性: points joined by lines; (value, score) in rising order of value."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """分档: score of the highest step whose value is reached; below the first, ``below``."""

    steps: tuple[tuple[float, float], ...]
    below: float = 0.0


Scoring = (
    MinMax
    | ZScore
    | Rank
    | PercentRank
    | Borda
    | FractionOfMax
    | Distance
    | Achievement
    | LevelAndGrowth
    | Logarithm
    | Piecewise
    | Steps
)


# --- before scoring ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Treatment:
    """异常值处理, tried in this order: winsorise, then transform, only where skew says so.

    Method of the OECD/JRC handbook: |skewness| above ``skew`` and kurtosis above ``kurtosis``."""

    winsorise: int = 0
    transform: Literal["", "log", "boxcox"] = ""
    skew: float = 2.0
    kurtosis: float = 3.5


@dataclass(frozen=True, slots=True)
class Missing:
    """缺失值处理, declared, never silent.

    ``leave_out``: weights of the others are scaled up; ``zero``: no points; ``mean``, ``median``,
    ``group_mean``: put in; ``latest``, ``linear``: from own years; ``refuse``: no run."""

    rule: Literal[
        "leave_out", "zero", "mean", "median", "group_mean", "latest", "linear", "refuse"
    ] = "refuse"
    #: a unit with less than this share of its items present is not rated
    least_share: float = 0.0


# --- the tree ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator of the scheme (三级、二级指标)."""

    id: str
    name: Named
    #: indicator of the catalogue; empty: entered by hand (手工填报)
    indicator: str
    unit: str
    #: 1 more is better, -1 less is better
    direction: Literal[1, -1]
    scoring: Scoring
    #: of its parent, in the scheme's own figures; by class of unit where ``by_class`` has it
    weight: float
    by_class: Mapping[str, float] = field(default_factory=dict)
    #: indicator or item that it is divided by before anything else (人均、地均)
    per: str = ""
    treatment: Treatment = Treatment()
    missing: Missing | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of items or of groups (一级指标)."""

    id: str
    name: Named
    weight: float
    members: tuple[Group | Item, ...]
    by_class: Mapping[str, float] = field(default_factory=dict)
    aggregation: Aggregation = "arithmetic"
    weighting: Weighting = "given"
    #: what the weights of its members must add to; None: shares of whatever they add to
    total: float | None = None
    #: pairwise comparisons of its members (判断矩阵), a row a member, for weighting by AHP
    judgements: tuple[tuple[float, ...], ...] = ()
    #: least and most weight in multiples of the scheme's own, for the benefit of the doubt
    bounds: tuple[float, float] = (0.5, 1.5)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Bonus or penalty points (加分、扣分): each case counts, up to a cap, with its evidence."""

    id: str
    name: Named
    #: positive adds, negative takes away, for one case
    each: float
    #: at most this many points either way, as a positive number; None: no cap
    cap: float | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """One-vote veto (一票否决): what a single case brings about."""

    id: str
    name: Named
    #: no rating this year, or no better than the named grade
    effect: Literal["unrated", "lowest", "capped"]
    #: highest score that stays, where the effect is ``capped``
    cap: float | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """In which classes units are ranked (分类排名), besides the ranking of all."""

    #: attribute of the unit: region, zone_type, level …
    attribute: str
    name: Named
    #: what the attribute may say, such as 东部, 中部, 西部; empty: anything
    classes: tuple[Named, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """Its classes as the data write them."""
        return tuple(one.zh for one in self.classes)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of assessment (考核办法), in force from one year to another."""

    id: str
    version: str
    title: Named
    #: who is assessed
    kind: Literal["zones", "parks", "departments", "posts", "counties"]
    #: first and last year assessed by it; None: still in force
    since: int
    until: int | None
    source: Source
    root: Group
    #: attribute whose value chooses the weights (东部、中西部; 类型)
    class_by: str = ""
    missing: Missing = Missing()
    points: tuple[Points, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    #: grades from the best down: (name, least score); empty: none
    grades: tuple[tuple[Named, float], ...] = ()
    #: decimals of published scores; ties are ties at these decimals
    decimals: int = 2
    #: a unit younger than this many full years is not rated
    least_years: int = 0
    #: ids of outcome rules that follow from it
    outcomes: tuple[str, ...] = ()

    def groups(self) -> Iterator[Group]:
        """Every group, outer before inner."""
        waiting = [self.root]
        while waiting:
            group = waiting.pop(0)
            yield group
            waiting += [member for member in group.members if isinstance(member, Group)]

    def items(self) -> Iterator[Item]:
        """Every item in the order of the table."""

        def inside(group: Group) -> Iterator[Item]:
            for member in group.members:
                if isinstance(member, Group):
                    yield from inside(member)
                else:
                    yield member

        yield from inside(self.root)

    def class_name(self, said: str) -> Named:
        """Name of a class in both languages, from what the data say."""
        every = (one for grouping in self.groupings for one in grouping.classes)
        return next((one for one in every if one.zh == said), Named(said, said))

    @property
    def assumed(self) -> tuple[str, ...]:
        """Everything in it that is our assumption, for every page and report to say."""
        return tuple(zh for zh, _ in self._assumptions())

    @property
    def assumed_en(self) -> tuple[str, ...]:
        """The same in English."""
        return tuple(en for _, en in self._assumptions())

    def _assumptions(self) -> tuple[tuple[str, str], ...]:
        parts = [
            self.source,
            *(
                one.source
                for some in (self.groups(), self.items(), self.points, self.vetoes)
                for one in some
            ),
        ]
        return tuple(
            dict.fromkeys((one.assumed, one.assumed_en) for one in parts if one and one.assumed)
        )
