"""Agreed figures in the portal: entered whole, judged by what happened, ended with a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hexi.portal.admission.acts.agree_figures import AgreedLine, agree_figures
from hexi.portal.admission.acts.end_agreement import end_agreement
from hexi.portal.admission.acts.enter_actual import enter_actual
from hexi.portal.admission.models import AgreedActual, Agreement
from hexi.portal.admission.queries.agreed import figures_seen, judged
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.projects.models import ProjectRecord
from tests.portal.admission.material import agreed
from tests.portal.projects.library import AT, TODAY, WAN, Library


def line(item: str, wan: int, by: date) -> AgreedLine:
    return AgreedLine(item, Decimal(wan * WAN), by)


def statuses(library: Library) -> dict[str, str]:
    rows = judged(figures_seen(library.person("admin"), {}), TODAY)
    return {row.item: row.status for row in rows}


def test_investment_is_judged_by_the_monthly_progress(library: Library) -> None:
    # the progress adds up to 15,000 by October
    agreed(
        library,
        line("investment", 15_000, date(2026, 10, 31)),
        line("investment", 40_000, date(2027, 12, 31)),
        line("investment", 10_001, date(2026, 5, 31)),
    )
    rows = judged(figures_seen(library.person("zone"), {}), TODAY)
    assert [row.status for row in rows] == ["missed", "on_the_way", "met"]
    assert "至 2026-05-31 累计 10,000 万元（月度进度），约定 10,001 万元" in rows[0].sentence
    assert "逾期后于 2026-10-31 达到" in rows[0].sentence
    page = library.client("zone").get("/admission/agreed/").content.decode()
    assert "3 项履约指标中有 1 项未兑现" in page and "未兑现" in page
    only = library.client("zone").get("/admission/agreed/?status=met").content.decode()
    assert "15,000 万元" in only and "10,001 万元" not in only


def test_per_mu_uses_the_land_of_the_project(library: Library) -> None:
    agreed(library, line("investment_per_mu", 300, date(2026, 10, 31)))
    assert statuses(library) == {"investment_per_mu": "no_data"}
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(land_mu=100)
    assert statuses(library) == {"investment_per_mu": "missed"}
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(land_mu=50)
    assert statuses(library) == {"investment_per_mu": "met"}


def test_tax_is_entered_with_evidence_and_corrected_by_event(library: Library) -> None:
    made = agreed(library, line("tax", 800, date(2026, 12, 31)))
    project = made.project_id
    by = library.person("zone")
    assert statuses(library) == {"tax": "no_data"}
    first = enter_actual(
        project, "tax", date(2025, 6, 1), Decimal(700 * WAN), evidence="完税证明", by=by, at=AT
    )
    assert first.of == date(2025, 12, 31), "a year's figure is of its last day"
    assert statuses(library) == {"tax": "on_the_way"}
    enter_actual(
        project, "tax", date(2025, 12, 31), Decimal(900 * WAN), evidence="审计报告", by=by, at=AT
    )
    assert AgreedActual.objects.count() == 1 and statuses(library) == {"tax": "met"}
    assert library.acts_of(first) == ["enter_actual", "enter_actual"]
    page = library.client("zone").get(f"/admission/agreed/{made.pk}/").content.decode()
    assert "审计报告" in page and "900 万元" in page


@pytest.mark.parametrize(
    ("item", "of", "value", "evidence", "code"),
    [
        ("investment", date(2026, 1, 1), 1, "证", "item_not_entered"),
        ("tax_per_mu", date(2025, 1, 1), 1, "证", "item_not_entered"),
        ("nothing", date(2025, 1, 1), 1, "证", "item_not_entered"),
        ("tax", date(2026, 1, 1), 1, "证", "day_ahead"),
        ("jobs", date(2027, 1, 1), 1, "证", "day_ahead"),
        ("jobs", date(2026, 1, 1), -1, "证", "value_wrong"),
        ("jobs", date(2026, 1, 1), 1, " ", "evidence_missing"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    item: str, of: date, value: int, evidence: str, code: str, library: Library
) -> None:
    before = library.events()
    with pytest.raises(Refusal) as refused:
        enter_actual(
            library.aluminium.pk, item, of, Decimal(value),
            evidence=evidence, by=library.person("zone"), at=AT,
        )  # fmt: skip
    assert refused.value.code == code and library.events() == before


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (line("nothing", 1, date(2027, 1, 1)),),
        (line("tax", 0, date(2027, 1, 1)),),
        (line("tax", 1, date(2026, 1, 5)),),
        (line("tax", 1, date(2027, 1, 1)), line("tax", 2, date(2027, 1, 1))),
    ],
)
def test_an_agreement_is_entered_whole_or_not_at_all(
    lines: tuple[AgreedLine, ...], library: Library
) -> None:
    with pytest.raises(Refusal):
        agree_figures(
            library.aluminium.pk, lines, document="某协议", party="某公司",
            signed=date(2026, 1, 5), by=library.person("zone"), at=AT,
        )  # fmt: skip
    assert not Agreement.objects.exists()


def test_the_form_reads_units_and_names_the_row_of_a_fault(library: Library) -> None:
    client = library.client("zone")
    sent = {
        "project": library.aluminium.pk, "document": "协议1", "party": "", "signed": "2026-01-05",
        "item": ["investment", "tax_per_mu", "jobs"], "value": ["1.2亿元", "20", "300"],
        "by": ["2027-12-31", "2028-12-31", "2028-12-31"], "consequence": ["", "追缴", ""],
    }  # fmt: skip
    bad = client.post("/admission/agreed/new/", {**sent, "by": ["2027-12-31", "", "2028-12-31"]})
    assert bad.status_code == 422 and "row 2" in bad.content.decode()
    assert 'value="1.2亿元"' in bad.content.decode() and not Agreement.objects.exists()
    good = client.post("/admission/agreed/new/", sent)
    assert good.status_code == 302
    figures = Agreement.objects.get().figures.order_by("id")
    assert [one.value for one in figures] == [120_000_000, 200_000, 300]
    assert Agreement.objects.get().party == library.aluminium.investor


def test_an_ended_agreement_is_no_longer_judged(library: Library) -> None:
    made = agreed(library)
    end_agreement(made.pk, day=TODAY, reason="重新签订", by=library.person("zone"), at=AT)
    assert statuses(library) == {}
    assert library.acts_of(made) == ["agree_figures", "end_agreement"]
    page = library.client("zone").get(f"/admission/agreed/{made.pk}/").content.decode()
    assert "重新签订" in page
    with pytest.raises(Refusal):
        end_agreement(made.pk, day=TODAY, reason="再终止", by=library.person("zone"), at=AT)


def test_scope(library: Library) -> None:
    made = agreed(library)
    assert library.client("stranger").get(f"/admission/agreed/{made.pk}/").status_code == 404
    assert (
        "〔2026〕3号" not in library.client("stranger").get("/admission/agreed/").content.decode()
    )
    assert library.client("").get("/admission/agreed/").status_code == 302
    text = library.client("stranger").get("/admission/agreed/export.csv").content.decode()
    assert "铝箔" not in text
    with pytest.raises(NotFound):
        end_agreement(made.pk, day=TODAY, reason="x", by=library.person("stranger"), at=AT)
    assert library.client("reader").get("/admission/agreed/new/").status_code == 403
