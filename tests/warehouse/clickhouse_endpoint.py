"""ClickHouse's HTTP interface over chdb, for tests: a process of its own that speaks the protocol.

It answers what a client sends to a server's port 8123: a query as a parameter or as the body,
settings and session as parameters, rows to insert as the body, answers in the format that the
query names. The engine behind it is ClickHouse; the server around it is not.

    python clickhouse_endpoint.py      # prints its port, then serves until it is ended
"""

from __future__ import annotations

import re
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from chdb.session import Session

#: parameters of the protocol, which are no settings of a query
_PROTOCOL = {
    "query", "database", "session_id", "session_timeout", "session_check", "query_id",
    "enable_http_compression", "compress", "decompress", "client_protocol_version", "quota_key",
    "wait_end_of_query", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
    "cancel_http_readonly_queries_on_client_close", "role", "client_name",
}  # fmt: skip
_FORMAT = re.compile(r"\s+FORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
_INSERT = re.compile(
    r"^\s*INSERT\s+INTO\s+(?P<table>\S+?)\s*(?P<columns>\([^)]*\))?\s*$", re.IGNORECASE
)


class Endpoint(BaseHTTPRequestHandler):
    """One request is one statement."""

    protocol_version = "HTTP/1.1"
    session: ClassVar[Session]
    settings: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        asked = {key: values[-1] for key, values in parse_qs(urlsplit(self.path).query).items()}
        query = asked.get("query", "")
        if not query:
            query, body = body.decode(), b""
        try:
            answer, form = self._run(query, body, asked)
        except Exception as error:  # noqa: BLE001 - whatever ClickHouse says goes to the client
            self._send(500, str(error).encode(), "")
        else:
            self._send(200, answer, form)

    def _run(self, query: str, body: bytes, asked: dict[str, str]) -> tuple[bytes, str]:
        for name, value in asked.items():
            if name not in _PROTOCOL and self.settings.get(name) != value:
                self.session.query(f"SET {name} = '{value}'")
                self.settings[name] = value
        found = _FORMAT.search(query)
        form = found[1] if found else "TabSeparated"
        statement = query[: found.start()] if found else query
        insert = _INSERT.match(statement)
        if insert:
            with tempfile.NamedTemporaryFile(suffix=".rows") as file:
                file.write(body)
                file.flush()
                columns = insert["columns"] or ""
                chosen = columns.strip("()") or "*"
                self.session.query(
                    f"INSERT INTO {insert['table']} {columns}"
                    f" SELECT {chosen} FROM file('{file.name}', {form})"
                )
            return b"", ""
        return self.session.query(statement, form).bytes(), form

    def _send(self, status: int, body: bytes, form: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        if form:
            self.send_header("X-ClickHouse-Format", form)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hexi-endpoint-") as folder:
        Endpoint.session = Session(str(Path(folder, "state")))
        server = HTTPServer(("127.0.0.1", 0), Endpoint)
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
