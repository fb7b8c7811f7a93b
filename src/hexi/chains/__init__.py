"""Industry chains (产业链): who stands where on a chain, what is lacking here, and what fits."""

from hexi.chains.fit import Admitted, Fit, Kinship, Need, Term, Weights, Zone, fit_zones
from hexi.chains.graph import Chain, Edge, Node, circle_of
from hexi.chains.loading import ChainBook, check_chains, load_chains
from hexi.chains.placement import Firm, NodeState, Placement, Strength, place_firms, states_of
from hexi.chains.relatedness import Relatedness, density_of, proximity_of, rca_of, relatedness
from hexi.chains.sites import Left, sites_of

__all__ = [
    "Admitted",
    "Chain",
    "ChainBook",
    "Edge",
    "Firm",
    "Fit",
    "Kinship",
    "Left",
    "Need",
    "Node",
    "NodeState",
    "Placement",
    "Relatedness",
    "Strength",
    "Term",
    "Weights",
    "Zone",
    "check_chains",
    "circle_of",
    "density_of",
    "fit_zones",
    "load_chains",
    "place_firms",
    "proximity_of",
    "rca_of",
    "relatedness",
    "sites_of",
    "states_of",
]
