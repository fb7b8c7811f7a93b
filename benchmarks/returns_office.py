"""A made-up office of many enterprises for the benchmarks of returns (模拟填报单位).

Codes bear their right check digits; every enterprise has one person who fills in for all of them,
as an agency does, and a return of the last period that was handed in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.returns.models import Enterprise, Filler, Reporter, Return, Spell
from hexi.portal.returns.registers.credit_code import check_character

FORM, VERSION, PERIOD, LAST = "enterprise-month", "2026", 202610, 202609
#: part of the sheet of items, and the cells that a clerk fills in
SHEET = "xl/worksheets/sheet2.xml"
AT = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)


def enter_enterprises(count: int) -> tuple[Person, list[Reporter]]:
    """Enterprises of one park and their clerk."""
    home = Unit.objects.filter(kind="park").order_by("order")[0]
    clerk = Person.objects.create(username="agency", name="代理记账", role=Role.ENTERPRISE)
    standing = {"industry": "34", "place": "620105", "above_scale": True}
    found = []
    with transaction.atomic():
        for number in range(count):
            stem = f"91620100MA7{number:06d}"
            code = stem + check_character(stem)
            name = f"第{number + 1}机械有限公司"
            reporter = Reporter.objects.create(kind="enterprise", code=code, name=name, home=home)
            opened = date(2020, 1, 1)
            made = Enterprise.objects.create(
                reporter=reporter, code=code, name=name, opened=opened, **standing
            )
            Spell.objects.create(enterprise=made, unit=home, since=opened, **standing)
            Filler.objects.create(reporter=reporter, person=clerk)
            found.append(reporter)
    return clerk, found


def last_return(reporter: Reporter) -> None:
    """What the enterprise reported a month ago."""
    values = {name: f"{value:.2f}" for name, value in figures(reporter.pk, "output").items()}
    Return.objects.create(
        form=FORM, form_version=VERSION, period=LAST, reporter=reporter, unit=reporter.home,
        due=AT.date(), values=values, opened_at=AT, changed_at=AT,
    )  # fmt: skip


def figures(seed: int, *_: Any) -> dict[str, float]:
    """Figures that keep every rule."""
    output = 800.0 + seed % 400
    return {
        "output": output, "sales_value": output - 20, "revenue": output, "profit": 30.0,
        "tax": 25.0, "tax_vat": 15.0, "tax_income": 6.0, "tax_other": 4.0, "employees": 40.0,
        "wages": 20.0, "electricity": 9.0, "energy": 70.0, "water": 300.0, "export": 0.0,
        "import_value": 0.0,
    }  # fmt: skip


def filled_workbook(template: bytes, rows: Mapping[str, int], values: Mapping[str, float]) -> bytes:
    """The template with figures written into the sheet of items."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            data = source.read(part)
            if part == SHEET:
                data = _written(data.decode(), rows, values).encode()
            target.writestr(part, data)
    return out.getvalue()


def _written(xml: str, rows: Mapping[str, int], values: Mapping[str, float]) -> str:
    for item, value in values.items():
        cell = re.compile(rf'<c r="D{rows[item] + 1}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
        xml = cell.sub(
            lambda m, v=value, c=rows[item]: f'<c r="D{c + 1}"{m[1] or ""}><v>{v}</v></c>', xml, 1
        )
    return xml
