"""The sample plan (示例规划): a fictional unit of its own, in no tree of a pack."""

from __future__ import annotations

import pytest

from hexi.portal.core.models import Unit
from hexi.portal.plans.models import PlanRow, TargetRow
from hexi.portal.preparation import lay_sample
from hexi.samples import UNIT
from tests.portal.office import Office


@pytest.fixture
def sample(office: Office) -> PlanRow:
    """The sample plan as the first start of a portal brings it."""
    return lay_sample()


def test_the_sample_plan_has_a_fictional_unit_of_no_province(
    sample: PlanRow, office: Office
) -> None:
    unit = sample.unit
    assert unit is not None
    assert (unit.code, unit.parent, unit.path) == (UNIT.id, None, f"/{UNIT.id}/")
    assert "虚构" in unit.name and "fictional" in unit.name_en
    assert not TargetRow.objects.filter(plan=sample).exclude(unit=unit).exists()
    province = Unit.objects.get(code="gs")
    assert not sample.unit_path.startswith(province.path)
    assert list(Unit.objects.order_by("order"))[-1] == unit
    page = office.client("").get(f"/targets/?unit={province.code}").content.decode()
    assert sample.title not in page.split("<tbody>")[1]


def test_the_library_says_what_level_the_sample_plan_is_of(sample: PlanRow, office: Office) -> None:
    for language, word in (("zh-hans", "开发区"), ("en", "Zone")):
        page = office.client("").get(f"/plans/?lang={language}", follow=True).content.decode()
        line = next(part for part in page.split("<tr") if f"/plans/{sample.pk}/" in part)
        assert f">{word}</td>" in line
