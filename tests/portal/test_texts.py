"""Texts of the portal's code (程序用语): each is said in Chinese, with the same gaps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hexi.portal.config.messages import read_catalogue
from tests.contracts.project import PORTAL, expect_none, modules, place, tree

CATALOGUES = PORTAL / "locale" / "zh_Hans" / "LC_MESSAGES"
PLAIN = {"_", "lazy", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
GAP = re.compile(r"%\(\w+\)[sd]")


def known() -> dict[str, str]:
    texts: dict[str, str] = {}
    for catalogue in sorted(CATALOGUES.glob("*.po")):
        texts |= read_catalogue(catalogue)
    return texts


def keys() -> Iterator[tuple[Path, int, str]]:
    for path in modules():
        if PORTAL not in path.parents:
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            said = [a.value for a in node.args if isinstance(a, ast.Constant)]
            texts = [text for text in said if isinstance(text, str)]
            if node.func.id in PLAIN and texts:
                yield path, node.lineno, texts[0]
            elif node.func.id in PLURAL and len(texts) > 1:
                yield path, node.lineno, f"{texts[0]}\0{texts[1]}"
            elif node.func.id in CONTEXT and len(texts) > 1:
                yield path, node.lineno, f"{texts[0]}\x04{texts[1]}"


def test_every_text_of_the_code_is_said_in_chinese() -> None:
    texts = known()
    assert len(texts) > 400
    expect_none([f"{place(path, line)}: {key!r}" for path, line, key in keys() if key not in texts])


def test_a_translation_has_the_gaps_of_its_text() -> None:
    expect_none(
        [
            f"{key!r}: {text!r}"
            for key, text in known().items()
            if key and set(GAP.findall(text)) - set(GAP.findall(key))
        ]
    )


def test_no_translation_is_kept_that_nothing_says() -> None:
    code = {key for _, _, key in keys()}
    expect_none([key for key in read_catalogue(CATALOGUES / "code.po") if key and key not in code])
