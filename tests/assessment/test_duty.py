"""Target responsibility contracts: own targets and weights, vetoes, faults, the table for pay."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from hexi.assessment.data.matrix import Case
from hexi.assessment.duty import (
    Contract,
    Fact,
    Task,
    assess_contracts,
    contracts_of,
    pay_csv,
    pay_rows,
)
from hexi.assessment.explanation import explain, say
from hexi.assessment.faults import AssessmentError
from hexi.assessment.scheme.nouns import Named, Points, Veto
from hexi.reports import assessment_xlsx

SHEET = pd.DataFrame(
    [
        ("jcb", "经济发展局", "固定资产投资", "亿元", 200.0, 180.0, 60, "升"),
        ("jcb", "经济发展局", "单位工业增加值能耗", "吨/万元", 1.0, 1.25, 40, "降"),
        ("zsj", "招商局", "招商到位资金", "亿元", 100.0, 130.0, 70, "升"),
        ("zsj", "招商局", "固定资产投资", "亿元", 50.0, 50.0, 30, "升"),
        ("hbj", "环保局", "空气优良天数", "天", 300.0, None, 100, "升"),
    ],
    columns=["责任主体", "名称", "任务名称", "计量单位", "目标值", "实际值", "权重", "方向"],
)
VETO = Veto("accident", Named("重大事故", "Grave accident"), "capped", 59.0)
BONUS = Points("honour", Named("表彰", "Honour"), 2.0, 4.0)


def test_each_is_scored_by_its_own_targets_and_weights() -> None:
    contracts, facts = contracts_of(SHEET, 2023)
    result = assess_contracts(contracts, facts)
    scores = dict(zip(result.matrix.units, result.scores.tolist(), strict=True))
    # 180/200 and 1/1.25; over the target is worth no more than the target; not reported: nothing
    assert scores == pytest.approx({"jcb": 0.6 * 90 + 0.4 * 80, "zsj": 100.0, "hbj": 0.0})
    assert result.ranks.tolist() == [2, 1, 3]
    assert result.grades == ("良好", "优秀", "不合格")
    more = assess_contracts(contracts, facts, most=120.0)
    assert more.scores[1] == pytest.approx(0.7 * 120 + 0.3 * 100)


def test_points_and_vetoes_count_and_the_explanation_is_the_common_one() -> None:
    contracts, facts = contracts_of(SHEET, 2023)
    cases = [Case("zsj", "accident", "事故通报"), Case("jcb", "honour", "表彰文件", 3)]
    result = assess_contracts(contracts, facts, points=[BONUS], vetoes=[VETO], cases=cases)
    scores = dict(zip(result.matrix.units, result.scores.tolist(), strict=True))
    assert (scores["zsj"], scores["jcb"]) == (59.0, pytest.approx(90.0))
    said = "".join(one.zh for one in say(explain(result, "jcb"), result))
    assert "固定资产投资" in said and "招商到位资金" not in said
    assert assessment_xlsx.render(result)[:2] == b"PK"


def test_the_table_for_pay_is_an_export() -> None:
    contracts, facts = contracts_of(SHEET, 2023)
    result = assess_contracts(contracts, facts)
    rows = pay_rows(result)
    assert [(row["name"], row["grade"], row["rank"]) for row in rows] == [
        ("经济发展局", "良好", 2), ("招商局", "优秀", 1), ("环保局", "不合格", 3),
    ]  # fmt: skip
    raw = pay_csv(rows)
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["总分"] for row in read] == ["86.0", "100.0", "0.0"]
    named = replace(contracts[0], name="=HYPERLINK(1)")
    renamed = assess_contracts([named, *contracts[1:]], facts)
    safe = pay_csv(pay_rows(renamed)).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in safe


def test_faults_of_a_sheet_come_all_at_once_with_their_rows() -> None:
    wrong = SHEET.astype({"目标值": object}).copy()
    wrong["目标值"] = wrong["目标值"].astype(str)
    wrong.loc[1, "目标值"] = "约1"
    wrong.loc[2, "方向"] = "平"
    with pytest.raises(AssessmentError) as error:
        contracts_of(wrong, 2023)
    told = {(fault.place, fault.text) for fault in error.value.faults}
    assert ("第2行", "目标应为数字，现为“约1”") in told
    assert ("第3行", "方向应为升或降，现为“平”") in told
    with pytest.raises(AssessmentError, match="权重"):
        contracts_of(SHEET.drop(columns="权重"), 2023)


def test_contracts_that_cannot_be_scored_are_refused() -> None:
    task = Task("t", "任务", "个", 1.0, 1.0)
    one = Contract("a", "甲", 2023, (task,))
    with pytest.raises(AssessmentError, match="没有目标责任书"):
        assess_contracts([], [])
    with pytest.raises(AssessmentError) as error:
        assess_contracts(
            [one, replace(one, year=2022), Contract("b", "乙", 2023, (replace(task, weight=0.0),))],
            [Fact("b", "other", 1.0)],
        )
    texts = {fault.text for fault in error.value.faults}
    assert texts == {
        "年度不一致：2022、2023", "有两份目标责任书", "各任务权重之和为零", "责任书中没有这项任务",
    }  # fmt: skip
