"""What the benchmarks run on: the labelled documents where they are, and plans made up on the spot.

The five real plans do not ship. Where a folder holds them (``HEXI_SHARED``, or ``shared`` beside
the repository) they are used; otherwise the sample plan stands in, and the output says so.
"""

from __future__ import annotations

import os
import random
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from hexi.samples import NAME
from hexi.samples.source import read_source

__all__ = ["made_up_plan", "sample_text", "score_module", "seed_files", "shared"]

_ZONES = (
    "青石 白沙 长亭 南屏 北固 石门 云台 金沟 银川岭 双河 红柳 沙枣 临溪 望川 平远 安丰 永泽 广陵"
)
_INDUSTRIES = (
    "装备制造 新材料 生物医药 电子信息 现代物流 精细化工 食品加工 新能源 文化旅游 节能环保"
)
_LEVELS = (
    "地区生产总值 规模以上工业增加值 固定资产投资 一般公共预算收入 社会消费品零售总额 工业总产值 "
    "销售收入 技工贸总收入 财政收入 服务业增加值 招商引资到位资金"
)
_COUNTS = (
    ("高新技术企业", "家"),
    ("规模以上工业企业", "户"),
    ("省级以上创新平台", "个"),
    ("重点项目", "项"),
    ("国家级孵化器", "个"),
    ("新增就业", "人"),
)
_FILLER = (
    "坚持把发展经济的着力点放在实体经济上，推动产业链上下游协同配套。",
    "完善管理体制和运行机制，进一步简化审批程序，持续优化营商环境。",
    "加强与周边地区的分工协作，促进资源共享、优势互补、错位发展。",
    "严守生态保护红线，推行清洁生产，加快形成绿色生产方式。",
    "健全人才引进、培养、使用和激励机制，营造尊重人才的良好氛围。",
)


def shared() -> Path | None:
    """The folder of labelled documents, or None where this machine has none."""
    named = os.environ.get("HEXI_SHARED")
    places = [Path(named)] if named else []
    places.append(Path(__file__).resolve().parents[2] / "shared")
    return next((place for place in places if (place / "gold" / "score.py").exists()), None)


def seed_files() -> dict[str, Path]:
    """The real documents by number; empty where this machine has none."""
    root = shared()
    return {p.name[:3]: p for p in sorted((root / "seeds").glob("*.txt"))} if root else {}


def score_module() -> ModuleType:
    """The scorer that comes with the labels."""
    root = shared()
    if root is None:
        raise SystemExit("no labelled documents: set HEXI_SHARED to the folder that holds gold/")
    spec = spec_from_file_location("score", root / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{root}: score.py cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sample_text() -> str:
    """The sample plan as plain text."""
    lines = []
    for part in read_source(NAME):
        lines += [part.text, *("\t".join(row) for row in part.rows)]
    return "\n".join(lines) + "\n"


def made_up_plan(characters: int, seed: int = 20_260_101) -> str:
    """A text of about so many characters: many plans of different zones, one after another.

    Names, years, figures, order of chapters and shape of tables vary, so that nothing that is
    remembered from one plan answers for the next.
    """
    dice = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < characters:
        plan = _plan(dice)
        parts.append(plan)
        length += len(plan)
    return "".join(parts)[:characters]


def _plan(dice: random.Random) -> str:
    zone = dice.choice(_ZONES.split()) + dice.choice(_ZONES.split()) + "经济开发区"
    base = dice.choice((2010, 2015, 2020))
    chapters = [_review, _aims, _table, _industry, _parks]
    tail = chapters[1:]
    dice.shuffle(tail)
    text = [f"{zone}{base + 1}—{base + 5}年发展规划\n\n"]
    for number, chapter in enumerate([chapters[0], *tail]):
        text.append(f"第{'一二三四五'[number]}章　{chapter(dice, zone, base)}")
    return "".join(text)


def _review(dice: random.Random, zone: str, base: int) -> str:
    lines = ["发展基础\n"]
    for number in range(dice.randint(3, 6)):
        name, share = dice.choice(_LEVELS.split()), dice.choice(_INDUSTRIES.split())
        counted, classifier = dice.choice(_COUNTS)
        lines.append(
            f"（{'一二三四五六'[number]}）{share}产业稳步提升。{base}年，{zone}{name}达到"
            f"{_figure(dice)}亿元，占全市{name}的{dice.randint(5, 60)}.{dice.randint(0, 9)}%，"
            f"年均增长{dice.randint(5, 25)}.{dice.randint(0, 9)}%；{counted}达到"
            f"{dice.randint(8, 900)}{classifier}，其中{share}{dice.randint(1, 7)}{classifier}。"
            + dice.choice(_FILLER)
            + "\n"
        )
    return "".join(lines)


def _aims(dice: random.Random, zone: str, base: int) -> str:
    lines = [f"发展目标\n到{base + 5}年，"]
    for name in dice.sample(_LEVELS.split(), dice.randint(3, 6)):
        lines.append(f"{name}突破{_figure(dice)}亿元，年均增长{dice.randint(5, 25)}%以上；")
    counted, classifier = dice.choice(_COUNTS)
    lines.append(f"{counted}达到{dice.randint(20, 2000)}{classifier}左右。{dice.choice(_FILLER)}\n")
    return "".join(lines)


def _table(dice: random.Random, zone: str, base: int) -> str:
    lines = [f"主要指标\n专栏　{zone}主要指标\n指标\t单位\t{base}年\t{base + 5}年\t年均增速（%）\n"]
    for name in dice.sample(_LEVELS.split(), dice.randint(4, 8)):
        start, rate = dice.randint(20, 900), dice.randint(5, 20)
        end = round(start * (1 + rate / 100) ** 5)
        lines.append(f"{name}\t亿元\t{start}\t{end}\t{rate}\n")
    return "".join([*lines, "\n"])


def _industry(dice: random.Random, zone: str, base: int) -> str:
    lines = ["重点产业\n"]
    for industry in dice.sample(_INDUSTRIES.split(), dice.randint(3, 6)):
        lines.append(
            f"{industry}产业。{dice.choice(_FILLER)}到{base + 5}年，{industry}产业产值达到"
            f"{_figure(dice)}亿元，培育产值超{dice.randint(1, 50)}亿元企业{dice.randint(2, 30)}家，"
            f"建设项目{dice.randint(3, 40)}个，总投资{_figure(dice)}亿元。{dice.choice(_FILLER)}\n"
        )
    return "".join(lines)


def _parks(dice: random.Random, zone: str, base: int) -> str:
    names = [f"{dice.choice(_ZONES.split())}{n}园区" for n in "东西南北"]
    sizes = [dice.randint(2, 40) for _ in names]
    listed = "、".join(f"{name}{size}平方公里" for name, size in zip(names, sizes, strict=True))
    return (
        f"空间布局\n{zone}规划面积{sum(sizes)}平方公里（{sum(sizes) * 1500}亩），其中{listed}。"
        f"{dice.choice(_FILLER)}\n\n"
    )


def _figure(dice: random.Random) -> str:
    return f"{dice.randint(3, 4000)}" + (f".{dice.randint(1, 99)}" if dice.random() < 0.5 else "")
