"""Assessment (考核评价): schemes as data, scores and ranks, how sure they are, what follows."""
