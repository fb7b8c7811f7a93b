"""OC4IDS packages (公开项目数据包): valid, with what is known and nothing that is not.

The schema beside this file was written afresh from the schema and code lists of OC4IDS 0.9.5,
for the fields that are written here. It is as strict as they are, allows no other fields and takes
open lists for closed ones, so that nothing of ours passes unseen.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.projects.stage_loading import load_stages
from hexi.reports.oc4ids import OpenMilestone, OpenProject, package, render, sectors

SCHEMA = json.loads(Path(__file__).with_name("oc4ids_schema.json").read_text(encoding="utf-8"))
FULL = OpenProject(
    id="XM20260000001",
    title="年产5万吨高端铝箔项目",
    description="建设铝箔生产线4条",
    status="implementation",
    type="construction",
    industry="3252",
    industry_name="有色金属压延加工",
    place="620105",
    place_name="安宁区",
    point=(103.72, 36.1),
    total=1_200_000_000,
    identifiers=[("CN-NDRC-PROJECT", "2401-620105-04-01-123456")],
    parties=[("publicAuthority", "安宁园区"), ("funder", "河西铝业股份有限公司")],
    start=date(2026, 3, 20),
    end=date(2027, 12, 31),
    completed=None,
    milestones=[
        OpenMilestone("started", "开工", "delivery", date(2026, 3, 1), date(2026, 3, 20)),
        OpenMilestone("completed", "竣工", "delivery", date(2027, 12, 31), None),
    ],
    updated=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
)
BARE = replace(
    FULL, description="", type="", industry="", industry_name="", place="", place_name="",
    point=None, total=None, identifiers=[("CN-NDRC-PROJECT", "")], parties=[], start=None,
    end=None, milestones=[],
)  # fmt: skip


def made(*projects: OpenProject, prefix: str = "") -> dict[str, Any]:
    uri = "https://hexi.example/projects/oc4ids.json"
    return package(projects, uri=uri, publisher="甘肃省", prefix=prefix)


def check(found: dict[str, Any]) -> None:
    """Against the schema, and what it cannot say: unique ids, references, parents of sectors."""
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(found)
    assert unique(found["projects"])
    for one in found["projects"]:
        parties = one.get("parties", [])
        assert all(unique(one.get(key, [])) for key in ("parties", "milestones", "locations"))
        assert len({party["name"] for party in parties}) == len(parties)
        if authority := one.get("publicAuthority"):
            held = {"id": authority["id"], "name": authority["name"]}
            assert any(held.items() <= party.items() for party in parties)
        sector = one.get("sector", [])
        assert all(code.split(".")[0] in sector for code in sector)
        assert all(("dateMet" in x) == (x["status"] == "met") for x in one.get("milestones", []))


def unique(rows: list[dict[str, Any]]) -> bool:
    return len({row["id"] for row in rows}) == len(rows)


def test_a_full_project_is_valid_and_says_what_is_known() -> None:
    found = made(FULL)
    check(found)
    (project,) = found["projects"]
    assert project["budget"] == {"amount": {"amount": 1_200_000_000, "currency": "CNY"}}
    assert project["locations"][0]["geometry"]["coordinates"] == [103.72, 36.1]
    assert [stone["status"] for stone in project["milestones"]] == ["met", "scheduled"]
    assert project["period"]["startDate"] == "2026-03-20T00:00:00Z"
    assert found["publishedDate"] == "2026-11-20T09:00:00Z"
    assert json.loads(render(found)) == found


def test_what_is_not_known_is_not_written() -> None:
    found = made(BARE)
    check(found)
    assert set(found["projects"][0]) == {"id", "updated", "language", "title", "status"}


def test_blanks_say_nothing() -> None:
    blank = replace(FULL, description=" \n", place="", place_name="\u3000", point=None)
    found = made(blank)
    check(found)
    assert not {"description", "locations"} & set(found["projects"][0])


def test_texts_are_chinese_as_they_stand() -> None:
    """The standard takes what says nothing of its language for English."""
    (project,) = made(FULL)["projects"]
    assert project["language"] == "zh"


def test_who_has_two_roles_is_one_party() -> None:
    found = made(replace(FULL, parties=[("publicAuthority", "安宁园区"), ("funder", "安宁园区 ")]))
    check(found)
    (project,) = found["projects"]
    (party,) = project["parties"]
    assert party["roles"] == ["publicAuthority", "funder"]
    assert project["publicAuthority"] == {"id": party["id"], "name": "安宁园区"}


def test_a_registered_prefix_stands_before_each_number() -> None:
    found = made(FULL, prefix="oc4ids-a1b2c3")
    check(found)
    assert found["projects"][0]["id"] == "oc4ids-a1b2c3-XM20260000001"


def test_a_package_without_a_project_is_none() -> None:
    with pytest.raises(ValueError, match="at least one"):
        made()


def test_the_schema_refuses_what_the_standard_does_not_know() -> None:
    wrong: list[dict[str, Any]] = [
        {"status": "started"}, {"title": ""}, {"steward": "李管家"}, {"sector": ["industry"]},
        {"title": " "}, {"type": "new"}, {"budget": {}}, {"parties": []}, {"language": "cn"},
        {"status": "completed"}, {"updated": "2026-11-20"}, {"period": {"startDate": "2026-03"}},
        {"milestones": [{"id": "a", "status": "late"}]},
        {"locations": [{"id": "a", "geometry": {"type": "Point", "coordinates": [36.1, 103.7]}}]},
    ]  # fmt: skip
    for fields in wrong:
        found = made(FULL)
        found["projects"][0].update(fields)
        with pytest.raises(jsonschema.ValidationError):
            check(found)


@pytest.mark.parametrize(
    ("industry", "found"),
    [
        ("4416", ["energy", "energy.solar"]),
        ("4411", ["energy"]),
        ("5412", ["transport", "transport.road"]),
        ("4610", ["waterAndWaste"]),
        ("3252", ["economy"]),
        ("", []),
    ],
)
def test_sectors_follow_the_industry(industry: str, found: list[str]) -> None:
    assert sectors(industry) == found


def test_every_stage_and_kind_of_the_pack_has_a_code_of_the_standard() -> None:
    book = load_stages("gansu")
    for stage in book.stages:
        for kind in book.kinds.values():
            resumed = "construction" if book.stages[stage].halts else ""
            status = book.oc4ids(stage, resumed)
            check(made(replace(FULL, status=status, type=kind.oc4ids)))


text = st.text(max_size=20)
day = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1))


@given(
    text, text, day, day, st.none() | st.integers(0, 10**15), st.sampled_from(["", "3252", "44"])
)
def test_any_project_is_valid(
    title: str, place: str, start: date | None, end: date | None, total: int | None, code: str
) -> None:
    check(
        made(
            replace(
                FULL,
                title=title,
                place_name=place,
                start=start,
                end=end,
                total=total,
                industry=code,
            )
        )
    )
