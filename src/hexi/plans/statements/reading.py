"""Readings (读数): what is known of a figure while its sentence is read, and what it remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

from hexi.plans.statements.comparisons import Comparison
from hexi.plans.statements.figures import Figure
from hexi.plans.statements.times import Moment
from hexi.plans.statements.tokens import Token

__all__ = ["Memory", "Reading"]


@dataclass(slots=True)
class Reading:
    """A figure with its roles; offsets count in the logical text."""

    figure: Figure
    shape: str
    subject: str = ""
    indicator: str = ""
    #: the words of the clause before the figure: kinds, and the tokens themselves
    left: str = ""
    tokens: tuple[Token, ...] = ()
    moment: Moment | None = None
    #: where the moment was said: figure, sentence, paragraph, section
    moment_from: str = ""
    #: base of a comparison (较“十一五”末)
    base: Moment | None = None
    bounds: tuple[str, ...] = ()
    aim: bool = False
    forecast: bool = False
    rule: bool = False
    #: a limit in the words of a rule (不低于, 不得超过)
    limit: bool = False
    #: one year's part of a series told together (分别完成82亿元、96亿元)
    of_year: bool = False
    #: a condition, rate, ceiling or floor that a rule sets
    term: bool = False
    #: what a policy pays
    grants: bool = False
    #: the time within which something is to be done (15个工作日内办结)
    within: bool = False
    #: 保持在, 稳定在: a stock, whatever span it is told of
    steady: bool = False
    #: 不得低于, 不得超过: the words of a rule whatever the passage plans
    forbids: bool = False
    #: what comes with works once they run
    completed: bool = False
    #: it is said to have been done (已建设)
    done: bool = False
    #: the sentence compares with the year before (同比) and states no aim
    compared: bool = False
    #: what the figure is a gap to, or a part of
    comparison: Comparison | None = None
    #: a plan's own value, that results are measured against
    planned: bool = False
    #: the counted noun after the figure
    noun: str = ""
    cumulative: bool = False
    #: works that are arranged for the year: their number is an aim whatever has been done
    arranged: bool = False
    #: 累计 was said in a clause before
    carried: bool = False
    total: bool = False
    subset: bool = False
    #: a verb that brings something about opens the name (建设, 引进)
    brings: bool = False
    #: it opens something new (新开通), so that a span before it counts what was opened then
    opens: bool = False
    #: it deals with land (盘活, 收储)
    deals: bool = False
    #: it states an aim by itself (培育)
    nurtures: bool = False
    #: the count of what there is, not of what is aimed at
    inventory: bool = False
    sign: int = 1
    sentence: tuple[int, int] = (0, 0)
    why: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """What the sentence or paragraph has said so far."""

    subject: str = ""
    subject_from: str = ""
    #: the firms that the sentence counted
    firms: str = ""
    #: the works that the passage spoke of last
    works: str = ""
    #: the works that were arranged for the year, and the year
    arranged: tuple[str, int] | None = None
    #: the body that the paragraph opens with (城东工业园。…)
    place: str = ""
    indicator: str = ""
    #: of the last share, the part that was set against the whole (its growth is meant next)
    part: str = ""
    moment: Moment | None = None
    moment_from: str = ""
    aim: bool = False
    forecast: bool = False
    rule: bool = False
    #: the time that later sentences of the paragraph go on from
    anchor: Moment | None = None
    #: the name of the criterion of a class (进出口额 of 过1亿美元的企业)
    criterion: str = ""
    #: things counted before, whose figures follow (204个项目…开工率)
    group: str = ""
    #: the verb of the enumeration that goes on
    brings: bool = False
    opens: bool = False
    nurtures: bool = False
    #: what the clause before spoke of without a figure
    topic: str = ""
    levels: list[tuple[str, str]] = field(default_factory=list)
