"""What people wrote into a report (人工修改), kept when the report is computed again.

An edit belongs to a sentence or a blank by its key and remembers the computed text it replaced. A
new computation leaves the edit standing; where the computed text has changed since (a figure came
in, an answer turned), the edit is *stale*: it is still shown, and the new text beside it, until
somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexi.monitoring.evaluation.nouns import Blank, Evaluation, Language, Sentence

__all__ = ["Edit", "Edited", "Wording", "lost_edits"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody's words for one sentence or blank in one language."""

    key: str
    language: Language
    text: str
    #: the computed text it was written against; empty for a blank
    base: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as it stands in the report."""

    text: str
    #: a person's words, not the computed ones
    edited: bool = False
    #: today's computed text, where an edit was written against another
    now: str = ""
    by: str = ""


class Edited:
    """A report in one language with people's words laid over it."""

    def __init__(
        self, evaluation: Evaluation, language: Language, edits: Iterable[Edit] = ()
    ) -> None:
        self.evaluation = evaluation
        self.language = language
        self.edits: Mapping[str, Edit] = {
            edit.key: edit for edit in edits if edit.language == language
        }

    def sentence(self, sentence: Sentence) -> Wording:
        """A person's words where there are any, else the computed ones."""
        computed = sentence.said.of(self.language)
        edit = self.edits.get(sentence.key)
        if edit is None:
            return Wording(computed)
        return Wording(edit.text, True, computed if edit.base != computed else "", edit.by)

    def answer(self, blank: Blank) -> str:
        """What was filled in; empty where nobody has."""
        edit = self.edits.get(blank.key)
        return edit.text if edit else ""

    @property
    def stale(self) -> tuple[str, ...]:
        """Keys of sentences whose figures have changed under an edit."""
        return tuple(
            sentence.key for sentence in self.evaluation.sentences() if self.sentence(sentence).now
        )

    @property
    def open_blanks(self) -> int:
        """Places that nobody has filled in yet."""
        return sum(not self.answer(blank) for blank in self.evaluation.blanks())


def lost_edits(evaluation: Evaluation, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits whose sentence or blank is no longer in the report: shown at its end, never dropped."""
    known = {sentence.key for sentence in evaluation.sentences()}
    known |= {blank.key for blank in evaluation.blanks()}
    return tuple(edit for edit in edits if edit.key not in known)
