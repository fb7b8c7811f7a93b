"""Relatedness of industries (产业关联度): what a place is close to, from what places do together.

From one table of places by industries (output, staff or firms): revealed comparative advantage
(显示性比较优势, RCA), the industries that a place is specialised in, how often two industries are
specialised in together (邻近度, proximity), how much of an industry's neighbourhood a place has
(密度, density), and the complexity of places and industries (复杂度, ECI and PCI) with the outlook
that follows from them (COI, COG).

Methods: Balassa 1965; Hidalgo, Klinger, Barabási and Hausmann 2007; Hausmann, Hidalgo et al., The
Atlas of Economic Complexity, 2013. Figures equal those of Harvard's package `ecomplexity`, but
for places and industries that are specialised in nothing: there the package gives no figures at
all, and here they alone have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Relatedness", "density_of", "proximity_of", "rca_of", "relatedness"]

Floats = NDArray[np.float64]
#: two eigenvalues nearer than this are one: the table falls apart and complexity has no meaning
_APART = 1e-9


@dataclass(frozen=True, slots=True)
class Relatedness:
    """All figures of one table: Z places (rows) and I industries (columns)."""

    #: Z x I; NaN for a place or an industry that the table has nothing of
    rca: Floats
    #: Z x I of 0 and 1: RCA at or over the threshold
    present: Floats
    #: how many industries a place is specialised in (多样性), and places an industry (普遍性)
    diversity: Floats
    ubiquity: Floats
    #: I x I, 0 to 1
    proximity: Floats
    #: Z x I, 0 to 1
    density: Floats
    #: complexity of places and of industries; the mean of places is 0, their deviation 1
    eci: Floats
    pci: Floats
    #: what a place could become (Z), and what an industry would add to it (Z x I)
    coi: Floats
    cog: Floats
    #: False where the table falls into parts that share no industry: no complexity can be told
    connected: bool


def rca_of(amounts: ArrayLike) -> Floats:
    """Revealed comparative advantage: share of an industry here over its share everywhere.

    Raises:
        ValueError: for a table that is not Z x I, or with a negative or endless amount.
    """
    table = np.asarray(amounts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("a table of places by industries is needed")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("amounts are finite and not negative")
    industries, places = table.sum(axis=0), table.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (table / places[:, None]) / (industries / industries.sum())
    return found


def proximity_of(present: ArrayLike) -> Floats:
    """Chance that who is specialised in one industry is so in the other, the lesser way round."""
    # float32 counts exactly up to 16 million places and takes half the time.
    exact = np.asarray(present, dtype=np.float32)
    together = (exact.T @ exact).astype(np.float64)
    most = np.diagonal(together)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared: Floats = together / np.maximum.outer(most, most)
    return np.nan_to_num(shared, nan=0.0)


def density_of(present: ArrayLike, proximity: Floats, *, own: bool = True) -> Floats:
    """Share of an industry's neighbourhood that a place has.

    With ``own`` an industry counts as its own neighbour, as the published method and
    `ecomplexity` have it; an industry that is there then looks denser than one that is not. For
    advice on what could come, leave it out: present and absent industries then compare fairly.
    A table of `present` with a proximity learned elsewhere is allowed, and wise for few places.
    """
    near = proximity
    if not own:
        near = proximity.copy()
        np.fill_diagonal(near, 0.0)
    all_near = near.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.asarray(present, dtype=np.float64) @ (near / all_near)
    return found


def relatedness(amounts: ArrayLike, *, threshold: float = 1.0, own: bool = True) -> Relatedness:
    """Every figure of a table of places by industries."""
    rca = rca_of(amounts)
    present = (np.nan_to_num(rca) >= threshold).astype(np.float64)
    diversity, ubiquity = present.sum(axis=1), present.sum(axis=0)
    proximity = proximity_of(present)
    density = density_of(present, proximity, own=own)
    eci, pci, connected = _complexity(present, diversity, ubiquity)
    coi, cog = _outlook(present, proximity, density, pci)
    mean, spread = _mean(eci), _spread(eci)
    return Relatedness(
        rca=rca,
        present=present,
        diversity=diversity,
        ubiquity=ubiquity,
        proximity=proximity,
        density=density,
        # Scaled by the places, so that a place is the mean of its industries.
        eci=(eci - mean) / spread,
        pci=(pci - mean) / spread,
        coi=(coi - _mean(coi)) / _spread(coi),
        cog=cog / spread,
        connected=connected,
    )


def _complexity(
    present: Floats, diversity: Floats, ubiquity: Floats
) -> tuple[Floats, Floats, bool]:
    """Second vector of the industries' matrix U⁻¹MᵀD⁻¹M, and its mean over each place.

    The matrix is similar to the symmetric U^-½ MᵀD⁻¹M U^-½, whose vectors are found faster and
    without imaginary parts.
    """
    eci = np.full(len(diversity), np.nan)
    pci = np.full(len(ubiquity), np.nan)
    places, industries = diversity > 0, ubiquity > 0
    if places.sum() < 2 or industries.sum() < 2:
        return eci, pci, False
    table = present[np.ix_(places, industries)]
    lengths = np.sqrt(ubiquity[industries])
    scaled = table / np.sqrt(diversity[places])[:, None] / lengths
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    if values[-2] > 1 - _APART:
        return eci, pci, False
    of_industries = vectors[:, -2] / lengths
    of_places = (table @ of_industries) / diversity[places]
    sign = np.sign(_moment(diversity[places], of_places)) or 1.0
    eci[places], pci[industries] = sign * of_places, sign * of_industries
    return eci, pci, True


def _outlook(
    present: Floats, proximity: Floats, density: Floats, pci: Floats
) -> tuple[Floats, Floats]:
    """Near and complex industries that a place lacks; what each would open to it."""
    absent = 1.0 - present
    worth = np.nan_to_num(pci)
    coi = (np.nan_to_num(density) * absent) @ worth
    around = proximity.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        opened = np.nan_to_num(worth / around, posinf=0.0, neginf=0.0)
    cog = absent * (absent @ (proximity * opened[:, None]))
    nowhere = present.sum(axis=1) == 0
    coi[nowhere], cog[nowhere] = np.nan, np.nan
    return coi, cog


def _moment(left: Floats, right: Floats) -> Any:
    return ((left - left.mean()) * (right - right.mean())).sum()


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _spread(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.std()) if known.size and known.std() > 0 else float("nan")
