"""Scope of the library (项目可见范围): every address under every role; nothing hidden leaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.models import Event
from hexi.portal.core.roles import GRANTS
from hexi.portal.projects.acts.keep_batch import add_to_batch, make_batch
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.publish_record import publish_record
from hexi.portal.returns.acts.prepare_import import prepare_import
from tests.portal.office import STAFF
from tests.portal.projects.addresses import GUARDED, PRIVATE, SHARED, STEPS
from tests.portal.projects.library import AT, PROJECTS, TODAY, Library
from tests.portal.projects.test_import import row, workbook

EVERYBODY = (*(username for username, _, _ in STAFF), "maker", "")
#: names of projects by who must never read them
LANZHOU = [facts["name"] for _key, facts in PROJECTS if facts["unit"] == "etdz-an"]
JINCHANG = [facts["name"] for _key, facts in PROJECTS if facts["unit"] == "jc-etdz"]
HIDDEN: dict[str, list[str]] = {
    "zone": JINCHANG, "park": JINCHANG, "reader": JINCHANG, "stranger": LANZHOU,
    "maker": [*LANZHOU, *JINCHANG], "": [*LANZHOU, *JINCHANG],
}  # fmt: skip


@pytest.fixture
def laid(library: Library) -> dict[str, Any]:
    """One thing of each kind in the park of Lanzhou."""
    zone = library.person("zone")
    twin = library.registered(name="高端铝箔项目（年产5万吨）", investor="河西铝业股份有限公司")
    published = library.registered(name="公开示范项目", stage="signed", total=10**8, investor="甲")
    publish_record(published.pk, by=zone, at=AT)
    joined = library.registered(name="拟开工项目")
    waiting = library.registered(name="候补项目")
    moved = library.moved(library.registered(name="已暂停项目"), "suspended")
    batch = make_batch("四季度集中开工", "etdz-an", TODAY + timedelta(30), by=zone, at=AT)
    add_to_batch(batch.pk, [joined.pk], by=zone, at=AT)
    paper = SimpleUploadedFile("批复.pdf", b"%PDF-1.7 approval of the works")
    file = keep_file(library.aluminium.pk, "other", paper, by=zone, at=AT)
    content = workbook(row("导入中的项目"))
    load = prepare_import(content, "项目.xlsx", by=zone, at=AT, kind="library")
    return {
        "project": library.aluminium.pk, "other": twin.pk, "published": published.pk,
        "joined": joined.pk, "waiting": waiting.pk, "moved": moved.pk, "batch": batch.pk,
        "file": file.pk, "load": load.pk, "code": library.project().code,
    }  # fmt: skip


def filled(sent: Mapping[str, Any], laid: dict[str, int]) -> dict[str, str]:
    return {key: str(value).format(**laid) for key, value in sent.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_one_project_open_only_for_whom_they_are(
    who: str, library: Library, laid: dict[str, int]
) -> None:
    client = library.client(who)
    for page, (template, allowed) in PRIVATE.items():
        answer = client.get(template.format(**laid))
        assert (answer.status_code == 200) == (who in allowed), (page, answer.status_code)
        assert answer.status_code in (200, 302, 403, 404), page


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_list_names_what_is_out_of_sight(
    who: str, library: Library, laid: dict[str, int]
) -> None:
    client = library.client(who)
    pages = {**SHARED, **{name: path for name, (path, _asks) in GUARDED.items()}}
    for page, path in pages.items():
        answer = client.get(path)
        text = b"".join(answer) if answer.streaming else answer.content
        for name in HIDDEN.get(who, ()):
            assert name.encode() not in text, (page, name)


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_a_permission_open_for_who_has_it(who: str, library: Library) -> None:
    client, person = library.client(who), library.person(who)
    for page, (path, permission) in GUARDED.items():
        may = person is not None and permission in GRANTS[person.role]
        assert (client.get(path).status_code == 200) == may, page


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_step_is_taken_by_whom_it_is_for(
    who: str, step: str, library: Library, laid: dict[str, int]
) -> None:
    template, sent, allowed = STEPS[step]
    events = Event.objects.count()
    answer = library.client(who).post(template.format(**laid), filled(sent, laid))
    if who in allowed:
        assert answer.status_code == 302, (step, answer.content[:400])
        # an import has an event of its own, and one for its row
        assert Event.objects.count() == events + (2 if step == "project-import-apply" else 1)
    else:
        assert answer.status_code in (302, 403, 404), step
        assert Event.objects.count() == events
        assert answer.status_code != 302 or "/sign-in/" in answer["Location"]


def test_a_total_counts_only_what_is_in_sight(library: Library) -> None:
    everything = library.client("admin").get("/projects/").context["title"]
    mine = library.client("zone").get("/projects/").context["title"]
    theirs = library.client("stranger").get("/projects/").context["title"]
    assert (everything[:1], mine[:1], theirs[:1]) == ("6", "3", "3")
