"""The real space (真实数据): from an approved return to a figure and to its release."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hexi.portal.core.models import Event
from hexi.portal.figures.acts.release import release
from hexi.portal.figures.queries.releases import content_of
from hexi.portal.figures.space import REAL
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from tests.portal.returns.bureau import FORM, LATER, PERIOD, Bureau

ASKED = "i=dz_output&p=2026-10&unit="


@pytest.fixture
def closed(office: Any, settings: Any, tmp_path: Path) -> Bureau:
    """One return approved by all levels, the month closed and so in the warehouse."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    bureau = Bureau()
    row = bureau.submitted()
    for who in ("park", "zone", "province"):
        row = approve_return(row.pk, by=bureau.person(who), at=LATER)
    close_period(FORM, PERIOD, "gs", by=bureau.person("province"), at=LATER, reason="其余未报")
    return bureau


def value(bureau: Bureau, who: str, unit: str) -> list[str | None]:
    answer = bureau.client(who).get(f"/api/figures/pivot?of=working&{ASKED}{unit}")
    if answer.status_code != 200:
        return []
    return [cell["value"] for cell in answer.json()["cells"] if cell["unit"] == unit]


def test_a_closed_month_is_a_figure_at_every_level(closed: Bureau) -> None:
    assert value(closed, "park", "etdz-an") == ["0.12"]
    assert value(closed, "zone", "lz-etdz") == ["0.12"]
    assert value(closed, "province", "gs") == ["0.12"]
    # an enterprise sees its own return, the public what is released, a stranger its own city
    assert value(closed, "maker", "etdz-an") == value(closed, "", "gs") == []
    assert value(closed, "stranger", "gs") == value(closed, "park", "lz-etdz") == []


def test_the_way_leads_from_the_figure_to_the_return(closed: Bureau) -> None:
    url = "/figures/cell/?c=etdz-an&m=dz_output&w=growth&t=2026-10"
    page = closed.client("park").get(url).content.decode()
    assert "甲机械有限公司" in page and "9.1" in page and 'href="/returns/' in page
    assert closed.client("maker").get(url).status_code == 404
    assert "演练数据" not in page


def test_one_enterprise_is_never_released(closed: Bureau) -> None:
    officer = closed.person("province")
    made = release(REAL, "zones-month", "2026-10", by=officer, at=LATER)
    cells = content_of(made).cells
    assert cells["gs", "dz_output", "period", "2026-10"].status == "Q"
    assert not [cell for key, cell in cells.items() if cell.value and key[1] != "dz_firms"]
    assert Event.objects.order_by("-id")[0].act == "release"
    public = closed.client("")
    for name in ("data.csv", "sdmx.csv", "sdmx.json"):
        body = public.get(f"/data/zones-month/2026-10/v1/{name}").content.decode()
        assert "0.12" not in body and "9.1" not in body
    page = public.get("/data/zones-month/2026-10/v1/").content.decode()
    assert "※" in page and "0.12" not in page and "演练" not in page
    again = release(
        REAL, "zones-month", "2026-10", by=officer, at=LATER + timedelta(days=1), reason="复核"
    )
    assert again.version == 2


def test_nothing_of_the_real_space_is_in_that_of_practice(closed: Bureau) -> None:
    release(REAL, "zones-month", "2026-10", by=closed.person("province"), at=LATER)
    public = closed.client("")
    assert public.get("/practice/data/zones-month/2026-10/v1/").status_code == 404
    assert "2026年10月" not in public.get("/practice/data/").content.decode()
