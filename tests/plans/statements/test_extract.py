"""Whole documents: places, any input, and the labelled documents where they are at hand."""

from __future__ import annotations

import importlib.util
import json
import os
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.documents import Flag, read_document, read_text
from hexi.plans.statements import extract

_SHARED = Path(os.environ.get("HEXI_SHARED", Path(__file__).parents[4] / "shared"))
_WORDS = [
    "到2020年",
    "“十三五”期间",
    "全省",
    "地区生产总值",
    "达到",
    "80.1亿元",
    "年均增长",
    "8%",
    "，",
    "。",
    "；",
    "、",
    "其中",
    "：",
    "占",
    "的比重",
    "35个",
    "开发区",
    "由",
    "提高到",
    "较2010年",
    "下降",
    "3%-4%",
    "（",
    "）",
    "累计",
    "分别",
    "过1亿美元的企业",
    "10家",
    "以上",
    "20万吨铝项目",
    "翻一番",
    "排名第1位",
    "比上年",
    "8\ue0106亿美元",
    "不低于",
    "力争",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_order_of_words_is_read_without_fault_and_keeps_its_places(words: list[str]) -> None:
    text = "某省“十三五”发展规划\n\n" + "".join(words)
    document = read_text(text, name="fuzz")
    for statement in extract(document):
        assert document.text[statement.start : statement.end] == statement.text
        assert statement.sentence[0] <= statement.start < statement.end <= statement.sentence[1]
        assert 0 < statement.confidence <= 1
        json.dumps(statement.as_record(), ensure_ascii=False)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", _SHARED / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (_SHARED / "gold").is_dir(), reason="labelled documents are not at hand")
def test_the_labelled_documents_are_read_as_labelled() -> None:
    scorer, found, whole, total = _scorer(), 0.0, 0.0, 0
    for gold_file in sorted((_SHARED / "gold").glob("*.jsonl")):
        [source] = (_SHARED / "seeds").glob(f"{gold_file.stem}_*.txt")
        got = [dict(s.as_record(), doc=gold_file.stem) for s in extract(read_document(source))]
        result = scorer.score(scorer.load(str(gold_file)), got)
        found += result["found"][2] * result["gold"]
        whole += result["statement"][2] * result["gold"]
        total += result["gold"]
    assert found / total >= 0.98
    assert whole / total >= 0.85


def test_figures_read_off_a_picture_say_so_and_are_trusted_less() -> None:
    text = "云岭市“十四五”规划\n\n到2025年，地区生产总值达到300亿元。\n"
    plain = read_text(text, name="plan")
    scanned = replace(plain, flags=(Flag("ocr", 0, len(text)),))
    [typed], [seen] = extract(plain), extract(scanned)
    assert "ocr" in seen.flags
    assert "ocr" not in typed.flags
    assert seen.confidence < typed.confidence
