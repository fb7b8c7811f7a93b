"""Portfolio figures on pages: agree with the list behind every number, in every scope."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from html import unescape

import pytest

from hexi.portal.projects.models import Progress, ProjectRecord, ProjectTag
from hexi.portal.projects.queries.chosen import choose
from hexi.portal.projects.queries.portfolio import (
    DIMENSIONS,
    course_of_year,
    portfolio,
    portfolio_rows,
    year_before,
)
from hexi.portal.projects.views.portfolio import percent
from hexi.projects.figures import Figures
from tests.portal.projects.library import AT, TODAY, YI, Library

PAGE = "/projects/portfolio/"
#: a figure on the page that opens a list
NUMBER = re.compile(r'<a href="(/projects/\?[^"]*figure=[^"]*)">(?:<span>[^<]*</span>.*?'
                    r'<b class="n">)?([\d,]+)<')  # fmt: skip
LIST_TOTAL = re.compile(r"<h1>(\d+)")


def figures_of(library: Library, username: str = "admin", **asked: str) -> Figures:
    chosen, _kept = portfolio_rows(library.person(username), asked, TODAY)
    return portfolio(chosen, "kind").whole


def numbers(html: str) -> Iterator[tuple[str, int]]:
    for address, text in NUMBER.findall(html):
        yield unescape(address), int(text.replace(",", ""))


def test_figures_are_those_of_the_records(library: Library) -> None:
    """Six projects: three started, one of them completed and in production."""
    found = figures_of(library)
    assert (found.number, found.started, found.completed, found.producing) == (6, 3, 1, 1)
    assert found.start_rate == Fraction(1, 2)
    assert found.total == (12 + 8 + 3 + 46 + 55) * YI and found.without_total == 1
    assert found.invested == sum(ProjectRecord.objects.values_list("invested", flat=True))
    assert (found.planned, found.with_plan) == (35 * YI, 3)
    assert found.invested_year == int((1.5 + 20) * YI)


def test_a_past_day_counts_what_was_known_of_its_day(library: Library) -> None:
    found = figures_of(library, asof="2025-12-31")
    assert (found.number, found.started) == (1, 1), "only the foil was in the library"
    assert found.invested == 20 * YI and found.planned == 25 * YI


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("day", ["", "2026-06-30"])
def test_every_number_opens_a_list_of_as_many(library: Library, by: str, day: str) -> None:
    client = library.client("admin")
    html = client.get(PAGE, {"by": by, "asof": day}).content.decode()
    listed = dict(numbers(html))
    assert len(listed) >= 6
    for address, number in listed.items():
        answer = client.get(address).content.decode()
        total = LIST_TOTAL.search(answer)
        assert total is not None and int(total[1]) == number, address


@pytest.mark.parametrize("by", [by for by in DIMENSIONS if by != "tag"])
def test_groups_add_up_to_the_whole(library: Library, by: str) -> None:
    chosen, _kept = portfolio_rows(library.person("admin"), {}, TODAY)
    found = portfolio(chosen, by)
    for field in Figures.__dataclass_fields__:
        parts = sum(getattr(group.figures, field) for group in found.groups)
        assert parts == getattr(found.whole, field), field


def test_a_project_on_two_lists_counts_in_each_and_once_in_all(library: Library) -> None:
    row = library.aluminium
    ProjectTag.objects.create(project=row, tag="provincial", since=date(2026, 11, 1))
    chosen, _kept = portfolio_rows(library.person("admin"), {}, TODAY)
    found = portfolio(chosen, "tag")
    by_tag = {group.value: group.figures.number for group in found.groups}
    assert by_tag == {"provincial": 2, "3341": 1, "municipal": 1, "central-local": 1, "circular": 1}
    assert found.whole.number == 6
    assert chosen.counts("tag")["provincial"] == 2, "given twice, counted once"


@pytest.mark.parametrize(
    ("username", "number"),
    [("admin", 6), ("province", 6), ("zone", 3), ("park", 3), ("reader", 3), ("stranger", 3),
     ("maker", 0), ("", 0)],
)  # fmt: skip
def test_figures_are_of_the_own_scope_only(library: Library, username: str, number: int) -> None:
    """The stranger is of Jinchang, whose zone has the other three."""
    client = library.client(username)
    html = client.get(PAGE).content.decode()
    shown = LIST_TOTAL.search(html)
    assert (int(shown[1]) if shown else 0) == number
    names = {"zone": "兰州", "park": "兰州", "reader": "兰州", "stranger": "金昌"}
    answer = client.get("/api/projects/portfolio", {"by": "unit"}).json()
    assert answer["whole"]["number"] == number
    assert sum(group["figures"]["number"] for group in answer["groups"]) == number
    if username in names:
        assert "金川集团" not in html
        assert len(answer["groups"]) == 1


def test_the_public_learns_nothing_of_monthly_progress(library: Library) -> None:
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(published=True)
    for client in (library.client(""), library.client("stranger")):
        html = client.get(PAGE, {"open": "1"}).content.decode()
        assert LIST_TOTAL.search(html) is not None
        assert "累计完成投资" not in html and "1.5 亿元" not in html
        answer = client.get("/api/projects/portfolio", {"open": "1"}).json()
        assert answer["whole"]["number"] == 1 and answer["whole"]["total"] == 12 * YI
        assert answer["whole"]["invested"] is None and answer["whole"]["progress"] is None
        assert answer["groups"][0]["figures"]["invested_year"] is None
        text = client.get(PAGE + "export.csv", {"open": "1"}).content.decode("utf-8-sig")
        assert "15000" not in text


def test_parts_of_a_unit_and_the_unit_itself_stand_apart(library: Library) -> None:
    library.registered(name="开发区直管项目", unit="lz-etdz")
    chosen, _kept = portfolio_rows(library.person("zone"), {}, TODAY)
    found = portfolio(chosen, "unit")
    assert [(group.value, group.figures.number) for group in found.groups] == [
        ("=lz-etdz", 1), ("etdz-an", 3),
    ]  # fmt: skip
    assert choose(library.person("zone"), {"unit": "=lz-etdz"}, TODAY).total == 1
    assert choose(library.person("zone"), {"unit": "lz-etdz"}, TODAY).total == 4


def test_practice_is_never_counted_with_what_is_real(library: Library) -> None:
    ProjectRecord.objects.filter(kind="promoted").update(practice=True)
    assert figures_of(library).number == 2
    assert figures_of(library, practice="1").number == 4
    html = library.client("admin").get(PAGE).content.decode()
    for address, number in numbers(html):
        assert "practice=0" in address
        total = LIST_TOTAL.search(library.client("admin").get(address).content.decode())
        assert total is not None and int(total[1]) == number
    ProjectRecord.objects.update(practice=True)
    shown = library.client("admin").get(PAGE).content.decode()
    assert "演练数据：6 个项目" in shown


def test_the_second_day_is_last_year_unless_one_is_asked_for(library: Library) -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    client = library.client("admin")
    html = client.get(PAGE, {"asof": "2026-06-30"}).content.decode()
    assert ">2025-06-30<" in html
    html = client.get(PAGE, {"asof": "2026-06-30", "vs": "2026-01-31"}).content.decode()
    assert ">2026-01-31<" in html and ">2025-06-30<" not in html
    for strange in ({"asof": "x", "vs": "y"}, {"by": "colour"}, {"unit": "nowhere"}):
        assert client.get(PAGE, strange).status_code == 200


def test_the_course_of_the_year_ends_with_the_figure_of_the_table(library: Library) -> None:
    chosen, _kept = portfolio_rows(library.person("admin"), {}, TODAY)
    course = course_of_year(chosen)
    assert course is not None
    invested, plan = course["series"]
    assert invested["data"][10] * YI == portfolio(chosen, "kind").whole.invested_year
    assert invested["data"][11] is None, "December has not come"
    assert plan["data"][11] * YI == 35 * YI
    Progress.objects.all().delete()
    assert (
        course_of_year(portfolio_rows(library.person("admin"), {"kind": "none"}, TODAY)[0]) is None
    )


def test_the_file_has_the_figures_of_the_page_to_the_yuan(library: Library) -> None:
    Progress.objects.create(
        project=library.aluminium, month=202609, invested=1_234_567, by_name="李管家", at=AT
    )
    answer = library.client("admin").get(PAGE + "export.csv", {"by": "kind"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[-1]["项目类别"] == "合计" and rows[-1]["项目"] == "6"
    assert rows[-1]["本年完成投资（万元）"] == "215123.4567"
    assert rows[-1]["开工率"] == "50.00%"
    assert library.client("admin").get(PAGE + "export.xlsx").status_code == 200
    assert library.client("admin").get(PAGE + "export.pdf").status_code == 404


def test_an_empty_library_says_what_to_do(office: object) -> None:
    from tests.portal.office import Office

    html = Office().client("admin").get(PAGE).content.decode()
    assert "这一天库中还没有项目" in html and "/projects/" in html


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(157, 204), "76.96%"), (Fraction(1, 8), "12.50%"), (Fraction(1, 3), "33.33%"),
     (Fraction(5, 100_000), "0.01%"), (Fraction(-1, 4), "−25.00%"), (Fraction(0), "0.00%"),
     (None, "")],
)  # fmt: skip
def test_a_share_is_printed_with_two_decimals(share: Fraction | None, text: str) -> None:
    assert percent(share) == text
