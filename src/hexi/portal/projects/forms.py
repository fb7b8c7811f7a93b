"""Forms of projects (项目表单): what is typed is read by the entry of records, told by the acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.queries import words
from hexi.portal.projects.record_entry import read_record
from hexi.portal.projects.record_labels import DAYS, LABELS, LONGEST, MONEY
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.entry import Entry, UnitFinder
from hexi.projects.money import in_unit

__all__ = ["Group", "RecordForm", "initial_of", "put_faults", "record_units", "staff_of"]

#: groups of the form, each with its fields
_GROUPS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (
        _("The project"),
        ("name", "kind", "unit", "industry", "content", "capacity", "state_code", "stage",
         "stage_since", "tags"),
    ),
    (pgettext_lazy("project", "Where"), ("place", "plot", "land_mu", "longitude", "latitude")),
    (
        _("Investor and money"),
        ("investor", "investor_code", "enterprise", "origin", "total", "sources"),
    ),
    (_("What it brings"), ("jobs", "output", "tax", "energy")),
    (_("Days"), ("planned_start", "planned_end", "actual_start", "actual_end")),
    (_("Who is in charge"), ("leader", "leader_name", "steward", "steward_name", "body")),
    (_("From a plan"), ("plan", "plan_box", "plan_project")),
)  # fmt: skip
#: fields that are set when a project is entered, and moved by acts of their own later
_ONCE: Final = ("stage", "stage_since", "tags")
_HINTS: Final[dict[str, Any]] = {
    "state_code": _("As 2401-620100-04-01-123456; it is given by the approval platform."),
    "industry": _("GB/T 4754-2017, for example 3411."),
    "place": _("GB/T 2260, for example 620105."),
    "enterprise": _("Its credit code in the register; the enterprise then sees the project."),
    "total": _("万元, unless a unit is written, as 1.2亿元."),
    "output": _("万元 a year"),
    "tax": _("万元 a year"),
    "leader": _("An account gets the tasks; without one the name is enough."),
    "steward": _("Enters the progress of each month."),
    "longitude": _("Degrees, for example 103.64; the map shows it."),
    "stage_since": _("Today, if it is left empty."),
}
_SOURCE: Final = "source_"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together."""

    label: Any
    fields: list[Any]


class RecordForm(forms.Form):
    """Every field of a record; an existing one has acts of their own for stage and tags."""

    def __init__(
        self,
        *args: Any,
        units: Iterable[Unit],
        staff: Iterable[Person],
        row: ProjectRecord | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = _offered(units, staff)
        for _label, names in _GROUPS:
            for name in names:
                if row is not None and name in _ONCE:
                    continue
                if name == "sources":
                    self._add_sources()
                elif name == "plan":
                    self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
                else:
                    self.fields[name] = _field(name, offered.get(name))

    def _add_sources(self) -> None:
        for id, label in words.choices_of(stage_book().sources):
            self.fields[f"{_SOURCE}{id}"] = forms.CharField(label=label, required=False)

    def groups(self) -> list[Group]:
        """The fields as the page sets them."""
        made = []
        for label, names in _GROUPS:
            fields = [self[one] for name in names for one in self._named(name)]
            if any(not field.is_hidden for field in fields):
                made.append(Group(label, fields))
        return made

    def _named(self, name: str) -> list[str]:
        if name == "sources":
            return [one for one in self.fields if one.startswith(_SOURCE)]
        return [name] if name in self.fields else []

    def entry(self, today: date, *, partial: bool = False, practice: bool = False) -> Entry:
        """What was typed, read; faults stand at the names of the fields."""
        given: dict[str, Any] = dict(self.cleaned_data)
        sources = {
            name.removeprefix(_SOURCE): given.pop(name)
            for name in list(given)
            if name.startswith(_SOURCE)
        }
        given["sources"] = {source: text for source, text in sources.items() if text.strip()}
        return read_record(given, UnitFinder(), today=today, partial=partial, practice=practice)


def initial_of(row: ProjectRecord) -> dict[str, Any]:
    """The record as its form shows it."""
    shown: dict[str, Any] = {}
    for name in LABELS:
        value = getattr(row, name) if name != "tags" else None
        if name == "unit":
            shown[name] = row.unit.code
        elif name in MONEY:
            shown[name] = in_unit(value)
        elif name == "enterprise":
            shown[name] = value.code if value else ""
        elif name in ("leader", "steward"):
            shown[name] = value.username if value else ""
        elif name == "plan":
            shown[name] = value.pk if value else ""
        elif name != "sources":
            shown[name] = value.isoformat() if isinstance(value, date) else value
    return shown | {f"{_SOURCE}{id}": in_unit(yuan) for id, yuan in row.sources.items()}


def _offered(units: Iterable[Unit], staff: Iterable[Person]) -> dict[str, list[tuple[str, Any]]]:
    book = stage_book()
    people = [(person.username, f"{person.name} ({person.username})") for person in staff]
    entering = {id: stage for id, stage in book.stages.items() if not stage.stops}
    return {
        "kind": words.choices_of(book.kinds),
        "stage": words.choices_of(entering),
        "tags": words.choices_of(book.tags),
        "origin": list(ORIGINS.items()),
        "unit": [(unit.code, name_of(unit)) for unit in units],
        "leader": people,
        "steward": people,
    }


def _field(name: str, offered: list[tuple[str, Any]] | None) -> forms.Field:
    about: dict[str, Any] = {
        "label": LABELS[name], "required": False, "help_text": _HINTS.get(name, ""),
    }  # fmt: skip
    if name == "tags":
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=offered or [], widget=boxes, **about)
    if offered is not None:
        return forms.ChoiceField(choices=[("", "—"), *offered], **about)
    if name in DAYS:
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **about)
    if name == "content":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **about)
    # longer than the act takes, so that it is the act that says how long
    return forms.CharField(max_length=LONGEST.get(name, 60) + 200, **about)


def record_units(person: Person) -> list[Unit]:
    """Units that a person may put a project into."""
    rows = Unit.objects.exclude(kind="").order_by("order")
    return [unit for unit in rows if person.covers(unit.path)]


def staff_of(person: Person) -> list[Person]:
    """Who may be in charge: people with a unit inside the person's scope, or above."""
    rows = Person.objects.filter(is_active=True).prefetch_related("units").order_by("name")
    return [one for one in rows if one == person or _meets(one, person)]


def _meets(one: Person, person: Person) -> bool:
    if one.is_administrator or one.role == "enterprise":
        return False
    return any(person.covers(path) for path in one.scope_paths()) or any(
        one.covers(path) for path in person.scope_paths()
    )


def put_faults(form: forms.Form, refusal: Refusal) -> None:
    """Show every part of a refusal at its field; what has no field stands above the form."""
    for part in getattr(refusal, "parts", (refusal,)):
        place = part.place
        if place == "sources":
            place = next((name for name in form.fields if name.startswith(_SOURCE)), "")
        field = place if place in form.fields else None
        form.add_error(field, f"{part.message} {part.remedy}")
