"""Official steps of the chains app (产业链办理): one function in one file."""
