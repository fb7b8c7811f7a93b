"""Meaning (语义): the roles of a reading become the fields of a statement.

Measure, period, modality and bound are decided here, each by one function, each from the roles
alone (never from the words), in the conventions of official statistics: mean annual growth takes
the span it is the mean of, a total over a named span is cumulative, a size of a site is no result.
"""

from __future__ import annotations

import re
from decimal import Decimal

from hexi.plans.statements.frames import DocumentFrame, SectionFrame
from hexi.plans.statements.lexicon import words
from hexi.plans.statements.names import ends_with, starts_with
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.statement import Bound, Measure, Modality
from hexi.plans.statements.times import Moment

__all__ = ["bound_of", "measure_of", "modality_of", "period_of", "value_of"]

_DESIGNED = re.compile(r"^(?:设计|规划|预计|可|新增)+")
_GROWTH = ("growth", "change", "multiple", "gain")


def measure_of(reading: Reading, modality: Modality) -> Measure:
    """Which kind of quantity the figure is."""
    kind, shape = reading.figure.kind, reading.shape
    if shape == "gap":
        return "count" if kind in ("count", "people") else "level"
    if shape == "change" and reading.comparison is not None:
        return "growth_yoy"
    if shape in _GROWTH:
        return _growth_measure(reading)
    if kind == "rank":
        return "rank"
    if kind == "percent":
        return "share"
    if shape in ("criterion", "capacity") or kind == "duration" or _is_output(reading):
        return "level"
    if _is_cumulative(reading, modality):
        return "cumulative"
    if starts_with("per", reading.indicator) or reading.indicator.endswith(("能力", "产能")):
        return "level"
    return "count" if kind in ("count", "people") else "level"


def _growth_measure(reading: Reading) -> Measure:
    if reading.figure.kind == "multiple":
        return "growth_yoy" if "Y" in reading.left else "growth_total"
    left, moment = reading.left, reading.moment
    if "K" in left:
        return "growth_annual"
    if "Y" in left:
        return "growth_yoy"
    if reading.cumulative and reading.shape == "growth" and reading.base is None:
        return "growth_total"
    if any(t.kind == "G" and t.text in words("words", "cut") for t in reading.tokens):
        return "growth_total"
    if reading.figure.unit == "个百分点" and reading.base is None:
        return "growth_total"
    if reading.base is not None:
        now = moment.last if moment else None
        if now is not None and not reading.base.is_span and now - reading.base.last == 1:
            return "growth_yoy"
        return "growth_total"
    if moment is not None and moment.is_span:
        return "growth_annual" if reading.shape == "growth" else "growth_total"
    if moment is not None and moment.way in ("until", "end") and reading.shape == "growth":
        return "growth_total"
    return "growth_yoy" if reading.shape == "growth" else "growth_total"


def _is_cumulative(reading: Reading, modality: Modality) -> bool:
    if reading.figure.kind == "measure" and _is_extent(reading):
        return False
    if reading.steady or reading.term or _is_yearly(reading):
        return False
    if reading.indicator in ("总投资", "计划总投资", "概算总投资"):
        # the volume of works, however many years they were counted over
        return False
    if starts_with("per", reading.indicator) or "/" in reading.figure.unit:
        return False
    if reading.shape in ("to", "from"):
        return False
    if reading.cumulative:
        return not reading.carried or reading.figure.kind != "count" or reading.brings
    moment = reading.moment
    if moment is None or not moment.is_span or reading.moment_from != "sentence":
        return False
    if reading.figure.kind in ("count", "measure"):
        flows = reading.total or reading.brings or reading.opens
        return flows and reading.shape != "to" and "V" not in reading.left
    return reading.figure.kind in ("money", "people") and not reading.of_year


def _is_yearly(reading: Reading) -> bool:
    """每年安排6亿元: one year's sum, whatever span the sentence is about."""
    return "K" in reading.left and reading.figure.kind in ("money", "count", "people", "measure")


