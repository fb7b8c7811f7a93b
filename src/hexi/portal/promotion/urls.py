"""Addresses of the promotion app (招商引资地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.promotion.views import (
    activities,
    agreements,
    enquiries,
    enquiry,
    figures,
    firms,
    funds,
    leads,
    opening,
)

_AT = "promotion/"
_ONE = f"{_AT}enquiries/<int:enquiry_id>/"
_LEAD = f"{_AT}leads/<int:project_id>/"
_AGREED = f"{_AT}agreements/<int:agreement_id>/"
_PAID = f"{_AT}funds/<int:voucher_id>/"
urlpatterns = [
    path(_AT, enquiries.listing, name="promotion"),
    path(f"{_AT}enquiries/new/", enquiries.new, name="enquiry-new"),
    path(f"{_AT}enquiries/export.<str:suffix>", enquiries.export, name="enquiries-export"),
    path(f"{_AT}enquiries/week-<str:day>.<str:suffix>", enquiries.week, name="enquiries-week"),
    path(_ONE, enquiry.page, name="enquiry"),
    path(f"{_ONE}judge/", enquiry.judge, name="enquiry-judge"),
    path(f"{_ONE}<str:kind>/", enquiry.step, name="enquiry-step"),
    path(f"{_AT}leads/", leads.listing, name="leads"),
    path(f"{_AT}leads/board/", leads.board, name="leads-board"),
    path(f"{_AT}leads/export.<str:suffix>", leads.export, name="leads-export"),
    path(_LEAD, leads.page, name="lead"),
    path(f"{_LEAD}log/", leads.log, name="lead-log"),
    path(f"{_LEAD}move/", leads.move, name="lead-move"),
    path(f"{_LEAD}lose/", leads.lose, name="lead-lose"),
    path(f"{_LEAD}agreement/", agreements.new, name="agreement-new"),
    path(f"{_LEAD}funds/", funds.new, name="voucher-new"),
    path(f"{_AT}contacts/<int:contact_id>/settle/", leads.settle, name="contact-settle"),
    path(f"{_AT}agreements/", agreements.listing, name="agreements"),
    path(f"{_AT}agreements/export.<str:suffix>", agreements.export, name="agreements-export"),
    path(_AGREED, agreements.page, name="agreement"),
    path(f"{_AGREED}change/", agreements.change, name="agreement-change"),
    path(f"{_AGREED}check/", agreements.check, name="agreement-check"),
    path(f"{_AGREED}sign/", agreements.sign, name="agreement-sign"),
    path(f"{_AGREED}drop/", agreements.drop, name="agreement-drop"),
    path(f"{_AT}checks/<int:check_id>.docx", agreements.paper, name="fair-check-paper"),
    path(f"{_AT}funds/", funds.listing, name="funds"),
    path(f"{_AT}funds/export.<str:suffix>", funds.export, name="funds-export"),
    path(_PAID, funds.page, name="voucher"),
    path(f"{_PAID}verify/", funds.verify, name="voucher-verify"),
    path(f"{_PAID}reverse/", funds.reverse_one, name="voucher-reverse"),
    path(f"{_PAID}evidence/", funds.evidence, name="voucher-evidence"),
    path(f"{_AT}figures/", figures.page, name="promotion-figures"),
    path(f"{_AT}figures/aim/", figures.aim, name="promotion-aim"),
    path(f"{_AT}figures/report.<str:suffix>", figures.report, name="promotion-report"),
    path(f"{_AT}activities/", activities.listing, name="activities"),
    path(f"{_AT}activities/new/", activities.form, name="activity-new"),
    path(f"{_AT}activities/export.<str:suffix>", activities.export, name="activities-export"),
    path(f"{_AT}activities/<int:activity_id>/", activities.page, name="activity"),
    path(f"{_AT}activities/<int:activity_id>/change/", activities.form, name="activity-change"),
    path(f"{_AT}activities/<int:activity_id>/link/", activities.link, name="activity-link"),
    path(f"{_AT}agents/", activities.agents, name="agents"),
    path(f"{_AT}agents/new/", activities.agent_form, name="agent-new"),
    path(f"{_AT}agents/<int:agent_id>/change/", activities.agent_form, name="agent-change"),
    path(f"{_AT}firms/", firms.listing, name="target-firms"),
    path(f"{_AT}firms/new/", firms.new, name="target-firm-new"),
    path(f"{_AT}firms/import/", firms.upload, name="target-firms-import"),
    path(f"{_AT}firms/template.xlsx", firms.template_file, name="target-firms-template"),
    path(f"{_AT}firms/export.<str:suffix>", firms.export, name="target-firms-export"),
    path(f"{_AT}firms/<int:firm_id>/approach/", firms.approach, name="target-firm-approach"),
    path("invest/", opening.page, name="invest"),
    path("invest/ask/", opening.ask, name="invest-ask"),
    path("invest/sent/", opening.sent, name="invest-sent"),
]
