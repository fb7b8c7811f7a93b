"""``hexi monitor`` (规划监测): where a plan's targets stand, and whether they will be met."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date

from hexi.catalogue import Pack, PackError
from hexi.cli.arguments import Parser, add_reading
from hexi.cli.catalogues import add_pack, load_catalogue
from hexi.cli.days import read_day
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.named_plan import add_plan, document_of, in_library, is_file, pack_plan
from hexi.cli.output import deliver
from hexi.cli.progress import Progress
from hexi.cli.screen import Column, render_table, screen_width
from hexi.monitoring.goal import Goal
from hexi.monitoring.lamps import Rules, chance_text, load_rules
from hexi.monitoring.standing import Grade, Lamp, Standing
from hexi.monitoring.watch import Watch, watch_plan, watch_targets
from hexi.plans.register import build_plan
from hexi.plans.statements import extract

__all__ = ["arguments", "run"]

_LAMPS = {
    Lamp.RED: ("红", "red"),
    Lamp.YELLOW: ("黄", "yellow"),
    Lamp.GREEN: ("绿", "green"),
    Lamp.GREY: ("灰", "grey"),
    Lamp.FINISHED: ("到期", "over"),
}
_GRADES = {
    Grade.REACHED: ("提前实现", "reached"),
    Grade.AHEAD: ("快于预期", "ahead"),
    Grade.ON_SCHEDULE: ("符合预期", "on schedule"),
    Grade.BEHIND: ("滞后", "behind"),
    Grade.UNKNOWN: ("无法判断", "unknown"),
}
#: the same of a target whose time is over
_ENDED = {
    Grade.REACHED: ("达到目标", "met"),
    Grade.BEHIND: ("未达到", "missed"),
}
_BOUNDS = {"ge": "≥", "le": "≤", "approx": "约"}
_STEPS = 3
#: cells from which on a screen takes every column
_WIDE = 100


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi monitor``."""
    add_plan(parser, words)
    parser.add_argument(
        "--as-of",
        metavar=words("日期", "DATE"),
        help=words("截至日期，如 2018-06-30（默认今天）", "as known on that day (today)"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=words("同时列出没有数据的目标", "list targets without data too"),
    )
    parser.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help=words("输出格式（默认 table）", "form of the output (table)"),
    )
    add_reading(parser, words)
    add_pack(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Watch one plan; findings are red lamps and missed targets."""
    at = read_day(options.as_of)
    pack = load_catalogue(options.pack)
    rules = _rules(options.pack)
    title, watch = _watch(options, pack, rules, at, words)
    if options.format == "json":
        record = {"plan": title, **watch.as_record()}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        deliver([(text + "\n").encode("utf-8", "replace")], options.out)
    else:
        lines = _table(title, watch, pack, words, everything=options.all)
        deliver([("\n".join(lines) + "\n").encode("utf-8", "replace")], options.out)
    return Exit.FINDINGS if watch.alarming else Exit.FINE


def _rules(pack: str) -> Rules:
    try:
        return load_rules(pack)
    except PackError as error:
        first = error.faults[0]
        raise Refusal(
            f"数据包 {pack}：{first.sentence('zh')}。",
            f"pack {pack}: {first.sentence('en')}.",
            "请改正规则文件。",
            "Mend the file of the rules.",
        ) from error


def _watch(
    options: Namespace, pack: Pack, rules: Rules, at: date, words: Words
) -> tuple[str, Watch]:
    """The plan's title and its watch, from a file, the pack or the library."""
    given = options.plan
    if is_file(given):
        return _of_file(options, pack, rules, at, words)
    plan = pack_plan(given, pack)
    if plan is not None:
        targets = [target for target in pack.targets if target.plan == plan.id]
        title = words(plan.title, plan.title_en)
        return title, watch_targets(targets, pack, at=at, rules=rules, plan=plan)
    # with what people set and changed there
    return in_library(given, words, lambda desk, row: (str(row.title), desk.watch_plan(row, at)))


def _of_file(
    options: Namespace, pack: Pack, rules: Rules, at: date, words: Words
) -> tuple[str, Watch]:
    progress = Progress(_STEPS, words, forced=options.progress)
    try:
        progress.step(f"{options.plan}　{words('读文件', 'reading')}")
        source, document = document_of(options)
        progress.step(f"{source.label}　{words('登记目标', 'registering')}")
        plan = build_plan(document, extract(document, pack.catalogue), pack.catalogue)
        progress.step(words("测算进度", "measuring progress"))
        watch = watch_plan(plan, pack, at=at, rules=rules)
    finally:
        progress.close()
    return plan.title or source.label, watch


def _table(title: str, watch: Watch, pack: Pack, words: Words, *, everything: bool) -> list[str]:
    """The plan as a screen shows it: lamps counted, a line a target, what cannot be measured."""
    listed = [
        (goal, standing)
        for goal, standing in zip(watch.goals, watch.standings, strict=True)
        if everything or standing.actual is not None or standing.p is not None
    ]
    silent = len(watch.goals) - len(listed)
    lamps = watch.swept.lamps()
    counts = "　".join(f"{words(*_LAMPS[lamp])} {lamps[lamp]}" for lamp in _LAMPS if lamps[lamp])
    day = watch.at.isoformat()
    lines = [words(f"{title}　截至 {day}", f"{title}  as of {day}")]
    if counts:
        lines.append(counts)
    if listed:
        lines += ["", *_targets(listed, pack, words)]
    if silent:
        zh = f"另有 {silent} 个目标没有可比的观测值，--all 可列出。"
        lines += ["", words(zh, f"{silent} more have no comparable values; --all lists them.")]
    if watch.unmeasured:
        said = words("以下目标不能测算：", "Not to be measured:")
        lines += ["", said]
        lines += [
            f"  {one.name} {one.printed}　{words(one.reasons[0].text, one.reasons[0].text_en)}"
            for one in watch.unmeasured
        ]
    if not watch.goals and not watch.unmeasured:
        lines += ["", words("没有识别出目标。", "No targets were found.")]
    return lines


def _targets(listed: list[tuple[Goal, Standing]], pack: Pack, words: Words) -> list[str]:
    """A line a target; what can be spared gives way on a narrow screen."""
    columns = {
        "lamp": Column(words("灯", "lamp"), most=6),
        "unit": Column(words("责任主体", "unit"), most=18),
        "indicator": Column(words("指标", "indicator"), most=28),
        "target": Column(words("目标", "target"), right=True, most=18),
        "year": Column(words("年份", "year"), right=True),
        "actual": Column(words("实际", "actual"), right=True, most=14),
        "period": Column(words("时期", "period"), right=True),
        "due": Column(words("应达", "due"), right=True, most=14),
        "needed": Column(words("还需/年", "need a yr"), right=True),
        "past": Column(words("以往/年", "past a yr"), right=True),
        "progress": Column(words("进度", "progress"), most=12),
        "chance": Column(words("达标概率", "chance"), right=True),
    }
    if len({goal.unit for goal, _ in listed}) == 1:
        del columns["unit"]
    if screen_width() < _WIDE:
        for spare in ("year", "past", "due"):
            del columns[spare]
    rows = [_row(goal, standing, pack, words) for goal, standing in listed]
    cells = [[row[name] for name in columns] for row in rows]
    return render_table(list(columns.values()), cells, screen_width())


def _row(goal: Goal, standing: Standing, pack: Pack, words: Words) -> dict[str, str]:
    unit = pack.catalogue.unit(goal.unit)
    indicator = pack.catalogue.indicator(goal.indicator)
    name = words(goal.name, indicator.name_en if indicator else goal.name)
    over = standing.lamp is Lamp.FINISHED
    grades = _GRADES | (_ENDED if over else {})
    return {
        "lamp": words(*_LAMPS[standing.lamp]),
        "unit": words(unit.name, unit.name_en) if unit else goal.unit,
        "indicator": "·".join((name, *goal.facets)),
        "target": f"{_BOUNDS.get(goal.bound, '')}{goal.printed}",
        "year": str(goal.end),
        "actual": _figure(standing.actual, goal),
        "period": standing.last_period,
        "due": _figure(standing.expected, goal),
        "needed": _rate(standing.required_rate, standing, goal),
        "past": _rate(standing.past_rate, standing, goal),
        "progress": words(*grades[standing.grade]),
        "chance": "" if standing.p is None or over else chance_text(standing.p),
    }


def _figure(value: float | None, goal: Goal) -> str:
    """With one decimal more than the target is printed with; ranks are whole."""
    if value is None:
        return ""
    decimals = 0 if goal.measure_unit == "位" else min(4, goal.decimals + 1)
    return f"{value:.{decimals}f}"


def _rate(value: float | None, standing: Standing, goal: Goal) -> str:
    if value is None:
        return ""
    if standing.rate == "compound":
        return f"{value:+.1f}%"
    return f"{value:+.{min(4, goal.decimals + 1)}f}"
