"""The ``hexi`` command: finds the command that was named, runs it, answers for its failures."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

import hexi
from hexi.cli.arguments import Parser, add_common
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words, choose
from hexi.cli.notices import complain, notice

__all__ = ["main"]


class Command(Protocol):
    """What the module of a command offers."""

    def arguments(self, parser: Parser, words: Words) -> None: ...

    def run(self, options: Namespace, words: Words) -> Exit: ...


#: the commands, in the order of a plan's life: (name, what it does)
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("up", "启动平台并打开首页地址", "start the portal"),
    ("read", "读出文件中的每个数量陈述", "list every quantitative statement of a file"),
    ("audit", "核算文件中的数字是否自洽", "check the arithmetic of a plan"),
    ("plan", "规划入库、列出、查看、导出", "import, list, show and export plans"),
    ("evaluate", "编写规划的年度、中期、总结评估报告", "write a plan's evaluation report"),
    ("monitor", "查看规划目标的进度、达标概率和亮灯", "show where a plan's targets stand"),
    ("assess", "按考核办法计分、排名、说明得分", "score and rank units by a scheme"),
    ("pack", "检查和说明政策数据包", "check and document policy packs"),
    ("load", "把 csv、xlsx、parquet 数据装入数据仓库", "load figures into the warehouse"),
    ("ls", "列出数据仓库的报表、时期和快照", "list what the warehouse holds"),
    ("show", "查看数据、历次数值、修订和变动原因", "show facts, history, revisions, differences"),
    ("verify", "校验数据文件是否完好", "verify that no file was torn or altered"),
    ("vacuum", "清理无用的数据文件", "remove files that no snapshot names"),
    ("practice", "生成演练数据（合成，非真实）", "make practice data, synthetic"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; never shows a traceback unless ``HEXI_DEBUG`` is set."""
    # more threads for a product of matrices wait and burn, and gain nothing
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = list(sys.argv[1:] if argv is None else argv)
    words = choose(arguments, os.environ)
    try:
        return int(_dispatch(arguments, words))
    except Refusal as refusal:
        complain(refusal, words)
        return int(refusal.exit_code)
    except BrokenPipeError:
        # the reader (head, less) has seen enough; keep the interpreter's own flush quiet
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.FINE)
    except KeyboardInterrupt:
        notice(words("已中止。", "stopped."))
        return int(Exit.STOPPED)
    except MemoryError:
        notice(
            words(
                "内存不足，未完成。请拆分文件后再试。",
                "out of memory; not finished. Split the file and try again.",
            )
        )
        return int(Exit.INPUT)
    except Exception as error:  # noqa: BLE001 - the last door before the user
        return int(_own_fault(error, words))


def _dispatch(arguments: list[str], words: Words) -> Exit:
    parser = Parser(
        words,
        "hexi",
        words(
            "河西：读规划，核数字，看目标是否兑现。",
            "Hexi: reads plans, audits their figures, shows whether targets are kept.",
        ),
        words(
            "退出码：0 无事；1 有问题待核；2 命令或输入有误；3 写不出结果；4 平台不可用。",
            "Exit codes: 0 fine; 1 findings; 2 wrong command or input; 3 result not written;"
            " 4 portal not usable.",
        ),
    )
    add_common(parser, words)
    parser.add_argument(
        "--version",
        action="version",
        version=f"hexi {hexi.__version__}",
        help=words("显示版本", "show the version"),
    )
    places = parser.places("command", words("命令", "commands"))
    named = _named_command(arguments)
    command: Command | None = None
    for name, zh, en in COMMANDS:
        place = places.add_parser(name, help=words(zh, en), description=words(zh, en))
        add_common(place, words)
        if name == named:
            command = cast(Command, import_module(f"hexi.cli.{name}"))
            command.arguments(place, words)
    options = parser.parse_args(arguments)
    if command is None:
        parser.print_help()
        return Exit.FINE if not arguments else Exit.INPUT
    return command.run(options, words)


def _named_command(arguments: list[str]) -> str:
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == "--lang":
            skip = True
        elif not argument.startswith("-"):
            return argument
    return ""


def _own_fault(error: Exception, words: Words) -> Exit:
    if os.environ.get("HEXI_DEBUG", "").lower() in ("1", "on", "true", "yes"):
        traceback.print_exception(error)
    fault = Refusal(
        f"程序内部出错（{type(error).__name__}：{error}）。",
        f"internal error ({type(error).__name__}: {error}).",
        "请带上文件和命令报告此错；设 HEXI_DEBUG=1 可见详情。",
        "Please report it with the file and the command; HEXI_DEBUG=1 shows details.",
        Exit.INTERNAL,
    )
    complain(fault, words)
    return fault.exit_code
