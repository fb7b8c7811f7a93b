"""An evaluation says what the evidence says, sentence by sentence, and keeps what people wrote."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hexi.catalogue import Pack, load_pack
from hexi.monitoring.evaluation import Evaluation, TooEarly, compose, subject_of_pack_plan
from hexi.monitoring.evaluation.keeping import Edit, Edited, lost_edits
from hexi.monitoring.evaluation.nouns import Chart, Sheet

TODAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("gansu")


def final(pack: Pack, plan: str = "gs-open-135", at: date = TODAY) -> Evaluation:
    return compose(subject_of_pack_plan(pack, plan, at), "final", at)


def said(report: Evaluation, key: str) -> str:
    return next(one.said.zh for one in report.sentences() if one.key == key)


def test_the_trade_target_of_the_open_economy_plan_was_missed_by_more_than_half(
    pack: Pack,
) -> None:
    sentence = said(final(pack), "target.gs-open-135.trade")
    assert "120亿美元" in sentence
    assert "55.30亿美元（2020）" in sentence
    assert "46.1%" in sentence
    assert sentence.endswith("未完成。")


def test_the_gdp_target_of_the_lanzhou_zone_was_missed(pack: Pack) -> None:
    sentence = said(final(pack, "lz-etdz-135"), "target.lz-etdz-135.gdp")
    assert "≥430亿元" in sentence
    assert "331.49亿元（2020）" in sentence
    assert "未完成" in sentence


def test_the_plan_before_is_reported_with_its_own_results(pack: Pack) -> None:
    report = final(pack)
    assert said(report, "earlier.count").startswith("上一规划期的4项目标中，完成0项、未完成4项")


def test_what_is_unknown_is_said_and_not_guessed(pack: Pack) -> None:
    report = final(pack)
    assert "其余34项缺少可比数据，不作推断" in said(report, "overall.judged")
    annex = next(section for section in report.walk() if section.annex)
    sheet = next(part for part in annex.parts if isinstance(part, Sheet))
    unknown = [row for row in sheet.rows if row.cells[-1].zh.startswith("无法判定")]
    assert len(unknown) == 34
    assert all("：" in row.cells[-1].zh for row in unknown), "each with its reason"


@pytest.mark.parametrize("kind", ["yearly", "midterm"])
def test_every_sentence_with_a_figure_names_its_evidence(pack: Pack, kind: str) -> None:
    for plan in pack.plans:
        report = compose(subject_of_pack_plan(pack, plan.id, TODAY), kind, TODAY)  # type: ignore[arg-type]
        for sentence in report.sentences():
            if re.search(r"\d", sentence.said.zh):
                assert sentence.evidence, sentence.key
            for key in sentence.evidence:
                assert report.number_of(key) > 0


def test_rows_and_charts_lead_to_evidence_too(pack: Pack) -> None:
    report = final(pack)
    for section in report.walk():
        for part in section.parts:
            if isinstance(part, Chart):
                assert part.evidence
                assert all(report.number_of(key) for key in part.evidence)
            elif isinstance(part, Sheet):
                for row in part.rows:
                    figures = any(re.search(r"\d", row.cells[at].zh) for at in part.figures)
                    assert row.evidence or not figures


def test_a_report_of_an_earlier_day_knows_nothing_of_later_figures(pack: Pack) -> None:
    then = date(2019, 6, 30)
    report = compose(subject_of_pack_plan(pack, "gs-open-135", then), "midterm", then)
    text = "".join(one.said.zh for one in report.sentences())
    assert "55.30" not in text
    assert all("2020" not in one.key for one in report.evidence if one.kind == "observation")


def test_a_final_evaluation_waits_for_the_end_of_the_plan(pack: Pack) -> None:
    with pytest.raises(TooEarly, match="2020年底"):
        final(pack, at=date(2020, 12, 31))
    assert final(pack, at=date(2021, 1, 1)).kind == "final"


def test_the_same_day_gives_the_same_report(pack: Pack) -> None:
    assert final(pack) == final(pack)


def test_a_persons_sentence_is_kept_and_told_when_its_figures_move(pack: Pack) -> None:
    then = compose(
        subject_of_pack_plan(pack, "gs-open-135", date(2019, 6, 30)), "midterm", date(2019, 6, 30)
    )
    key = "overall.judged"
    edit = Edit(key, "zh", "三项有数据。", base=said(then, key), by="李明")
    assert Edited(then, "zh", [edit]).stale == ()
    now = Edited(final(pack), "zh", [edit])
    assert now.stale == (key,)
    sentence = next(one for one in now.evaluation.sentences() if one.key == key)
    wording = now.sentence(sentence)
    assert (wording.text, wording.edited, wording.by) == ("三项有数据。", True, "李明")
    assert wording.now == sentence.said.zh


def test_an_edit_in_one_language_leaves_the_other(pack: Pack) -> None:
    report = final(pack)
    edit = Edit("overall.number", "zh", "改写。", base=said(report, "overall.number"))
    first = next(report.sentences())
    assert not Edited(report, "en", [edit]).sentence(first).edited


def test_words_whose_sentence_is_gone_are_not_lost(pack: Pack) -> None:
    edit = Edit("target.of-another-plan", "zh", "重要说明")
    assert lost_edits(final(pack), [edit]) == (edit,)


def test_proposals_are_asked_for_the_targets_that_were_missed_and_filled_by_people(
    pack: Pack,
) -> None:
    report = final(pack)
    asked = {blank.key for blank in report.blanks()}
    assert asked == {
        "proposal.gs-open-135.trade",
        "proposal.gs-open-135.fdi.2",
        "proposal.general",
    }
    answered = Edited(report, "zh", [Edit("proposal.general", "zh", "加强统计。")])
    assert answered.open_blanks == 2
