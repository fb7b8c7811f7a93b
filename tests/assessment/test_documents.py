"""Word: the bulletin says the run's figures, each act's document its own part of the chain."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import docx
import numpy as np
import pytest

from hexi.assessment.certainty import perturb
from hexi.assessment.outcomes import coming_ranks, propose, round_of, rule_set
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.reports import assessment_acts, assessment_docx
from hexi.reports.assessment_acts import Letter
from tests.assessment import zones

SCHEME = zones.scheme()
_BARE = zones.data(SCHEME)
DATA = replace(
    _BARE,
    attributes={
        **_BARE.attributes,
        "zone_type": ("特色产业型",) * len(_BARE.units),
        "level": ("省级",) * len(_BARE.units),
    },
)
RESULT = assess(SCHEME, DATA)
LAST = assess(SCHEME, zones.year_before(DATA))
RULES = rule_set("gs-zones")
PROPOSED = propose(RULES, [round_of(LAST), round_of(RESULT)])
#: another text in force at the same time
OTHER = propose(rule_set("etdz-2016"), [round_of(LAST), round_of(RESULT)])
LETTER = Letter("某省商务厅", date(2024, 6, 3), number="商〔2024〕1号", answer_by=date(2024, 6, 20))


def _text(raw: bytes) -> str:
    document = docx.Document(io.BytesIO(raw))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(place.text for place in document.paragraphs), *cells])


def _bulletin(language: str = "zh", result: Result = RESULT) -> bytes:
    return assessment_docx.render(
        result,
        last=LAST,
        certainty=perturb(SCHEME, DATA, draws=100),
        proposals=[PROPOSED, OTHER],
        language=language,  # type: ignore[arg-type]
        at=datetime(2024, 6, 1),
    )


def test_the_bulletin_ranks_says_how_sure_and_what_is_assumed() -> None:
    raw = _bulletin()
    text = _text(raw)
    assert "【本系统假定】权重为本系统假定" in text
    assert "考核24个主体，评定23个，不予评定1个" in text
    best = RESULT.matrix.names[RESULT.ranks.tolist().index(1)]
    assert best in text and f"{RESULT.scores.tolist()[RESULT.ranks.tolist().index(1)]:.2f}" in text
    assert "在100次模拟中" in text and "不能可靠地分出先后" in text
    assert RESULT.matrix.digest() in text
    for some in (PROPOSED, OTHER):
        assert some.proposals and f"依据{some.rules.title.zh}" in text
        assert all(one.text.zh in text for one in some.proposals)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert "word/charts/chart1.xml" in packed.namelist()
    assert raw == _bulletin()


def test_the_english_bulletin_has_the_same_parts() -> None:
    text = _text(_bulletin("en"))
    assert "24 units were assessed and 23 rated, 1 not rated" in text
    for part in ("Overview", "Ranking", "Who rose and fell", "How sure the ranking is", "Notes"):
        assert part in text
    assert "weights are assumed" in text


def test_each_act_has_its_document() -> None:
    proposal = next(one for one in PROPOSED.proposals if one.state == "upgrade_candidate")
    texts = {
        act: _text(assessment_acts.render(act, proposal, RULES, LETTER))
        for act in proposal.rule.acts
    }
    for text in texts.values():
        assert proposal.name in text and "2024年6月3日" in text and "商〔2024〕1号" in text
        assert all(f"{one.year}年度" in text for one in proposal.grounds)
    # nobody reported the facts: the proposal leaves a line for each
    assert "设立满五年：未报数据" in texts["proposal"]
    assert "请于2024年6月20日前" in texts["hearing"]
    assert "陈述和申辩情况" in texts["decision"] and "作为升级候选" in texts["hearing"]


def test_what_was_decided_stands_in_the_decision_in_its_own_words() -> None:
    proposal = next(one for one in PROPOSED.proposals if one.state == "upgrade_candidate")
    letter = replace(LETTER, decided="同意上报。", answer="无意见。")
    text = _text(assessment_acts.render("decision", proposal, RULES, letter))
    assert "同意上报。" in text and "无意见。" in text and "\n采纳上述建议" in text
    refused = replace(letter, adopted=False, decided="条件未成熟。", verified=("years",))
    text = _text(assessment_acts.render("decision", proposal, RULES, refused))
    assert "不采纳上述建议" in text and "经核实符合条件：设立满五年" in text
    # what follows from a decision does not follow from its refusal
    assert "自作出决定之日起" not in text


def test_an_act_outside_the_chain_and_a_barred_proposal_have_no_document() -> None:
    talk = next(one for one in PROPOSED.proposals if one.state == "talk")
    with pytest.raises(ValueError, match="no hearing"):
        assessment_acts.render("hearing", talk, RULES, LETTER)
    barred = replace(talk, withheld=RULES.bans[0].title)
    with pytest.raises(ValueError, match="no candidate"):
        assessment_acts.render("proposal", barred, RULES, LETTER)


def test_next_years_ranks_are_drawn_from_changes_that_years_have_seen() -> None:
    scores = np.array([LAST.scores, RESULT.scores])
    ranks = coming_ranks(scores, draws=400)
    row = DATA.units.index("z05")
    # not rated this year: not ranked next year
    assert (ranks[row] == 0).all()
    there = np.delete(np.arange(len(DATA.units)), row)
    assert (np.sort(ranks[there], axis=0) == np.arange(1, 24)[:, None]).all()
    means = ranks[there].mean(axis=1)
    assert np.corrcoef(means, RESULT.ranks[there])[0, 1] > 0.95
    with pytest.raises(ValueError, match="too few"):
        coming_ranks(scores[-1:])
