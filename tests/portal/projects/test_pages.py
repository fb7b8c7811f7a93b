"""Pages of the library (项目库页面): what they show to whom, and the steps that are taken on them."""

from __future__ import annotations

from tests.portal.projects.library import Library


def text(library: Library, who: str, path: str) -> str:
    answer = library.client(who).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_the_list_says_how_many_there_are(library: Library) -> None:
    page = text(library, "admin", "/projects/")
    assert "6 个项目" in page
    assert "年产5万吨高端铝箔项目" in page


def test_a_project_shows_where_it_stands(library: Library) -> None:
    page = text(library, "zone", f"/projects/{library.aluminium.pk}/")
    assert "12 亿元" in page
