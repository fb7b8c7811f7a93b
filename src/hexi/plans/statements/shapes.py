"""Finer kinds (细分词类): what the grammar must see beside the plain kinds of tokens.

On the left ``~``, a whole in the genitive (全省总量的); on the right ``Q``, a class that the figure
is the criterion of (的企业), ``W``, works whose size it is (铬矿冶炼项目), and ``I``, works that
money is put into (建设…项目).
"""

from __future__ import annotations

import re
from functools import cache

from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import starts_with
from hexi.plans.statements.tokens import Token, kinds_of

__all__ = ["left_shape", "right_shape", "works_pattern"]

_QUALIFIED = re.compile(r"^\s*(?:人民币)?的(?:\S)")
#: 2座和污水处理厂1座: the name after it belongs to the next figure
_AND = re.compile(r"\s*(?:和|及|与|以及|并|且)(?!谐|平)")
#: 10亿元以上企业20家: a class whose criterion stands right before it
_CLASS_HEAD = re.compile(
    r"^[^，。；：、\d的]{0,6}?(?:企业|园区|开发区|集群|楼宇|集团|平台)(?=[^，。；：、]{0,6}\d)"
)
_CLASS_NOUN = re.compile(
    r"^[^，。；：、]{0,14}?(?:企业|项目|开发区|园区|集群|产业|公司|农户|人员|机组|工程)"
)


@cache
def works_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"^的?[^，。；：、的]{{0,22}}?(?:{alternatives(words('names', 'works'))})"
        r"(?![^，。；：、的等]{0,2}?(?:面积|投资|资金|数))"
    )


#: a group of territories whose figures follow (省级以上开发区生产总值)


@cache
def _listed_works() -> re.Pattern[str]:
    works = alternatives(words("names", "works"))
    return re.compile(rf"[^，。；：、]{{1,16}}、[^，。；：]*(?:{works})(?:建设)?")


def left_shape(left: list[Token]) -> str:
    """Kinds of the tokens before a figure, a whole in the genitive as ``~``."""
    kinds = kinds_of(left)
    bare = kinds.rstrip("VB")
    if bare.endswith(("VN", "BN")) and left[len(bare) - 1].text.endswith("的"):
        return bare[:-1] + "~" + kinds[len(bare) :]
    return kinds


def right_shape(letters: str, after: str, listed: str) -> str:
    """Kinds after a figure; ``after`` is the text up to the end of its item, ``listed`` up to the
    end of the clause (5万吨废电线拆解、10万吨废塑料加工等项目: each item is works)."""
    bare = letters.lstrip("b")
    if not bare.startswith("N"):
        return letters
    if _AND.match(after):
        return letters[: len(letters) - len(bare)] + "&" + bare[1:]
    prefix = letters[: len(letters) - len(bare)]
    if _QUALIFIED.match(after) and _CLASS_NOUN.match(after.lstrip(" 人民币的")):
        return prefix + "Q" + bare[1:]
    if _CLASS_HEAD.match(after):
        return prefix + "q" + bare[1:]
    if works_pattern().match(after) or _listed_works().fullmatch(listed):
        invests = starts_with("invest", after.lstrip("的 "))
        return prefix + ("I" if invests else "W") + bare[1:]
    return letters
