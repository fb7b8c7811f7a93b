"""Addresses of the scoreboard (监测台地址表): what each is, and who may come there.

The tests of scope walk over these tables; an address that is in none of them fails a test.
"""

from __future__ import annotations

from hexi.portal.core.roles import Permission

#: pages of one target of the unpublished plan: there only inside the scope
PRIVATE = {
    "monitored-target": "/scoreboard/targets/{target}/",
    "monitored-target then": "/scoreboard/targets/{target}/?asof=2024-12-31",
    "target-scenario": "/scoreboard/targets/{target}/scenario/?driver=growth&amount=1",
    "api:position": "/api/monitoring/targets/{target}",
}
#: pages that everybody may open and that must not name what is hidden
SHARED = {
    "scoreboard": "/scoreboard/",
    "scoreboard searched": "/scoreboard/?q={title}",
    "scoreboard then": "/scoreboard/?asof=2024-12-31",
    "scoreboard-export": "/scoreboard/export.csv",
    "scoreboard-plans": "/scoreboard/plans/",
    "scoreboard-unit": "/scoreboard/units/lz-etdz/",
    "scoreboard-map": "/scoreboard/map/",
    "scoreboard-wall": "/scoreboard/wall/",
    "scoreboard-missing": "/scoreboard/missing/",
    "scoreboard-missing-export": "/scoreboard/missing/export.csv",
    "api:positions": "/api/monitoring/targets?limit=1000",
}
#: pages of a permission
GUARDED = {
    "warnings": ("/scoreboard/warnings/", Permission.SEE_WARNINGS),
    "warnings-export": ("/scoreboard/warnings/export.csv", Permission.SEE_WARNINGS),
    "warning-rates": ("/scoreboard/warnings/rates/", Permission.SEE_WARNINGS),
    "api:warnings": ("/api/monitoring/warnings", Permission.SEE_WARNINGS),
}
#: steps and pages whose scope has tests of its own
STEPS = {
    # a target's address in its plan, which leads to its page here
    "target": "/targets/{row}/",
    "adjust-target": "/scoreboard/targets/{target}/adjust/",
    "warning": "/scoreboard/warnings/{warning}/",
    "answer-warning": "/scoreboard/warnings/{warning}/answer/",
    "close-warning": "/scoreboard/warnings/{warning}/close/",
    "api:answer": "/api/monitoring/warnings/{warning}/answer",
    "calendar-key": "/scoreboard/calendar/",
    "api:deadlines": "/api/monitoring/calendar/{key}/deadlines.ics",
}
SCOREBOARD = {name.partition(" ")[0] for table in (PRIVATE, SHARED, GUARDED, STEPS)
              for name in table}  # fmt: skip
