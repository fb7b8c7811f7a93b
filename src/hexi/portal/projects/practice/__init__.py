"""Practice projects in the background (演练项目后台办理): laid and taken away by the worker."""
