"""Addresses of the returns app (报表地址表): what each is, and who may come there.

The tests of scope walk over these tables; an address that is in none of them fails a test.
"""

from __future__ import annotations

from hexi.portal.core.roles import Permission
from tests.portal.returns.bureau import ENTERPRISES, FORM, PERIOD

NAME = ENTERPRISES[0][1]
#: who sees the first enterprise, its return and its figures
INSIDE = ("admin", "province", "zone", "park", "maker")

#: pages of one return or enterprise: 200 for whom it says, 404 or 403 for others
PRIVATE: dict[str, tuple[str, tuple[str, ...]]] = {
    "return": ("/returns/{row}/", INSIDE),
    "return with its submission": ("/returns/{row}/?version=1", INSIDE),
    "enterprise": ("/enterprises/{enterprise}/", ("admin", "province", "zone", "park")),
    "enterprise-change": (
        "/enterprises/{enterprise}/change/",
        ("admin", "province", "zone", "park"),
    ),
    "excuse page": (
        f"/returns/missing/excuse/?form={FORM}&period=202609&reporter={{enterprise}}",
        ("admin", "province", "zone", "park"),
    ),
    "enterprise-register-import": ("/enterprises/imports/{load}/", ("admin", "zone")),
    "api:one_return": ("/api/returns/{row}", INSIDE),
    "api:steps": ("/api/returns/{row}/steps", INSIDE),
    "reporting-project": ("/reporting-projects/{project}/", ("admin", "province", "zone", "park")),
    "reporting-project-change": (
        "/reporting-projects/{project}/change/",
        ("admin", "province", "zone", "park"),
    ),
    "reporting-project-register-import": (
        "/reporting-projects/imports/{projects}/",
        ("admin", "zone"),
    ),
    "api:one_project": ("/api/reporting-projects/{project}", ("admin", "province", "zone", "park")),
    "api:enterprise": ("/api/enterprises/{enterprise}", ("admin", "province", "zone", "park")),
}
#: lists: the permission that opens them; they never name what is out of sight
LISTS: dict[str, tuple[str, Permission]] = {
    "returns": ("/returns/", Permission.SEE_RETURNS),
    "return-list": ("/returns/all/", Permission.SEE_RETURNS),
    "return-export": ("/returns/export.csv", Permission.SEE_RETURNS),
    "missing": ("/returns/missing/?show=all", Permission.APPROVE),
    "missing-export": ("/returns/missing/export.csv?show=all", Permission.APPROVE),
    "enterprises": ("/enterprises/", Permission.KEEP_REGISTER),
    "enterprises-export": ("/enterprises/export.json", Permission.KEEP_REGISTER),
    "enterprise-new": ("/enterprises/new/", Permission.KEEP_REGISTER),
    "enterprise-import": ("/enterprises/import/", Permission.KEEP_REGISTER),
    "enterprise-template": ("/enterprises/template.xlsx", Permission.KEEP_REGISTER),
    "reporting-projects": ("/reporting-projects/", Permission.KEEP_REGISTER),
    "reporting-projects-export": ("/reporting-projects/export.json", Permission.KEEP_REGISTER),
    "reporting-project-new": ("/reporting-projects/new/", Permission.KEEP_REGISTER),
    "reporting-project-import": ("/reporting-projects/import/", Permission.KEEP_REGISTER),
    "reporting-project-template": ("/reporting-projects/template.xlsx", Permission.KEEP_REGISTER),
    "api:projects": ("/api/reporting-projects?limit=1000", Permission.KEEP_REGISTER),
    "api:returns": ("/api/returns?limit=1000", Permission.SEE_RETURNS),
    "api:missing": (f"/api/returns/missing?form={FORM}&period={PERIOD}", Permission.APPROVE),
    "api:enterprises": ("/api/enterprises?limit=1000", Permission.KEEP_REGISTER),
    "api:forms": ("/api/forms", Permission.SEE_RETURNS),
}
#: steps: address, what is sent, and who may take them (others: 403 or 404, and no event)
STEPS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "return-approve": ("/returns/{row}/approve/", {}, ("admin", "province", "zone", "park")),
    "return-send-back": (
        "/returns/{row}/send-back/",
        {"reason": "不符"},
        ("admin", "province", "zone", "park"),
    ),
    "return-check": ("/returns/{row}/check/", {}, ("maker",)),
    "enterprise-move": (
        "/enterprises/{enterprise}/move/",
        {"unit": "etdz-xg", "since": "2026-10-01", "reason": "搬迁"},
        ("admin", "province", "zone"),
    ),
    "enterprise-close": (
        "/enterprises/{enterprise}/close/",
        {"since": "2026-10-01", "reason": "停业"},
        ("admin", "province", "zone", "park"),
    ),
    "enterprise-merge": (
        "/enterprises/{enterprise}/merge/",
        {"into": ENTERPRISES[1][0], "since": "2026-10-01", "reason": "合并"},
        ("admin", "province", "zone", "park"),
    ),
    "filler-new": (
        "/enterprises/{enterprise}/fillers/",
        {"username": "neu", "name": "新", "password": "long enough 77"},
        ("admin", "province", "zone", "park"),
    ),
    "filler-dismiss": (
        "/enterprises/{enterprise}/fillers/{filler}/dismiss/",
        {},
        ("admin", "province", "zone", "park"),
    ),
    "reporting-project-close": (
        "/reporting-projects/{project}/close/",
        {"since": "2026-10-01", "reason": "竣工"},
        ("admin", "province", "zone", "park"),
    ),
    "reporting-project-import-apply": (
        "/reporting-projects/imports/{projects}/apply/",
        {},
        ("admin", "zone"),
    ),
    "enterprise-import-apply": ("/enterprises/imports/{load}/apply/", {}, ("admin", "zone")),
    "excuse": (
        f"/returns/missing/excuse/?form={FORM}&period=202609&reporter={{enterprise}}",
        {"last": "202609", "reason": "停产"},
        ("admin", "province", "zone", "park"),
    ),
    "remind": (
        "/returns/missing/remind/",
        {"form": FORM, "period": str(PERIOD), "unit": "gs"},
        ("admin", "province"),
    ),
    "close-period": (
        "/returns/missing/close/",
        {"form": FORM, "period": "202609", "unit": "gs", "reason": "停产"},
        ("admin", "province"),
    ),
}
#: tested with the acts behind them, or where they stand in a course
ELSEWHERE = {
    "return-open", "return-submit", "return-withdraw", "return-revise", "reopen-period",
    "enterprise-reopen", "enterprise-import-undo", "api:open_form", "api:fill_in", "api:check_one",
    "api:explain_one", "api:submit_one", "api:approve_one", "api:send_one_back",
    "api:withdraw_one", "api:revise_one", "api:remind_all", "api:close_one_period",
    "api:reopen_one_period", "reporting-project-reopen", "reporting-project-import-undo",
    "api:enter_project", "api:change_one_project", "api:close_one_project",
    "api:reopen_one_project", "excuse-undo", "api:excuse_one", "api:take_excuse_back",
    "api:enter_enterprise", "api:change_one", "api:move_one",
    "api:close_one", "api:reopen_one", "api:merge_one",
}  # fmt: skip
#: tested with the sheet in which figures are typed
FILLING = {
    "return-grid",
    "grid-cells",
    "grid-check",
    "grid-explain",
    "grid-submit",
}
RETURNS = frozenset({*PRIVATE, *LISTS, *STEPS, *ELSEWHERE, *FILLING})
