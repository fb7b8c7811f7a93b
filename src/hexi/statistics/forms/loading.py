"""Loading the forms of a pack (装载报表制度): ``forms/*.toml``, one file for one version of a form.

All faults are told at once with file, line and key; a pack whose forms have faults is refused as
a whole, since returns must not be asked for on half a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import load_pack, pack_path
from hexi.catalogue.toml_lines import read_toml
from hexi.statistics.forms.form_file import Draft, read_form
from hexi.statistics.forms.nouns import Form, Item

__all__ = ["Forms", "check_forms", "load_forms"]

#: what all versions of a form must agree on, so that an item's figures make one series
_SAME = ("unit", "kind", "over_time", "over_units", "decimals", "reported")


@dataclass(frozen=True)
class Forms:
    """All forms of a pack, every version (报表制度)."""

    versions: tuple[Form, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the forms, in order."""
        return tuple(dict.fromkeys(form.id for form in self.versions))

    @cached_property
    def _by_version(self) -> Mapping[tuple[str, str], Form]:
        return {(form.id, form.version): form for form in self.versions}

    def version(self, form: str, version: str) -> Form:
        """One version of a form; KeyError where there is none."""
        return self._by_version[form, version]

    def at(self, form: str, period: int) -> Form:
        """The version in force for a period (YYYYMM).

        Raises:
            KeyError: where no such form is in force then, or no period of it ends with that month.
        """
        for known in self.versions:
            if known.id == form and known.in_force(period):
                return known
        raise KeyError(f"{form} {period}")

    def latest(self, form: str) -> Form:
        """The newest version of a form; KeyError where there is none."""
        found = [known for known in self.versions if known.id == form]
        if not found:
            raise KeyError(form)
        return found[-1]

    def items(self) -> Iterator[Item]:
        """Every item once, as its newest form has it: what an indicator may be computed from."""
        found: dict[str, Item] = {}
        for form in self.versions:
            found.update((item.code, item) for item in form.every_item())
        yield from found.values()


def load_forms(path_or_name: str | Path = "gansu") -> Forms:
    """The forms of a pack, read once for each state of its files.

    Raises:
        PackError: with every fault of the pack or of its forms.
    """
    pack = load_pack(path_or_name)
    root = pack_path(path_or_name).resolve()
    return _load(root, _state(root), pack.id)


def check_forms(path_or_name: str | Path = "gansu") -> list[Fault]:
    """Every fault of the forms of a pack, in the order of files and lines."""
    try:
        load_forms(path_or_name)
    except PackError as error:
        return error.faults
    return []


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    stats = [(str(path), path.stat()) for path in sorted((root / "forms").glob("*.toml"))]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=8)
def _load(root: Path, files: tuple[tuple[str, int, int], ...], pack_id: str) -> Forms:
    faults: list[Fault] = []
    drafts: list[Draft] = []
    pack = load_pack(root)
    for name, _, _ in files:
        toml = read_toml(root, f"forms/{Path(name).name}", faults)
        draft = read_form(toml, pack, faults) if toml else None
        if draft:
            drafts.append(draft)
    forms = _dated(drafts, faults)
    _same_items(forms, drafts, faults)
    if faults:
        raise PackError(pack_id, sorted(faults))
    return Forms(tuple(forms))


def _dated(drafts: list[Draft], faults: list[Fault]) -> list[Form]:
    """Versions in order, each in force until the next; two of one beginning are a fault."""
    drafts.sort(key=lambda draft: (draft.form.id, draft.form.since, draft.form.version))
    forms: list[Form] = []
    for here, after in zip(drafts, [*drafts[1:], None], strict=True):
        follows = after is not None and after.form.id == here.form.id
        until = after.form.since if after is not None and follows else 999912
        if until <= here.form.since and after is not None:
            faults.append(
                Fault(
                    after.form.file,
                    after.line("form", "since"),
                    "form.since",
                    "晚于上一版本启用的年月",
                    f"与 {here.form.file} 同时启用",
                    "a month after the version before",
                )
            )
        forms.append(replace(here.form, until=until))
    return forms


def _same_items(forms: list[Form], drafts: list[Draft], faults: list[Fault]) -> None:
    """An item has one home: one form asks it, and all its versions mean the same by it."""
    first: dict[str, tuple[Form, Item]] = {}
    lines = {draft.form.file: draft.item_lines for draft in drafts}
    for form in forms:
        for item in form.every_item():
            home, known = first.setdefault(item.code, (form, item))
            line = lines[form.file].get(item.code, 0)
            if home.id != form.id:
                zh, en = "只在一种报表里的项目代码", "an item code that no other form has"
                found = f"“{item.code}” 已见于 {home.file}"
                faults.append(Fault(form.file, line, f"item.{item.code}", zh, found, en))
                continue
            for key in _SAME:
                here, there = getattr(item, key), getattr(known, key)
                if here != there:
                    name, zh = f"item.{item.code}.{key}", f"与 {home.file} 相同的“{there}”"
                    en = f"“{there}”, as in {home.file}"
                    faults.append(Fault(form.file, line, name, zh, f"“{here}”", en))
