"""Events as sentences (事件展示): stored as data, worded at display in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from hexi.portal.core.event_words import MACHINE_FIELDS, cell_labels, field_label, value_text
from hexi.portal.core.models.event import Event
from hexi.portal.core.models.person import Person
from hexi.portal.core.record import PUBLIC, SYSTEM

__all__ = ["ACTS", "SOURCES", "EventLine", "Source", "act_label", "event_lines"]

#: every act that writes an event; a test holds the acts to this list
ACTS: dict[str, Any] = {
    "sign_in": gettext_lazy("signed in"),
    "sign_out": gettext_lazy("signed out"),
    "make_sign_in_link": gettext_lazy("made a sign-in link"),
    "enter_person": gettext_lazy("entered a person"),
    "change_person": gettext_lazy("changed a person"),
    "set_password": gettext_lazy("set a password"),
    "make_token": gettext_lazy("made an API token"),
    "revoke_token": gettext_lazy("revoked an API token"),
    "seed_pack": gettext_lazy("loaded a policy pack"),
    "upload_document": gettext_lazy("uploaded a document"),
    "read_document": gettext_lazy("read a document"),
    "lay_digest": gettext_lazy("laid out the figures of a plan"),
    "reading_failed": gettext_lazy("could not read a document"),
    "reread_document": gettext_lazy("asked for a new reading"),
    "remove_document": gettext_lazy("removed a document"),
    "correct_statement": gettext_lazy("corrected a statement"),
    "withdraw_correction": gettext_lazy("withdrew a correction"),
    "decide_finding": gettext_lazy("decided on a finding"),
    "change_plan": gettext_lazy("changed a plan"),
    "publish_plan": gettext_lazy("published a plan"),
    "unpublish_plan": gettext_lazy("withdrew a plan from the public"),
    "delete_plan": gettext_lazy("deleted a plan"),
}


#: who acts without a person
_NOBODY = {SYSTEM: gettext_lazy("Hexi"), PUBLIC: gettext_lazy("Public form")}


@dataclass(frozen=True, slots=True)
class Source:
    """Where events of an act came from: what the link is called, and its address by event, for
    those events whose source the reader may see."""

    label: Any
    addresses: Callable[[Sequence[Event], Person | None], Mapping[int, str]]


#: act to the source of its events; an app names its own when it is made ready
SOURCES: Final[dict[str, Source]] = {}


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as a page shows it."""

    at: str
    who: str
    act: str
    act_label: str
    object: str
    object_url: str
    reason: str
    changes: list[dict[str, str]]
    source: str = ""
    source_url: str = ""


def act_label(act: str) -> str:
    return str(ACTS.get(act, act))


def event_lines(events: Iterable[Event], reader: Person | None = None) -> list[EventLine]:
    """Events in words; ``reader`` is given links to what they came from."""
    events = list(events)
    cells, sources = _cells(events), _sources(events, reader)
    return [
        EventLine(
            at=date_format(timezone.localtime(event.at), "Y-m-d H:i:s"),
            who=str(event.who_name if event.who else _NOBODY.get(event.who_name, event.who_name)),
            act=event.act,
            act_label=act_label(event.act),
            object=event.object_name,
            object_url=_address(event),
            reason=event.reason,
            changes=_changes(event, cells.get(event.object_type, {})),
            source=str(SOURCES[event.act].label) if event.pk in sources else "",
            source_url=sources.get(event.pk, ""),
        )
        for event in events
    ]


def _address(event: Event) -> str:
    if event.object_type == "plan" and event.act != "delete_plan":
        return f"/plans/{event.object_id}/"
    if event.object_type == "person":
        return f"/people/{event.object_id}/"
    plan = event.after.get("plan") or event.before.get("plan")
    return f"/plans/{plan}/" if plan else ""


def _sources(events: Sequence[Event], reader: Person | None) -> dict[int, str]:
    """Addresses of what events came from, asked for once an act."""
    found: dict[int, str] = {}
    for act in {event.act for event in events} & SOURCES.keys():
        found |= SOURCES[act].addresses([one for one in events if one.act == act], reader)
    return found


def _cells(events: Iterable[Event]) -> dict[str, Mapping[str, str]]:
    """Labels of cells by kind of thing, asked for once each."""
    fields: dict[str, set[str]] = {}
    for event in events:
        fields.setdefault(event.object_type, set()).update(event.before, event.after)
    return {thing: cell_labels(thing, names) for thing, names in fields.items()}


def _changes(event: Event, cells: Mapping[str, str]) -> list[dict[str, str]]:
    before, after = event.before, event.after
    keys = [*before, *(key for key in after if key not in before)]
    return [
        {
            "field": cells.get(key) or field_label(key, event.object_type),
            "before": value_text(key, before.get(key)),
            "after": value_text(key, after.get(key)),
        }
        for key in keys
        if key not in MACHINE_FIELDS and before.get(key) != after.get(key)
    ]
