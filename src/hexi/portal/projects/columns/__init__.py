"""Columns of all projects in memory (项目列存): what lists, boards and figures are counted from."""
