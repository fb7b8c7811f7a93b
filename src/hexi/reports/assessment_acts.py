"""Documents of the chain of acts (动态管理文书): proposal, hearing, decision, notice, in Word.

Official documents are Chinese. The grounds come from the proposal itself, the rule's text and
number from the pack; who issues, to whom, under which number and on which day is said by whoever
acts. What the act leaves open (the unit's answer, the decision) is a line to fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from docx.document import Document

from hexi.assessment.outcomes.nouns import ACTS, STATES, Act, RuleSet
from hexi.assessment.outcomes.proposing import Proposal
from hexi.reports.official_letter import addressed, chinese_day, signed
from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    paragraph,
    save,
    table,
    title,
)

__all__ = ["ACT_TITLES", "Letter", "render"]

#: act → what its document is called
ACT_TITLES: dict[Act, str] = {
    "proposal": "动态管理建议",
    "hearing": "听取意见告知书",
    "decision": "动态管理决定",
    "notice": "动态管理结果通知",
}
_LINE = "＿" * 12


@dataclass(frozen=True, slots=True)
class Letter:
    """What only the office knows: who writes, to whom, when (发文要素)."""

    issuer: str
    day: date
    #: whoever receives it: the deciding body for a proposal, the unit for the others
    addressee: str = ""
    #: number of the document (发文字号)
    number: str = ""
    #: last day for the unit's answer (陈述申辩期限)
    answer_by: date | None = None
    #: what was decided, in the words of the decision
    decided: str = ""
    #: what the unit answered; empty: not heard, or no answer
    answer: str = ""
    contact: str = ""
    #: False: the decision does not adopt what was proposed
    adopted: bool = True
    #: conditions that were looked into before deciding, by the id of the fact
    verified: tuple[str, ...] = ()
    #: what the act itself says besides: what the unit is to speak to, what it is told
    said: str = ""
    #: what stands above everything else, such as that the figures are made up
    notice: str = ""


def render(act: Act, proposal: Proposal, rules: RuleSet, letter: Letter) -> bytes:
    """The document of one act as docx; ValueError where the rule's chain has no such act."""
    if act not in proposal.rule.acts:
        raise ValueError(f"{proposal.rule.id}: no {act} in its chain of acts")
    if proposal.withheld is not None:
        raise ValueError(f"{proposal.unit}: {proposal.withheld.en}")
    state = STATES[proposal.state].zh
    subject = f"关于{proposal.name}{state}的{ACT_TITLES[act]}"
    page = new_page(subject)
    title(page, subject)
    if letter.notice:
        paragraph(page, letter.notice)
    if letter.number:
        date_line(page, letter.number)
    to = letter.addressee or (proposal.name if act in ("hearing", "notice") else "")
    if to:
        addressed(page, to)
    _BODIES[act](page, proposal, rules, letter)
    signed(page, letter.issuer, letter.day)
    return save(page, datetime.combine(letter.day, time()))


def _proposal(page: Document, proposal: Proposal, rules: RuleSet, letter: Letter) -> None:
    paragraph(page, f"根据{_text(rules)}，现就{proposal.name}提出动态管理建议如下。")
    heading(page, "一、事实")
    _facts(page, proposal)
    heading(page, "二、依据")
    _rule(page, proposal, rules)
    heading(page, "三、建议")
    paragraph(page, f"{proposal.rule.proposes.zh}。")
    if proposal.unknown:
        heading(page, "四、尚须核实")
        for number, test in enumerate(proposal.unknown, 1):
            paragraph(page, f"{number}. {test.name.zh}：未报数据，须核实后再定，结果{_LINE[:8]}")
    steps = "、".join(ACT_TITLES[act] for act in ACTS if act in proposal.rule.acts)
    paragraph(page, f"后续程序：{steps}。")


