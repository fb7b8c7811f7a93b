"""Glossary (术语表): one English word for each Chinese term, in code, pages and documents alike."""

from __future__ import annotations

import ast
import csv
import re

from hexi.portal.config.messages import read_catalogue
from tests.contracts.project import PORTAL, ROOT, expect_none, modules, place, tree

GLOSSARY = ROOT / "docs" / "glossary" / "terms.csv"


def terms() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Singular and lower case, as a label or a sentence may have it."""
    text = text.strip().strip(":：.。").lower()
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-1] if text.endswith("s") and not text.endswith(("ss", "us", "is")) else text


# A term may have a short English form beside its full one; the full forms are unique.
TO_ENGLISH = {row["term"]: {plain(e) for e in row["English"].split(";")} for row in terms()}
TO_CHINESE: dict[str, set[str]] = {}
for _term, _words in TO_ENGLISH.items():
    for _word in _words:
        TO_CHINESE.setdefault(_word, set()).add(_term)


def test_a_term_has_one_english_word_and_a_word_one_term() -> None:
    rows = terms()
    assert len({row["term"] for row in rows}) == len(rows)
    assert len({row["English"].split(";")[0] for row in rows}) == len(rows)
    assert all(row["term"] and row["English"] for row in rows)


def test_names_that_the_glossary_gives_are_in_the_code() -> None:
    words: set[str] = set()
    for path in modules():
        words.update(re.findall(r"[A-Za-z_]+", path.read_text(encoding="utf-8")))
    words.update(part.name for path in modules() for part in path.parents)
    expect_none(
        [f"{r['term']}: {r['in code']}" for r in terms() if r["in code"] not in words | {""}]
    )


def test_the_command_line_speaks_with_the_words_of_the_glossary() -> None:
    found = []
    for path in modules():
        if path.parent.name != "cli":
            continue
        for node in ast.walk(tree(path)):
            pair = _pair(node)
            if pair and pair[0] in TO_ENGLISH and plain(pair[1]) not in TO_ENGLISH[pair[0]]:
                found.append(f"{place(path, getattr(node, 'lineno', 0))}: {pair[0]} = {pair[1]}")
    expect_none(found)


def _pair(node: ast.AST) -> tuple[str, str] | None:
    """The two languages of ``words("文件", "file")`` or of a two-text row of a table."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "words":
        parts = node.args
    elif isinstance(node, ast.Tuple):
        parts = node.elts
    else:
        return None
    texts = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return (texts[0], texts[1]) if len(texts) == len(parts) == 2 else None


def test_pages_are_translated_with_the_words_of_the_glossary() -> None:
    catalogues = sorted((PORTAL / "locale").glob("*/LC_MESSAGES/*.po"))
    assert catalogues
    found = [
        f"{path.name}: {english} = {text}, the glossary says {TO_CHINESE[plain(english)]}"
        for path in catalogues
        for english, text in read_catalogue(path).items()
        if plain(english) in TO_CHINESE and text.strip("：。") not in TO_CHINESE[plain(english)]
    ]
    expect_none(found)
