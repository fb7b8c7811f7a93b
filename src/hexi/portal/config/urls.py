"""Addresses of the portal (总地址表)."""

from __future__ import annotations

from django.urls import include, path

from hexi.portal.api.frame import api, reference_page
from hexi.portal.core.views import errors

urlpatterns = [
    path("api/", api.urls),
    path("help/api/", reference_page, name="help-api"),
    path("", include("hexi.portal.core.urls")),
    path("", include("hexi.portal.plans.urls")),
    path("", include("hexi.portal.returns.urls")),
    path("", include("hexi.portal.returns.filling_urls")),
    path("", include("hexi.portal.figures.urls")),
    path("", include("hexi.portal.projects.urls")),
    path("", include("hexi.portal.promotion.urls")),
    path("", include("hexi.portal.supervision.urls")),
    path("", include("hexi.portal.admission.urls")),
    path("", include("hexi.portal.chains.urls")),
    path("", include("hexi.portal.scoreboard.urls")),
    path("", include("hexi.portal.breakdown.urls")),
    path("", include("hexi.portal.evaluations.urls")),
    path("", include("hexi.portal.assessment.urls")),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
