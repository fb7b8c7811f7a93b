"""Reading the command's own words (参数解析): argparse, speaking the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, cast

from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import LANGUAGES, Words

__all__ = ["Parser", "Places", "add_common", "add_reading"]

if TYPE_CHECKING:
    #: where the sub-commands of a command are entered
    Places = argparse._SubParsersAction["Parser"]
else:
    Places = argparse._SubParsersAction

#: argparse says these in English only: (its pattern, ours in Chinese)
_COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"^the following arguments are required: (.+)$", r"缺少参数：\1"),
    (r"^unrecognized arguments: (.+)$", r"不认识的参数：\1"),
    (r"invalid choice: ('?[^' ]+'?) \((?:choose from|maybe) (.+)\)$", r"不能是 \1，可选：\2"),
    (r"invalid (?:\w+) value: (.+)$", r"取值有误：\1"),
    (r"expected one argument$", "后面缺少一个值"),
    (r"expected at least one argument$", "后面至少要有一个值"),
    (r"ignored explicit argument (.+)$", r"不接受值 \1"),
    (r"not allowed with argument (.+)$", r"不能与 \1 同用"),
    (r"ambiguous option: (\S+) could match (.+)$", r"\1 含义不明，可能是：\2"),
    (r"^argument ([^:]+): ", r"参数 \1："),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    words = Words()

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        if prefix is None:
            prefix = self.words("用法：", "usage: ")
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """A parser that refuses with one message in the reader's language."""

    def __init__(self, words: Words, prog: str, description: str = "", epilog: str = "") -> None:
        formatter: Any = type("Formatter", (_Formatter,), {"words": words})
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=formatter,
        )
        self.words = words
        self._positionals.title = words("参数", "arguments")
        self._optionals.title = words("选项", "options")
        self.add_argument(
            "-h", "--help", action="help", help=words("显示帮助", "show this help and leave")
        )

    def places(self, dest: str, metavar: str, *, required: bool = False) -> Places:
        """Room for sub-commands, each a parser of this kind."""
        words = self.words

        def parser(prog: str, description: str = "") -> Parser:
            return Parser(words, prog, description)

        found: Places = cast(Any, self).add_subparsers(
            dest=dest, metavar=metavar, title=metavar, required=required, parser_class=parser
        )
        return found

    def error(self, message: str) -> NoReturn:
        chinese = message
        for pattern, ours in _COMPLAINTS:
            chinese = re.sub(pattern, ours, chinese)
        raise Refusal(
            f"命令行有误：{chinese}。",
            f"wrong command line: {message}.",
            f"用 {self.prog} --help 看用法。",
            f"See {self.prog} --help.",
            Exit.INPUT,
        )


def add_common(parser: argparse.ArgumentParser, words: Words) -> None:
    """Options that every command takes."""
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help=words("界面语言；也可用环境变量 HEXI_LANG", "language; HEXI_LANG does the same"),
    )


def add_reading(parser: argparse.ArgumentParser, words: Words) -> None:
    """Options of every command that reads documents and writes what it found."""
    parser.add_argument(
        "--out",
        metavar=words("文件", "FILE"),
        help=words("写入文件，写成才替换", "write to a file, replaced only when complete"),
    )
    parser.add_argument(
        "--ocr", action="store_true", help=words("扫描件用文字识别", "recognise the text of scans")
    )
    parser.add_argument(
        "--progress", action="store_true", help=words("总是显示进度", "always show progress")
    )
