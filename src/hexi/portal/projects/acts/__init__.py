"""Acts on projects (项目操作): one official step a file."""
