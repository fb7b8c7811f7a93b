"""Key projects of plans (规划重点项目): those of the documents, and faults of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.faults import PackError
from hexi.catalogue.pack import pack_path
from hexi.projects.plan_projects import check_plan_projects, load_plan_projects


def test_every_plan_that_names_projects_has_them() -> None:
    found = load_plan_projects("gansu")
    assert {plan: len(projects) for plan, projects in found.items()} == {
        "lz-etdz-135": 161, "gs-zones-135": 12, "gs-open-135": 4, "lzna-process-2024": 12,
        "gs-2023": 7,
    }  # fmt: skip
    (copper,) = [p for p in found["lz-etdz-135"] if p.name == "庆丰铝业10万吨铝板锭生产线"]
    assert (copper.industry, copper.unit, copper.section) == ("32", "etdz-hg", "有色冶金")
    assert check_plan_projects("gansu") == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("lz-etdz-135,机场北", "lz-none,机场北", "plan"),
        (",27,etdz-jcb,", ",27,nowhere,", "unit"),
        (",27,etdz-jcb,", ",98,etdz-jcb,", "industry"),
        (",27,etdz-jcb,", ",27,etdz-jcb,很多钱", "investment"),
        ("申联医药兰州分厂", "兰州西部药谷", "name"),
        ("生物医药,兰州西部药谷", "生物医药,", "name"),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path: Path, old: str, new: str, key: str) -> None:
    pack = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), pack)
    path = pack / "projects" / "plan_projects.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_plan_projects(pack)
    assert [(fault.key, fault.line in (2, 3)) for fault in refused.value.faults] == [(key, True)]
