"""Industry chains (产业链): who stands where on a chain, what is lacking here, and what fits."""

from hexi.chains.relatedness import Relatedness, density_of, proximity_of, rca_of, relatedness

__all__ = ["Relatedness", "density_of", "proximity_of", "rca_of", "relatedness"]
