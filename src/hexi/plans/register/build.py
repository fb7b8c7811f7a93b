"""From a read document and its statements to the typed plan (规划登记)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hexi.catalogue import Catalogue
from hexi.plans.documents.document import Document
from hexi.plans.register.goals import goals
from hexi.plans.register.identity import basis_of, horizon_of, identify
from hexi.plans.register.nature import Natures
from hexi.plans.register.outline import Outline, outline
from hexi.plans.register.parks import parks
from hexi.plans.register.places import Places, place_of
from hexi.plans.register.plan import Horizon, IndicatorTable, Plan, Target
from hexi.plans.register.projects import project_boxes
from hexi.plans.register.roll import Roll
from hexi.plans.register.targets import join_targets
from hexi.plans.register.tasks import chapters
from hexi.plans.register.twins import Names
from hexi.plans.statements.statement import Statement

__all__ = ["build_plan"]

#: a table with fewer targets than this is no table of indicators
_FEWEST_ROWS = 2


def build_plan(
    document: Document, statements: Sequence[Statement], catalogue: Catalogue | None = None
) -> Plan:
    """The plan that a document is, with its statements as evidence by position."""
    identity = identify(document, catalogue)
    horizon = _with_targets(horizon_of(document, identity.title), statements)
    sections = outline(document)
    places = Places(statements)
    names = Names(document.text, identity, catalogue)
    natures = Natures(document, statements, sections)
    targets = join_targets(statements, names, horizon, natures)
    roll = Roll()
    boxes = project_boxes(document, sections, places, roll)
    tasks = chapters(document, sections, places, roll)
    return Plan(
        doc=document.name,
        digest=document.digest,
        title=identity.title,
        kind=identity.kind,
        level=identity.level,
        owner=identity.owner,
        owner_id=identity.owner_id,
        region=identity.region,
        horizon=horizon,
        basis=basis_of(document, identity.title),
        goals=goals(document, sections, places),
        tables=_tables(document, statements, targets, sections),
        targets=targets,
        parks=parks(document, sections, places, statements, targets),
        boxes=boxes,
        chapters=tasks,
        bodies=tuple(roll.bodies),
    )


def _with_targets(horizon: Horizon, statements: Sequence[Statement]) -> Horizon:
    """Where the text names no years, the last is the one that most aims are set for."""
    if horizon.end is not None:
        return horizon
    years = Counter(
        int(said.period[-4:])
        for said in statements
        if said.modality == "target" and said.period and said.period[-4:].isdigit()
    )
    if not years:
        return horizon
    return replace(horizon, end=years.most_common(1)[0][0])


def _tables(
    document: Document,
    statements: Sequence[Statement],
    targets: Sequence[Target],
    sections: Outline,
) -> tuple[IndicatorTable, ...]:
    """Tables whose rows are targets, with the targets in the order of the rows."""
    rows: dict[int, dict[int, int]] = {}
    for position, target in enumerate(targets):
        for index in target.evidence:
            said = statements[index]
            if said.table and said.modality == "target" and said.block >= 0:
                first = rows.setdefault(said.block, {})
                first[position] = min(first.get(position, said.start), said.start)
    found: list[IndicatorTable] = []
    for block in sorted(rows):
        if len(rows[block]) < _FEWEST_ROWS or block >= len(document.blocks):
            continue
        section = sections.of_block[block]
        if section is not None and "projects" in section.role:
            continue
        order = sorted(rows[block], key=rows[block].__getitem__)
        caption = document.blocks[block].caption
        found.append(IndicatorTable(caption, place_of(document, block), tuple(order)))
    return tuple(found)
