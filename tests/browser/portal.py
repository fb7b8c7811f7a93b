"""A real portal for a browser (实际运行的门户): ``hexi up`` in a process and home of its own."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import SplitResult, urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

LINK = re.compile(r"(http://\S+/sign-in/link/\S+)")
READY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Portal:
    """Where it answers, and the link that signs the administrator in once."""

    address: str
    link: str
    home: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database() -> Iterator[str]:
    """A database for one home: rows name files of the home, so two homes never share one.

    Where ``HEXI_DATABASE_URL`` names a PostgreSQL server it is made there and taken away after;
    else it is the SQLite file of the home.
    """
    server = urlsplit(os.environ.get("HEXI_DATABASE_URL", ""))
    if not server.scheme.startswith("postgres"):
        yield server.geturl()
        return
    name = f"hexi_browser_{secrets.token_hex(6)}"
    _tell(server, "CREATE DATABASE {}", name)
    try:
        yield server._replace(path=f"/{name}").geturl()
    finally:
        _tell(server, "DROP DATABASE {} WITH (FORCE)", name)


def _tell(server: SplitResult, statement: LiteralString, name: str) -> None:
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(SQL(statement).format(Identifier(name)))


@contextmanager
def running_portal(home: Path) -> Iterator[Portal]:
    """Start, wait until it answers, and end it; no request may have broken inside it."""
    port = free_port()
    log = home / "up.log"
    home.mkdir(parents=True, exist_ok=True)
    with own_database() as database, log.open("wb") as out:
        variables = {
            **os.environ,
            "HEXI_HOME": str(home),
            "HEXI_DATABASE_URL": database,
            "PYTHONUNBUFFERED": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "hexi.cli", "up", "--port", str(port)],
            env=variables,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            link = _wait(process, log, port)
            yield Portal(address, link, home)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[said.index("Traceback") :][:4000]


def _wait(process: subprocess.Popen[bytes], log: Path, port: int) -> str:
    """The sign-in link, once the door is open."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        said = log.read_text(encoding="utf-8", errors="replace")
        if process.poll() is not None:
            raise AssertionError(f"hexi up ended with {process.returncode}\n{said}")
        match = LINK.search(said)
        if match and _answers(port):
            return match[1]
        time.sleep(0.2)
    raise AssertionError(f"hexi up was not ready in {READY_SECONDS} s\n{log.read_text()}")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
