"""A screening's answer as a page shows it (筛查结果展示): rules by outcome, gaps, ways out.

It works on the record that is kept, so that a stored answer and one of this moment are read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from hexi.admission import Rulebook, Space, result_of
from hexi.portal.admission.models import RuleOverride
from hexi.portal.admission.rulebook import lang
from hexi.portal.admission.said import (
    OUTCOME_LAMPS,
    OUTCOMES,
    RESULT_LAMPS,
    RESULTS,
    SEVERITIES,
    result_sentence,
)

__all__ = ["Gap", "RuleLine", "Shown", "shown_answer", "standing_result"]

_ORDER: Final = ("fails", "overridden", "unknown", "passes", "not_applicable")
#: words that a way out names before it says that there are more
_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule's outcome."""

    id: str
    title: str
    severity: str
    severity_label: str
    outcome: str
    outcome_label: str
    lamp: str
    #: what is wrong, without the rule's title before it
    sentence: str
    #: what the project has in the fields that the rule asks for
    values: str
    law: str
    assumed: str
    ways: tuple[str, ...]
    override: RuleOverride | None
    overridable: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing input, and the rules that cannot be told without it."""

    field: str
    title: str
    unit: str
    rules: tuple[str, ...]
    binding: bool

    @property
    def rules_text(self) -> str:
        """The rules in a row."""
        return ("、" if lang() == "zh" else ", ").join(self.rules)


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole answer."""

    result: str
    result_label: str
    lamp: str
    sentence: str
    advice: int
    rules: tuple[RuleLine, ...]
    gaps: tuple[Gap, ...]
    counts: Mapping[str, int]

    @property
    def asked(self) -> tuple[RuleLine, ...]:
        """Rules that apply or may apply."""
        return tuple(line for line in self.rules if line.outcome != "not_applicable")

    @property
    def apart(self) -> tuple[RuleLine, ...]:
        """Rules that do not apply."""
        return tuple(line for line in self.rules if line.outcome == "not_applicable")


def standing_result(answer: Mapping[str, Any], overrides: Iterable[RuleOverride]) -> str:
    """The result with the rules left out that are set aside."""
    aside = _standing(overrides)
    return result_of(
        (rule["severity"], "overridden" if rule["id"] in aside else rule["outcome"])
        for rule in answer["rules"]
    )


def shown_answer(
    answer: Mapping[str, Any],
    book: Rulebook,
    space: Space,
    overrides: Iterable[RuleOverride] = (),
) -> Shown:
    """The answer in the reader's language."""
    aside = _standing(overrides)
    lines = [
        _line(rule, aside.get(rule["id"]), answer, book, space)
        for rule in _telling(answer["rules"])
    ]
    lines.sort(key=lambda line: (_ORDER.index(line.outcome), line.severity == "advice"))
    binding = [line for line in lines if line.severity != "advice"]
    counts = {name: sum(line.outcome == name for line in binding) for name in OUTCOMES}
    result = result_of((line.severity, line.outcome) for line in lines)
    return Shown(
        result=result,
        result_label=str(RESULTS[result]),
        lamp=RESULT_LAMPS[result],
        sentence=result_sentence(result, counts),
        advice=sum(line.outcome == "fails" for line in lines if line.severity == "advice"),
        rules=tuple(lines),
        gaps=_gaps(answer, book, aside),
        counts=counts,
    )


