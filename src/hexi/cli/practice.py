"""``hexi practice`` (演练数据): make a practice warehouse, or say what its figures rest on."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from hexi.catalogue import PackError, load_pack
from hexi.cli.arguments import Parser, add_common
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.output import deliver
from hexi.cli.progress import Progress
from hexi.statistics.practice import Anchors, PracticeError, Wanted, find_anchors, make_practice

__all__ = ["arguments", "run"]

_PACK = "gansu"
_LEAST, _MOST = 10_000, 400_000_000


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi practice``."""
    acts = parser.places("act", words("操作", "ACT"), required=True)
    make = acts.add_parser(
        "make",
        help=words("生成演练数据仓库", "make a practice warehouse"),
        description=words(
            "生成合成企业的报表数据，各开发区合计等于2015年公布数；与真实数据完全分开。",
            "Make returns of synthetic enterprises whose sums are the zones' published figures of"
            " 2015, apart from all real data.",
        ),
    )
    add_common(make, words)
    make.add_argument(
        "folder",
        metavar=words("文件夹", "FOLDER"),
        help=words("新文件夹，名称须含 practice 或“演练”", "a new folder named practice"),
    )
    make.add_argument(
        "--facts",
        type=int,
        default=1_000_000,
        metavar=words("数量", "NUMBER"),
        help=words("大约多少条数据（默认 1000000）", "about so many facts (1000000)"),
    )
    make.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar=words("种子", "SEED"),
        help=words("同一种子生成同样的数据（默认 1）", "the same seed makes the same data (1)"),
    )
    make.add_argument(
        "--training-months",
        type=int,
        default=3,
        metavar=words("月数", "MONTHS"),
        help=words(
            "最后几个月的首次上报含迟报和差错（默认 3）",
            "last months whose first vintage has late returns and errors (3)",
        ),
    )
    make.add_argument(
        "--progress", action="store_true", help=words("总是显示进度", "always show progress")
    )
    show = acts.add_parser(
        "show",
        help=words("说明所依据的公布数和假设", "say what is published and what is assumed"),
        description=words("说明所依据的公布数和假设。", "What is published and what is assumed."),
    )
    add_common(show, words)


def run(options: Namespace, words: Words) -> Exit:
    """Do the named act."""
    try:
        if options.act == "show":
            deliver([_basis(find_anchors(load_pack(_PACK)), words).encode()], None)
            return Exit.FINE
        return _make(options, words)
    except PracticeError as error:
        raise Refusal(
            f"{error.message}。",
            f"{error}.",
            "请换一个新的文件夹，例如 practice-2015。",
            "Use a new folder, such as practice-2015.",
        ) from error
    except PackError as error:
        raise Refusal(
            f"数据包有错：{error}。",
            f"the pack is faulty: {error}.",
            "hexi pack check",
            "hexi pack check",
        ) from error


def _make(options: Namespace, words: Words) -> Exit:
    if not _LEAST <= options.facts <= _MOST or not 0 <= options.training_months <= 12:
        raise Refusal(
            f"数据量应在 {_LEAST} 到 {_MOST} 之间，差错月数在 0 到 12 之间。",
            f"facts must lie between {_LEAST} and {_MOST}, training months between 0 and 12.",
            "请改 --facts 或 --training-months。",
            "Change --facts or --training-months.",
        )
    wanted = Wanted(options.facts, options.seed, options.training_months, _PACK)
    progress: list[Progress] = []

    def echo(done: int, steps: int) -> None:
        if not progress:
            progress.append(Progress(steps, words, forced=options.progress))
        progress[0].step(words("生成各月数据", "making the months"))
        if done == steps:
            progress[0].close()

    made = make_practice(Path(options.folder), wanted, datetime.now(UTC), echo)
    notice(
        words(
            f"演练数据：{made.enterprises} 家合成企业，{made.months} 个月，{made.facts} 条数据，"
            f"首次上报含 {made.errors} 处差错。数据为合成，不是真实统计数据。",
            f"practice data: {made.enterprises} synthetic enterprises, {made.months} months,"
            f" {made.facts} facts, {made.errors} errors in the first vintage. Synthetic, not real.",
        )
    )
    return Exit.FINE


def _basis(anchors: Anchors, words: Words) -> str:
    """Tab-separated: zone, indicator, amount in 万元, published or assumed, observation."""
    head = words(
        "开发区\t指标\t万元\t依据\t观测值", "zone\tindicator\t10,000 yuan\tbasis\tobservation"
    )
    published, assumed = (
        words("公布", "published"),
        words("假设（按位次分摊）", "assumed (by rank)"),
    )
    lines = [head]
    for row in anchors.rows:
        amount = f"{row.amount / 100:.2f}"
        basis = published if row.published else assumed
        lines.append(f"{row.zone}\t{row.indicator}\t{amount}\t{basis}\t{row.observation}")
    return "\n".join(lines) + "\n"
