"""Bad input: one message that names the file and says what to do, never a traceback, nothing
half-written."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.cli import main
from tests.writers.pdf import PdfFile
from tests.writers.plan import plan_docx, plan_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def bomb() -> bytes:
    """A small package that unfolds to hundreds of megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(io.BytesIO(plan_docx())) as good:
            for name in good.namelist():
                if name != "word/document.xml":
                    package.writestr(name, good.read(name))
        with package.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return packed.getvalue()


def entities() -> bytes:
    """A package whose text asks for a file of this machine."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plan_docx())) as good,
        zipfile.ZipFile(packed, "w") as package,
    ):
        for name in good.namelist():
            data = good.read(name)
            if name == "word/document.xml":
                head = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                mark = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
                data = data[:mark] + head + data[mark:]
            package.writestr(name, data)
    return packed.getvalue()


def no_text() -> bytes:
    file = PdfFile()
    file.page()
    return file.bytes()


BAD = {
    "empty.docx": b"",
    "broken.docx": plan_docx()[:-300],
    "program.pdf": b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
    "encrypted.docx": OLE + "EncryptedPackage".encode("utf-16-le"),
    "noise.txt": bytes(range(256)) * 8,
    "bomb.docx": bomb(),
    "entities.docx": entities(),
    "scan.pdf": no_text(),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["read", "audit"])
def test_a_bad_file_is_one_message(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    out = tmp_path / "out"
    out.write_text("old")
    form = "jsonl" if command == "read" else "json"
    for language in ("zh", "en"):
        code = main(["--lang", language, command, str(path), "--format", form, "--out", str(out)])
        shown = capsys.readouterr()
        assert code == 2
        assert shown.out == ""
        assert shown.err.count("\n") == 1, shown.err
        assert name in shown.err
        assert "Traceback" not in shown.err
        assert "root:" not in shown.err
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == sorted([name, "out"])


def test_a_missing_file_and_a_folder_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "read", str(tmp_path / "没有.docx")]) == 2
    assert "没有.docx：没有这个文件" in capsys.readouterr().err
    assert main(["--lang", "zh", "audit", str(tmp_path)]) == 2
    assert "是文件夹" in capsys.readouterr().err
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    assert main(["--lang", "zh", "read", str(fifo)]) == 2
    assert "从标准输入读" in capsys.readouterr().err


def test_a_faulty_pack_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(plan_text(), encoding="utf-8")
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text("[pack]\nid = 7\n", encoding="utf-8")
    assert main(["--lang", "zh", "read", str(plan), "--pack", str(pack)]) == 2
    shown = capsys.readouterr().err
    assert "indicators.csv" in shown
    assert "hexi pack check" in shown
    assert shown.count("\n") == 1
    assert main(["--lang", "zh", "pack", "check", str(pack)]) == 1
    listed = capsys.readouterr().err
    assert listed.count("\n") > 1
    assert "pack.toml:2" in listed
    assert main(["--lang", "zh", "pack", "check", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err


def test_a_result_that_cannot_be_written_has_its_own_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(plan_text(), encoding="utf-8")
    out = str(tmp_path / "none" / "out.csv")
    assert main(["--lang", "zh", "read", str(plan), "--format", "csv", "--out", out]) == 3
    assert "写不了" in capsys.readouterr().err


def test_a_result_never_takes_the_place_of_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, link = tmp_path / "plan.txt", tmp_path / "link.txt"
    plan.write_text(plan_text(), encoding="utf-8")
    link.symlink_to(plan)
    for command in ("read", "audit"):
        for out in (plan, link):
            assert main(["--lang", "zh", command, str(plan), "--out", str(out)]) == 2
            assert "就是要读的文件" in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == plan_text()


def test_a_file_name_that_is_not_utf8_does_no_harm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.txt"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(plan_text())
    assert main(["read", path, "--format", "jsonl"]) == 0
    assert '"doc": "??"' in capsys.readouterr().out
    assert main(["--lang", "zh", "read", path + "x"]) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode()))
def test_whatever_the_bytes_the_answer_is_a_result_or_one_message(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "any.bin"
    path.write_bytes(data)
    code = main(["audit", str(path), "--format", "json"])
    shown = capsys.readouterr()
    assert code in (0, 1, 2)
    assert (code == 2) == (shown.out == "")
    assert "HEXI_DEBUG" not in shown.err
