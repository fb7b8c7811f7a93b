"""Filling in on the page (网上填报): a return as a grid of cells, and what the page needs of it."""
