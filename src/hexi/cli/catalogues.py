"""The policy pack a command works with (政策数据包): ``--pack``, checked as it is loaded."""

from __future__ import annotations

from hexi.catalogue import Pack, PackError, load_pack
from hexi.cli.arguments import Parser
from hexi.cli.exits import Refusal
from hexi.cli.language import Words

__all__ = ["DEFAULT_PACK", "add_pack", "load_catalogue"]

DEFAULT_PACK = "gansu"


def add_pack(parser: Parser, words: Words) -> None:
    """The option that names a pack."""
    parser.add_argument(
        "--pack",
        default=DEFAULT_PACK,
        metavar=words("数据包", "PACK"),
        help=words(
            "政策数据包的名称或文件夹（默认 gansu）", "name or folder of the policy pack (gansu)"
        ),
    )


def load_catalogue(pack: str) -> Pack:
    """Load the pack, or refuse with its first fault and the number of the others."""
    try:
        return load_pack(pack)
    except PackError as error:
        first = error.faults[0]
        more = len(error.faults) - 1
        raise Refusal(
            f"数据包 {pack}：{first.sentence('zh')}" + (f"（另有 {more} 处）。" if more else "。"),
            f"pack {pack}: {first.sentence('en')}" + (f" (and {more} more)." if more else "."),
            f"用 hexi pack check {pack} 看全部。",
            f"See all with hexi pack check {pack}.",
        ) from error
