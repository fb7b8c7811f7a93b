"""Contracts of target responsibility (目标责任书): drawn from targets, signed, reported, closed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
import pytest
from python_calamine import CalamineWorkbook

from hexi.catalogue import load_pack
from hexi.portal.assessment.acts.add_contract import add_contract
from hexi.portal.assessment.acts.add_matter import add_matter
from hexi.portal.assessment.acts.close_duty_year import close_duty_year
from hexi.portal.assessment.acts.draw_contracts import draw_contracts
from hexi.portal.assessment.acts.open_duty_year import open_duty_year
from hexi.portal.assessment.acts.report_fact import report_fact
from hexi.portal.assessment.acts.save_contract import NewTask, save_contract
from hexi.portal.assessment.acts.sign_contract import sign_contract
from hexi.portal.assessment.acts.withdraw_matter import withdraw_matter
from hexi.portal.assessment.models import DutyContract, DutyYear
from hexi.portal.assessment.queries.duty_facts import actual_of, seen_until
from hexi.portal.core.models import Unit
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.scoreboard.models import MonitoredTarget
from tests.portal.office import AT, Office

#: the plan of the pack that the zone's targets come from ends in this year
YEAR = 2020
AFTER = datetime(2021, 3, 1, tzinfo=UTC)


@dataclass
class Drawn:
    """A year with contracts drawn from the zone's own targets."""

    year: DutyYear
    contract: DutyContract


def drawn(office: Office) -> Drawn:
    """Two targets of the zone's plan are given to the park of Anning to answer for."""
    by, body = office.person("zone"), Unit.objects.get(code="etdz-an")
    rows = MonitoredTarget.objects.filter(
        unit__code="lz-etdz", plan__source="pack", state="accepted", end=YEAR, measure="level"
    ).order_by("pk")
    known = [row for row in rows if row.value.replace(".", "").isdecimal()]
    chosen = sorted(known, key=lambda row: row.indicator_id != "gdp")[:2]
    assert len(chosen) == 2
    MonitoredTarget.objects.filter(pk__in=[row.pk for row in chosen]).update(body=body)
    year = open_duty_year("lz-etdz", YEAR, "departments", by=by, at=AT)
    draw_contracts(year.pk, by=by, at=AT)
    return Drawn(year, year.contracts.get())


def signed(office: Office) -> Drawn:
    made, by = drawn(office), office.person("zone")
    sign_contract(made.contract.pk, by=by, at=AT)
    made.contract.refresh_from_db()
    return made


def test_a_contract_is_drawn_from_the_targets_that_name_its_holder(office: Office) -> None:
    made = drawn(office)
    tasks = list(made.contract.tasks.all())
    assert made.contract.code == "etdz-an" and [task.weight for task in tasks] == [50.0, 50.0]
    assert all(task.source and float(task.source.value) == task.target for task in tasks)
    with pytest.raises(Refusal) as told:
        draw_contracts(made.year.pk, by=office.person("zone"), at=AT)
    assert told.value.code == "nothing_drawn"


def test_weights_must_add_to_a_hundred_before_signing(office: Office) -> None:
    made, by = drawn(office), office.person("zone")
    first, second = made.contract.tasks.all()
    new = NewTask("营商环境评价", "90", "20", "分")
    save_contract(made.contract.pk, {first.pk: "50"}, added=[new], by=by, at=AT)
    with pytest.raises(Refusal) as told:
        sign_contract(made.contract.pk, by=by, at=AT)
    assert told.value.code == "sum" and "120" in str(told.value.message)
    with pytest.raises(Refusals) as faults:
        save_contract(
            made.contract.pk, {first.pk: "约"}, added=[NewTask("", "0", "1")], by=by, at=AT
        )
    assert {one.code for one in faults.value.parts} == {"not_a_number", "no_title", "no_target"}
    save_contract(made.contract.pk, {first.pk: "30"}, remove=(), by=by, at=AT)
    contract = sign_contract(made.contract.pk, by=by, at=AT)
    with pytest.raises(Refusal) as told:
        save_contract(contract.pk, {second.pk: "10"}, by=by, at=AT)
    assert told.value.code == "signed"


def test_the_holder_reports_with_evidence_and_enters_no_points(office: Office) -> None:
    made, park = drawn(office), office.person("park")
    with pytest.raises(NotFound):
        report_fact(made.contract.pk, 1, "5", "报表", by=park, at=AT)
    sign_contract(made.contract.pk, by=office.person("zone"), at=AT)
    task = made.contract.tasks.first()
    assert task is not None
    with pytest.raises(Refusal) as told:
        report_fact(made.contract.pk, task.pk, "5", "", by=park, at=AT)
    assert told.value.code == "no_evidence"
    kept = report_fact(made.contract.pk, task.pk, f"{task.target}", "年报第3表", by=park, at=AT)
    assert kept.actual == task.target
    for step in (
        lambda: add_matter(made.contract.pk, "commended", "文件", by=park, at=AT),
        lambda: close_duty_year(made.year.pk, "年度考核", by=park, at=AFTER),
    ):
        with pytest.raises((NotPermitted, NotFound)):
            step()


