"""The projects app (项目库应用): one record from the first talk to production."""
