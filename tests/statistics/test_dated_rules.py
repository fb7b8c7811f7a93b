"""Dated rules of the pack (分期适用的规则): confidentiality and the least number of peers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hexi.catalogue.faults import Fault
from hexi.catalogue.pack import pack_path
from hexi.statistics.checking.peer_rules import check_peers, fewest_peers
from hexi.statistics.disclosure import Dominance, Rule, check_disclosure, disclosure_rule

DISCLOSURE = """[[disclosure]]
id = "a"
since = "2006-01"
until = "2026-01"
enterprises = 3
percent = 10
source = "甲"

[[disclosure]]
id = "b"
since = "2026-01"
enterprises = 5
percent = 15
least = 2
insiders = false
source = "乙"

[disclosure.dominance]
largest = 2
percent = 85
"""
PEERS = '[[peers]]\nid = "p"\nsince = "2006-01"\nfewest = 12\nsource = "丙"\n'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(pack_path("gansu"), tmp_path / "pack")
    return tmp_path / "pack"


def test_the_pack_of_gansu_holds_what_the_office_has_set() -> None:
    assert disclosure_rule("gansu", 202610) == Rule(enterprises=3, percent=10)
    assert fewest_peers("gansu", 202610) == 10
    assert check_disclosure("gansu") == check_peers("gansu") == []


def test_each_month_has_its_rule(pack: Path) -> None:
    (pack / "disclosure.toml").write_text(DISCLOSURE, encoding="utf-8")
    assert disclosure_rule(pack, 202512) == Rule(enterprises=3, percent=10)
    assert disclosure_rule(pack, 202601) == Rule(5, 15, Dominance(2, 85), 2, insiders=False)
    (pack / "peers.toml").write_text(PEERS, encoding="utf-8")
    assert fewest_peers(pack, 202601) == 12


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("enterprises = 3", "enterprises = 0", 5, "disclosure.0.enterprises"),
        ("percent = 15", 'percent = "15"', 13, "disclosure.1.percent"),
        ('until = "2026-01"', 'until = "2025-06"', 4, "disclosure.0.until"),
        ('until = "2026-01"\n', "", 1, "disclosure.0.until"),
        ('since = "2026-01"', 'since = "2026-1"', 11, "disclosure.1.since"),
        ('source = "甲"', 'sauce = "甲"', 7, "disclosure.0.sauce"),
        ("largest = 2", "largest = 3", 19, "disclosure.1.dominance.largest"),
        ("insiders = false", 'until = "2030-01"', 15, "disclosure.1.until"),
    ],
)
def test_a_fault_is_told_by_file_line_and_key(
    old: str, new: str, line: int, key: str, pack: Path
) -> None:
    (pack / "disclosure.toml").write_text(DISCLOSURE.replace(old, new, 1), encoding="utf-8")
    faults = check_disclosure(pack)
    assert ("disclosure.toml", line, key) in {(f.file, f.line, f.key) for f in faults}


@pytest.mark.parametrize(
    ("check", "file", "text"),
    [
        (check_disclosure, "disclosure.toml", ""),
        (check_disclosure, "disclosure.toml", "[[rule]]\n"),
        (check_disclosure, "disclosure.toml", "disclosure = 3\n"),
        (check_peers, "peers.toml", PEERS.replace("12", "2")),
        (check_peers, "peers.toml", "[[peers"),
    ],
)
def test_what_is_no_rule_is_told(
    check: Callable[[Path], list[Fault]], file: str, text: str, pack: Path
) -> None:
    (pack / file).write_text(text, encoding="utf-8")
    assert {fault.file for fault in check(pack)} == {file}
    (pack / file).unlink()
    assert [fault.found for fault in check(pack)] == ["缺少此文件"]
