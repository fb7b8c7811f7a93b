"""The database address (数据库地址): SQLite out of the box, PostgreSQL where the address says so.

SQLite runs in WAL with ``IMMEDIATE`` transactions: without it, half of concurrent writes fail
with "database is locked" because a reading transaction cannot be raised to a writing one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["DatabaseAddressFault", "database_settings"]

_POSTGRES = frozenset({"postgres", "postgresql"})


class DatabaseAddressFault(ValueError):
    """The address cannot be understood."""


def database_settings(address: str, home: Path) -> dict[str, Any]:
    """Django's settings of the default database."""
    if not address:
        return _sqlite(home / "hexi.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        # sqlite:///relative, sqlite:////absolute
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme not in _POSTGRES:
        raise DatabaseAddressFault(
            f"HEXI_DATABASE_URL: scheme {parts.scheme!r} is not known; "
            "write sqlite:///file or postgresql://user:password@host:5432/name"
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise DatabaseAddressFault("HEXI_DATABASE_URL: the database name is missing at the end")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # a directory as host means a Unix socket; it comes as ?host=/run/postgresql
    host = str(options.pop("host", parts.hostname or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
