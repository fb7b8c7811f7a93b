"""Official steps on evaluations (评估办理): one function in one file."""
