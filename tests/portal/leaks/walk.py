"""Every address of the portal with keys of rows filled in (全部地址): pages, files, API.

The addresses come from the resolver itself; a gap of an address that nobody has named the rows of
fails the walk, so that a new page cannot be left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

__all__ = ["KEYS", "WORDS", "addresses", "own_keys", "patterns", "said", "walked"]

#: gap of an address -> models whose keys go there
KEYS: dict[str, tuple[str, ...]] = {
    "activity_id": ("Activity",),
    "agent_id": ("Agent",),
    "agreement_id": ("Agreement",),
    "assessed_id": ("Assessed",),
    "assessment_id": ("AssessmentRun",),
    "batch_id": ("Batch", "StartBatch"),
    "case_id": ("StalledCase", "OutcomeCase"),
    "check_id": ("FairCheck",),
    "contact_id": ("ContactEntry",),
    "contract_id": ("DutyContract",),
    "correction_id": ("CorrectionRow",),
    "decision_id": ("Decision",),
    "document_id": ("PlanDocument",),
    "enquiry_id": ("Enquiry",),
    "enterprise_id": ("Enterprise",),
    "evaluation_id": ("EvaluationReport",),
    "excuse_id": ("Excuse",),
    "file_id": ("ProjectFile",),
    "finding_id": ("FindingRow",),
    "firm_id": ("TargetFirm",),
    "import_id": ("RegisterImport",),
    "matter_id": ("DutyMatter",),
    "meeting_id": ("Meeting",),
    "merge_id": ("RecordMerge",),
    "note_id": ("Note",),
    "objection_id": ("Objection",),
    "one_id": ("ProjectRecord",),
    "order_id": ("SupervisionOrder",),
    "other_id": ("ProjectRecord",),
    "override_id": ("RuleOverride",),
    "part": ("Part",),
    "part_id": ("Part",),
    "person_id": ("Person",),
    "plan_id": ("PlanRow",),
    "problem_id": ("Problem",),
    "project_id": ("ProjectRecord", "Project"),
    "reading_id": ("Reading",),
    "report_id": ("EvaluationReport",),
    "return_id": ("Return",),
    "run_id": ("AssessmentRun",),
    "screening_id": ("ScreeningRecord",),
    "table_id": ("LocationTable",),
    "target": ("MonitoredTarget",),
    "target_id": ("TargetRow", "MonitoredTarget"),
    "token_id": ("ApiToken",),
    "visit_id": ("Visit",),
    "voucher_id": ("Voucher",),
    "warning_id": ("EarlyWarning",),
    "year_id": ("DutyYear",),
}
#: gap -> words that go there, whoever asks
WORDS: dict[str, tuple[str, ...]] = {
    "act": ("notice",),
    "chain_id": ("nonferrous",),
    "code": ("lz-etdz", "jq-etdz"),
    "day": ("2026-11-16",),
    "indicator_id": ("gdp",),
    "key": ("x" * 40,),
    "kind": ("csv", "order"),
    "name": ("table.csv",),
    "node_id": ("cable",),
    "number": ("1",),
    "period": ("2026-10",),
    "publication": ("zones-month",),
    "row": ("0",),
    "scheme_id": ("lz-parks",),
    "suffix": ("csv", "xlsx", "json", "docx"),
    "unit": ("lz-etdz", "jq-etdz"),
    "version": ("1",),
    "year": ("2026",),
}
#: addresses whose answer is no matter of units: they end a session, or describe the portal itself
APART = ("/sign-out/", "/health/", "/api/openapi.json", "/help/api/")
_GAP = re.compile(r"<(?:\w+:)?(\w+)>")
#: what differs from one answer to the next without saying anything
_NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"?nonce-[^\s;"\']*'
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^\s\"<,]*|\b\d\d:\d\d(:\d\d)?\b"
)


def patterns(inside: Sequence[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address as it is declared."""
    for one in get_resolver().url_patterns if inside is None else inside:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here.replace("^", "").replace("$", "").replace("\\Z", "")


def addresses(keys: Mapping[str, Sequence[Any]], *, gaps: bool) -> Iterator[str]:
    """Addresses without gaps that hold keys, or those with such gaps, filled with keys of models.

    Raises:
        KeyError: for a gap whose rows nobody named.
    """
    for declared in dict.fromkeys(patterns()):
        names = _GAP.findall(declared)
        for name in names:
            if name not in KEYS and name not in WORDS:
                raise KeyError(f"{name} of {declared}: name its rows in KEYS or its words in WORDS")
        if any(name in KEYS for name in names) is not gaps:
            continue
        values = [_values(name, keys) for name in names]
        for chosen in product(*values):
            filled = dict(zip(names, chosen, strict=True))
            yield "/" + _GAP.sub(lambda gap, by=filled: str(by[gap[1]]), declared)


def _values(name: str, keys: Mapping[str, Sequence[Any]]) -> Sequence[Any]:
    if name in WORDS:
        return WORDS[name]
    return list(dict.fromkeys(key for model in KEYS[name] for key in keys.get(model, ())))


def own_keys() -> dict[str, list[Any]]:
    """The first and the last row of each model: addresses are walked with rows that there are."""
    found: dict[str, list[Any]] = {}
    for model in apps.get_models():
        rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
        if model.__module__.startswith("hexi.") and (first := rows.first()) is not None:
            found.setdefault(model.__name__, []).extend({first, rows.last()})
    return found


def walked(keys: Mapping[str, Sequence[Any]], asks: Sequence[str] = ("",)) -> Iterator[str]:
    """Own addresses: pages and lists asked in several ways, files and what has a key as it is."""
    for address in addresses(keys, gaps=False):
        if not address.startswith(APART):
            yield from (f"{address}{ask}" for ask in (asks[:1] if "." in address else asks))
    yield from addresses(keys, gaps=True)


def said(answer: HttpResponse) -> str:
    """All that an answer says: status, headers, text, and the text in the files it packs."""
    if getattr(answer, "streaming", False):
        body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    else:
        body = answer.content
    parts = [str(answer.status_code)]
    parts += [f"{name}: {value}" for name, value in sorted(answer.items()) if name in _HEADERS]
    parts.append(_packed(body) if body[:2] == b"PK" else body.decode("utf-8", "replace"))
    return _NOISE.sub("", "\n".join(parts))


_HEADERS = ("Content-Disposition", "Location", "HX-Redirect", "Content-Type")


def _packed(body: bytes) -> str:
    """Texts of an xlsx, docx or zip file; when it was made is no text."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = sorted(name for name in packed.namelist() if not name.startswith("docProps/"))
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in names)
