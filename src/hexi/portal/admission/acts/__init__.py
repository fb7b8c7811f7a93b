"""Official steps of admission (准入办理): one function in one file."""