def _is_output(reading: Reading) -> bool:
    """年产显示模组3600万片: what works turn out a year is their capacity."""
    name = reading.indicator
    physical = reading.figure.kind in ("count", "measure") and reading.shape == "named"
    name = _DESIGNED.sub("", name)
    return physical and starts_with("made", name) and not name.endswith("能力")


def _is_extent(reading: Reading) -> bool:
    """The size of a site; land that is dealt with (盘活, 处置) is a result."""
    name = reading.indicator
    if reading.deals and reading.figure.kind == "measure":
        return False
    return ends_with("extent", name.split("占")[0] if reading.shape == "share_of" else name)


def modality_of(reading: Reading, frame: DocumentFrame, section: SectionFrame) -> Modality:
    """What the figure is meant as: result, aim, limit of a rule, or something else."""
    if reading.shape == "criterion" or reading.term:
        return "threshold"
    said = reading.moment_from in ("figure", "sentence")
    if reading.forbids:
        return "threshold"
    if reading.rule and reading.bounds[-1:] in (("ge",), ("le",)) and not said:
        return "threshold"
    if reading.within and not said:
        return "threshold"
    if reading.figure.kind == "duration" and reading.figure.unit == "年":
        return "threshold"
    floor = reading.limit and not said and not reading.aim and section.purpose != "aims"
    if floor and ends_with("admission", reading.indicator):
        return "threshold"
    if reading.grants and not said:
        return "threshold" if reading.bounds else "other"
    if reading.forecast or reading.shape == "capacity" or (reading.completed and not reading.aim):
        return "other"
    if _is_output(reading) or (
        reading.indicator in ("规模", "总规模") and reading.subject.endswith("基金")
    ):
        return "other"
    if _is_share_of_works(reading, section):
        return "other"
    if reading.shape == "invested" and section.purpose == "tasks":
        return "other"
    if reading.shape == "share_of" and _is_extent(reading) and not _dated_result(reading, frame):
        return "other"
    if reading.shape == "to" and _PLANNED_SITE.search(reading.indicator):
        return "other"
    if reading.figure.kind in ("measure", "money") and reading.shape in ("named", "inherited"):
        if _is_extent(reading) and not _dated_result(reading, frame):
            return "other"
        if ends_with("volume", reading.indicator) and not (
            said and "总投资" not in reading.indicator
        ):
            return "other"
    return _time_modality(reading, frame, section)


def _is_share_of_works(reading: Reading, section: SectionFrame) -> bool:
    """18个、投资26亿元: what chosen works cost, without a date, is neither result nor aim."""
    group = ("subject", "group") in reading.why and not reading.done and "V" not in reading.left
    undated = reading.moment is None or reading.moment_from == "paragraph"
    return group and undated and reading.indicator == "投资" and section.purpose != "review"


_PLANNED_SITE = re.compile(
    r"(?:规划|核准|核定|批复|批准|审批|控制|管辖|规划占地)[^，。；]{0,4}(?:面积|用地|范围)$"
)


def _dated_result(reading: Reading, frame: DocumentFrame) -> bool:
    """The size that a site had reached; what it is planned or approved to hold is no result."""
    moment = reading.moment
    if moment is not None and moment.way == "asof" and reading.moment_from == "sentence":
        return True
    if _PLANNED_SITE.search(reading.indicator):
        return False
    return (
        moment is not None
        and reading.moment_from in ("figure", "sentence")
        and ("V" in reading.left or moment.last <= frame.review_year)
    )


