"""Log-in (登录): password, link, waiting after failures, people kept by the administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from hexi.portal.core.acts.keep_person import change_person, enter_person, set_password
from hexi.portal.core.acts.sign_in import ALLOWED_FAILURES, make_sign_in_link
from hexi.portal.core.models import Person, SignInLink, Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.preparation import administrator_link
from tests.portal.office import AT, Office

PASSWORD = "a long password 1"


@pytest.fixture(autouse=True)
def forget_failures() -> None:
    cache.clear()


def give_password(office: Office) -> None:
    zone = office.person("zone")
    assert zone is not None
    set_password(zone, PASSWORD, by=office.person("admin"), at=AT)


def test_the_right_password_leads_back_to_the_page(office: Office) -> None:
    give_password(office)
    form = {"username": "zone", "password": PASSWORD, "next": "/targets/"}
    answer = office.client("").post("/sign-in/", form)
    assert answer.status_code == 302 and answer.url == "/targets/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_the_way_back_never_leads_to_another_site(next_page: str, office: Office) -> None:
    give_password(office)
    form = {"username": "zone", "password": PASSWORD, "next": next_page}
    assert office.client("").post("/sign-in/", form).url == "/"  # type: ignore[attr-defined]


def test_after_many_failures_the_name_waits(office: Office) -> None:
    give_password(office)
    client = office.client("")
    for _ in range(ALLOWED_FAILURES):
        answer = client.post("/sign-in/", {"username": "zone", "password": "wrong"})
        assert answer.status_code == 401
    answer = client.post("/sign-in/", {"username": "zone", "password": PASSWORD})
    assert answer.status_code == 429


def test_a_person_who_may_not_sign_in_is_like_a_wrong_password(office: Office) -> None:
    give_password(office)
    Person.objects.filter(username="zone").update(is_active=False)
    answer = office.client("").post("/sign-in/", {"username": "zone", "password": PASSWORD})
    assert answer.status_code == 401


def test_a_link_signs_in_once(office: Office) -> None:
    code = administrator_link()
    first = office.client("")
    assert first.get(f"/sign-in/link/{code}/").status_code == 302
    assert first.get("/events/").status_code == 200
    assert office.client("").get(f"/sign-in/link/{code}/").status_code in (302, 403)
    assert SignInLink.objects.get().used_at is not None


def test_an_old_link_is_refused_and_a_new_one_ends_the_others(office: Office) -> None:
    admin = office.person("admin")
    assert admin is not None
    old = make_sign_in_link(admin, at=timezone.now() - timedelta(hours=13))
    client = office.client("")
    client.get(f"/sign-in/link/{old}/")
    assert client.get("/events/").status_code == 302
    first = make_sign_in_link(admin, at=timezone.now())
    make_sign_in_link(admin, at=timezone.now())
    client.get(f"/sign-in/link/{first}/")
    assert client.get("/events/").status_code == 302


def test_secrets_are_not_kept(office: Office) -> None:
    code = administrator_link()
    assert not SignInLink.objects.filter(digest=code).exists()


def test_a_weak_password_and_a_role_without_units_are_refused(office: Office) -> None:
    admin = office.person("admin")
    with pytest.raises(Refusal, match="weak_password"):
        set_password(office.person("zone"), "12345", by=admin, at=AT)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="no_scope"):
        enter_person(username="x", name="x", role="zone", units=[], password=None, by=admin, at=AT)


def test_an_administrator_cannot_lock_himself_out(office: Office) -> None:
    admin = office.person("admin")
    assert admin is not None
    units = list(Unit.objects.filter(code="lz"))
    with pytest.raises(Refusal, match="own_role"):
        change_person(admin, name="x", role="zone", units=units, active=True, by=admin, at=AT)


def test_people_are_entered_and_changed_on_pages(office: Office) -> None:
    client = office.client("admin")
    form = {
        "username": "wang",
        "name": "王某",
        "role": "zone",
        "units": ["lz-etdz"],
        "password": PASSWORD,
        "active": "on",
    }
    assert client.post("/people/new/", form).status_code == 302
    wang = Person.objects.get(username="wang")
    assert wang.check_password(PASSWORD) and wang.covers("/gs/lz/lz-etdz/etdz-an/")
    form |= {"role": "reader", "password": ""}
    assert client.post(f"/people/{wang.pk}/", form).status_code == 302
    wang.refresh_from_db()
    assert wang.role == "reader" and wang.check_password(PASSWORD)


def test_a_token_is_shown_once(office: Office) -> None:
    client = office.client("zone")
    first = client.post("/account/", {"token_name": "报表"}).content.decode()
    assert "hexi_" in first
    assert "hexi_" not in client.get("/account/").content.decode().replace("hexi_language", "")
