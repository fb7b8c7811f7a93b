"""Write docs/reference from the code (参考手册): rooms, command line, settings, exit codes.

The pages hold what docstrings, the parsers of the command line and the settings say, so that they
cannot drift from the code. ``--check`` writes nothing and fails where a page is old.

    python tools/reference.py [--check]
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
import textwrap
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hexi"
TARGET = ROOT / "docs" / "reference"

# The rooms of the engine, from the ground up; the portal is described by its pages and its API.
ROOMS = (
    "quantities",
    "calendar",
    "catalogue",
    "plans",
    "warehouse",
    "statistics",
    "monitoring",
    "assessment",
    "admission",
    "chains",
    "reports",
)
# Names that look like ours and are not read from the environment.
_INNER = frozenset({"HEXI_VERSION", "HEXI_VIEW"})
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def main() -> int:
    """Write every page, or with ``--check`` name the pages that are old."""
    parser = ArgumentParser(description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="fail where a page is old")
    check = parser.parse_args().check
    pages = dict(_pages())
    old = [name for name, text in pages.items() if _current(TARGET / name) != text]
    left = [p.name for p in TARGET.glob("*") if p.is_file() and p.name not in pages]
    if check:
        for name in old:
            print(f"docs/reference/{name} is old: run `make reference`")
        for name in left:
            print(f"docs/reference/{name} belongs to nothing: remove it")
        return 1 if old or left else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in old:
        (TARGET / name).write_text(pages[name], encoding="utf-8")
    for name in left:
        (TARGET / name).unlink()
    print(f"docs/reference: {len(pages)} pages, {len(old)} written, {len(left)} removed")
    return 0


def _current(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _pages() -> Iterator[tuple[str, str]]:
    rooms = [room for room in ROOMS if (SOURCE / room).is_dir()]
    yield "index.rst", _index(rooms)
    yield "commands.rst", _commands()
    yield "settings.rst", _settings()
    yield "checks.rst", _checks()
    for room in rooms:
        yield f"{room}.rst", _room(room)


def _index(rooms: list[str]) -> str:
    entries = "\n".join(f"   {name}" for name in ["commands", "settings", "checks", *rooms])
    return (
        _title("参考 Reference", "=")
        + "Written from the code by ``make reference``; a test fails where a page is old.\n\n"
        + f".. toctree::\n   :maxdepth: 1\n\n{entries}\n"
    )


# --- rooms ----------------------------------------------------------------------------------------


def _room(room: str) -> str:
    """A room's packages: what each offers to others, and its modules in a line each."""
    packages = sorted((SOURCE / room).rglob("__init__.py"))
    parts = [_title(f"hexi.{room}", "=")]
    for path in packages:
        tree = _parse(path)
        name = _module_name(path)
        if name != f"hexi.{room}":
            parts.append(_title(name, "-"))
        parts.append(f".. py:module:: {name}\n\n{ast.get_docstring(tree) or ''}\n\n")
        offered = [_definition(node) for node in _offered(path, tree)]
        parts.extend(offered or _modules_in_full(path.parent))
        parts.append(_map_of(path.parent) if offered else "")
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).rstrip() + "\n"


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def _offered(path: Path, tree: ast.Module) -> Iterator[Definition]:
    """Definitions of the names in a package's ``__all__``, looked up where they live."""
    homes = {
        alias.asname or alias.name: SOURCE.parent / Path(*node.module.split("."))
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for name in sorted(_exported(tree)):
        home = homes.get(name, path.with_suffix(""))
        module = home / "__init__.py" if home.is_dir() else home.with_suffix(".py")
        if not module.exists():
            continue
        for node in _parse(module).body:
            if isinstance(node, Definition) and node.name == name:
                yield node


def _modules_in_full(folder: Path) -> Iterator[str]:
    """A package that re-exports nothing offers its modules themselves."""
    for path in sorted(folder.glob("*.py")):
        if path.name == "__init__.py":
            continue
        tree, name = _parse(path), _module_name(path)
        yield _title(name, "-") + f".. py:module:: {name}\n\n{ast.get_docstring(tree) or ''}\n\n"
        for node in tree.body:
            if isinstance(node, Definition) and node.name in _exported(tree):
                yield _definition(node)


def _map_of(folder: Path) -> str:
    """The modules of a package with the first line of what they say they are."""
    text = ""
    for path in sorted(folder.glob("*.py")):
        if path.name != "__init__.py":
            said = (ast.get_docstring(_parse(path)) or "").split("\n\n")[0].replace("\n", " ")
            text += f"``{_module_name(path)}``\n   {said}\n\n"
    return text and ".. rubric:: Modules\n\n" + text


def _exported(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "__all__"
        ):
            return set(ast.literal_eval(node.value))
    return {n.name for n in tree.body if isinstance(n, Definition) and not n.name.startswith("_")}


def _definition(node: Definition, indent: str = "") -> str:
    inner = indent + "   "
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(ast.unparse(base) for base in node.bases)
        text = f"{indent}.. py:class:: {node.name}{f'({bases})' if bases else ''}\n\n"
        text += _docstring(node, inner)
        for member in node.body:
            if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
                text += _field(member, inner)
            elif isinstance(member, Definition) and not member.name.startswith("_"):
                text += _definition(member, inner)
        return text
    inside = bool(indent)
    decorators = {ast.unparse(d) for d in node.decorator_list}
    if inside and decorators & {"property", "cached_property", "functools.cached_property"}:
        kind = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return (
            f"{indent}.. py:property:: {node.name}\n"
            + (f"{inner}:type: {kind.removeprefix(' -> ')}\n" if kind else "")
            + "\n"
            + _docstring(node, inner)
        )
    arguments = ast.unparse(node.args)
    if inside:
        arguments = re.sub(r"^(self|cls)(, )?", "", arguments)
    answer = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    directive = "py:method" if inside else "py:function"
    return f"{indent}.. {directive}:: {node.name}({arguments}){answer}\n\n" + _docstring(
        node, inner
    )


def _field(member: ast.AnnAssign, indent: str) -> str:
    assert isinstance(member.target, ast.Name)
    if member.target.id.startswith("_"):
        return ""
    value = f"\n{indent}   :value: {ast.unparse(member.value)}" if member.value else ""
    return (
        f"{indent}.. py:attribute:: {member.target.id}\n"
        f"{indent}   :type: {ast.unparse(member.annotation)}{value}\n\n"
    )


def _docstring(node: Definition, indent: str) -> str:
    docstring = ast.get_docstring(node)
    return textwrap.indent(docstring, indent) + "\n\n" if docstring else ""


# --- the command line -----------------------------------------------------------------------------


def _commands() -> str:
    # The parsers themselves are asked, in English, so that no option can be forgotten.
    entry = import_module("hexi.cli.entry")
    arguments = import_module("hexi.cli.arguments")
    language = import_module("hexi.cli.language")
    exits = import_module("hexi.cli.exits")
    words, chinese = language.Words("en"), language.Words("zh")
    text = _title("命令行 Command line", "=")
    text += inspect.cleandoc(entry.__doc__ or "") + "\n\n"
    for name, zh, en in entry.COMMANDS:
        module = import_module(f"hexi.cli.{name}")
        parsers = []
        for spoken, says in ((words, en), (chinese, zh)):
            parser = arguments.Parser(spoken, f"hexi {name}", says)
            module.arguments(parser, spoken)
            arguments.add_common(parser, spoken)
            parsers.append(parser)
        text += _title(f"hexi {name}", "-") + f"{zh}。{en[0].upper()}{en[1:]}.\n\n"
        text += _options(f"hexi {name}", *parsers)
    return text + _title("Exit codes", "-") + inspect.cleandoc(exits.__doc__ or "") + "\n"


def _options(path: str, english: ArgumentParser, chinese: ArgumentParser) -> str:
    text = ""
    rows = list(zip(english._actions, chinese._actions, strict=True))
    for action, counterpart in rows:
        if isinstance(action, argparse._SubParsersAction):
            for name, parser in action.choices.items():
                other = counterpart.choices[name]  # type: ignore[index]
                text += _title(f"{path} {name}", "~")
                said = [part for part in (other.description, parser.description) if part]
                text += "".join(f"| {line}\n" for line in said) + "\n"
                text += _options(f"{path} {name}", parser, other)
            continue
        if isinstance(action, argparse._HelpAction):
            continue
        shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.option_strings and action.nargs != 0:
            shown += f" {action.metavar or action.dest.upper()}"
        said = [counterpart.help, action.help]
        if action.choices:
            said.append(" | ".join(map(str, action.choices)))
        text += f"``{shown}``\n" + "".join(f"   | {line}\n" for line in said if line) + "\n"
    return text


# --- settings and checks ------------------------------------------------------------------------


def _settings() -> str:
    environment = SOURCE / "portal" / "config" / "environment.py"
    text = _title("设置 Settings", "=")
    if environment.exists():
        tree = ast.parse(environment.read_text(encoding="utf-8"))
        text += (ast.get_docstring(tree) or "") + "\n\n"
    notes = _notes()
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"\bHEXI_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    for name in sorted(used - _INNER):
        if name not in notes:
            raise SystemExit(f"tools/reference.py: say what {name} does in docs/settings.toml")
        text += f"``{name}``\n   {notes[name]}\n\n"
    for name in sorted(notes.keys() - used):
        raise SystemExit(f"tools/reference.py: docs/settings.toml names {name}, the code does not")
    return text


def _checks() -> str:
    names = import_module("hexi.reports.check_names").CHECK_NAMES
    text = _title("核算方法 Checks", "=")
    text += "What each check of the audit holds against what.\n\n"
    text += ".. list-table::\n   :header-rows: 1\n\n   * - 代号\n     - 核算什么\n     - checks\n"
    for code, (zh, en) in names.items():
        text += f"   * - {code}\n     - {zh}\n     - {en}\n"
    return text


def _notes() -> dict[str, str]:
    path = ROOT / "docs" / "settings.toml"
    return {k: str(v) for k, v in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _title(text: str, mark: str) -> str:
    width = sum(2 if ord(c) > 0x2E80 else 1 for c in text)
    return f"{text}\n{mark * width}\n\n"


if __name__ == "__main__":
    sys.exit(main())
