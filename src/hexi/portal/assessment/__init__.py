"""Assessment (考核评价): runs of a scheme, what explains them, objections, and what follows."""
