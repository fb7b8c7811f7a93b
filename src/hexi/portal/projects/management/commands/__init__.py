"""Commands of the project library (项目库命令)."""
