"""Addresses of the breakdown app (分解地址表): what each is, and who may come there.

The tests of scope walk over these tables; an address that is in none of them fails a test.
"""

from __future__ import annotations

#: who shares the zone's targets out, or looks on; the zone's plan is published, so its targets
#: and their paths are open to all
UPPER = ("admin", "province", "zone", "reader")
WRITING = ("admin", "province", "zone")
#: the lower unit of the part that the tests look at, and who stands above it
OF_PART = (*UPPER, "park")

#: pages: address, who sees them; for the others they are not there
PRIVATE: dict[str, tuple[str, tuple[str, ...]]] = {
    "breakdown-units": ("/breakdown/targets/{target}/units/", UPPER),
    "breakdown-cells": ("/breakdown/targets/{target}/cells/", UPPER),
    "breakdown-file": ("/breakdown/targets/{target}/sheet.xlsx", UPPER),
    "part": ("/breakdown/parts/{part}/", OF_PART),
    "yearly-plan": ("/breakdown/units/lz-etdz/2018/", UPPER),
    "yearly-plan-document": ("/breakdown/units/lz-etdz/2018/plan.docx", UPPER),
    "api:sheet": ("/api/breakdowns/{target}", UPPER),
    "api:part": ("/api/parts/{part}", OF_PART),
    "api:yearly": ("/api/yearly-plans/lz-etdz/2018", UPPER),
}
#: open to whoever sees the target; what they show of the sheet depends on the person
OPEN: dict[str, str] = {
    "breakdown": "/breakdown/targets/{target}/",
    "target-path": "/breakdown/targets/{target}/path/",
    "target-duty": "/breakdown/targets/{target}/duty/",
    "api:path": "/api/breakdowns/{target}/path",
    "api:duty": "/api/breakdowns/{target}/duty",
}
#: steps: address, what is sent, who may take them (others: 403 or 404, and no event)
STEPS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "breakdown-settle": ("/breakdown/targets/{target}/settle/", {}, WRITING),
    "breakdown-fill": ("/breakdown/targets/{target}/fill/", {"method": "equal"}, WRITING),
    "breakdown-spread": ("/breakdown/targets/{target}/spread/", {}, WRITING),
    "breakdown-undo": ("/breakdown/targets/{target}/undo/", {}, ("zone",)),
    "breakdown-propose": (
        "/breakdown/targets/{target}/propose/",
        {"units": "etdz-an", "reason": "试"},
        WRITING,
    ),
    "breakdown-discard": ("/breakdown/targets/{target}/discard/", {"reason": "试"}, WRITING),
    "part-accept": ("/breakdown/parts/{part}/accept/", {}, ("admin", "park")),
    "part-back": ("/breakdown/parts/{part}/back/", {"reason": "试"}, ("admin", "park")),
    "part-withdraw": ("/breakdown/parts/{part}/withdraw/", {"reason": "试"}, WRITING),
    "target-path": ("/breakdown/targets/{target}/path/", {"shape": "straight"}, WRITING),
    "target-duty": ("/breakdown/targets/{target}/duty/", {"requirement": "试"}, WRITING),
    "yearly-plan-paths": ("/breakdown/units/lz-etdz/2018/paths/", {}, WRITING),
}
#: lists of one's own
OWN = {"tasks": "/tasks/", "tasks-export": "/tasks/export.csv", "api:tasks": "/api/tasks"}
#: tested with the acts behind them, or where they stand in a course
ELSEWHERE = {
    "breakdown-begin", "breakdown-import", "api:put_path", "api:begin", "api:cells", "api:fill",
    "api:settle", "api:spread", "api:undo", "api:discard", "api:propose", "api:accept",
    "api:back", "api:withdraw", "api:put_duty",
}  # fmt: skip
BREAKDOWN = frozenset({*PRIVATE, *OPEN, *STEPS, *OWN, *ELSEWHERE})
