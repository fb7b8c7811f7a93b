"""Addresses of promotion (招商引资地址表); who may come there is tested beside this file."""

from __future__ import annotations

#: open to the public where reading is
PUBLIC = {"invest": "/invest/", "invest-ask": "/invest/ask/", "invest-sent": "/invest/sent/"}
#: lists and forms of staff: the address, and whether it is for those who enter alone
LISTS = {
    "promotion": ("/promotion/?show=all", False),
    "enquiries-export": ("/promotion/enquiries/export.csv?show=all", False),
    "enquiries-week": ("/promotion/enquiries/week-2026-11-16.csv", False),
    "enquiry-new": ("/promotion/enquiries/new/", True),
    "leads": ("/promotion/leads/", False),
    "leads-board": ("/promotion/leads/board/", False),
    "leads-export": ("/promotion/leads/export.csv", False),
    "agreements": ("/promotion/agreements/", False),
    "agreements-export": ("/promotion/agreements/export.json", False),
    "funds": ("/promotion/funds/", False),
    "funds-export": ("/promotion/funds/export.csv", False),
    "promotion-figures": ("/promotion/figures/", False),
    "promotion-report": ("/promotion/figures/report.csv", False),
    "activities": ("/promotion/activities/", False),
    "activities-export": ("/promotion/activities/export.csv", False),
    "activity-new": ("/promotion/activities/new/", True),
    "agents": ("/promotion/agents/", False),
    "agent-new": ("/promotion/agents/new/", True),
    "target-firms": ("/promotion/firms/", False),
    "target-firms-export": ("/promotion/firms/export.csv", False),
    "target-firm-new": ("/promotion/firms/new/", True),
    "target-firms-import": ("/promotion/firms/import/", True),
    "target-firms-template": ("/promotion/firms/template.xlsx", True),
    "api:list_enquiries": ("/api/enquiries", False),
    "api:list_agreements": ("/api/agreements", False),
    "api:list_funds": ("/api/funds", False),
    "api:read_promotion_figures": ("/api/promotion-figures", False),
}
#: pages of one thing of the zone: hidden ones look like missing ones
OWN = {
    "enquiry": ("/promotion/enquiries/{enquiry}/", False),
    "lead": ("/promotion/leads/{project}/", False),
    "agreement-new": ("/promotion/leads/{project}/agreement/", True),
    "voucher-new": ("/promotion/leads/{project}/funds/", True),
    "agreement": ("/promotion/agreements/{agreement}/", False),
    "agreement-check": ("/promotion/agreements/{agreement}/check/", False),
    "agreement-change": ("/promotion/agreements/{agreement}/change/", False),
    "fair-check-paper": ("/promotion/checks/{check}.docx", False),
    "voucher": ("/promotion/funds/{voucher}/", False),
    "voucher-evidence": ("/promotion/funds/{voucher}/evidence/", False),
    "activity": ("/promotion/activities/{activity}/", False),
    "activity-change": ("/promotion/activities/{activity}/change/", True),
    "agent-change": ("/promotion/agents/{agent}/change/", True),
    "api:read_enquiry": ("/api/enquiries/{enquiry}", False),
}
#: steps, which change something
STEPS = {
    "enquiry-step": "/promotion/enquiries/{enquiry}/answer/",
    "enquiry-judge": "/promotion/enquiries/{enquiry}/judge/",
    "lead-log": "/promotion/leads/{project}/log/",
    "lead-move": "/promotion/leads/{project}/move/",
    "lead-lose": "/promotion/leads/{project}/lose/",
    "contact-settle": "/promotion/contacts/{contact}/settle/",
    "agreement-sign": "/promotion/agreements/{agreement}/sign/",
    "agreement-drop": "/promotion/agreements/{agreement}/drop/",
    "voucher-verify": "/promotion/funds/{voucher}/verify/",
    "voucher-reverse": "/promotion/funds/{voucher}/reverse/",
    "promotion-aim": "/promotion/figures/aim/",
    "activity-link": "/promotion/activities/{activity}/link/",
    "target-firm-approach": "/promotion/firms/{firm}/approach/",
}
#: steps of the API: tests/portal/promotion/test_api.py
API_STEPS = (
    "api:create_enquiry",
    "api:step_enquiry",
    "api:judge_one_enquiry",
    "api:create_voucher",
    "api:verify_funds",
)
PROMOTION = (*PUBLIC, *LISTS, *OWN, *STEPS, *API_STEPS)
