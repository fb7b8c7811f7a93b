"""Schemes of the pack and schemes with mistakes: each is told with its line."""

from __future__ import annotations

import math

import pytest

from hexi.assessment.scheme.checking import check_scheme, check_together, classes_of
from hexi.assessment.scheme.loading import check_schemes, load_schemes, read_scheme
from hexi.assessment.scheme.nouns import (
    Achievement,
    Distance,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    Piecewise,
    Scheme,
    Steps,
)
from hexi.catalogue.faults import Fault
from hexi.catalogue.pack import load_pack
from hexi.catalogue.toml_lines import TomlFile

HEAD = """[scheme]
id = "try"
version = "1"
title = "试"
title_en = "Try"
kind = "parks"
since = 2020
[source]
title = "自拟"
"""
ITEM = """[[item]]
id = "{id}"
name = "{id}"
name_en = "{id}"
weight = {weight}
{more}
"""


def read(text: str) -> tuple[Scheme | None, list[Fault]]:
    toml = TomlFile("schemes/try.toml", text)
    faults: list[Fault] = []
    scheme = read_scheme(toml, faults)
    if scheme is not None and not faults:
        faults = check_scheme(scheme, toml, load_pack("gansu").catalogue)
    return scheme, faults


def item(name: str, weight: float, more: str = "") -> str:
    return ITEM.format(id=name, weight=weight, more=more)


def sound(more: str = "") -> Scheme:
    scheme, faults = read(HEAD + item("a", 60, more) + item("b", 40))
    assert scheme is not None and not faults
    return scheme


def test_schemes_of_the_pack_are_sound() -> None:
    assert check_schemes("gansu") == []
    schemes = load_schemes("gansu")
    assert set(schemes.ids) == {
        "etdz", "bonded", "wanjiang", "gs-zones", "lz-parks", "lz-departments",
    }  # fmt: skip
    for scheme in schemes.every:
        # what nobody published is said in both languages
        assert scheme.assumed and all(scheme.assumed_en)


def test_published_figures_stand_in_the_schemes() -> None:
    schemes = load_schemes("gansu")
    new = schemes.in_force("etdz", 2022)
    assert {group.id: group.weight for group in new.groups() if group is not new.root} == {
        "opening": 30, "innovation": 15, "green": 15, "balance": 10, "quality": 30,
    }  # fmt: skip
    old = schemes.in_force("etdz", 2019)
    assert old.version == "2016"
    assert len(tuple(old.groups())) == 6 and len(tuple(old.items())) == 53
    for region in classes_of(old):
        weights = {one.id: one.by_class[region] for one in old.groups() if one is not old.root}
        assert max(weights, key=weights.__getitem__) == "innovation"
    bonded = schemes.in_force("bonded", 2020)
    assert [len(group.members) for group in bonded.groups()][1:4] == [10, 8, 3]
    assert len(tuple(bonded.items())) == 27
    wanjiang = schemes.in_force("wanjiang", 2012)
    columns = [group for group in wanjiang.groups() if group is not wanjiang.root]
    assert [math.fsum(one.weight for one in group.members) for group in columns] == [100, 100]
    assert [len(group.members) for group in columns] == [11, 20]
    zones = schemes.in_force("gs-zones", 2022)
    assert len(classes_of(zones)) == 5


def test_a_year_has_one_version() -> None:
    schemes = load_schemes("gansu")
    assert schemes.in_force("etdz", 2020).version == "2016"
    assert schemes.in_force("etdz", 2021).version == "2021"
    with pytest.raises(KeyError):
        schemes.in_force("bonded", 2024)


