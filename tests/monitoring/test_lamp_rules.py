"""Rules of lamps and warnings: dated, complete, and refused with every fault where they are not."""

import shutil
from datetime import date

import pytest

from hexi.catalogue import PackError
from hexi.catalogue.pack import pack_path
from hexi.monitoring.lamps import load_rules


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(pack_path("gansu") / "monitoring", tmp_path / "monitoring")
    return tmp_path


def change(pack, file, old, new, count=-1):
    path = pack / "monitoring" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def faults(pack):
    with pytest.raises(PackError) as error:
        load_rules(pack)
    return [(fault.file, fault.key) for fault in error.value.faults]


def test_the_shipped_rules_hold_at_any_day_since_2006():
    rules = load_rules()
    for day in (date(2006, 1, 1), date(2018, 6, 30), date(2040, 1, 1)):
        in_force = rules.on(day)
        assert in_force.lamp(True).nature == "binding"
        assert in_force.lamp(False).nature == "expected"
    with pytest.raises(LookupError, match="1999"):
        rules.on(date(1999, 1, 1))


def test_every_rule_says_where_it_comes_from():
    rules = load_rules()
    for group in (rules.lamps, rules.grades, rules.stalling, rules.turning, rules.vintages):
        for rule in group:
            assert rule.source
            assert rule.note
            assert rule.note_en


def test_a_new_rule_follows_the_old_one_from_its_day(pack):
    path = pack / "monitoring" / "grades.toml"
    old = path.read_text(encoding="utf-8")
    new = old.split("\n\n", 1)[1].replace('"grade-1"', '"grade-2"').replace("= 0.1", "= 0.05")
    new = new.replace('since = "2006-01-01"', 'since = "2026-01-01"')
    path.write_text(old.replace('until = ""', 'until = "2026-01-01"') + "\n" + new)
    rules = load_rules(pack)
    assert rules.on(date(2025, 12, 31)).grade.ahead == 0.1
    assert rules.on(date(2026, 1, 1)).grade.ahead == 0.05


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("lamps.toml", "red_below = 0.2", "red_below = 20", "lamp.0.red_below"),
        ("lamps.toml", "red_below = 0.2", 'red_below = "低"', "lamp.0.red_below"),
        ("lamps.toml", "red_below = 0.2", "red_below = 0.79", "lamp.0.green_above"),
        ("lamps.toml", 'nature = "binding"', 'nature = "strict"', "lamp.0.nature"),
        ("lamps.toml", "width = 0.03\n", "", "lamp.0.width"),
        ("lamps.toml", "width = 0.03\n", "width = 0.03\nwidht = 1\n", "lamp.0.widht"),
        ("lamps.toml", "monthly = 5 }", "weekly = 5 }", "lamp.0.stale"),
        ("lamps.toml", 'since = "2006-01-01"', 'since = "2006年"', "lamp.0.since"),
        ("lamps.toml", '"lamp-expected-1"', '"lamp-binding-1"', "lamp.id"),
        ("lamps.toml", 'until = ""', 'until = "2020-01-01"', "lamp"),
        ("grades.toml", "[[grade]]", "[[marks]]", "marks"),
        ("grades.toml", "[[grade]]", "[grade]", "grade"),
        ("warnings.toml", "least = 8", "least = -8", "turning.0.least"),
        ("warnings.toml", "grace = 1", "grace = true", "stalling.0.grace"),
        ("warnings.toml", "one = 0.3", "one = 0.0", "concentration.0.one"),
    ],
)
def test_a_fault_in_the_rules_is_named_with_its_place(pack, file, old, new, key):
    change(pack, file, old, new, 1)
    assert (f"monitoring/{file}", key) in faults(pack)


def test_faults_carry_the_line(pack):
    change(pack, "grades.toml", "ahead = 0.1", 'ahead = "十分之一"')
    with pytest.raises(PackError) as error:
        load_rules(pack)
    (fault,) = error.value.faults
    lines = (pack / "monitoring" / "grades.toml").read_text(encoding="utf-8").splitlines()
    assert "十分之一" in lines[fault.line - 1]
    assert "应为数字" in fault.sentence("zh")
    assert "expected a number" in fault.sentence("en")


def test_a_missing_file_is_a_fault(pack):
    (pack / "monitoring" / "vintages.toml").unlink()
    assert faults(pack) == [("monitoring/vintages.toml", "")]


def test_revisions_have_the_day_they_were_known(pack):
    assert load_rules(pack).known["revised-5th-census"] == date(2025, 1, 1)
