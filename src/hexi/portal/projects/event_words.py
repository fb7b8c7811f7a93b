"""Words of the projects app's events (项目事件用语): acts, fields, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.projects.event_money import MONEY_WORDS, MoneyWords
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.queries.words import LAMPS
from hexi.portal.projects.record_book import EVENT_NAMES
from hexi.portal.projects.record_labels import LABELS, MONEY
from hexi.portal.projects.stagebook import label_of, stage_book

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "light_lamps": lazy("a lamp of a project changed"),
    "register_record": lazy("entered a project in the library"),
    "change_record": lazy("changed a project of the library"),
    "move_stage": lazy("moved a project to another stage"),
    "keep_project_file": lazy("kept a file of a project"),
    "undo_step": lazy("took back the last step of a project"),
    "enter_progress": lazy("entered the progress of a month"),
    "set_year_plan": lazy("set the plan of a year"),
    "tag_record": lazy("put a project on a list"),
    "untag_record": lazy("took a project off a list"),
    "publish_record": lazy("opened a project to the public"),
    "withdraw_record": lazy("withdrew a project from the public"),
    "make_batch": lazy("set up a start batch"),
    "join_batch": lazy("changed the start batch of a project"),
    "start_batch": lazy("started a project with its batch"),
    "enter_statistics": lazy("entered a project in statistics"),
    "leave_statistics": lazy("took a project out of statistics"),
    "merge_records": lazy("merged two records of a project"),
    "lay_practice_projects": lazy("had practice projects laid"),
    "remove_practice_projects": lazy("had the practice projects taken away"),
    "fail_practice_job": lazy("could not finish with the practice projects"),
    "unmerge_records": lazy("took the merging of two records apart"),
    "mail_progress": lazy("mailed an office that progress is missing"),
}

_FIELDS: dict[str, Any] = {
    **{f"projectrecord.{name}": label for name, label in LABELS.items()},
    **{name: LABELS[field] for field, name in EVENT_NAMES.items()},
    "project_tags": LABELS["tags"],
    "projectrecord.lamp": lazy("Lamp"),
    "projectrecord.rules": lazy("By rule"),
    "projectrecord.number": lazy("Number in the library"),
    "projectrecord.month": lazy("Month"),
    "projectrecord.invested": lazy("Invested in the month"),
    "projectrecord.done": lazy("Physical progress, %"),
    "projectrecord.note": lazy("In words"),
    "projectrecord.files": lazy("Files"),
    "projectrecord.planned": lazy("Planned investment of the year"),
    "projectrecord.year": lazy("Year planned for"),
    "projectrecord.year_plans": lazy("Planned investment of the year"),
    "projectrecord.content": LABELS["content"],
    "projectrecord.tag": lazy("List of projects"),
    "projectrecord.tag_since": lazy("On the list since"),
    "projectrecord.tag_until": lazy("On the list until"),
    "unit.to": lazy("Letter to"),
    "unit.projects": lazy("Projects"),
    "projectrecord.published": lazy("Open to the public"),
    "projectrecord.batch": lazy("Start batch"),
    "practicejob.projects": lazy("Projects"),
    "practicejob.batches": lazy("Start batches"),
    "rows_taken": lazy("What went with them"),
    "startbatch.day": lazy("Day"),
    "startbatch.place": lazy("Place"),
    "projectrecord.reporting": lazy("Code in the register"),
    "projectrecord.in_statistics_since": lazy("In statistics since"),
    "projectrecord.merged_from": lazy("Merged record"),
    "projectrecord.moved": lazy("Moved rows"),
    "projectrecord.resume_stage": lazy("Goes on from"),
    "projectrecord.ended_reason": lazy("Reason of the list"),
    "projectrecord.evidence": lazy("Evidence"),
    "projectfile.file": lazy("File"),
    "projectfile.project": lazy("Project"),
    "projectfile.of": lazy("Proves"),
    "projectfile.size": lazy("Bytes"),
    "projectfile.digest": lazy("Digest"),
}


class _Words(Mapping[str, str]):
    """Names of a list of the pack: read when shown, in the reader's language."""

    def __init__(self, book: str) -> None:
        self._book = book

    def _known(self) -> Mapping[str, Any]:
        known: Mapping[str, Any] = getattr(stage_book(), self._book)
        return known

    def __getitem__(self, id: str) -> str:
        return label_of(self._known()[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())


class _Kinds(Mapping[Any, str]):
    """What rows of a model are called."""

    def _known(self) -> Mapping[str, Any]:
        return {m._meta.model_name or "": m._meta.verbose_name for m in apps.get_models()}

    def __getitem__(self, model: Any) -> str:
        return str(self._known()[model])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())


#: rules of lamps
_RULES: dict[str, Any] = {
    "start": lazy("Start is late"),
    "behind": lazy("Investment is behind"),
    "statistics": lazy("Not in statistics"),
}


class _Sources(MoneyWords):
    """Sources of money with their sums."""

    def __getitem__(self, said: Any) -> str:
        if isinstance(said, str):
            return label_of(stage_book().sources[said])
        return super().__getitem__(said)


class _Years(MoneyWords):
    """Years with what is planned for them."""

    def __getitem__(self, said: Any) -> str:
        return said if isinstance(said, str) else super().__getitem__(said)


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(
        _FIELDS,
        {
            "stage": _Words("stages"),
            "resume_stage": _Words("stages"),
            "ended_reason": _Words("reasons"),
            "tag": _Words("tags"),
            "invested": MONEY_WORDS,
            "planned": MONEY_WORDS,
            "sources": _Sources(),
            "year_plans": _Years(),
            "project_kind": _Words("kinds"),
            "project_tags": _Words("tags"),
            "project_origin": ORIGINS,
            "lamp": LAMPS,
            "rules": _RULES,
            "rows_taken": _Kinds(),
            **dict.fromkeys(MONEY, MONEY_WORDS),
        },
    )
