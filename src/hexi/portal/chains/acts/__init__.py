"""Official steps of the app (产业链图谱办理): one function in one file."""
