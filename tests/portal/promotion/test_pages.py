"""Pages of promotion (招商页面): under every role and both languages; nothing hidden leaks."""

from __future__ import annotations

import re
from html import unescape

import pytest

from hexi.portal.core.models import Event
from hexi.portal.promotion.models import Enquiry, TargetFirm
from tests.portal.promotion.addresses import LISTS, OWN, PUBLIC, STEPS
from tests.portal.promotion.desk import PromotionDesk

#: who enters, who only reads, who sees nothing of the zone
WORKING = ("admin", "province", "zone", "park")
READING = (*WORKING, "reader")
OUTSIDE = ("stranger",)
NEVER = ("maker", "")
HIDDEN = (
    "新域装备",
    "秘密协议",
    "秘密付款方",
    "秘密线索",
    "专场推介会",
    "浙江省甘肃商会",
    "中铝集团",
)
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def things(desk: PromotionDesk) -> dict[str, int]:
    return desk.everything()


def words(content: bytes) -> str:
    text = content.decode()
    body = re.sub(r"<script.*?</script>", " ", text[text.find("<main") :], flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("who", [*READING, *OUTSIDE, *NEVER])
def test_lists_show_their_readers_what_is_theirs(
    who: str, desk: PromotionDesk, things: dict[str, int]
) -> None:
    client = desk.client(who)
    for name, (url, entering) in LISTS.items():
        answer = client.get(url)
        if who in (*WORKING, *OUTSIDE) or (who == "reader" and not entering):
            assert answer.status_code == 200, name
        elif who == "" and not name.startswith("api:"):
            assert answer.status_code == 302, name
        else:
            assert answer.status_code == 403, name
        if who in (*OUTSIDE, *NEVER):
            said = answer.content.decode(errors="replace")
            assert not [word for word in HIDDEN if word in said], name


@pytest.mark.parametrize("who", [*READING, *OUTSIDE, *NEVER])
def test_a_page_of_one_thing_is_there_inside_the_scope_alone(
    who: str, desk: PromotionDesk, things: dict[str, int]
) -> None:
    client = desk.client(who)
    for name, (template, entering) in OWN.items():
        answer = client.get(template.format(**things))
        if who in WORKING or (who == "reader" and not entering):
            assert answer.status_code in (200, 404) if who == "park" else 200, name
        elif who == "reader" or who == "maker":
            assert answer.status_code in (403, 404), name
        elif who == "":
            assert answer.status_code == (403 if name.startswith("api:") else 302), name
        else:
            assert answer.status_code in (403, 404), name
            assert not [word for word in HIDDEN if word in answer.content.decode()], name


@pytest.mark.parametrize("who", ["reader", *OUTSIDE, *NEVER])
def test_a_step_is_refused_outside_scope_and_role(
    who: str, desk: PromotionDesk, things: dict[str, int]
) -> None:
    client, before = desk.client(who), Event.objects.count()
    form = {
        "day": "2026-11-20", "text": "x", "reason": "x", "result": "accepted", "unit": "lz-etdz",
        "state": "verified", "year": "2026", "amount": "1", "source": "x", "to": "signed",
        "project": str(things["project"]), "ended_reason": "lost-terms",
    }  # fmt: skip
    for name, template in STEPS.items():
        answer = client.post(template.format(**things), form)
        assert answer.status_code in ((302, 404) if who == "" else (403, 404)), name
    assert Event.objects.count() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_one_language(
    language: str, desk: PromotionDesk, things: dict[str, int]
) -> None:
    """An English page has Chinese only where names and texts are Chinese by themselves."""
    client = desk.client("second")
    client.get(f"/?lang={language}")
    for url, _entering in [*LISTS.values(), *OWN.values()]:
        if any(part in url for part in ("export", "week-", "report", "docx", "xlsx", "/api/",
                                        "evidence")):  # fmt: skip
            continue
        said = words(client.get(url.format(**things)).content)
        if language == "zh-hans":
            assert HAN.search(said), url
        else:
            for word in ("登记", "办理", "时限", "核验", "到位资金", "全部"):
                assert word not in said.replace("新区", ""), (url, word)


def test_the_public_page_names_zones_and_published_projects_alone(desk: PromotionDesk) -> None:
    shown = desk.registered(name="公开储备项目", stage="reserve")
    desk.registered(name="未公布储备项目", stage="reserve")
    type(shown).objects.filter(pk=shown.pk).update(published=True)
    for name, url in PUBLIC.items():
        answer = desk.client("").get(url)
        assert answer.status_code == 200, name
    said = words(desk.client("").get("/invest/").content)
    assert "公开储备项目" in said and "未公布储备项目" not in said
    assert "有色冶金" in said
    form = desk.client("").get(f"/invest/ask/?project={shown.pk}").content.decode()
    assert "公开储备项目" in form
    sent = {"unit": "etdz-an", "firm": "远航物流", "contact": "李", "phone": "1", "what": "冷链",
            "project": str(shown.pk)}  # fmt: skip
    assert desk.client("").post("/invest/ask/", sent).status_code == 302
    assert Enquiry.objects.get().wanted_id == shown.pk


def test_a_known_firm_is_shown_before_it_is_entered_twice(desk: PromotionDesk) -> None:
    known = desk.enquiry()
    client = desk.client("zone")
    form = {"unit": "etdz-an", "received": "2026-11-20", "channel": "visit", "firm": "新域装备公司",
            "contact": "周", "phone": "1", "what": "同一事项"}  # fmt: skip
    form["firm"] = "新域装备有限责任公司"
    first = client.post("/promotion/enquiries/new/", form)
    assert first.status_code == 409 and known.number in first.content.decode()
    assert Enquiry.objects.count() == 1
    assert client.post("/promotion/enquiries/new/", {**form, "anyway": "1"}).status_code == 302
    assert Enquiry.objects.count() == 2


def test_a_list_of_firms_comes_in_whole_or_not_at_all(desk: PromotionDesk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = desk.client("zone")

    def send(text: str) -> object:
        file = SimpleUploadedFile("名录.csv", text.encode("gb18030"), "text/csv")
        return client.post("/promotion/firms/import/", {"unit": "lz-etdz", "file": file})

    head = "名录,企业名称,名次,来源,截至日期\n".replace("截至日期", "as_of").replace(
        "来源", "source"
    )
    wrong = send(
        head + "世界500强,甲集团,一,公布稿,2026-08-01\n没有的榜单,乙集团,2,公布稿,2027-08-01\n"
    )
    assert wrong.status_code == 422  # type: ignore[attr-defined]
    said = wrong.content.decode()  # type: ignore[attr-defined]
    assert all(place in said for place in ("C2", "A3", "E3")) and not TargetFirm.objects.exists()
    good = (
        head
        + "世界500强,甲集团,1,公布稿,2026-08-01\n中字头（中央企业）,乙集团,,公布稿,2026-08-01\n"
    )
    assert send(good).status_code == 302  # type: ignore[attr-defined]
    assert send(good).status_code == 302  # type: ignore[attr-defined]
    assert sorted(TargetFirm.objects.values_list("of_list", "name")) == [
        ("central", "乙集团"), ("world500", "甲集团"),
    ]  # fmt: skip


def test_a_firm_that_is_approached_is_a_lead(desk: PromotionDesk, things: dict[str, int]) -> None:
    url = f"/promotion/firms/{things['firm']}/approach/"
    answer = desk.client("zone").post(url, {"day": "2026-11-20", "name": "铝基新材料项目"})
    assert answer.status_code == 302
    firm = TargetFirm.objects.get(pk=things["firm"])
    assert firm.project is not None and firm.project.stage == "lead"
    assert firm.project.investor == "中铝集团"
    again = desk.client("zone").post(url, {"day": "2026-11-20"})
    assert again.status_code == 409


def test_talks_that_are_given_up_say_why(desk: PromotionDesk, things: dict[str, int]) -> None:
    url = f"/promotion/leads/{things['project']}/lose/"
    client = desk.client("zone")
    assert client.post(url, {"day": "2026-11-20", "reason": "改投外地"}).status_code == 422
    lost = {"day": "2026-11-20", "reason": "改投外地", "ended_reason": "lost-elsewhere"}
    assert client.post(url, lost).status_code == 302
    assert "秘密线索" not in client.get("/promotion/leads/").content.decode()


def test_the_projects_page_has_the_parts_of_promotion(
    desk: PromotionDesk, things: dict[str, int]
) -> None:
    page = words(desk.client("zone").get(f"/projects/{desk.aluminium.pk}/").content)
    assert "秘密付款方" in page and "待他人核验" in page
    talks = words(desk.client("zone").get(f"/projects/{things['project']}/").content)
    assert "约定考察" in talks
    type(desk.aluminium).objects.filter(pk=desk.aluminium.pk).update(published=True)
    for who in ("", "stranger"):
        said = desk.client(who).get(f"/projects/{desk.aluminium.pk}/").content.decode()
        assert "秘密付款方" not in said


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("/promotion/", "page"), ("/promotion/funds/", "year"), ("/promotion/figures/", "year"),
        ("/invest/ask/", "project"), ("/api/funds", "year"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sent", ["0", "99999", "9" * 30, "9" * 5000, "٢٠٢٦", "²", "-1"])
def test_a_number_that_means_nothing_breaks_no_page(
    address: str, asks: str, sent: str, desk: PromotionDesk, things: dict[str, int]
) -> None:
    answer = desk.client("zone").get(address, {asks: sent})
    assert answer.status_code in (200, 422)


def test_a_refused_step_keeps_what_was_typed(desk: PromotionDesk, things: dict[str, int]) -> None:
    """The form is shown again, open, with its words; those that were not sent stay folded."""
    url = f"/promotion/enquiries/{things['enquiry']}"
    client = desk.client("zone")
    answer = client.post(f"{url}/answer/", {"day": "2026-11-01", "text": "电话答复如下"})
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count("电话答复如下") == 1
    assert page.count('fold step" open') == 1 and 'value="2026-11-01"' in page
    sent = {"day": "2026-11-01", "text": "属于主导产业", "result": "accepted", "name": "风电项目"}
    page = client.post(f"{url}/judge/", sent).content.decode()
    assert (
        "属于主导产业" in page
        and "风电项目" in page
        and 'value="accepted" required checked' in page
    )
