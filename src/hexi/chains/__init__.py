"""Industry chains (产业链): who stands where on a chain, what is lacking here, and what fits."""

from hexi.chains.advice import Candidate, Neighbour, candidates_of
from hexi.chains.filling import Filler, fillers_of
from hexi.chains.fit import Admitted, Fit, Kinship, Need, Term, Weights, Zone, fit_zones
from hexi.chains.graph import Chain, Edge, Node, circle_of
from hexi.chains.layout import Spot, crossings, lay_out
from hexi.chains.loading import ChainBook, check_chains, load_chains
from hexi.chains.locations import LocationError, LocationFault, Locations, read_locations
from hexi.chains.placement import (
    Firm,
    NodeState,
    Placement,
    Strength,
    groups_of,
    place_firms,
    place_groups,
    states_of,
)
from hexi.chains.products import CodeHit, codes_in, find_codes
from hexi.chains.relatedness import Relatedness, density_of, proximity_of, rca_of, relatedness
from hexi.chains.sites import Left, sites_of

__all__ = [
    "Admitted",
    "Candidate",
    "Chain",
    "ChainBook",
    "CodeHit",
    "Edge",
    "Filler",
    "Firm",
    "Fit",
    "Kinship",
    "Left",
    "LocationError",
    "LocationFault",
    "Locations",
    "Need",
    "Neighbour",
    "Node",
    "NodeState",
    "Placement",
    "Relatedness",
    "Spot",
    "Strength",
    "Term",
    "Weights",
    "Zone",
    "candidates_of",
    "check_chains",
    "circle_of",
    "codes_in",
    "crossings",
    "density_of",
    "fillers_of",
    "find_codes",
    "fit_zones",
    "groups_of",
    "lay_out",
    "load_chains",
    "place_firms",
    "place_groups",
    "proximity_of",
    "rca_of",
    "read_locations",
    "relatedness",
    "sites_of",
    "states_of",
]
