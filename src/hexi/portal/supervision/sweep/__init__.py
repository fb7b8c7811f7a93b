"""Supervision in the background (督办扫描): what rises and what is proposed by itself."""
