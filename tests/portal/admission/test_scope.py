"""Scope of admission (准入可见范围): every address under every role; nothing hidden leaks."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from hexi.portal.core.models import Event
from tests.portal.admission.addresses import ADMISSION
from tests.portal.admission.material import agreed, idle, kept
from tests.portal.office import STAFF
from tests.portal.projects.library import Library
from tests.portal.test_scope import names

EVERYBODY = (*(username for username, _, _ in STAFF), "maker", "drugs", "")
#: who has the park's projects in reach
INSIDE = ("admin", "province", "zone", "park", "reader")
LISTS = (
    "/admission/", "/admission/export.json", "/admission/many/", "/admission/many/export.json",
    "/admission/agreed/", "/admission/agreed/export.json", "/admission/stalled/?all=1",
    "/admission/stalled/export.json", "/admission/new/", "/admission/agreed/new/?q=冷链",
    "/api/admission/screenings", "/api/admission/agreed", "/api/admission/stalled",
)  # fmt: skip
HIDDEN = ("中药提取项目", "高端铝箔", "冷链物流", "出让合同〔2025〕1号", "安宁园区投协")


def test_every_address_of_admission_stands_in_its_table() -> None:
    mine = {name for name in names(get_resolver().url_patterns) if "admission" in name}
    assert mine - set(ADMISSION) == set()


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_list_names_what_is_hidden(who: str, library: Library) -> None:
    kept(library)
    agreed(library)
    idle(library)
    client = library.client(who)
    for path in LISTS:
        text = client.get(path).content.decode()
        if who not in INSIDE:
            assert not [word for word in HIDDEN if word in text], path
    if who in INSIDE:
        assert "中药提取项目" in client.get("/admission/").content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_thing_is_there_only_inside_the_scope(who: str, library: Library) -> None:
    row, agreement, land = kept(library), agreed(library), idle(library)
    pages = {
        f"/admission/{row.pk}/": INSIDE,
        f"/admission/{row.pk}/screening.docx": INSIDE,
        f"/api/admission/screenings/{row.pk}": INSIDE,
        f"/admission/agreed/{agreement.pk}/": INSIDE,
        f"/admission/stalled/{land.project_id}/": INSIDE,
    }
    client = library.client(who)
    for path, inside in pages.items():
        code = client.get(path).status_code
        # an enterprise reaches the pages of its own projects, and has none here
        assert (code == 200) == (who in inside), (path, code)


@pytest.mark.parametrize("who", [w for w in EVERYBODY if w not in ("admin", "province", "zone")])
def test_steps_are_refused_outside_role_and_scope_and_leave_no_event(
    who: str, library: Library
) -> None:
    row, agreement, land = kept(library, investment="20000"), agreed(library), idle(library)
    before = Event.objects.count()
    said = {"day": "2026-11-20", "reason": "测试", "evidence": "证", "rule": "x", "upheld": "yes"}
    site = f"/admission/stalled/{land.project_id}"
    paths = [
        f"/admission/{row.pk}/override/", f"{site}/verify/",
        f"/admission/agreed/{agreement.pk}/end/",
        f"/admission/agreed/{agreement.pk}/actual/", f"{site}/land/",
    ]  # fmt: skip
    if who == "park":
        # a park keeps its projects; it does not override, and supervises nobody
        paths = paths[:2]
    form = {**said, "family": "not-started", "item": "tax", "of": "2025-12-31", "value": "1",
            "given": "2025-01-01", "start": "2025-02-01", "contract": "合同"}  # fmt: skip
    for path in paths:
        code = library.client(who).post(path, form).status_code
        assert code in (302, 403, 404), (path, code)
    assert Event.objects.count() == before