def _telling(rules: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without rows that only allow, where another row of their table fails or is open: that
    nothing is demanded in another case says nothing of this one."""
    unsettled = {rule["table"] for rule in rules if rule["outcome"] in ("fails", "unknown")}
    return [
        rule
        for rule in rules
        if rule["outcome"] != "passes" or rule["values"] or rule["table"] not in unsettled
    ]


def _standing(overrides: Iterable[RuleOverride]) -> dict[str, RuleOverride]:
    return {one.rule: one for one in overrides if one.withdrawn_at is None}


def _line(
    rule: Mapping[str, Any],
    override: RuleOverride | None,
    answer: Mapping[str, Any],
    book: Rulebook,
    space: Space,
) -> RuleLine:
    said = "" if lang() == "zh" else "_en"
    title = rule[f"title{said}"]
    outcome = "overridden" if override is not None else rule["outcome"]
    titles = {one["id"]: one[f"title{said}"] for one in answer["rules"]}
    ways = tuple(_way(change, titles, book, space) for change in rule["changes"])
    return RuleLine(
        id=rule["id"],
        title=title,
        severity=rule["severity"],
        severity_label=str(SEVERITIES[rule["severity"]]),
        outcome=outcome,
        outcome_label=str(OUTCOMES[outcome]),
        lamp=OUTCOME_LAMPS[outcome],
        sentence=_bare(rule[f"sentence{said}"], title),
        values=_values(rule["values"], book, space),
        law=rule["legal"],
        assumed=rule[f"assumed{said}"],
        ways=ways,
        override=override,
        overridable=rule["outcome"] == "fails" and rule["overridable"],
    )


def _bare(sentence: str, title: str) -> str:
    for glue in ("：", ": "):
        if sentence.startswith(f"{title}{glue}"):
            return sentence[len(title) + len(glue) :]
    return sentence


def _values(values: Mapping[str, Any], book: Rulebook, space: Space) -> str:
    """``投资强度 412 万元/亩``; what is not known is left out."""
    parts = []
    for name, value in values.items():
        field = book.fields.get(name)
        if field is None or value is None:
            continue
        told = f"{value:,.6g}" if isinstance(value, float | int) else space.say(name, value, lang())
        parts.append(f"{field.named(lang())} {told} {field.unit}".rstrip())
    return ("；" if lang() == "zh" else "; ").join(parts)


def _way(change: Mapping[str, Any], titles: Mapping[str, str], book: Rulebook, space: Space) -> str:
    """One input changed that turns the rule, and what it would break."""
    field = book.fields.get(change["field"])
    title = field.named(lang()) if field else change["field"]
    if change["number"] is not None:
        unit = field.unit if field else ""
        told = _("%(field)s from %(by)s to %(to)s %(unit)s") % {
            "field": title,
            "by": _number(change["number"] - change["by"]),
            "to": _number(change["number"]),
            "unit": unit,
        }
    else:
        words = change["words"]
        name = change["field"]
        listed = [space.say(name, word, lang()) if field else word for word in words[:_WORDS]]
        more = _(" and %(n)d more") % {"n": len(words) - _WORDS} if len(words) > _WORDS else ""
        joined = ("、" if lang() == "zh" else ", ").join(listed) + more
        told = _("%(field)s becomes one of: %(words)s") % {"field": title, "words": joined}
        if len(words) == 1:
            told = _("%(field)s becomes %(words)s") % {"field": title, "words": joined}
    if change["breaks"]:
        broken = ("、" if lang() == "zh" else ", ").join(
            titles.get(one, one) for one in change["breaks"]
        )
        told += _("; this breaks: %(rules)s") % {"rules": broken}
    return told.rstrip()


def _number(value: float) -> str:
    return f"{value:,.6g}"


def _gaps(answer: Mapping[str, Any], book: Rulebook, aside: Mapping[str, Any]) -> tuple[Gap, ...]:
    """Missing inputs with the rules that ask for them, those of binding rules first."""
    said = "title" if lang() == "zh" else "title_en"
    asking: dict[str, list[Mapping[str, Any]]] = {}
    for rule in answer["rules"]:
        if rule["outcome"] == "unknown" and rule["id"] not in aside:
            for name in rule["missing"]:
                asking.setdefault(name, []).append(rule)
    found = [_gap(name, rules, book, said) for name, rules in asking.items()]
    return tuple(sorted(found, key=lambda gap: (not gap.binding, -len(gap.rules))))


def _gap(name: str, rules: Sequence[Mapping[str, Any]], book: Rulebook, said: str) -> Gap:
    field = book.fields.get(name)
    return Gap(
        field=name,
        title=field.named(lang()) if field else name,
        unit=field.unit if field else "",
        rules=tuple(dict.fromkeys(rule[said] for rule in rules)),
        binding=any(rule["severity"] != "advice" for rule in rules),
    )
