"""The chains app (产业链图谱应用)."""
