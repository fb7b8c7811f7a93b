"""Stages of a project (项目阶段): which there are, what a kind of project passes, what may follow.

They are data of the pack, so that an office may name its stages as it likes; what the portal asks
is answered here. A project moves along the stages of its kind in their order. It may leave out
those that its kind skips, may fall back where a stage says so, may be suspended and go on where it
stood, and may end; nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Choice", "Gates", "Group", "Kind", "Reason", "Stage", "StageBook", "Tag"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of a list, in both languages."""

    id: str
    name: str
    name_en: str

    def label(self, lang: str = "zh") -> str:
        """The word in a language."""
        return self.name_en if lang.startswith("en") else self.name


@dataclass(frozen=True, slots=True)
class Group(Choice):
    """Stages that boards and portfolio figures gather: in promotion, being built, built …"""


@dataclass(frozen=True, slots=True)
class Stage(Choice):
    """One stage and the gate into it."""

    order: int
    group: str
    #: status of OC4IDS; empty: that of the stage that a stopped project goes on from
    oc4ids: str
    #: fields without which no project stands here
    needs: tuple[str, ...]
    #: the step into it must be proved
    evidence: bool
    #: the day that the step writes: actual_start, actual_end
    sets: str
    #: earlier stages to which a project may fall back
    back: tuple[str, ...]
    #: work on the site has begun
    started: bool
    #: … and is over
    completed: bool
    #: it stands still and goes on later
    halts: bool
    #: nothing follows
    ends: bool
    #: not opened to the public
    confidential: bool

    @property
    def stops(self) -> bool:
        """A stage beside the way, open to every kind: suspended, ended."""
        return self.halts or self.ends


@dataclass(frozen=True, slots=True)
class Kind(Choice):
    """A kind of projects: its stages in order, and those that it may leave out."""

    stages: tuple[str, ...]
    skips: frozenset[str]
    #: projectType of OC4IDS; empty: it builds nothing
    oc4ids: str


@dataclass(frozen=True, slots=True)
class Tag(Choice):
    """A list on which projects stand; a yearly one is carried over year by year."""

    yearly: bool


@dataclass(frozen=True, slots=True)
class Reason(Choice):
    """Why a project was stopped: for which steps, and from which groups of stages."""

    of: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gates:
    """What all gates share."""

    #: days after its day from which a step counts as back-entered (补录)
    back_entered_after: int


@dataclass(frozen=True)
class StageBook:
    """Stages, kinds and lists of a pack."""

    stages: Mapping[str, Stage]
    groups: Mapping[str, Group]
    kinds: Mapping[str, Kind]
    tags: Mapping[str, Tag]
    sources: Mapping[str, Choice]
    reasons: Mapping[str, Reason]
    gates: Gates

    def label(self, id: str, lang: str = "zh") -> str:
        """Name of a stage; the id itself where the pack no longer has it."""
        stage = self.stages.get(id)
        return stage.label(lang) if stage else id

    def kind_label(self, id: str, lang: str = "zh") -> str:
        """Name of a kind; the id itself where the pack no longer has it."""
        kind = self.kinds.get(id)
        return kind.label(lang) if kind else id

    def tag_label(self, id: str, lang: str = "zh") -> str:
        """Name of a tag; the id itself where the pack no longer has it."""
        tag = self.tags.get(id)
        return tag.label(lang) if tag else id

    def has_started(self, stage: str, resume_stage: str = "") -> bool:
        """Has work begun? Of a suspended project, the stage that it will go on from says it."""
        return self._stands(stage, resume_stage).started

    def has_completed(self, stage: str, resume_stage: str = "") -> bool:
        """Is the work done?"""
        return self._stands(stage, resume_stage).completed

    def oc4ids(self, stage: str, resume_stage: str = "") -> str:
        """Status for open data."""
        return self._stands(stage, resume_stage).oc4ids

    def of_group(self, group: str) -> tuple[Stage, ...]:
        """The stages of a group, in order."""
        return tuple(stage for stage in self.stages.values() if stage.group == group)

    @cached_property
    def halting(self) -> Stage:
        """The stage in which a project stands still."""
        return next(stage for stage in self.stages.values() if stage.halts)

    @cached_property
    def ending(self) -> Stage:
        """The stage after which nothing comes."""
        return next(stage for stage in self.stages.values() if stage.ends)

    def way_of(self, kind: str) -> tuple[Stage, ...]:
        """The stages that a kind passes, in order."""
        return tuple(self.stages[id] for id in self.kinds[kind].stages)

    def moves(self, kind: str, stage: str, resume_stage: str = "") -> tuple[Stage, ...]:
        """What may follow: onward first, then back, then the stops.

        A stage that the kind does not pass (the kind was changed) leads to the kind's next one.
        """
        here = self.stages.get(stage)
        if here is None or here.ends or kind not in self.kinds:
            return ()
        if here.halts:
            goes_on = self.stages.get(resume_stage)
            return (*((goes_on,) if goes_on else ()), self.ending)
        passed = self.kinds[kind]
        back = tuple(self.stages[id] for id in here.back if id in passed.stages)
        return (*self._onward(passed, here), *back, self.halting, self.ending)

    def _onward(self, kind: Kind, here: Stage) -> Iterable[Stage]:
        for id in kind.stages:
            stage = self.stages[id]
            if stage.order <= here.order:
                continue
            yield stage
            if id not in kind.skips:
                return

    def _stands(self, stage: str, resume_stage: str) -> Stage:
        here = self.stages[stage]
        return self.stages.get(resume_stage, here) if here.halts else here