def _time_modality(reading: Reading, frame: DocumentFrame, section: SectionFrame) -> Modality:
    moment = reading.moment
    if reading.planned or reading.arranged:
        return "target"
    if reading.shape == "from" and reading.moment_from != "figure":
        return "actual"
    if moment is None and reading.nurtures:
        return "target"
    if "计划" in reading.indicator.split("占")[0] and "总" not in reading.indicator:
        return "target"
    if (reading.inventory or reading.done) and (
        moment is None or reading.moment_from == "paragraph"
    ):
        return "actual"
    if _is_year_so_far(reading, frame, section):
        return "actual"
    if frame.horizon and moment is not None:
        if moment.last < frame.horizon[0]:
            return "actual"
        return "target"
    if _is_undated_papers_aim(reading, frame, section) or _is_yearly_floor(reading, frame):
        return "target"
    if moment is not None and moment.last < frame.clock.year:
        return "actual"
    if _is_this_years_aim(reading, frame):
        return "target"
    if reading.aim:
        return "target"
    if moment is not None and moment.last > frame.clock.year:
        return "target"
    if section.purpose == "aims" or (frame.kind == "aims" and section.purpose != "review"):
        return "target"
    if section.purpose == "tasks" and frame.is_plan:
        changes = reading.shape in ("to", "growth", "multiple") or bool(reading.bounds)
        return "target" if reading.brings or changes else "actual"
    return "actual"


def _is_year_so_far(reading: Reading, frame: DocumentFrame, section: SectionFrame) -> bool:
    """前三季度实现…, 截至5月底…: the year so far is told of, unless an aim is stated."""
    moment = reading.moment
    if moment is None or not moment.part or reading.aim or moment.last > frame.clock.year + 1:
        return False
    if moment.way == "asof":
        return moment.last <= frame.clock.year and not (frame.horizon or moment.part == "-12")
    ahead = frame.kind == "aims" or section.purpose in ("aims", "tasks")
    return moment.way == "todate" and not ahead


def _is_yearly_floor(reading: Reading, frame: DocumentFrame) -> bool:
    """比重每年不低于60%: what each year to come shall hold."""
    yearly = any(t.kind == "K" and t.text == "每年" for t in reading.tokens)
    told = reading.moment is None and bool(reading.bounds) and frame.kind != "results"
    return yearly and told and reading.figure.kind == "percent"


def _is_undated_papers_aim(reading: Reading, frame: DocumentFrame, section: SectionFrame) -> bool:
    """A scheme that does not name its year sets aims for each year that its aims and tasks name."""
    scheme = frame.kind == "aims" and frame.titled is None
    ahead = section.purpose in ("aims", "tasks")
    return scheme and ahead and not (reading.done or reading.compared)


def _is_this_years_aim(reading: Reading, frame: DocumentFrame) -> bool:
    """今年…: an article or a work report that is no account of the year sets aims for it, unless
    the sentence says what has been done or compares it with the year before."""
    moment = reading.moment
    if frame.is_plan or moment is None or moment.last != frame.clock.year:
        return False
    if moment.part:
        return moment.way == "until" and frame.kind != "results"
    return frame.kind != "results" and not reading.done and not reading.compared


def period_of(
    reading: Reading, measure: Measure, modality: Modality, frame: DocumentFrame
) -> str | None:
    """The period as the exchange format writes it; None where the text gives none."""
    moment = reading.moment
    if modality == "threshold" or reading.shape in ("capacity", "invested"):
        return None
    if reading.completed and modality == "other":
        return None
    if moment is not None and (
        reading.indicator.startswith(("年度", "全年"))
        or (reading.planned and measure != "cumulative")
        or (_is_ahead(reading, modality, frame) and moment.part)
    ):
        return str(moment.last)
    if (
        modality == "other"
        and reading.shape in ("named", "inherited", "share_of", "to")
        and not reading.forecast
    ):
        return None
    if measure == "growth_annual":
        return _annual_period(moment, modality, frame)
    if measure == "growth_total":
        return _total_period(reading, modality, frame)
    if reading.shape == "from" and reading.moment_from != "figure":
        return None
    if moment is None:
        return None
    if reading.moment_from == "paragraph" and moment.is_span and modality == "actual":
        return moment.period if measure == "cumulative" or reading.opens else None
    if reading.indicator.startswith(("年度", "全年")):
        return str(moment.last)
    totalled = measure == "cumulative" and modality == "target" and not moment.part
    if totalled and frame.horizon and moment.last == frame.horizon[1]:
        return f"{frame.horizon[0]}-{frame.horizon[1]}"
    if measure == "growth_yoy" and moment.part == "-12":
        return str(moment.last)
    if moment.is_span and _is_yearly(reading) and modality == "target":
        return str(moment.last)
    return (
        str(moment.last) if moment.is_span and _is_end_of_span(reading, modality) else moment.period
    )


