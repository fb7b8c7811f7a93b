"""Words on pages (页面用语): codes of the pack and of events are worded in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

import pytest
from django.utils.translation import override

from hexi.catalogue import load_pack
from hexi.catalogue.evidence import BASES, CONFIDENCES, PLAN_LEVELS
from hexi.portal.core.acts.keep_person import enter_person
from hexi.portal.core.models import Unit
from hexi.portal.core.roles import Role
from hexi.portal.plans.models import FindingRow, TargetRow
from hexi.portal.plans.queries import words
from tests.portal.office import AT, Office

LATIN = re.compile(r"[A-Za-z]")
HAN = re.compile(r"[\u4e00-\u9fff]")
PACK = load_pack("gansu")
CODES: dict[str, tuple[Mapping[str, Any], Iterable[str]]] = {
    "basis": (words.BASES, BASES),
    "confidence": (words.CONFIDENCES, CONFIDENCES),
    "vintage": (words.VINTAGES, {seen.vintage for seen in PACK.observations}),
    "definition": (words.DEFINITIONS, {seen.definition for seen in PACK.observations}),
    "plan level": (words.LEVELS, PLAN_LEVELS),
    "unit level": (words.LEVELS, {unit.level for unit in PACK.units} - {""}),
}


@pytest.mark.parametrize("kind", CODES)
def test_every_code_is_said_in_both_languages(kind: str) -> None:
    table, codes = CODES[kind]
    for code in codes:
        assert code in table, f"{kind} {code!r} has no word"
        with override("zh-hans"):
            assert not LATIN.search(str(table[code])), code
        with override("en"):
            assert not HAN.search(str(table[code])), code


def shown(office: Office, path: str, language: str = "zh-hans") -> str:
    """The words of a page, without its tags."""
    client = office.client("admin")
    client.get(f"/?lang={language}")
    page = client.get(path, follow=True).content.decode()
    body = re.sub(r"<script.*?</script>", " ", page[page.index("<main") :], flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def test_a_target_says_edition_and_definition_of_each_figure(office: Office) -> None:
    trade = TargetRow.objects.filter(plan__source="pack", indicator_id="trade", unit__code="gs")[0]
    chinese = shown(office, f"/targets/{trade.pk}/")
    assert "经营单位所在地口径" in chinese
    english = shown(office, f"/targets/{trade.pk}/", "en")
    assert "by place of the trader" in english
    for text in (chinese, english):
        assert not re.search(r"\b(operator|to_date|growth_yoy|as-published)\b", text)
    assert "第四次经济普查" in shown(office, "/indicators/gdp/")


def test_units_of_the_pack_bear_their_english_name_on_english_pages(office: Office) -> None:
    for path in ("/", "/plans/", "/targets/", "/units/gs/", "/people/new/", "/plans/upload/"):
        assert "Gansu Province" in shown(office, path, "en")
        assert "甘肃省" in shown(office, path)
    assert "Gansu Province" in shown(office, "/plans/?q=gansu%20province", "en")


def test_a_sum_is_said_in_the_language_of_the_page(office: Office) -> None:
    rows = FindingRow.objects.filter(is_fault=True)
    fault = next(row for row in rows if "原文" in row.record["arithmetic"])
    assert "as printed" in shown(office, f"/findings/{fault.pk}/", "en")
    with override("zh-hans"):
        assert words.sum_text("2 × 3 = 6；原文 7") == "2 × 3 = 6；原文 7"
    with override("en"):
        assert words.sum_text("2 × 3 = 6；原文 7") == "2 × 3 = 6; as printed 7"


def test_a_sign_before_an_observed_figure_is_said_too() -> None:
    with override("en"):
        assert words.observed("约0.77") == "about 0.77"
        assert words.observed("≥1200") == "≥1,200"
    with override("zh-hans"):
        assert words.observed("约0.77") == "约 0.77"
        assert words.observed("1542") == "1,542"


def test_events_are_told_in_words(office: Office) -> None:
    enter_person(
        username="new",
        name="新人",
        role=Role.ZONE,
        units=list(Unit.objects.filter(code="lz-etdz")),
        password=None,
        by=office.person("admin"),
        at=AT,
    )
    text = shown(office, "/events/")
    assert "角色 开发区" in text
    assert "责任主体 兰州经济技术开发区" in text
    assert not re.search(r"\b(statements|checks|role|username|stamp|lz-etdz|hexi)\b", text)
    english = shown(office, "/events/", "en")
    assert "Role Zone" in english
    assert "Statements" in english


def test_what_goes_with_a_plan_is_a_list_of_words(office: Office) -> None:
    text = shown(office, f"/plans/{office.plan.pk}/delete/")
    assert re.search(r"数量陈述\s+\d+", text)
    assert "{" not in text


def test_operations_of_the_interface_are_in_one_language(office: Office) -> None:
    assert "本人 / Who calls" not in shown(office, "/help/api/")
    assert "Who calls" in shown(office, "/help/api/", "en")
