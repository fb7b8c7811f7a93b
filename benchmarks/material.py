"""What the benchmarks run on: the labelled documents where they are, and plans made up on the spot.

The five real plans do not ship. Where a folder holds them (``HEXI_SHARED``, or ``shared`` beside
the repository) they are used; otherwise the sample plan stands in, and the output says so.
"""

from __future__ import annotations

import os
import random
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
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
#: levels of a zone and their usual size beside its product, so that no part exceeds its whole
_LEVELS = {
    "地区生产总值": 1.0,
    "规模以上工业增加值": 0.42,
    "服务业增加值": 0.31,
    "固定资产投资": 0.8,
    "财政收入": 0.15,
    "一般公共预算收入": 0.07,
    "社会消费品零售总额": 0.25,
    "工业总产值": 1.9,
    "销售收入": 2.6,
    "技工贸总收入": 3.1,
}
_COUNTS = (
    ("高新技术企业", "家"),
    ("规模以上工业企业", "户"),
    ("省级以上创新平台", "个"),
    ("重点项目", "项"),
    ("国家级孵化器", "个"),
    ("新增就业", "人"),
)
_DO = "坚持 加快 完善 推进 深化 优化 健全 强化 支持 引导 鼓励 促进 落实 拓展 提升 培育 统筹 加强"
_WHAT = (
    "产业链协同 管理体制 营商环境 资源共享 清洁生产 人才引进 科技成果转化 口岸功能 园区配套 "
    "招商方式 循环化改造 知识产权保护 信用体系 公共服务平台 基础设施 跨区域合作 品牌建设 "
    "标准制定 用地保障 金融服务"
)
_HOW = (
    "持续增强内生动力 形成错位发展格局 提高要素配置效率 激发市场主体活力 防范化解各类风险 "
    "夯实发展基础"
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
    """A text of about so many characters: the plan of a province, a chapter for each zone.

    Names, figures, order of sections and shape of tables vary, so that nothing that is remembered
    from one chapter answers for the next. As in a real plan nearly all arithmetic is right.
    """
    dice = random.Random(seed)
    parts = ["全省开发区“十四五”发展规划（2021—2025年）\n\n"]
    length = len(parts[0])
    names = ["".join(three) + "经济开发区" for three in product(_ZONES.split(), repeat=3)]
    dice.shuffle(names)
    number = 0
    while length < characters:
        number += 1
        parts.append(_Chapter(dice, names[number - 1]).text(number))
        length += len(parts[-1])
    return "".join(parts)[:characters]


class _Chapter:
    """One zone: its figures are drawn once and said in text and table alike."""

    def __init__(self, dice: random.Random, zone: str) -> None:
        self._dice, self._zone = dice, zone
        #: indicator → (2020, 2025, rate)
        self._aims: dict[str, tuple[int, int, int]] = {}
        size = dice.randint(400, 9000)
        for name in dice.sample(list(_LEVELS), dice.randint(4, 8)):
            start, rate = round(size * _LEVELS[name]), dice.randint(9, 11)
            self._aims[name] = (start, round(start * (1 + rate / 100) ** 5), rate)

    def text(self, number: int) -> str:
        sections = [self._aim, self._table, self._industry, self._parks]
        self._dice.shuffle(sections)
        lines = [f"第{_numeral(number)}章　{self._zone}\n"]
        for index, section in enumerate([self._review, *sections]):
            lines.append(f"{'一二三四五'[index]}、{section()}")
        return "".join(lines)

    def _review(self) -> str:
        lines = ["发展基础\n"]
        for index, (name, (start, _, _)) in enumerate(self._aims.items()):
            counted, classifier = self._dice.choice(_COUNTS)
            lines.append(
                f"（{'一二三四五六七八'[index]}）{self._dice.choice(_INDUSTRIES.split())}稳步提升。"
                f"2020年，{self._zone}{name}达到{start}亿元，年均增长"
                f"{self._dice.randint(5, 25)}.{self._dice.randint(0, 9)}%。"
                + (f"{counted}达到{self._dice.randint(8, 900)}{classifier}。" if not index else "")
                + _prose(self._dice)
                + "\n"
            )
        return "".join(lines)

    def _aim(self) -> str:
        said = "；".join(
            f"{name}达到{end}亿元，年均增长{rate}%" for name, (_, end, rate) in self._aims.items()
        )
        return f"发展目标\n到2025年，{said}。{_prose(self._dice)}\n"

    def _table(self) -> str:
        lines = [
            f"主要指标\n专栏　{self._zone}主要指标\n指标\t单位\t2020年\t2025年\t年均增速（%）\n"
        ]
        for name, (start, end, rate) in self._aims.items():
            lines.append(f"{name}\t亿元\t{start}\t{end}\t{rate}\n")
        return "".join([*lines, "\n"])

    def _industry(self) -> str:
        lines = ["重点产业\n"]
        for industry in self._dice.sample(_INDUSTRIES.split(), self._dice.randint(3, 6)):
            lines.append(
                f"{industry}产业。{_prose(self._dice)}到2025年，{industry}产业产值达到"
                f"{self._dice.randint(30, 900)}亿元，{industry}企业达到"
                f"{self._dice.randint(3, 400)}家。{_prose(self._dice)}\n"
            )
        return "".join(lines)

    def _parks(self) -> str:
        names = [f"{self._dice.choice(_ZONES.split())}{side}园区" for side in "东西南北"]
        sizes = [self._dice.randint(2, 40) for _ in names]
        listed = "、".join(f"{name}{size}平方公里" for name, size in zip(names, sizes, strict=True))
        return (
            f"空间布局\n{self._zone}规划面积{sum(sizes)}平方公里（{sum(sizes) * 1500}亩），其中"
            f"{listed}。{_prose(self._dice)}\n\n"
        )


def _prose(dice: random.Random) -> str:
    """Plain prose between the figures: a real plan has some seven figures in a thousand signs."""
    sentences = []
    for _ in range(dice.randint(2, 6)):
        clauses = [
            dice.choice(_DO.split()) + dice.choice(_WHAT.split()) for _ in range(dice.randint(2, 4))
        ]
        sentences.append("，".join([*clauses, dice.choice(_HOW.split())]) + "。")
    return "".join(sentences)


def _numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    return "".join(digits[int(digit)] for digit in str(number))
