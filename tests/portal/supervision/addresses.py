"""Addresses of supervision (督办地址表): what each is, and who may come there.

The tests of scope walk over these tables; an address that is in none of them fails a test.
"""

from __future__ import annotations

from hexi.portal.core.roles import Permission

#: who sees the problem and the visit of the aluminium project in the park of Lanzhou
STAFF_INSIDE = ("admin", "province", "zone", "park", "reader")
INSIDE = (*STAFF_INSIDE, "maker")

#: pages of one thing: 200 for whom it says, 404 for others
PRIVATE: dict[str, tuple[str, tuple[str, ...]]] = {
    "problem": ("/supervision/problems/{problem}/", INSIDE),
    "visit": ("/supervision/visits/{visit}/", INSIDE),
    # the order goes from the province to the zone: the park below it has no part in it
    "supervision-order": (
        "/supervision/orders/{order}/",
        ("admin", "province", "zone", "reader"),
    ),
    "supervision-order-document": (
        "/supervision/orders/{order}/order.docx",
        ("admin", "province", "zone", "reader"),
    ),
    "meeting": ("/supervision/meetings/{meeting}/", ("admin", "province", "zone", "reader")),
    "meeting-document": (
        "/supervision/meetings/{meeting}/minutes.docx",
        ("admin", "province", "zone", "reader"),
    ),
    "api:problem": ("/api/supervision/problems/{problem}", INSIDE),
    "api:order": ("/api/supervision/orders/{order}", ("admin", "province", "zone", "reader")),
    "api:meeting": ("/api/supervision/meetings/{meeting}", ("admin", "province", "zone", "reader")),
}
#: lists: the permission that opens them; they never name what is out of sight
LISTS: dict[str, tuple[str, Permission]] = {
    "supervision": ("/supervision/", Permission.SEE_PROJECTS),
    "problems": ("/supervision/problems/?state=all", Permission.SEE_PROJECTS),
    "problems-export": ("/supervision/problems/export.csv?state=all", Permission.SEE_PROJECTS),
    "supervision-orders": ("/supervision/orders/?state=all", Permission.SEE_PROJECTS),
    "supervision-orders-export": (
        "/supervision/orders/export.csv?state=all",
        Permission.SEE_PROJECTS,
    ),
    "meetings": ("/supervision/meetings/", Permission.SEE_PROJECTS),
    "visits": ("/supervision/visits/", Permission.SEE_PROJECTS),
    "visits-export": ("/supervision/visits/export.csv", Permission.SEE_PROJECTS),
    "visits-coverage": ("/supervision/visits/coverage/", Permission.SEE_PROJECTS),
    "responsibility": ("/supervision/responsibility/", Permission.KEEP_PROJECTS),
    "problem-new": ("/supervision/problems/new/?q=铝箔", Permission.RAISE_PROBLEM),
    "visit-new": ("/supervision/visits/new/?q=铝箔", Permission.KEEP_PROJECTS),
    "supervision-order-new": ("/supervision/orders/new/?q=铝箔", Permission.SUPERVISE),
    "meeting-new": ("/supervision/meetings/new/", Permission.SUPERVISE),
    "api:problems": ("/api/supervision/problems?state=all", Permission.SEE_PROJECTS),
    "api:orders": ("/api/supervision/orders?state=all", Permission.SEE_PROJECTS),
    "api:meetings": ("/api/supervision/meetings", Permission.SEE_PROJECTS),
}
#: lists between offices: an enterprise is not shown them
OFFICES_ONLY = frozenset(
    {
        "supervision-orders", "supervision-orders-export", "meetings", "visits-coverage",
        "api:meetings",
    }
)  # fmt: skip
#: steps: who may do what is tested with the acts
STEPS = {
    "answer-problem", "close-problem", "reopen-problem", "pass-problem",
    "issue-order", "drop-order", "answer-order", "accept-order", "send-order-back", "close-order",
    "meeting-agenda", "meeting-minutes", "finish-decision", "record-visit", "drop-visit",
    "api:new_problem", "api:new_answer", "api:new_reply",
}  # fmt: skip
SUPERVISION = {*PRIVATE, *LISTS, *STEPS}
