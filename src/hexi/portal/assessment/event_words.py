"""Words of the assessments' events (考核事件用语)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "start_run": lazy("started an assessment"),
    "load_sheet": lazy("loaded a sheet into an assessment"),
    "load_known": lazy("filled an assessment from published figures"),
    "correct_value": lazy("corrected a value of an assessment"),
    "compute_run": lazy("computed an assessment"),
    "review_run": lazy("showed a result to the assessed"),
    "publish_run": lazy("published an assessment"),
    "amend_run": lazy("began to correct a published assessment"),
    "supersede_run": lazy("superseded an assessment by a corrected one"),
    "lapse_case": lazy("let a case lapse with the corrected result"),
    "archive_run": lazy("archived an assessment"),
    "drop_run": lazy("dropped an assessment"),
    "simulate_run": lazy("simulated other weights"),
    "file_objection": lazy("filed an objection"),
    "answer_objection": lazy("answered an objection"),
    "put_forward": lazy("put forward what follows"),
    "hear_unit": lazy("heard a unit"),
    "answer_hearing": lazy("answered a hearing"),
    "decide_case": lazy("decided a case"),
    "notify_unit": lazy("notified a unit"),
    "revoke_decision": lazy("revoked a decision"),
    "open_duty_year": lazy("opened a year of contracts"),
    "draw_contracts": lazy("drew contracts from the targets"),
    "add_contract": lazy("added a contract"),
    "save_contract": lazy("saved a draft contract"),
    "sign_contract": lazy("signed a contract"),
    "report_fact": lazy("reported what was reached"),
    "add_matter": lazy("entered points or a veto"),
    "withdraw_matter": lazy("took points or a veto back"),
    "close_duty_year": lazy("closed a year of contracts"),
}

_FIELDS: dict[str, Any] = {
    "scheme": lazy("Scheme"),
    "year": lazy("Year assessed"),
    "data": lazy("Data"),
    "result": lazy("Result"),
    "run": lazy("Assessment"),
    "item": lazy("Indicator"),
    "value": lazy("Value"),
    "values": lazy("Values"),
    "weights": lazy("Weights"),
    "units": lazy("Units"),
    "file": lazy("File"),
    "evidence": lazy("Evidence"),
    "cases": lazy("Cases"),
    "edition": pgettext_lazy("assessment", "Edition"),
    "contracts": lazy("Contracts"),
    "tasks": lazy("Tasks"),
    "holder": lazy("Holder"),
    "signed": lazy("Signed"),
    "matter": lazy("Matter"),
    "count": lazy("How often"),
    "stage": lazy("Stage"),
    "adopted": lazy("Adopted"),
    "answer_by": lazy("Last day for its answer"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {})
