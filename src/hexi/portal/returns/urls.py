"""Addresses of the returns pages (报表与名录地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.returns.import_addresses import import_addresses
from hexi.portal.returns.views import (
    enterprise,
    enterprises,
    excuses,
    missing,
    one,
    project,
    projects,
    tasks,
)

urlpatterns = [
    path("returns/", tasks.my_tasks, name="returns"),
    path("returns/open/", tasks.open_one, name="return-open"),
    path("returns/all/", tasks.listing, name="return-list"),
    path("returns/export.<str:suffix>", tasks.export, name="return-export"),
    path("returns/missing/", missing.missing, name="missing"),
    path("returns/missing/export.<str:suffix>", missing.export, name="missing-export"),
    path("returns/missing/remind/", missing.remind_them, name="remind"),
    path("returns/missing/close/", missing.close, name="close-period"),
    path("returns/missing/reopen/", missing.reopen, name="reopen-period"),
    path("returns/missing/excuse/", excuses.excuse, name="excuse"),
    path("returns/excuses/<int:excuse_id>/take-back/", excuses.take_back, name="excuse-undo"),
    path("returns/<int:return_id>/", one.page, name="return"),
    path("returns/<int:return_id>/check/", one.check, name="return-check"),
    path("returns/<int:return_id>/submit/", one.submit, name="return-submit"),
    path("returns/<int:return_id>/approve/", one.approve, name="return-approve"),
    path("returns/<int:return_id>/send-back/", one.back, name="return-send-back"),
    path("returns/<int:return_id>/withdraw/", one.withdraw, name="return-withdraw"),
    path("returns/<int:return_id>/revise/", one.revise, name="return-revise"),
    path("enterprises/", enterprises.register, name="enterprises"),
    path("enterprises/new/", enterprises.new, name="enterprise-new"),
    path("enterprises/template.xlsx", enterprises.template_file, name="enterprise-template"),
    path("enterprises/export.<str:suffix>", enterprises.export, name="enterprises-export"),
    *import_addresses("enterprise", "enterprises/", "enterprise"),
    path("enterprises/<int:enterprise_id>/", enterprise.page, name="enterprise"),
    path("enterprises/<int:enterprise_id>/change/", enterprise.change, name="enterprise-change"),
    path("enterprises/<int:enterprise_id>/move/", enterprise.move, name="enterprise-move"),
    path("enterprises/<int:enterprise_id>/close/", enterprise.close, name="enterprise-close"),
    path("enterprises/<int:enterprise_id>/reopen/", enterprise.reopen, name="enterprise-reopen"),
    path("enterprises/<int:enterprise_id>/merge/", enterprise.merge, name="enterprise-merge"),
    path("enterprises/<int:enterprise_id>/fillers/", enterprise.name_filler, name="filler-new"),
    path(
        "enterprises/<int:enterprise_id>/fillers/<int:person_id>/dismiss/",
        enterprise.dismiss,
        name="filler-dismiss",
    ),
    path("reporting-projects/", projects.register, name="reporting-projects"),
    path("reporting-projects/new/", projects.new, name="reporting-project-new"),
    path(
        "reporting-projects/template.xlsx",
        projects.template_file,
        name="reporting-project-template",
    ),
    path(
        "reporting-projects/export.<str:suffix>", projects.export, name="reporting-projects-export"
    ),
    *import_addresses("project", "reporting-projects/", "reporting-project"),
    path("reporting-projects/<int:project_id>/", project.page, name="reporting-project"),
    path(
        "reporting-projects/<int:project_id>/change/",
        project.change,
        name="reporting-project-change",
    ),
    path(
        "reporting-projects/<int:project_id>/close/", project.close, name="reporting-project-close"
    ),
    path(
        "reporting-projects/<int:project_id>/reopen/",
        project.reopen,
        name="reporting-project-reopen",
    ),
]
