"""What a gate says (关口用语): the engine's codes as refusals in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.projects.record_labels import label_of_field
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.projects.gates import GateFault

__all__ = ["refusals"]


def refusals(faults: Iterable[GateFault]) -> list[Refusal]:
    """Each fault as a refusal at its field."""
    made = []
    for fault in faults:
        message, remedy = _SAID[fault.code](fault)
        made.append(Refusal(fault.code, message, remedy, place=fault.field))
    return made


def _words_of(book: str, ids: Iterable[str]) -> Any:
    """Names of the pack, in the language of whoever reads them."""

    def said() -> str:
        known = getattr(stage_book(), book)
        return "、".join(label_of(known[id]) if id in known else id for id in ids) or now("none")

    return lazy(said, str)()


def _jump(fault: GateFault) -> tuple[Any, Any]:
    here, *allowed = fault.named
    return (
        gapped(_("This step cannot follow “%(here)s”."), here=_words_of("stages", (here,))),
        gapped(_("What may follow: %(allowed)s."), allowed=_words_of("stages", allowed)),
    )


def _missing(fault: GateFault) -> tuple[Any, Any]:
    return (
        gapped(
            _("“%(stage)s” needs “%(field)s”."),
            stage=_words_of("stages", fault.named),
            field=label_of_field(fault.field),
        ),
        _("Fill it in first."),
    )


def _order(fault: GateFault) -> tuple[Any, Any]:
    start, first, last = fault.named
    return (
        gapped(
            _("“%(end)s” %(last)s lies before “%(start)s” %(first)s."),
            end=label_of_field(fault.field),
            last=last,
            start=label_of_field(start),
            first=first,
        ),
        _("Correct one of the two days."),
    )


def _chosen(message: Any, book: str) -> Callable[[GateFault], tuple[Any, Any]]:
    return lambda fault: (
        message,
        gapped(_("Choose one of: %(listed)s."), listed=_words_of(book, fault.named)),
    )


_SAID: dict[str, Callable[[GateFault], tuple[Any, Any]]] = {
    "stage_unknown": _chosen(_("There is no such stage to enter."), "stages"),
    "kind_unknown": _chosen(_("There is no such kind of project."), "kinds"),
    "stage_not_of_kind": lambda fault: (
        gapped(
            _("This kind of project does not pass “%(stage)s”."),
            stage=_words_of("stages", fault.named[:1]),
        ),
        gapped(_("What it passes: %(listed)s."), listed=_words_of("stages", fault.named[1:])),
    ),
    "stage_jump": _jump,
    "nothing_follows": lambda fault: (
        gapped(_("Nothing follows “%(here)s”."), here=_words_of("stages", fault.named)),
        _("Register the project anew if it is taken up again."),
    ),
    "field_missing": _missing,
    "evidence_missing": lambda fault: (
        gapped(_("“%(stage)s” must be proved."), stage=_words_of("stages", fault.named)),
        _("Give the document and its number, or add a file."),
    ),
    "reason_missing": lambda fault: (_("This step needs a reason."), _("Write why.")),
    "ended_reason_missing": _chosen(_("This step needs a reason of the list."), "reasons"),
    "ended_reason_unknown": _chosen(_("This reason does not fit here."), "reasons"),
    "day_ahead": lambda fault: (
        gapped(_("The day lies ahead: today is %(today)s."), today=fault.named[0]),
        _("Enter it when it has happened; what is planned has a field of its own."),
    ),
    "day_before_stage": lambda fault: (
        gapped(
            _("The project entered its present stage on %(since)s, after this day."),
            since=fault.named[0],
        ),
        _("Give that day or a later one."),
    ),
    "dates_out_of_order": _order,
    "end_without_start": lambda fault: (
        _("It has an actual completion and no actual start."),
        _("Fill in the actual start."),
    ),
}