def test_every_scoring_can_be_written() -> None:
    written = {
        'scoring = { method = "minmax", floor = 60 }': MinMax(60, 100),
        'scoring = { method = "minmax", low = 0, high = 5 }': MinMax(0, 100, 0, 5),
        'scoring = { method = "distance", to = "frontier", top = 3 }': Distance(
            "frontier", None, 3
        ),
        'scoring = { method = "distance", to = "target", target = 9 }': Distance("target", 9),
        'scoring = { method = "achievement", most = 120 }': Achievement(120),
        'scoring = { method = "level_and_growth", level = 0.6 }': LevelAndGrowth(0.6),
        'scoring = { method = "log" }': Logarithm(),
        'scoring = { method = "piecewise", points = [[0, 0], [9, 100]] }': Piecewise(
            ((0, 0), (9, 100))
        ),
        'scoring = { method = "steps", steps = [[90, 60], [95, 100]] }': Steps(
            ((90, 60), (95, 100))
        ),
    }
    for text, expected in written.items():
        assert next(sound(text).items()).scoring == expected


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (HEAD + item("a", 60) + item("b", 30), 1, "scheme.total"),
        (HEAD + item("a", 60) + item("a", 40), 17, "item.1.id"),
        (HEAD + item("a", 100, 'indicator = "no-such"'), 15, "item.0.indicator"),
        (HEAD + item("a", 100, 'indicator = "gdp"\nunit = "公里"'), 16, "item.0.unit"),
        (HEAD + item("a", 100, 'per = "b"'), 15, "item.0.per"),
        (HEAD + item("a", 100, 'parent = "nowhere"'), 15, "item.0.parent"),
        (HEAD + item("a", 100, "wieght = 3"), 15, "item.0.wieght"),
        (HEAD + item("a", 100, 'weights = { "东部" = 100 }'), 1, "scheme.class_by"),
        (HEAD + item("a", 100, 'scoring = { method = "magic" }'), 15, "item.0.scoring.method"),
        (
            HEAD + item("a", 100, 'scoring = { method = "steps", steps = [[5, 1], [3, 2]] }'),
            15,
            "item.0.scoring.steps",
        ),
        (HEAD + item("a", -1), 14, "item.0.weight"),
        (HEAD + '[[items]]\nid = "a"\n', 10, "items"),
    ],
)
def test_a_mistake_is_told_with_line_and_key(text: str, line: int, key: str) -> None:
    _, faults = read(text)
    assert (line, key) in [(fault.line, fault.key) for fault in faults]
    assert all(fault.expected and fault.expected_en for fault in faults)


def test_two_schemes_for_one_year() -> None:
    first = TomlFile("schemes/one.toml", HEAD + item("a", 100))
    second = TomlFile(
        "schemes/two.toml",
        HEAD.replace('version = "1"', 'version = "2"').replace("2020", "2022") + item("a", 100),
    )
    read_both = [(toml, read_scheme(toml, [])) for toml in (first, second)]
    faults = check_together([(toml, scheme) for toml, scheme in read_both if scheme])
    assert [(fault.file, fault.key) for fault in faults] == [("schemes/two.toml", "scheme.since")]


def test_groups_inside_each_other_are_refused() -> None:
    loop = "".join(
        f'[[group]]\nid = "{one}"\nparent = "{other}"\nname = "组"\nname_en = "g"\nweight = 100\n'
        for one, other in (("x", "y"), ("y", "x"))
    )
    scheme, faults = read(HEAD + loop + item("a", 100))
    assert scheme is None
    assert {fault.key for fault in faults} == {"group.0.parent", "group.1.parent"}


def test_judgements_must_be_a_reciprocal_matrix() -> None:
    head = HEAD.replace("since = 2020", 'since = 2020\nweighting = "ahp"\njudgements = {}')
    two = item("a", 1) + item("b", 1)
    assert not read(head.format("[[1, 3], [0.3333, 1]]") + two)[1]
    for wrong in ("[[1, 3], [3, 1]]", "[[1, 3]]", "[[1, -3], [-0.3333, 1]]"):
        assert [fault.key for fault in read(head.format(wrong) + two)[1]] == ["scheme.judgements"]
