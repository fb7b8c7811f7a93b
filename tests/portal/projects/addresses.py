"""Addresses of the projects app (项目库地址表): what each is, and who may come there.

The tests of scope walk over these tables; an address that is in none of them fails a test.
"""

from __future__ import annotations

from typing import Any

from hexi.portal.core.roles import Permission

#: who works in the park of Lanzhou, and who keeps its projects; the zone of Jinchang is elsewhere
INSIDE = ("admin", "province", "zone", "park", "reader")
KEEPING = ("admin", "province", "zone", "park")

#: pages of one project of the park: 200 for whom it says, 403 or 404 for others
PRIVATE: dict[str, tuple[str, tuple[str, ...]]] = {
    "project": ("/projects/{project}/", INSIDE),
    "project-change": ("/projects/{project}/change/", KEEPING),
    "project-move": ("/projects/{project}/move/", KEEPING),
    "project-progress": ("/projects/{project}/progress/", KEEPING),
    "project-file": ("/projects/{project}/files/{file}/", INSIDE),
    "project-batch": ("/projects/batches/{batch}/", INSIDE),
    "project-batch-export": ("/projects/batches/{batch}/export.csv", INSIDE),
    "project-compare": ("/projects/duplicates/{project}/{other}/", KEEPING),
    "project-register-import": ("/projects/imports/{load}/", ("admin", "zone")),
}
#: lists that everybody may open; they never name what is out of sight
SHARED: dict[str, str] = {
    "projects": "/projects/",
    "projects-export": "/projects/export.json",
    "projects-board": "/projects/board/",
    "projects-timeline": "/projects/timeline/",
    "projects-map": "/projects/map/",
    "projects-portfolio": "/projects/portfolio/",
    "projects-portfolio-export": "/projects/portfolio/export.csv",
}
#: pages of a permission
GUARDED: dict[str, tuple[str, Permission]] = {
    "project-batches": ("/projects/batches/", Permission.SEE_PROJECTS),
    "project-duplicates": ("/projects/duplicates/", Permission.KEEP_PROJECTS),
    "project-renewal": ("/projects/renewal/", Permission.KEEP_PROJECTS),
    "project-new": ("/projects/new/", Permission.KEEP_PROJECTS),
    "project-template": ("/projects/template.xlsx", Permission.KEEP_PROJECTS),
    "project-import": ("/projects/import/", Permission.KEEP_PROJECTS),
}
#: steps: address, what is sent, and who may take them (others: 403 or 404, and no event)
STEPS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "project-year": (
        "/projects/{project}/year/",
        {"year": "2027", "planned": "5000", "reason": "年度安排"},
        KEEPING,
    ),
    "project-tag": ("/projects/{project}/tag/", {"tag": "circular"}, KEEPING),
    "project-untag": (
        "/projects/{project}/untag/",
        {"tag": "3341", "reason": "调整", "until": "2026-12-01"},
        KEEPING,
    ),
    "project-publish": ("/projects/{project}/publish/", {}, ("admin", "province", "zone")),
    "project-withdraw": (
        "/projects/{published}/withdraw/",
        {"reason": "更正"},
        ("admin", "province", "zone"),
    ),
    "project-enter-statistics": (
        "/projects/{project}/statistics/",
        {"reporting": "{code}", "since": "2026-11-01"},
        KEEPING,
    ),
    "project-undo": ("/projects/{moved}/undo/", {"reason": "误操作"}, KEEPING),
    "project-batch-join": ("/projects/batches/{batch}/join/", {"project": "{waiting}"}, KEEPING),
    "project-batch-leave": ("/projects/batches/{batch}/leave/", {"project": "{joined}"}, KEEPING),
    "project-merge": (
        "/projects/duplicates/{project}/{other}/merge/",
        {"keep": "{project}", "reason": "同一项目"},
        KEEPING,
    ),
    "project-import-apply": ("/projects/imports/{load}/apply/", {}, ("admin", "zone")),
}
#: tested with the acts behind them, where they stand in a course, or as open data
ELSEWHERE = {
    "project-put-file", "project-unmerge", "project-batch-start", "project-renew",
    "project-practice", "project-practice-progress", "project-practice-remove",
    "project-leave-statistics", "project-import-undo", "projects-oc4ids", "api:open_projects",
}  # fmt: skip
#: the API of the library: tests/portal/projects/test_api.py
API = {
    "api:change_project_record", "api:enter_project_progress", "api:enter_project_statistics",
    "api:figures_of_projects", "api:lay_practice", "api:leave_project_statistics",
    "api:list_batches", "api:list_projects", "api:make_start_batch", "api:merge_project",
    "api:move_project", "api:project_doubles", "api:project_facets", "api:project_history",
    "api:publish_project", "api:put_into_batch", "api:put_on_list", "api:put_year_plan",
    "api:read_practice", "api:read_project", "api:register_project_record",
    "api:remove_practice", "api:renew_list", "api:start_whole_batch",
    "api:take_off_list", "api:take_out_of_batch", "api:undo_project_step", "api:unmerge_project",
    "api:withdraw_project",
}  # fmt: skip
PROJECTS = frozenset({*PRIVATE, *SHARED, *GUARDED, *STEPS, *ELSEWHERE, *API})
