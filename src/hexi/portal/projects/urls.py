"""Addresses of the project library (项目库地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.projects.views import (
    batches,
    duplicates,
    entry,
    library,
    open_data,
    pictures,
    portfolio,
    practice,
    progress,
    project,
    renewal,
    statistics,
    steps,
)
from hexi.portal.returns.import_addresses import import_addresses

urlpatterns = [
    path("projects/", library.register, name="projects"),
    path("projects/export.<str:suffix>", library.export, name="projects-export"),
    path("projects/board/", pictures.board_page, name="projects-board"),
    path("projects/timeline/", pictures.timeline_page, name="projects-timeline"),
    path("projects/map/", pictures.map_page, name="projects-map"),
    path("projects/portfolio/", portfolio.page, name="projects-portfolio"),
    path(
        "projects/portfolio/export.<str:suffix>",
        portfolio.export,
        name="projects-portfolio-export",
    ),
    path("projects/batches/", batches.listing, name="project-batches"),
    path("projects/batches/<int:batch_id>/", batches.page, name="project-batch"),
    path(
        "projects/batches/<int:batch_id>/export.<str:suffix>",
        batches.export,
        name="project-batch-export",
    ),
    path("projects/batches/<int:batch_id>/join/", batches.join, name="project-batch-join"),
    path("projects/batches/<int:batch_id>/leave/", batches.leave, name="project-batch-leave"),
    path("projects/batches/<int:batch_id>/start/", batches.start, name="project-batch-start"),
    path("projects/duplicates/", duplicates.listing, name="project-duplicates"),
    path(
        "projects/duplicates/<int:one_id>/<int:other_id>/",
        duplicates.compare,
        name="project-compare",
    ),
    path(
        "projects/duplicates/<int:one_id>/<int:other_id>/merge/",
        duplicates.merge,
        name="project-merge",
    ),
    path("projects/renewal/", renewal.page, name="project-renewal"),
    path("projects/renewal/renew/", renewal.renew, name="project-renew"),
    path("projects/practice/", practice.page, name="project-practice"),
    path("projects/practice/progress/", practice.progress, name="project-practice-progress"),
    path("projects/practice/remove/", practice.remove, name="project-practice-remove"),
    path("projects/oc4ids.json", open_data.oc4ids, name="projects-oc4ids"),
    path("projects/new/", entry.new, name="project-new"),
    path("projects/template.xlsx", entry.template_file, name="project-template"),
    *import_addresses("library", "projects/", "project"),
    path("projects/<int:project_id>/", project.page, name="project"),
    path("projects/<int:project_id>/change/", entry.change, name="project-change"),
    path("projects/<int:project_id>/move/", steps.move, name="project-move"),
    path("projects/<int:project_id>/undo/", steps.undo, name="project-undo"),
    path("projects/<int:project_id>/progress/", progress.enter, name="project-progress"),
    path("projects/<int:project_id>/year/", steps.plan_year, name="project-year"),
    path(
        "projects/<int:project_id>/statistics/", statistics.enter, name="project-enter-statistics"
    ),
    path(
        "projects/<int:project_id>/leave-statistics/",
        statistics.leave,
        name="project-leave-statistics",
    ),
    path("projects/<int:project_id>/unmerge/", duplicates.unmerge, name="project-unmerge"),
    path("projects/<int:project_id>/tag/", steps.tag, name="project-tag"),
    path("projects/<int:project_id>/untag/", steps.untag_one, name="project-untag"),
    path("projects/<int:project_id>/publish/", steps.publish, name="project-publish"),
    path("projects/<int:project_id>/withdraw/", steps.withdraw, name="project-withdraw"),
    path("projects/<int:project_id>/files/", steps.put_file, name="project-put-file"),
    path("projects/<int:project_id>/files/<int:file_id>/", project.file, name="project-file"),
]
