"""What follows from rounds (动态管理): twice running among the last five (rules of 2016)."""

from __future__ import annotations

import csv
import io

import docx

from hexi.assessment.scheme.checking import classes_of
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.load_sheet import load_sheet
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.models import AssessmentRun
from tests.portal.office import AT, Office

ZONES = tuple(f"甲区{number}" for number in range(1, 31))


def round_of(office: Office, year: int) -> AssessmentRun:
    """Thirty zones whose order never changes: the first is the best at everything."""
    by = office.person("province")
    run = start_run("etdz", year, "gs", by=by, at=AT)
    items = list(run.scheme_of.items())
    region = classes_of(run.scheme_of)[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["主体", "年份", "区域", *(item.id for item in items)])
    for place, zone in enumerate(ZONES):
        writer.writerow([zone, year, region, *(100 - item.direction * place for item in items)])
    load_sheet(run.pk, buffer.getvalue().encode(), "轮次.csv", by=by, at=AT)
    return compute_run(run.pk, by=by, at=AT)


def test_two_rounds_running_among_the_last_five_end_in_a_removal_proposal(office: Office) -> None:
    by, client = office.person("province"), office.client("province")
    first = round_of(office, 2018)
    page = client.get(f"/assessment/runs/{first.pk}/outcomes/").content.decode()
    assert "约谈" in page and "退出候选" not in page
    review_run(first.pk, by=by, at=AT)
    publish_run(first.pk, by=by, at=AT)
    second = round_of(office, 2019)
    page = client.get(f"/assessment/runs/{second.pk}/outcomes/").content.decode()
    said = [line for line in page.split("</article>") if 'class="tag">退出候选' in line]
    assert len(said) == 5
    assert all(any(zone in line for zone in ZONES[-5:]) for line in said)
    assert "2018年度" in said[0] and "2019年度" in said[0]
    url = said[0].split('href="')[-1].split('"')[0]
    file = client.get(url)
    assert file.status_code == 200
    text = "".join(one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert "甲区" in text
    assert office.client("zone").get(url).status_code == 404
