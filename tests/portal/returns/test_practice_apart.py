"""Practice data stay apart (演练数据不混用): they neither enter the register nor are published."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.register_enterprise import register_enterprise
from hexi.portal.returns.approval.publication import warehouse
from hexi.portal.returns.models import Enterprise, PeriodLock
from hexi.portal.returns.queries.facts import refuse_other_side
from hexi.statistics.practice import Wanted, make_practice, practice_codes
from hexi.warehouse import Warehouse
from tests.portal.returns.bureau import AT, FORM, LATER, PERIOD, Bureau
from tests.portal.returns.test_register import NEW

PRACTICE = practice_codes(np.array([7]))[0].as_py()


@pytest.fixture
def home(bureau: Bureau, settings: Any, tmp_path: Path) -> Path:
    """A home of its own for the warehouse."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    return tmp_path


def test_a_practice_code_is_not_registered(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="practice_code"):
        register_enterprise({**NEW, "code": PRACTICE}, by=bureau.person("park"), at=AT)
    head = "统一社会信用代码,企业名称,所属园区,行业代码,行政区划代码,成立日期\n"
    line = f"{PRACTICE},演练企业,安宁园区,3411,620105,2020-01-01\n"
    made = prepare_import((head + line).encode(), "名录.csv", by=bureau.person("park"), at=AT)
    assert [fault["code"] for fault in made.lines[0]["faults"]] == ["practice_code"]
    assert not Enterprise.objects.filter(code=PRACTICE).exists()


def test_nothing_is_published_with_a_practice_respondent_in_the_register(
    bureau: Bureau, home: Path
) -> None:
    """However it came into the database: the month stays open and the warehouse empty."""
    row = bureau.submitted()
    for who in ("park", "zone", "province"):
        approve_return(row.pk, by=bureau.person(who), at=LATER)
    bureau.enter(PRACTICE, "演练企业", "etdz-an")
    officer = bureau.person("province")
    with pytest.raises(Refusal, match="practice_mixed"):
        close_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="其余未报")
    assert not PeriodLock.objects.exists() and not warehouse().snapshots()
    page = bureau.client("province").get("/figures/?of=working")
    assert page.status_code == 409 and PRACTICE in page.content.decode()


def test_a_practice_warehouse_in_the_place_of_the_real_one_is_not_read(
    bureau: Bureau, home: Path
) -> None:
    make_practice(home / "practice", Wanted(2_000), AT)
    house = Warehouse.open(home / "practice")
    refuse_other_side(house, house.registry())
    moved = home / "moved"
    shutil.copytree(home / "practice", moved, ignore=shutil.ignore_patterns("PRACTICE*"))
    with pytest.raises(Refusal, match="practice_mixed"):
        refuse_other_side(Warehouse.open(moved), house.registry())
