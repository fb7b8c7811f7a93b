"""A copy of an enterprise's entry (名录副本): what an import may change, to go back to."""

from __future__ import annotations

from datetime import date
from typing import Any

from hexi.portal.returns.models import Enterprise, Spell
from hexi.portal.returns.models.enterprise import STANDING
from hexi.portal.returns.registers.enterprise_book import settle

__all__ = ["copy_of", "put_back"]

_SPELL = (*STANDING, "unit_id", "reason")


def copy_of(row: Enterprise) -> dict[str, Any]:
    """The card, the contact and all spells."""
    return {
        "name": row.name,
        "address": row.address,
        "opened": row.opened.isoformat(),
        "contact": [row.reporter.contact, row.reporter.phone, row.reporter.email],
        "spells": [
            {
                "since": spell.since.isoformat(),
                "until": spell.until.isoformat() if spell.until else "",
                **{name: getattr(spell, name) for name in _SPELL},
            }
            for spell in row.spells.order_by("since")
        ],
    }


def put_back(row: Enterprise, copy: dict[str, Any]) -> None:
    """Make the entry what it was."""
    row.name, row.address = copy["name"], copy["address"]
    row.opened = date.fromisoformat(copy["opened"])
    row.reporter.contact, row.reporter.phone, row.reporter.email = copy["contact"]
    row.spells.all().delete()
    Spell.objects.bulk_create(
        Spell(
            enterprise=row,
            since=date.fromisoformat(kept["since"]),
            until=date.fromisoformat(kept["until"]) if kept["until"] else None,
            **{name: kept[name] for name in _SPELL},
        )
        for kept in copy["spells"]
    )
    settle(row)
