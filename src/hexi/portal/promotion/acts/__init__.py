"""Official steps of the app (招商引资办理): one function in one file."""
