"""A result file appears whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexi.cli.exits import Exit, Refusal
from hexi.cli.output import deliver


def failing() -> Iterator[bytes]:
    yield b"half"
    raise Refusal("坏", "bad", "", "")


def test_a_file_is_written_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    deliver([b"one\n", b"two\n"], str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_bytes() == b"one\ntwo\n"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_failed_command_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_bytes(b"old")
    with pytest.raises(Refusal):
        deliver(failing(), str(target))
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    link.symlink_to(real)
    deliver([b"new"], str(link))
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_the_mode_of_an_old_file_stays_and_a_new_one_follows_the_mask(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes(b"")
    old.chmod(0o640)
    deliver([b"x"], str(old))
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        deliver([b"x"], str(tmp_path / "new.txt"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        deliver([b"x"], str(tmp_path / "none" / "out.txt"))
    assert "none" in caught.value.wrong
    assert caught.value.exit_code is Exit.OUTPUT
