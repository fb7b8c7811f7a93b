"""Five parks of a zone and their figures of two years, as a sheet (测试用园区考核表).

The figures are made up for the tests, of a size that such parks have; they are nobody's report.
"""

from __future__ import annotations

import csv
import io

from hexi.assessment.scheme.loading import load_schemes
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.load_sheet import load_sheet
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.models import AssessmentRun
from tests.portal.office import AT, Office

__all__ = ["PARKS", "SCHEME", "YEAR", "computed", "sheet", "started"]

SCHEME, YEAR = "lz-parks", 2024
PARKS = ("etdz-jcb", "etdz-an", "etdz-xg", "etdz-hg", "etdz-gl")
_FIGURES = {
    "gdp": (88.4, 132.7, 96.2, 61.5, 34.8),
    "va_ind_above": (20.1, 58.3, 31.6, 27.9, 8.2),
    "fai": (45.0, 61.2, 38.8, 30.4, 22.7),
    "tax": (9.8, 13.1, 7.4, 4.9, 2.6),
    "above_n": (18, 46, 29, 24, 11),
    "rev_ind": (70.2, 210.5, 160.3, 121.0, 30.9),
    "hitech_n": (62, 71, 18, 12, 14),
    "rd_int": (2.4, 2.9, 1.3, 1.1, 0.6),
    "labs_n": (21, 25, 8, 6, 7),
    "pat_grant": (410, 385, 120, 96, 112),
    "attract": (35.6, 48.9, 40.2, 28.1, 31.7),
    "trade": (1.2, 0.9, 2.8, 0.7, 0.3),
    "fdi": (0.21, 0.18, 0.11, 0.04, 0.02),
    "employed": (31200, 42800, 26500, 18400, 9700),
    "energy_va": (0.62, 0.81, 1.45, 2.31, 0.74),
    "water_va": (18.5, 21.3, 30.8, 35.2, 16.9),
    "solid": (92.0, 90.5, 84.1, 79.6, 88.3),
    "sewage": (99.0, 98.2, 96.5, 95.1, None),
    "proj_start_rate": (91.0, 88.5, 85.2, 90.3, 79.9),
    "proj_progress": (76.4, 81.0, 70.8, 73.3, 68.0),
    "satisfaction": (92.1, 90.4, 88.8, 89.5, 91.2),
}


def sheet(year: int = YEAR, *, changed: dict[tuple[str, str], str] | None = None) -> bytes:
    """A csv as an office fills it in; ``changed`` writes something else into a cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["主体", "名称", "年份", *_FIGURES])
    names = ("九州园区", "安宁园区", "西固园区", "红古园区", "皋兰园区")
    for back in (1, 0):
        for place, park in enumerate(PARKS):
            cells = []
            for item, figures in _FIGURES.items():
                value = figures[place]
                text = "" if value is None else f"{value * (1 - 0.04 * back):.4g}"
                cells.append((changed or {}).get((park, item), text) if not back else text)
            writer.writerow([park, names[place], year - back, *cells])
    return buffer.getvalue().encode()


def started(office: Office, year: int = YEAR) -> AssessmentRun:
    """An empty run of the zone."""
    assert SCHEME in load_schemes("gansu").ids
    return start_run(SCHEME, year, "lz-etdz", by=office.person("zone"), at=AT)


def computed(office: Office, year: int = YEAR) -> AssessmentRun:
    """A run with the sheet loaded and computed."""
    by = office.person("zone")
    run = started(office, year)
    load_sheet(run.pk, sheet(year), "园区.csv", by=by, at=AT)
    return compute_run(run.pk, by=by, at=AT)
