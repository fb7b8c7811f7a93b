"""An enterprise for the browser (测试用填报企业): laid into the home of a running portal.

The portal's own process serves; this one writes into the same database by the acts of the portal.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.browser.portal import Portal

__all__ = ["lay_enterprise", "run_in"]

LAY = """
from datetime import UTC, date, datetime
from django.utils import timezone
from hexi.portal.core.acts.sign_in import make_sign_in_link
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.models import Enterprise, Filler, Reporter, Spell
person, fresh = Person.objects.get_or_create(
    username="filler", defaults={"name": "王五", "role": Role.ENTERPRISE}
)
code = "91620100MA71TEST0H"
home = Unit.objects.filter(kind="park").order_by("order")[0]
if fresh:
    reporter = Reporter.objects.create(kind="enterprise", code=code, name="甲机械", home=home)
    facts = {"industry": "34", "place": "620105", "above_scale": True}
    made = Enterprise.objects.create(
        reporter=reporter, code=code, name="甲机械", opened=date(2020, 1, 1), **facts
    )
    Spell.objects.create(enterprise=made, unit=home, since=date(2020, 1, 1), **facts)
    Filler.objects.create(reporter=reporter, person=person)
reporter = Reporter.objects.get(code=code)
at = timezone.now()
rows = {}
for period in (202609, 202610):
    rows[period] = open_return("enterprise-month", period, reporter.pk, by=person, at=at)
last = {"output": "1200", "sales_value": "1100", "partner/392/partner_export": "20"}
save_cells(rows[202609].pk, last, by=person, at=at)
print(rows[202610].pk, make_sign_in_link(person, at=at))
"""


def run_in(portal: Portal, code: str) -> str:
    """Run a piece of Python in the home of the portal."""
    before = "from hexi.portal import bootstrap\nbootstrap.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", before + code],
        env={**os.environ, "HEXI_HOME": str(portal.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def lay_enterprise(portal: Portal) -> tuple[int, str]:
    """An enterprise with two returns; the newer one, and the link that signs its person in."""
    row, code = run_in(portal, LAY).splitlines()[-1].split()
    return int(row), f"{portal.address}/sign-in/link/{code}/"
