"""The supervision app (督办应用)."""
