"""The catalogue of open data (开放数据目录, DCAT 3 of the W3C, 2024) as JSON-LD.

Any data portal can harvest it: each released table with its title, day, licence and the addresses
of its forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hexi.statistics.exchange.published import PublishedTable

__all__ = ["Distribution", "catalogue"]

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form of a table: where it is fetched, and what it is."""

    address: str
    media_type: str
    title: str
    #: a standard that it follows, by address
    conforms_to: str = ""


def catalogue(
    address: str,
    title: Mapping[str, str],
    publisher: Mapping[str, str],
    tables: Iterable[tuple[PublishedTable, Iterable[Distribution]]],
) -> str:
    """JSON-LD of a catalogue at ``address``; titles and names by language."""
    document: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _texts(title),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _texts(publisher)},
        "dct:language": ["zh", "en"],
        "dcat:dataset": [_dataset(address, table, forms) for table, forms in tables],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _dataset(address: str, table: PublishedTable, forms: Iterable[Distribution]) -> dict[str, Any]:
    periods = sorted(set(table.rows["TIME_PERIOD"].to_pylist()))
    dataset: dict[str, Any] = {
        "@id": f"{address}#{table.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": table.id,
        "dct:title": _texts({"zh": table.title, "en": table.title_en}),
        "dct:description": _texts({"zh": table.description, "en": table.description_en}),
        "dct:issued": {"@value": table.issued, "@type": "xsd:date"},
        "dcat:version": table.version,
        "dcat:keyword": list(table.keywords),
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dct:description": _span(periods)},
        "dcat:distribution": [_distribution(table, form) for form in forms],
    }
    return {key: value for key, value in dataset.items() if value}


def _span(periods: list[str]) -> str:
    return f"{periods[0]} – {periods[-1]}" if periods else ""


def _distribution(table: PublishedTable, form: Distribution) -> dict[str, Any]:
    distribution: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": form.title,
        "dcat:downloadURL": {"@id": form.address},
        "dcat:mediaType": form.media_type,
        "dct:conformsTo": {"@id": form.conforms_to} if form.conforms_to else None,
        "dct:license": {"@id": table.license} if table.license else None,
    }
    return {key: value for key, value in distribution.items() if value}


def _texts(said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": key} for key, text in said.items() if text]
