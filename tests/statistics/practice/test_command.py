"""The command ``hexi practice`` (演练命令)."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from hexi.cli import practice
from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.warehouse import Warehouse


def options(*given: str) -> Namespace:
    parser = Parser(Words(), "hexi practice")
    practice.arguments(parser, Words())
    return parser.parse_args(list(given))


def test_a_practice_warehouse_is_made_by_one_command(tmp_path: Path) -> None:
    root = tmp_path / "practice"
    assert practice.run(options("make", str(root), "--facts", "20000"), Words()) is Exit.FINE
    assert Warehouse.open(root).verify() == []


def test_a_folder_that_does_not_say_practice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="named practice"):
        practice.run(options("make", str(tmp_path / "data")), Words())


@pytest.mark.parametrize("given", [("--facts", "5"), ("--training-months", "13")])
def test_sizes_that_make_no_sense_are_refused(tmp_path: Path, given: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="must lie between"):
        practice.run(options("make", str(tmp_path / "practice"), *given), Words())


def test_what_is_published_and_what_is_assumed_is_told(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert practice.run(options("show"), Words()) is Exit.FINE
    out = capfdbinary.readouterr().out.decode()
    assert "lz-etdz\tva_ind\t971700.00\t公布\tlz-etdz.va_ind.2015" in out
    assert out.count("假设") == 35 * 5 - 3
