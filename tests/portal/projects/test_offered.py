"""Projects that plans name (规划项目): offered once, taken over with what the plan says."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.queries.offered import offered, prefilled
from tests.portal.projects.library import Library


def test_projects_of_the_packs_plans_are_offered_and_taken_once(library: Library) -> None:
    zone = library.person("zone")
    assert zone is not None
    found, count = offered(zone, "庆丰铝业10万吨")
    assert count == 1 and found[0].plan == "兰州经济技术开发区“十三五”发展规划纲要"
    asked = dict(parse_qsl(urlsplit(found[0].url).query))
    said = prefilled(zone, asked)
    assert (said["name"], said["industry"], said["unit"]) == (
        "庆丰铝业10万吨铝板锭生产线", "32", "etdz-hg",
    )  # fmt: skip
    plan = PlanRow.objects.get(pack_id="lz-etdz-135")
    library.registered(
        name=said["name"], unit=said["unit"], plan=plan, plan_box=said["plan_box"],
        plan_project=said["plan_project"],
    )  # fmt: skip
    assert offered(zone, "庆丰铝业10万吨")[1] == 0
    assert offered(zone)[1] > 150
