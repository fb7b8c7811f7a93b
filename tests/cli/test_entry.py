"""The command speaks the reader's language, refuses with one line, and starts at once."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.cli import main
from hexi.cli.language import Words, choose
from hexi.cli.progress import Progress


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "HEXI_LANG": "zh"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "HEXI_LANG": "en"}, "en"),
        (["--lang", "en"], {"HEXI_LANG": "zh"}, "en"),
        (["read", "--lang=zh"], {"HEXI_LANG": "en"}, "zh"),
        (["read", "--", "--lang=en"], {}, "zh"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose(arguments, environment).language == language


def test_help_lists_every_command_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for language, words in (("zh", "读出文件中的每个数量陈述"), ("en", "list every quantitative")):
        with pytest.raises(SystemExit) as stop:
            main(["--lang", language, "--help"])
        assert stop.value.code == 0
        shown = capsys.readouterr().out
        assert words in shown
        for command in ("up", "read", "audit", "plan", "pack"):
            assert f"\n    {command} " in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], "不能是 'bogus'"),
        (["read"], "缺少参数"),
        (["read", "x", "--format", "xml"], "不能是 'xml'"),
        (["read", "x", "--bogus"], "不认识的参数：--bogus"),
        (["audit", "x", "--out"], "后面缺少一个值"),
        (["up", "--port", "many"], "取值有误：'many'"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert "--help" in shown.err
    assert shown.err.count("\n") == 1


def test_help_loads_nothing_of_the_engine() -> None:
    code = (
        "import sys, hexi.cli\n"
        "try: hexi.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'lxml', 'pydantic', 'django', 'docx', 'pypdfium2', 'opencc', 'hexi.plans'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("2025年，地区生产总值达到300亿元。\n" * 4000, encoding="utf-8")
    command = f"{sys.executable} -m hexi.cli read {plan} --format jsonl | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.startswith('{"doc": "plan"')
    assert done.stderr == ""


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_silent_at_first_and_in_scripts() -> None:
    now = [0.0]
    screen, pipe = Screen(), io.StringIO()
    shown = Progress(3, Words("zh"), stream=screen, clock=lambda: now[0])
    silent = Progress(3, Words("zh"), stream=pipe, clock=lambda: now[0])
    forced = Progress(3, Words("en"), stream=pipe, forced=True, clock=lambda: now[0])
    for progress in (shown, silent, forced):
        progress.step("a.docx")
    assert screen.getvalue() == pipe.getvalue() == ""
    now[0] = 1.0
    for progress in (shown, silent, forced):
        progress.step("b.docx")
    assert "正在处理 2/3 b.docx" in screen.getvalue()
    assert pipe.getvalue() == "working on 2/3 b.docx\n"
    shown.close()
    assert screen.getvalue().endswith("\r\x1b[K")
