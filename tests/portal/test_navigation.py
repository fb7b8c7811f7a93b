"""The column of navigation (导航): grouped, one entry marked, one letter each."""

from __future__ import annotations

import re

import pytest

from tests.portal.office import Office

ENTRY = re.compile(r'<li><a href="([^"]+)"( aria-current="page")? data-go="(\w)"><span>([^<]+)')


def column(office: Office, who: str, page: str) -> list[tuple[str, str, str, str]]:
    text = office.client(who).get(page).content.decode()
    return ENTRY.findall(text[: text.index("<main")])


def test_no_two_entries_have_a_letter_or_a_name_in_common(office: Office) -> None:
    found = column(office, "admin", "/")
    assert len({letter for _u, _a, letter, _n in found}) == len(found) > 12
    assert len({name for *_, name in found}) == len(found)


def test_every_entry_marks_its_own_page(office: Office) -> None:
    for url, *_rest in column(office, "admin", "/"):
        marked = [one for one, active, *_ in column(office, "admin", url) if active]
        assert marked == [url]


@pytest.mark.parametrize(
    "page", ["/reporting-projects/", "/reporting-projects/new/", "/reporting-projects/import/"]
)
def test_projects_stand_beside_the_enterprises(page: str, office: Office) -> None:
    marked = [name for _u, active, _l, name in column(office, "admin", page) if active]
    assert marked == ["企业和项目"]


def test_groups_are_headed_and_only_shown_with_entries(office: Office) -> None:
    headings = "规划 监测 项目与招商 统计 系统"
    for who in ("admin", ""):
        text = office.client(who).get("/").content.decode()
        nav = text[text.index('<nav class="nav"') : text.index("</nav>")]
        assert " ".join(re.findall(r"<p id=[^>]+>([^<]+)", nav)) == headings
        assert nav.count("<ul") == len(headings.split()) + 1 == nav.count("</ul>")


def test_the_public_is_shown_where_to_ask_officers_what_was_asked(office: Office) -> None:
    assert "投资机会" in [name for *_r, name in column(office, "", "/")]
    names = [name for *_r, name in column(office, "zone", "/")]
    assert "投资机会" not in names and {"招商引资", "准入", "督办"} <= set(names)
