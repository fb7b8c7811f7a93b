"""Pages of supervision (督办页面): every one opens, and shows nobody what is not theirs."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.portal.core.roles import GRANTS
from hexi.portal.supervision.acts.call_meeting import Point
from tests.portal.supervision.addresses import LISTS, OFFICES_ONLY, PRIVATE
from tests.portal.supervision.desk import Desk

EVERYBODY = ("admin", "province", "zone", "park", "reader", "stranger", "maker", "drugs", "")
#: what the things of the desk are called: no page may name them to an outsider
NAMES = ("铝箔", "厂区北侧用地未交付", "重点项目协调会")


def shut(response: Any) -> bool:
    """Refused, absent, or led to the door."""
    return response.status_code in (401, 403, 404) or (
        response.status_code == 302 and response.url.startswith("/sign-in/")
    )


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    """One of each, none of which the stranger's zone has a part in."""
    problem = desk.problem()
    return {
        "problem": problem.pk,
        "order": desk.order().pk,
        "meeting": desk.meeting(Point(problem=problem.pk)).pk,
        "visit": desk.visit().pk,
    }


@pytest.mark.parametrize("name", PRIVATE)
def test_one_thing_is_there_for_whom_it_concerns_and_absent_for_others(
    name: str, desk: Desk, ids: dict[str, int]
) -> None:
    path, inside = PRIVATE[name]
    for who in EVERYBODY:
        response = desk.client(who).get(path.format(**ids))
        if who in inside:
            assert response.status_code == 200, who
        else:
            assert shut(response), who
            if response.get("Content-Type", "").startswith("text/html"):
                assert not any(n in response.content.decode() for n in NAMES), who


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_by_permission_and_names_nothing_out_of_sight(
    name: str, desk: Desk, ids: dict[str, int]
) -> None:
    path, permission = LISTS[name]
    for who in EVERYBODY:
        person = desk.person(who)
        response = desk.client(who).get(path)
        granted = person is not None and permission in GRANTS[person.role]
        if granted and not (who in ("maker", "drugs") and name in OFFICES_ONLY):
            assert response.status_code in (200, 302), who
        else:
            assert shut(response), who
        if who in ("stranger", "drugs", "") and response.status_code == 200:
            said = response.content.decode().replace("?q=铝箔", "").replace('value="铝箔"', "")
            assert not any(n in said for n in NAMES), (who, name)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(desk: Desk, ids: dict[str, int], language: str) -> None:
    client = desk.client("zone")
    client.get(f"/?lang={language}")
    pages = [path.format(**ids) for path, _who in PRIVATE.values()] + [
        path for path, _permission in LISTS.values()
    ]
    for path in (
        *pages,
        f"/supervision/problems/new/?project={desk.aluminium.pk}",
        f"/supervision/problems/new/?enterprise={desk.maker.enterprise.pk}",
        f"/supervision/orders/new/?problem={ids['problem']}",
        f"/supervision/orders/new/?project={desk.aluminium.pk}",
        f"/supervision/visits/new/?project={desk.aluminium.pk}",
        "/supervision/meetings/new/?kind=land&late=1",
        "/supervision/visits/coverage/?whom=enterprises",
        "/supervision/?unit=etdz-an&leader=王副市长",
        f"/projects/{desk.aluminium.pk}/",
        "/tasks/",
    ):
        assert client.get(path).status_code == 200, path


def test_a_hidden_project_cannot_be_named_in_a_form(desk: Desk) -> None:
    client: Any = desk.client("stranger")
    for path in (
        f"/supervision/problems/new/?project={desk.aluminium.pk}",
        f"/supervision/orders/new/?project={desk.aluminium.pk}",
        f"/supervision/visits/new/?project={desk.aluminium.pk}",
        f"/supervision/problems/new/?enterprise={desk.maker.enterprise.pk}",
    ):
        assert client.get(path).status_code == 404, path
