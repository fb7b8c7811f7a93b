"""Filling in a return (填报): its cells, what stands around it, and what is wrong with it."""
