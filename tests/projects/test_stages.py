"""Stages of the pack (项目阶段): what may follow, what a fault in the file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.faults import PackError
from hexi.catalogue.pack import pack_path
from hexi.projects.stage_loading import check_stages, load_stages

BOOK = load_stages("gansu")


def moves(kind: str, stage: str, resume: str = "") -> list[str]:
    return [one.id for one in BOOK.moves(kind, stage, resume)]


def test_each_kind_skips_what_it_may_and_no_more() -> None:
    assert moves("promoted", "lead") == ["reserve", "in_talks", "suspended", "ended"]
    assert moves("promoted", "in_talks") == ["signed", "reserve", "suspended", "ended"]
    assert moves("enterprise", "reserve") == ["approved", "suspended", "ended"]
    assert moves("enterprise", "started") == ["construction", "completed", "suspended", "ended"]
    assert moves("service", "signed")[:2] == ["approved", "started"]
    assert moves("government", "completed") == ["production", "suspended", "ended"]


def test_a_suspended_project_goes_on_where_it_stood_or_ends() -> None:
    assert moves("promoted", "suspended", "construction") == ["construction", "ended"]
    assert moves("promoted", "ended") == []


def test_a_project_of_another_kind_finds_its_way_back() -> None:
    # a government project does not pass "signed": from there it goes on with what comes next
    assert moves("government", "signed")[0] == "approved"


def test_what_a_stage_means_for_figures_and_open_data() -> None:
    assert not BOOK.has_started("approved")
    assert BOOK.has_started("started") and BOOK.has_started("production")
    assert BOOK.has_started("suspended", "construction")
    assert not BOOK.has_started("suspended", "signed")
    assert BOOK.has_completed("production") and not BOOK.has_completed("construction")
    assert BOOK.oc4ids("construction") == "implementation"
    assert BOOK.oc4ids("suspended", "construction") == "implementation"
    assert BOOK.oc4ids("ended") == "cancelled"


def test_names_are_in_both_languages_and_a_lost_id_names_itself() -> None:
    assert (BOOK.label("in_talks"), BOOK.label("in_talks", "en")) == ("在谈", "In talks")
    assert BOOK.label("gone") == "gone"
    assert BOOK.kind_label("renovation") == "技术改造项目"
    assert BOOK.tag_label("3341", "en") == "3341 programme"


@pytest.fixture
def office_pack(tmp_path: Path) -> Path:
    """A copy of the pack's project data that a test may spoil."""
    folder = tmp_path / "projects"
    shutil.copytree(pack_path("gansu") / "projects", folder)
    return tmp_path


def spoil(pack: Path, file: str, old: str, new: str) -> list[str]:
    path = pack / "projects" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_stages(pack)
    return [fault.sentence() for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("stages.toml", 'oc4ids = "cancelled"', 'oc4ids = "gone"', "oc4ids"),
        ("stages.toml", 'group = "building"', 'group = "yard"', "group"),
        ("stages.toml", "halts = true", "ends = true", "halts"),
        ("stages.toml", 'back = ["reserve"]', 'back = ["started"]', "back"),
        ("stages.toml", 'needs = ["investor"]', 'needs = ["pocket"]', "needs"),
        ("stages.toml", 'sets = "actual_start"', 'sets = "stage"', "sets"),
        ("stages.toml", 'id = "reserve"', 'id = "lead"', "id"),
        ("stages.toml", "back_entered_after = 15", "back_entered_after = -1", "back_entered"),
        ("kinds.toml", '"lead", "reserve"', '"reserve", "lead"', "stages"),
        ("kinds.toml", '"completed", "production"]', '"completed", "done"]', "stages"),
        ("kinds.toml", 'skips = ["reserve"', 'skips = ["suspended"', "skips"),
        ("tags.toml", "yearly = true", 'yearly = "yes"', "yearly"),
        ("reasons.toml", 'of = ["ended"]', 'of = ["started"]', "of"),
        ("reasons.toml", 'from = ["talks"', 'from = ["street"', "from"),
        ("sources.toml", "name_en =", "name_fr =", "name_en"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(
    office_pack: Path, file: str, old: str, new: str, said: str
) -> None:
    faults = spoil(office_pack, file, old, new)
    assert any(f"projects/{file}" in fault and said in fault for fault in faults), faults


def test_a_pack_without_projects_has_no_faults(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("", encoding="utf-8")
    assert check_stages(tmp_path) == []
    assert check_stages("gansu") == []
