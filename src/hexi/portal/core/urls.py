"""Addresses of the core pages (核心地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.core.views import door, office

urlpatterns = [
    path("sign-in/", door.sign_in_page, name="sign-in"),
    path("sign-in/link/<str:code>/", door.link_page, name="sign-in-link"),
    path("sign-out/", door.sign_out_page, name="sign-out"),
    path("account/", door.account, name="account"),
    path("account/tokens/<int:token_id>/revoke/", door.token_revoke, name="token-revoke"),
    path("people/", office.people, name="people"),
    path("people/new/", office.person_new, name="person-new"),
    path("people/<int:person_id>/", office.person_page, name="person"),
    path("events/", office.events, name="events"),
    path("health/", office.health, name="health"),
]