def _is_ahead(reading: Reading, modality: Modality, frame: DocumentFrame) -> bool:
    """What an account of some months aims at is for the whole year."""
    titled, moment = frame.titled, reading.moment
    paragraph = reading.moment_from == "paragraph" and modality == "target"
    return paragraph and titled is not None and moment is not None and moment.part == titled.part


def _is_end_of_span(reading: Reading, modality: Modality) -> bool:
    """“十四五”期间由8%提高到12%, 利用率达到95%: what is reached is reached at the end."""
    if reading.shape == "to":
        return True
    reached = any(t.kind == "V" and t.text in ("达到", "达", "突破") for t in reading.tokens)
    if modality == "target" and (reached or "B" in reading.left) and not reading.brings:
        return reading.figure.kind in ("count", "measure", "people") and not reading.opens
    return (
        modality == "target" and reading.shape == "share" and ends_with("state", reading.indicator)
    )


def _annual_period(moment: Moment | None, modality: Modality, frame: DocumentFrame) -> str | None:
    if moment is not None and moment.is_span:
        return moment.period
    if frame.told and moment is not None and moment.last == frame.told[1]:
        return f"{frame.told[0]}-{frame.told[1]}"
    if frame.horizon is None:
        return moment.period if moment else None
    first, last = frame.horizon
    length = last - first + 1
    if modality in ("target", "other"):
        if moment is not None and moment.last > last:
            return f"{last + 1}-{moment.last}"
        until = moment.last if moment is not None and first < moment.last else last
        return f"{first}-{until}"
    if moment is None or moment.last == first - 1:
        return f"{first - length}-{first - 1}"
    return moment.period


def _total_period(reading: Reading, modality: Modality, frame: DocumentFrame) -> str | None:
    moment, base = reading.moment, reading.base
    if base is not None and base.is_span:
        # 较“十一五”增长2.1倍: the years after those compared with, as many
        length = base.last - base.first + 1
        after = f"{base.last + 1}-{base.last + length}"
        ends = moment is None or moment.last == base.last + length
        return after if ends or moment is None else moment.period
    if base is None and frame.horizon and moment is not None and not moment.is_span:
        first, last = frame.horizon
        if moment.last == last:
            return f"{first - 1}-{last}"
        if moment.last == first - 1:
            return f"{2 * first - last - 2}-{first - 1}"
        if modality == "target" and first <= moment.last:
            return f"{last if moment.last > last else first - 1}-{moment.last}"
    now = moment.last if moment else None
    if now is None and base is not None:
        now = frame.horizon[1] if frame.horizon and modality == "target" else frame.review_year
    if base is not None and now is not None and base.last == now:
        return moment.period if moment else str(now)
    if base is not None and now is not None:
        return f"{base.last}-{now}"
    if moment is not None and moment.is_span:
        return moment.period
    if modality == "target" and frame.horizon:
        return f"{frame.review_year}-{frame.horizon[1]}"
    return moment.period if moment else None


def bound_of(reading: Reading) -> Bound:
    """How the figure bounds the quantity; a word after it outranks one before it."""
    figure = reading.figure
    if figure.kind == "rank" and figure.printed.isdigit() and _FIRST.search(_before(reading)):
        # 进入前60位: any place up to it
        return "le"
    if reading.bounds:
        return _BOUNDS[reading.bounds[-1]]
    return reading.figure.bound


_FIRST = re.compile(r"(?:进入|跻身|迈入|挺进|进位到|进|跨入)(?:全[国省市州区县])?前$")


def _before(reading: Reading) -> str:
    return reading.tokens[-1].text if reading.tokens else ""


_BOUNDS: dict[str, Bound] = {"ge": "ge", "le": "le", "approx": "approx"}


def value_of(reading: Reading) -> Decimal:
    """The value in the unit given; declines are negative."""
    if reading.shape in ("growth", "change", "gain") and reading.sign < 0:
        return -reading.figure.value
    return reading.figure.value
