"""The sweep of lamps (亮灯扫描): every night, and soon after a project changed."""
