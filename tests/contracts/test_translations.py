"""Words on the page (译文): a sentence to translate is one whole text that a catalogue can hold."""

from __future__ import annotations

import ast

from tests.contracts.project import PORTAL, expect_none, modules, place, tree

MARKERS = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
)


def test_translated_texts_are_whole_and_their_gaps_are_named() -> None:
    found = []
    for path in modules():
        if PORTAL not in path.parents:
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in MARKERS and node.args:
                text = node.args[0]
                if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                    found.append(f"{place(path, node.lineno)}: not one fixed text")
                elif text.value.count("%s") > 1:
                    found.append(f"{place(path, node.lineno)}: name the gaps, %(name)s")
    expect_none(found)
