"""Answers to an uploaded file (上传答复): what is wrong at which file, sheet and cell, what to do.

An answer is kept in both languages, since whoever reads it later may read another one than whoever
uploaded the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import Refusals

__all__ = ["CODES", "Answer", "Severity", "answer", "answers_of", "worst"]

#: refused: the file is not taken; asked: it is, once somebody says that it is right; check: what
#: the rules say of the figures; note: it is only said
Severity = Literal["refused", "asked", "check", "note"]
Answer = dict[str, str]

#: code to severity, what is wrong, what to do
CODES: dict[str, tuple[Severity, Any, Any]] = {
    "not_template": (
        "refused",
        _("This is not a template of this portal."),
        _("Download the template of the return and fill it in."),
    ),
    "seal": (
        "refused",
        _("The hidden sheet with reporter, form and period has been changed."),
        _("Download the template again and copy your figures into it."),
    ),
    "wrong_version": (
        "refused",
        _("The template is of edition %(found)s; this period is filled in on %(right)s."),
        _("Download the newest template of this period."),
    ),
    "moved": (
        "refused",
        _("Here should be “%(right)s”, but “%(found)s” stands here: rows were moved."),
        _("Download the template again; do not insert, delete or sort rows."),
    ),
    "hidden_row": ("refused", _("The row is hidden."), _("Show all rows and save the file again.")),
    "hidden_column": (
        "refused",
        _("The column is hidden."),
        _("Show all columns and save the file again."),
    ),
    "hidden_sheet": ("refused", _("The sheet is hidden or missing."), _("Show it again.")),
    "formula": (
        "refused",
        _("A formula stands in the cell."),
        _("Copy it and paste it as a value."),
    ),
    "merged": ("refused", _("The cells %(found)s are merged."), _("Take the merging back.")),
    "error_value": (
        "refused",
        _("The cell shows the error %(found)s."),
        _("Write the number, or leave the cell empty."),
    ),
    "not_number": (
        "refused",
        _("Text in a number cell: “%(found)s”."),
        _("Write a number; leave it empty where nothing is known, 0 for zero."),
    ),
    "text_number": (
        "note",
        _("The number is kept as text: “%(found)s”."),
        _("It was read as %(right)s; nothing needs to be done where that is meant."),
    ),
    "unit_unknown": (
        "refused",
        _("“%(found)s” is not one of the units of this item."),
        _("Choose one of: %(right)s."),
    ),
    "class_unknown": (
        "refused",
        _("“%(found)s” is not in the list."),
        _("Choose a row of the drop-down list."),
    ),
    "class_twice": ("refused", _("“%(found)s” stands twice."), _("Put the two rows together.")),
    "class_missing": (
        "refused",
        _("Figures without a name of the row."),
        _("Choose the row's name in the first column."),
    ),
    "unfilled": (
        "check",
        _("Not filled in: %(names)s."),
        _("Write 0 where there was none."),
    ),
    "cover_unfilled": (
        "check",
        _("Not filled in: %(names)s."),
        _("Fill in the cover page; whoever signs is named there."),
    ),
    "scale": (
        "asked",
        _("%(found)s is about %(times)s of the last figure %(last)s; is the unit right?"),
        _("Correct it, or confirm that it is right."),
    ),
    "overtaken": (
        "asked",
        _("Since the template was downloaded somebody changed this cell to %(found)s."),
        _("It stays as it is there; change it on the page if the file is right."),
    ),
    "twice": (
        "refused",
        _("The same return is in this upload already (%(found)s)."),
        _("Keep one of the two; nothing is counted twice."),
    ),
    "same_file": ("note", _("The very same file as %(found)s."), _("It is counted once.")),
    "reporter_unknown": (
        "refused",
        _("There is no reporter %(found)s that you fill in for."),
        _("Check the code, or have yourself named as who fills in."),
    ),
    "nested": (
        "refused",
        _("A zip inside the zip is not opened."),
        _("Put the workbooks themselves into one zip."),
    ),
    "other_file": (
        "refused",
        _("This is not a workbook (xlsx)."),
        _("Leave it out, or save it as xlsx."),
    ),
    "too_large": (
        "refused",
        _("The file is larger than a return can be."),
        _("Fill in a fresh template; leave out pictures and other sheets."),
    ),
    "broken": (
        "refused",
        _("The file is damaged or was not uploaded to its end."),
        _("Open it in Excel, save it again and upload it once more."),
    ),
    "reader_fault": (
        "refused",
        _("Reading the file was cut off."),
        _("Fill in a fresh template and upload it again."),
    ),
    "encoding": (
        "refused",
        _("The text of the table is neither UTF-8 nor GB18030 nor UTF-16."),
        _("In Excel save it as “CSV UTF-8” and upload it again."),
    ),
    "no_column": (
        "refused",
        _("The table has no column “%(found)s”."),
        _("Name the columns reporter, form, period and the codes of the items."),
    ),
    "column_unknown": (
        "refused",
        _("“%(found)s” is not a code of the form."),
        _("Name the column by the code of an item, or leave it out."),
    ),
    "form_unknown": (
        "refused",
        _("There is no form “%(found)s”."),
        _("Write the id, the number or the name of the form, as on the page of forms."),
    ),
    "period_wrong": (
        "refused",
        _("“%(found)s” is not a period."),
        _("Write year and last month of the period: 202610 for October, 202609 for a quarter."),
    ),
}


def answer(code: str, sheet: str = "", cell: str = "", **gaps: Any) -> Answer:
    """An answer in both languages; a gap that depends on the language is lazy."""
    severity, message, remedy = CODES[code]
    record: Answer = {"code": code, "severity": severity, "sheet": sheet, "cell": cell}
    for language, suffix in (("zh-hans", ""), ("en", "_en")):
        with override(language):
            record[f"message{suffix}"] = str(message) % gaps if gaps else str(message)
            record[f"remedy{suffix}"] = str(remedy) % gaps if gaps else str(remedy)
    return record


def answers_of(refusal: Refusal, sheet: str = "", cell: str = "") -> list[Answer]:
    """Every part of a refusal of an act as an answer."""
    parts = refusal.parts if isinstance(refusal, Refusals) else (refusal,)
    found = []
    for part in parts:
        record: Answer = {"code": part.code, "severity": "refused", "sheet": sheet, "cell": cell}
        for language, suffix in (("zh-hans", ""), ("en", "_en")):
            with override(language):
                record[f"message{suffix}"] = str(part.message)
                record[f"remedy{suffix}"] = str(part.remedy)
        found.append(record)
    return found


def worst(answers: Iterable[Answer]) -> str:
    """The gravest severity; empty where there is nothing."""
    order = ("refused", "asked", "check", "note")
    found = {one["severity"] for one in answers}
    return next((severity for severity in order if severity in found), "")
