"""Weights of a scheme as a form (权重表): one field a member, or one a member and class."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from hexi.assessment.scheme.nouns import Group, Item, Scheme
from hexi.portal.assessment.said import named
from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["WeightField", "changed_weights", "fields_of", "reweighted"]

_Member = TypeVar("_Member", Group, Item)


@dataclass(frozen=True, slots=True)
class WeightField:
    """One weight that can be changed."""

    #: ``member`` or ``member:class``
    name: str
    member: Group | Item
    group: Group
    #: class of units that it is for; empty: all
    of_class: str
    weight: float


def fields_of(scheme: Scheme) -> Iterator[WeightField]:
    """Every weight that the scheme itself gives; those from the data have no field."""
    for group in scheme.groups():
        if group.weighting != "given":
            continue
        for member in group.members:
            if member.by_class:
                for name, weight in member.by_class.items():
                    yield WeightField(f"{member.id}:{name}", member, group, name, weight)
            else:
                yield WeightField(member.id, member, group, "", member.weight)


def changed_weights(
    scheme: Scheme, sent: Mapping[str, str]
) -> tuple[dict[str, tuple[float, float]], list[Refusal]]:
    """Field → (weight of the scheme, weight wanted) where they differ, and what is no weight."""
    found, faults = {}, []
    for one in fields_of(scheme):
        text = sent.get(one.name, "").strip()
        if not text:
            continue
        try:
            weight = float(text)
        except ValueError:
            weight = math.nan
        if not 0 <= weight <= 1e6:
            faults.append(
                Refusal(
                    "no_weight",
                    gapped(
                        _("%(name)s: “%(text)s” is no weight."),
                        name=named(one.member.name),
                        text=text[:20],
                    ),
                    _("Write a figure from 0 up."),
                    place=one.name,
                )
            )
        elif weight != one.weight:
            found[one.name] = (one.weight, weight)
    return found, faults


def reweighted(scheme: Scheme, changes: Mapping[str, tuple[float, float]]) -> Scheme:
    """The scheme under the changed weights."""
    after = {name: pair[1] for name, pair in changes.items()}
    return replace(scheme, root=_group(scheme.root, after))


def _group(group: Group, after: Mapping[str, float]) -> Group:
    members = tuple(
        _with_weights(_group(one, after), after)
        if isinstance(one, Group)
        else _with_weights(one, after)
        for one in group.members
    )
    return replace(group, members=members)


def _with_weights(member: _Member, after: Mapping[str, float]) -> _Member:
    by_class = {
        name: after.get(f"{member.id}:{name}", weight) for name, weight in member.by_class.items()
    }
    return replace(member, weight=after.get(member.id, member.weight), by_class=by_class)