def _hearing(page: Document, proposal: Proposal, rules: RuleSet, letter: Letter) -> None:
    paragraph(
        page,
        f"根据{_text(rules)}，对你单位拟{_plain(proposal)}。事实和依据如下。",
    )
    heading(page, "一、事实")
    _facts(page, proposal)
    heading(page, "二、依据")
    _rule(page, proposal, rules)
    heading(page, "三、陈述和申辩")
    by = chinese_day(letter.answer_by) if letter.answer_by else _LINE
    if letter.said:
        paragraph(page, letter.said)
    paragraph(
        page,
        f"你单位可就上述事实、数据和依据提出陈述、申辩并提供证明材料，请于{by}前以书面形式提出；"
        "逾期未提出的，视为无意见。",
    )
    if letter.contact:
        paragraph(page, f"联系方式：{letter.contact}")


def _decision(page: Document, proposal: Proposal, rules: RuleSet, letter: Letter) -> None:
    heading(page, "一、事实")
    _facts(page, proposal)
    heading(page, "二、依据")
    _rule(page, proposal, rules)
    if "hearing" in proposal.rule.acts:
        heading(page, "三、陈述和申辩情况")
        paragraph(page, letter.answer or _LINE)
    looked = [test.name.zh for test in proposal.unknown if test.fact in letter.verified]
    if looked:
        paragraph(page, f"经核实符合条件：{'、'.join(looked)}。")
    heading(page, "四、决定" if "hearing" in proposal.rule.acts else "三、决定")
    if letter.decided:
        paragraph(page, "采纳上述建议。" if letter.adopted else "不采纳上述建议。")
    paragraph(page, letter.decided or _LINE)
    for effect in rules.effects if letter.adopted else ():
        if effect.after == proposal.state:
            paragraph(page, f"{effect.title.zh}。")
    for ban in rules.bans if letter.adopted else ():
        if ban.after == proposal.state:
            paragraph(page, f"自作出决定之日起{ban.years}年内，{ban.title.zh}。")


def _notice(page: Document, proposal: Proposal, rules: RuleSet, letter: Letter) -> None:
    paragraph(page, f"根据{_text(rules)}，现将对你单位的动态管理结果通知如下。")
    _facts(page, proposal)
    without = "" if "decision" in proposal.rule.acts else f"{_plain(proposal)}。"
    paragraph(page, letter.decided or without or _LINE)
    if letter.said and letter.said != letter.decided:
        paragraph(page, letter.said)
    if letter.contact:
        paragraph(page, f"联系方式：{letter.contact}")


_BODIES = {
    "proposal": _proposal,
    "hearing": _hearing,
    "decision": _decision,
    "notice": _notice,
}


def _facts(page: Document, proposal: Proposal) -> None:
    """Rounds with ranks and scores, as a table."""
    grid = table(page, (30, 46, 40, 40), ("年度", "排名范围", "名次", "得分"))
    for ground in proposal.grounds:
        add_row(
            grid,
            f"{ground.year}年度",
            ground.within or "全部",
            f"第{ground.rank}位（共{ground.of}个）" if ground.rank else "未评定",
            "—" if ground.score != ground.score else f"{ground.score:.2f}",
        )
    for fact in proposal.known:
        paragraph(page, f"申报并符合条件：{fact.text.zh}。")
    if proposal.rule.by_mean_score and proposal.mean_score == proposal.mean_score:
        paragraph(
            page,
            f"上述各次平均得分{proposal.mean_score:.2f}分，在同类候选中列第{proposal.order}。",
        )


def _rule(page: Document, proposal: Proposal, rules: RuleSet) -> None:
    article = proposal.rule.article
    paragraph(
        page,
        f"{_text(rules)}{article}：{proposal.rule.title.zh}。",
    )
    if rules.source.assumed:
        paragraph(page, f"说明：{rules.source.assumed}。")


def _plain(proposal: Proposal) -> str:
    """What is proposed, without the word that makes it a proposal."""
    return proposal.rule.proposes.zh.removeprefix("建议")


def _text(rules: RuleSet) -> str:
    number = f"（{rules.source.number}）" if rules.source.number else ""
    return f"《{rules.source.title}》{number}"
