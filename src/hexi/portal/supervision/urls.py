"""Addresses of the supervision app (督办地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.supervision.views import (
    exceptions,
    meeting,
    meetings,
    order,
    orders,
    problem,
    problems,
    responsibility,
    visits,
)

urlpatterns = [
    path("supervision/", exceptions.page, name="supervision"),
    path("supervision/responsibility/", responsibility.page, name="responsibility"),
    path("supervision/problems/", problems.listing, name="problems"),
    path("supervision/problems/export.<str:suffix>", problems.export, name="problems-export"),
    path("supervision/problems/new/", problems.new, name="problem-new"),
    path("supervision/problems/<int:problem_id>/", problem.page, name="problem"),
    path("supervision/problems/<int:problem_id>/answer/", problem.answer, name="answer-problem"),
    path("supervision/problems/<int:problem_id>/close/", problem.close, name="close-problem"),
    path("supervision/problems/<int:problem_id>/reopen/", problem.reopen, name="reopen-problem"),
    path("supervision/problems/<int:problem_id>/pass/", problem.pass_on, name="pass-problem"),
    path("supervision/orders/", orders.listing, name="supervision-orders"),
    path("supervision/orders/export.<str:suffix>", orders.export, name="supervision-orders-export"),
    path("supervision/orders/new/", orders.new, name="supervision-order-new"),
    path("supervision/orders/<int:order_id>/", order.page, name="supervision-order"),
    path("supervision/orders/<int:order_id>/issue/", order.issue, name="issue-order"),
    path("supervision/orders/<int:order_id>/drop/", order.drop, name="drop-order"),
    path("supervision/orders/<int:order_id>/answer/", order.answer, name="answer-order"),
    path("supervision/orders/<int:order_id>/accept/", order.accept, name="accept-order"),
    path("supervision/orders/<int:order_id>/back/", order.send_back, name="send-order-back"),
    path("supervision/orders/<int:order_id>/close/", order.close, name="close-order"),
    path(
        "supervision/orders/<int:order_id>/<str:kind>.docx",
        order.document,
        name="supervision-order-document",
    ),
    path("supervision/meetings/", meetings.listing, name="meetings"),
    path("supervision/meetings/new/", meetings.new, name="meeting-new"),
    path("supervision/meetings/<int:meeting_id>/", meeting.page, name="meeting"),
    path("supervision/meetings/<int:meeting_id>/agenda/", meeting.agenda, name="meeting-agenda"),
    path("supervision/meetings/<int:meeting_id>/minutes/", meeting.minutes, name="meeting-minutes"),
    path(
        "supervision/meetings/<int:meeting_id>/minutes.docx",
        meeting.document,
        name="meeting-document",
    ),
    path("supervision/decisions/<int:decision_id>/finish/", meeting.finish, name="finish-decision"),
    path("supervision/visits/", visits.listing, name="visits"),
    path("supervision/visits/coverage/", visits.coverage, name="visits-coverage"),
    path("supervision/visits/export.<str:suffix>", visits.export, name="visits-export"),
    path("supervision/visits/new/", visits.new, name="visit-new"),
    path("supervision/visits/<int:visit_id>/", visits.page, name="visit"),
    path("supervision/visits/<int:visit_id>/record/", visits.record, name="record-visit"),
    path("supervision/visits/<int:visit_id>/drop/", visits.drop, name="drop-visit"),
]
