"""Official steps of the app (督办办理): one function in one file."""