def test_a_closed_year_is_frozen_and_exported_for_pay(office: Office) -> None:
    made, by, client = signed(office), office.person("zone"), office.client("zone")
    other = add_contract(made.year.pk, "招商局", by=by, at=AT)
    with pytest.raises(Refusals) as told:
        close_duty_year(made.year.pk, "年度考核", by=by, at=datetime(2020, 6, 1, tzinfo=UTC))
    assert {one.code for one in told.value.parts} == {"not_over", "drafts"}
    save_contract(other.pk, {}, added=[NewTask("招商到位资金", "40", "100", "亿元")], by=by, at=AT)
    sign_contract(other.pk, by=by, at=AT)
    report_fact(other.pk, other.tasks.get().pk, "30", "资金到位证明", by=by, at=AT)
    for task in made.contract.tasks.all():
        report_fact(made.contract.pk, task.pk, f"{task.target}", "年报", by=by, at=AT)
    first = add_matter(made.contract.pk, "criticised", "通报〔2020〕3号", by=by, at=AT)
    withdraw_matter(made.contract.pk, first.pk, "张冠李戴", by=by, at=AT)
    add_matter(made.contract.pk, "integrity", "纪委通报", by=by, at=AT)
    page = client.get(f"/assessment/duty/{made.year.pk}/").content.decode()
    assert "75.00" in page and "69.99" in page
    close_duty_year(made.year.pk, "2020年度考核", by=by, at=AFTER)
    other.refresh_from_db()
    # a veto caps the full score below the other's three quarters
    assert (other.rank, other.score) == (1, 75.0)
    read = list(
        csv.DictReader(
            io.StringIO(
                client.get(f"/assessment/duty/{made.year.pk}/pay.csv").content.decode("utf-8-sig")
            )
        )
    )
    assert {(row["责任主体"], row["总分"]) for row in read} == {
        (made.contract.name, "69.99"), ("招商局", "75.0"),
    }  # fmt: skip
    book = client.get(f"/assessment/duty/{made.year.pk}/pay.xlsx").content
    grid = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[6] for row in grid[1:]] == [float(row["总分"]) for row in read]
    letter = docx.Document(
        io.BytesIO(client.get(f"/assessment/duty/contracts/{other.pk}/contract.docx").content)
    )
    words = "".join(one.text for one in letter.paragraphs)
    assert "2020年度目标责任书" in words and "总分75.00分" in words
    with pytest.raises(Refusal) as refused:
        report_fact(other.pk, other.tasks.get().pk, "40", "更正", by=by, at=AFTER)
    assert refused.value.code == "closed"


def test_an_observed_figure_counts_until_another_is_reported(office: Office) -> None:
    made, client = signed(office), office.client("zone")
    seen = next(
        one for one in load_pack("gansu").observations
        if (one.unit, one.indicator, one.period, one.basis)
        == ("lz-etdz", "gdp", str(YEAR), "level")
    )  # fmt: skip
    task = made.contract.tasks.get(indicator="gdp")
    assert actual_of(task, made.year, seen_until(AT.date()))[0] == float(seen.figure.value)
    url = f"/assessment/duty/contracts/{made.contract.pk}/"
    assert f"{float(seen.figure.value):,.6g}" in client.get(url).content.decode()
    report_fact(made.contract.pk, task.pk, "12.5", "更正报表", by=office.person("zone"), at=AT)
    assert "12.5" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("province", 200),
        ("zone", 200),
        ("park", 200),
        ("reader", 200),
        ("stranger", 404),
        ("", 404),
    ],
)
def test_a_signed_contract_is_seen_by_its_holder_and_who_set_it(
    who: str, seen: int, office: Office
) -> None:
    made = signed(office)
    client = office.client(who)
    base = "/assessment/duty/"
    for url in (f"{base}{made.year.pk}/", f"{base}contracts/{made.contract.pk}/"):
        assert client.get(url).status_code == seen
    pay = client.get(f"{base}{made.year.pk}/pay.csv").status_code
    assert pay == (404 if who == "park" else seen)
    listing = client.get(base)
    assert listing.status_code == (302 if not who else 200)
    draft = add_contract(made.year.pk, "招商局", by=office.person("zone"), at=AT)
    hidden = client.get(f"{base}contracts/{draft.pk}/").status_code
    assert hidden == (404 if who == "park" else seen)


def test_a_year_is_made_from_pages_alone(office: Office) -> None:
    client = office.client("zone")
    sent = {"unit": "lz-etdz", "kind": "departments", "year": "2020"}
    client.post("/assessment/duty/open/", sent)
    year = DutyYear.objects.get()
    assert client.post("/assessment/duty/open/", sent).status_code == 409
    url = f"/assessment/duty/{year.pk}/"
    assert client.post(f"{url}step/", {"step": "draw"}).status_code == 409
    client.post(f"{url}step/", {"step": "add", "name": "招商局"})
    contract = year.contracts.get()
    url = f"/assessment/duty/contracts/{contract.pk}/"
    task = {"title": "到位资金", "target": "40", "new-weight": "100", "unit": "亿元"}
    client.post(f"{url}step/", {"step": "save", **task})
    client.post(f"{url}step/", {"step": "sign"})
    row = contract.tasks.get()
    client.post(
        f"{url}step/", {"step": "report", "task": row.pk, "value": "20", "evidence": "证明"}
    )
    client.post(
        f"{url}step/", {"step": "matter", "matter": "commended", "count": "1", "evidence": "文件"}
    )
    page = client.get(url).content.decode()
    assert "51.00" in page and "获省级以上表彰" in page
