"""``hexi pack`` (政策数据包): check a pack, describe it, list those that are installed."""

from __future__ import annotations

from argparse import Namespace
from importlib.resources import files

from hexi.admission import check_follow_up, check_rulebook
from hexi.assessment.outcomes import check_outcomes
from hexi.assessment.scheme.loading import check_schemes
from hexi.catalogue import check_pack, pack_reference_markdown
from hexi.chains import check_chains
from hexi.cli.arguments import Parser, add_common
from hexi.cli.catalogues import DEFAULT_PACK, add_pack, load_catalogue
from hexi.cli.exits import Exit
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.output import deliver
from hexi.cli.sources import guard_inputs, load, name_sources
from hexi.plans import compile_document
from hexi.plans.figures import figures_csv, figures_of_plan
from hexi.projects.lamps_rules import check_lamps
from hexi.projects.plan_projects import check_plan_projects
from hexi.projects.practice_plan import check_practice
from hexi.projects.stage_loading import check_stages
from hexi.promotion.checking import check_promotion
from hexi.statistics.checking.loading import check_rules
from hexi.statistics.checking.peer_rules import check_peers
from hexi.statistics.disclosure import check_disclosure
from hexi.supervision.loading import check_supervision

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi pack``."""
    acts = parser.places("act", words("操作", "ACT"), required=True)
    for name, zh, en in (
        ("check", "检查数据包，逐条列出错误", "check a pack and list every fault"),
        ("docs", "输出数据包的说明（Markdown）", "describe a pack in Markdown"),
        (
            "figures",
            "摘出规划文件的数字及其位置（数据包的 figures.csv），供人核对",
            "take the figures of a plan document with their places (figures.csv of a pack)",
        ),
        ("list", "列出已安装的数据包", "list the packs that are installed"),
    ):
        act = acts.add_parser(name, help=words(zh, en), description=words(zh, en))
        add_common(act, words)
        if name == "figures":
            _figures_arguments(act, words)
        elif name != "list":
            act.add_argument(
                "pack",
                nargs="?",
                default=DEFAULT_PACK,
                metavar=words("数据包", "PACK"),
                help=words("名称或文件夹（默认 gansu）", "name or folder (gansu)"),
            )
        if name in ("docs", "figures"):
            act.add_argument(
                "--out",
                metavar=words("文件", "FILE"),
                help=words("写入文件，写成才替换", "write to a file, replaced only when complete"),
            )


def _figures_arguments(act: Parser, words: Words) -> None:
    act.add_argument("file", metavar=words("文件", "FILE"), help=words("规划文件", "plan document"))
    act.add_argument(
        "--plan",
        required=True,
        metavar="ID",
        help=words("规划在数据包中的标识", "id of the plan in the pack"),
    )
    add_pack(act, words)


def run(options: Namespace, words: Words) -> Exit:
    """Do the named act."""
    if options.act == "check":
        return _check(options.pack, words)
    if options.act == "docs":
        pack = load_catalogue(options.pack)
        deliver([pack_reference_markdown(pack).encode()], options.out)
        return Exit.FINE
    if options.act == "figures":
        return _figures(options)
    deliver([f"{name}\n".encode() for name in installed_packs()], None)
    return Exit.FINE


def _figures(options: Namespace) -> Exit:
    source = name_sources([options.file])[0]
    guard_inputs([source], options.out)
    catalogue = load_catalogue(options.pack).catalogue
    compiled = compile_document(load(source), catalogue)
    rows = figures_of_plan(compiled, options.plan, catalogue)
    deliver([figures_csv(rows).encode()], options.out)
    return Exit.FINE


def installed_packs() -> list[str]:
    """Names of the packs that come with Hexi."""
    root = files("hexi.packs")
    return sorted(
        entry.name for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("_")
    )


def _check(name: str, words: Words) -> Exit:
    faults = check_pack(name) or [
        *check_rules(name),
        *check_peers(name),
        *check_disclosure(name),
        *check_schemes(name),
        *check_outcomes(name),
        *check_rulebook(name),
        *check_follow_up(name),
        *check_chains(name),
        *check_supervision(name),
        *check_promotion(name),
        *check_stages(name),
        *check_plan_projects(name),
        *check_practice(name),
        *check_lamps(name),
    ]
    for fault in faults:
        notice(fault.sentence(words.language))
    if faults:
        return Exit.FINDINGS
    deliver([(words(f"数据包 {name} 无误。", f"pack {name} is sound.") + "\n").encode()], None)
    return Exit.FINE
