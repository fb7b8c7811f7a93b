"""Official steps of the app (准入办理): one function in one file."""
