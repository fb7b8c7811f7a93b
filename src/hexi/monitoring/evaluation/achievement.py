"""What became of the targets (目标完成情况): the whole in a few sentences, then the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hexi.monitoring.evaluation.counting import (
    NATURES,
    STATUSES,
    by_chapter,
    by_nature,
    of_status,
    tally,
)
from hexi.monitoring.evaluation.grounds import Grounds, aim
from hexi.monitoring.evaluation.nouns import Paragraph, Row, Said, Section, Sentence, Sheet
from hexi.monitoring.evaluation.subject import Assessed, Subject
from hexi.monitoring.evaluation.wording import about, completion, name_of, observed, reason
from hexi.monitoring.verdicts import Status
from hexi.monitoring.verdicts.reach import percent

__all__ = ["ALL_TARGETS", "achievement", "earlier_plan", "overall", "target_rows", "target_sheet"]

#: key of the annex that lists every target
ALL_TARGETS = "annex.targets"
_KNOWN = (Status.MET, Status.MISSED, Status.ON_THE_WAY)
_WIDTHS = (0.34, 0.13, 0.15, 0.16, 0.11, 0.11)
_WITH_REASONS = (0.26, 0.11, 0.13, 0.14, 0.1, 0.26)
_BEFORE = Said("上一规划期目标", "Targets of the plan before")
_LIST = Said("附件“目标完成情况总表”", "annex: all targets")


def overall(subject: Subject, grounds: Grounds) -> Section:
    """总体评价: how many targets, of how many something can be said, and how those stand."""
    count = tally(subject.targets)
    ground = grounds.count("targets", Said("目标数", "number of targets"), count.total, _LIST.zh)
    binding = len(by_nature(subject.targets).get("binding", ()))
    sentences = [
        Sentence(
            "overall.number",
            Said(
                f"《{subject.title.zh}》共提出{count.total}项有数字的目标，其中约束性{binding}项、"
                f"预期性{count.total - binding}项。",
                f"The plan sets {count.total} targets in figures, {binding} of them binding and"
                f" {count.total - binding} expected.",
            ),
            (ground,),
        ),
        Sentence(
            "overall.judged",
            Said(
                f"依据现有数据可以判定{count.judged}项：完成{count.met}项、未完成{count.missed}项、"
                f"目标期未到而有进展数据{count.on_the_way}项；其余{count.unknown}项缺少可比数据，不作推断。",
                f"Something can be said of {count.judged}: {count.met} met, {count.missed} missed,"
                f" {count.on_the_way} not due yet but observed; of the other {count.unknown}"
                " there are no comparable data and nothing is inferred.",
            ),
            (ground, *_all_used(of_status(subject.targets, *_KNOWN), grounds)),
        ),
    ]
    if count.met + count.missed:
        share = percent(Fraction(count.met, count.met + count.missed))
        sentences.append(
            Sentence(
                "overall.rate",
                Said(
                    f"在已到期且可判定的{count.met + count.missed}项中，完成率为{share}。",
                    f"Of the {count.met + count.missed} that are due and can be judged,"
                    f" {share} were met.",
                ),
                (ground,),
            )
        )
    leaning = [one for one in subject.targets if one.verdict.leaning is not None]
    if leaning:
        sentences.append(_leaning(leaning, grounds))
    return Section(
        "overall",
        Said("总体评价", "Overall"),
        (Paragraph("overall.text", tuple(sentences)),),
    )


def achievement(subject: Subject, grounds: Grounds) -> Section:
    """主要目标完成情况: binding, expected, by chapter; only what can be told stands here."""
    inside: list[Section] = []
    for nature, targets in by_nature(subject.targets).items():
        inside.append(_of_nature(nature, targets, subject.owner, grounds))
    chapters = by_chapter(subject.targets)
    if len(chapters) > 1:
        inside.append(
            Section(
                "achievement.chapters",
                Said("分章节完成情况", "By chapter of the plan"),
                (_chapter_sheet(chapters, grounds),),
            )
        )
    return Section(
        "achievement", Said("主要目标完成情况", "What became of the targets"), (), tuple(inside)
    )


def earlier_plan(subject: Subject, grounds: Grounds) -> Section | None:
    """上一规划期目标完成情况, as this plan and the statistics report them."""
    if not subject.earlier:
        return None
    count = tally(subject.earlier)
    first = Sentence(
        "earlier.count",
        Said(
            f"上一规划期的{count.total}项目标中，完成{count.met}项、未完成{count.missed}项、"
            f"无法判定{count.unknown}项。",
            f"Of the {count.total} targets of the plan before, {count.met} were met,"
            f" {count.missed} missed, and {count.unknown} cannot be told.",
        ),
        _all_used(subject.earlier, grounds),
    )
    return Section(
        "earlier",
        Said("上一规划期目标完成情况", "The plan before"),
        (
            Paragraph("earlier.text", (first,)),
            target_sheet(
                "earlier.targets",
                subject.earlier_title or _BEFORE,
                target_rows("earlier", subject.earlier, subject.owner, grounds),
            ),
        ),
    )


def target_rows(
    prefix: str,
    targets: Iterable[Assessed],
    owner: Said,
    grounds: Grounds,
    *,
    why: bool = False,
) -> tuple[Row, ...]:
    """One row a target: name (and whose it is), base, aim, observed, share, answer (and why)."""
    rows = []
    for one in targets:
        share = completion(one)
        base = one.target.base
        answer = STATUSES[one.verdict.status]
        cells = [
            _whose(one, owner),
            _figure(base.printed + one.target.measure_unit if base else "—"),
            aim(one),
            observed(one),
            _figure(percent(share) if share is not None else "—"),
            answer,
        ]
        if why:
            cells[-1] = _with_reason(answer, one)
        rows.append(Row(f"{prefix}.{one.target.id}", tuple(cells), grounds.used(one)))
    return tuple(rows)


def target_sheet(key: str, title: Said, rows: tuple[Row, ...], *, why: bool = False) -> Sheet:
    """The official table of targets (指标完成情况表); with reasons its last column is wide."""
    return Sheet(
        key,
        title,
        (
            Said("指标", "Indicator"),
            Said("基期", "Base"),
            Said("目标", "Aim"),
            Said("实际（时期）", "Observed (period)"),
            Said("完成率", "Share of aim"),
            Said("判定", "Answer"),
        ),
        rows,
        _WITH_REASONS if why else _WIDTHS,
        (1, 2, 3, 4),
    )


def _of_nature(nature: str, targets: Sequence[Assessed], owner: Said, grounds: Grounds) -> Section:
    known = of_status(targets, *_KNOWN)
    name = NATURES.get(nature, Said(nature, nature))
    count = tally(targets)
    ground = grounds.count(f"nature.{nature}", Said(f"{name.zh}数", name.en), count.total, _LIST.zh)
    first = Sentence(
        f"nature.{nature}.count",
        Said(
            f"{name.zh}{count.total}项，可判定{count.judged}项，其中完成{count.met}项、"
            f"未完成{count.missed}项。",
            f"{name.en}: {count.total}, of which {count.judged} can be judged: {count.met} met,"
            f" {count.missed} missed.",
        ),
        (ground,),
    )
    parts = [Paragraph(f"nature.{nature}.text", (first, *(about(one, grounds) for one in known)))]
    sheet = target_sheet(
        f"nature.{nature}.targets",
        Said(f"{name.zh}完成情况", name.en),
        target_rows(f"nature.{nature}", known, owner, grounds),
    )
    return Section(f"nature.{nature}", name, (*parts, sheet) if known else tuple(parts))


def _chapter_sheet(chapters: dict[str, list[Assessed]], grounds: Grounds) -> Sheet:
    rows = []
    for place, (chapter, targets) in enumerate(chapters.items(), 1):
        count = tally(targets)
        what = Said(f"{chapter}的目标数", f"targets of {chapter}")
        ground = grounds.count(f"chapter.{place}", what, count.total, _LIST.zh)
        numbers = (count.total, count.met, count.missed, count.on_the_way, count.unknown)
        cells = (Said(chapter, chapter), *(_figure(str(number)) for number in numbers))
        rows.append(Row(f"chapter.{place}", cells, (ground,)))
    return Sheet(
        "chapters",
        Said("分章节目标完成情况", "Targets by chapter"),
        (
            Said("章节", "Chapter"),
            Said("目标数", "Targets"),
            STATUSES[Status.MET],
            STATUSES[Status.MISSED],
            STATUSES[Status.ON_THE_WAY],
            STATUSES[Status.UNKNOWN],
        ),
        tuple(rows),
        (0.4, 0.12, 0.12, 0.12, 0.12, 0.12),
        (1, 2, 3, 4, 5),
    )


def _leaning(targets: Sequence[Assessed], grounds: Grounds) -> Sentence:
    both = []
    for one in targets:
        word, name, why = STATUSES[one.verdict.leaning or Status.UNKNOWN], name_of(one), reason(one)
        both.append((f"{name.zh}（{word.zh}：{why.zh}）", f"{name.en} ({word.en}: {why.en})"))
    return Sentence(
        "overall.leaning",
        Said(
            "无法判定的目标中，有" + str(len(both)) + "项的其他时期或来源的数据显示了倾向，"
            "仅供参考：" + "；".join(zh for zh, _ in both) + "。",
            f"Of those that cannot be told, data of other periods or sources lean one way for"
            f" {len(both)}, for information only: " + "; ".join(en for _, en in both) + ".",
        ),
        _all_used(targets, grounds),
    )


def _all_used(targets: Iterable[Assessed], grounds: Grounds) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in targets for key in grounds.used(one)))


def _whose(one: Assessed, owner: Said) -> Said:
    """The target's name, after its unit where that is not the plan's own."""
    name = name_of(one)
    if not one.unit.zh or one.unit == owner:
        return name
    return Said(f"{one.unit.zh}：{name.zh}", f"{one.unit.en}: {name.en}")


def _with_reason(answer: Said, one: Assessed) -> Said:
    why = reason(one)
    if one.verdict.status is not Status.UNKNOWN or not why.zh:
        return answer
    return Said(f"{answer.zh}：{why.zh}", f"{answer.en}: {why.en}")


def _figure(text: str) -> Said:
    return Said(text, text)
