"""Translations without tools (译文编译): the ``.po`` catalogue becomes ``.mo`` in plain Python.

Offices set Hexi up where GNU gettext is not installed. The catalogue is compiled at start into the
home directory whenever its content has changed, so that a read-only installation works too.
"""

from __future__ import annotations

import ast
import hashlib
import os
import struct
import tempfile
from pathlib import Path

__all__ = ["CatalogueFault", "compile_catalogue", "install_catalogues", "read_catalogue"]

SOURCE = Path(__file__).resolve().parent.parent / "locale"


class CatalogueFault(ValueError):
    """A line of a ``.po`` file cannot be read."""


def read_catalogue(path: Path) -> dict[str, str]:
    """Message id to translation. Plural forms and contexts use gettext's own key encoding."""
    messages: dict[str, str] = {}
    entry: dict[str, str] = {}
    field = ""
    fuzzy = False

    def finish() -> None:
        nonlocal fuzzy
        if "msgid" in entry and not fuzzy:
            key, text = _joined(entry)
            if text.strip("\0"):
                messages[key] = text
        entry.clear()
        fuzzy = False

    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if line.startswith("#"):
            if field.startswith("msgstr"):
                finish()
                field = ""
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if not line:
            continue
        if line.startswith("msg"):
            word, _, line = line.partition(" ")
            if word in ("msgid", "msgctxt") and field.startswith("msgstr"):
                finish()
            field = word
            entry[field] = ""
        if not field:
            raise CatalogueFault(f"{path.name}:{number}: a text without msgid or msgstr")
        try:
            entry[field] += ast.literal_eval(line.strip())
        except (SyntaxError, ValueError) as error:
            raise CatalogueFault(f"{path.name}:{number}: not a quoted text: {raw}") from error
    finish()
    return messages


def _joined(entry: dict[str, str]) -> tuple[str, str]:
    key = entry["msgid"]
    if "msgctxt" in entry:
        key = f"{entry['msgctxt']}\x04{key}"
    if "msgid_plural" not in entry:
        return key, entry.get("msgstr", "")
    forms = [entry[f] for f in sorted(entry) if f.startswith("msgstr[")]
    return f"{key}\0{entry['msgid_plural']}", "\0".join(forms)


def compile_catalogue(messages: dict[str, str]) -> bytes:
    """The binary ``.mo`` form: a header, two tables of (length, offset), then the texts."""
    keys = sorted(messages, key=lambda key: key.encode())
    ids = [key.encode() for key in keys]
    texts = [messages[key].encode() for key in keys]
    count = len(keys)
    start = 28 + 16 * count
    tables: list[bytes] = []
    for values in (ids, texts):
        for value in values:
            tables.append(struct.pack("<II", len(value), start))
            start += len(value) + 1
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return b"".join([header, *tables, *(value + b"\0" for value in [*ids, *texts])])


def install_catalogues(home: Path) -> Path:
    """Compile every language that has changed; returns the directory for ``LOCALE_PATHS``.

    A language has a file for its templates and one for its code; where both say a text, the
    code's ``django.po`` has the last word.
    """
    target = home / "locale"
    for folder in sorted(SOURCE.glob("*/LC_MESSAGES")):
        sources = sorted(folder.glob("*.po"), key=lambda path: (path.stem == "django", path.stem))
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
        compiled = target / folder.relative_to(SOURCE) / "django.mo"
        stamp = compiled.with_suffix(".sha256")
        if compiled.exists() and stamp.exists() and stamp.read_text() == digest:
            continue
        messages: dict[str, str] = {}
        for source in sources:
            messages |= read_catalogue(source)
        compiled.parent.mkdir(parents=True, exist_ok=True)
        _replace(compiled, compile_catalogue(messages))
        _replace(stamp, digest.encode())
    return target


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename: two processes that start together never see half a file."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.replace(name, path)
