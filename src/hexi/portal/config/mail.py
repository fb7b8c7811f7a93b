"""The mail address (邮件服务器): where letters of the portal are handed over, as one address.

``smtp://user:password@host:25?from=hexi@example.cn`` speaks STARTTLS where the server offers port
587 or ``tls=on`` asks for it; ``smtps://`` is encrypted from the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["MailAddressFault", "MailServer", "mail_server"]

_SECONDS = 30


class MailAddressFault(ValueError):
    """The address cannot be understood."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """How to reach the server, and who the letters are from."""

    sender: str
    options: dict[str, Any]


def mail_server(address: str) -> MailServer:
    """What ``HEXI_MAIL_URL`` says.

    Raises:
        MailAddressFault: where it is empty or no mail address.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise MailAddressFault(
            "HEXI_MAIL_URL: write smtp://user:password@host:25?from=hexi@example.cn"
        )
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if "@" not in asked.get("from", ""):
        raise MailAddressFault("HEXI_MAIL_URL: say who letters are from: ?from=hexi@example.cn")
    hidden = parts.scheme == "smtps"
    port = parts.port or (465 if hidden else 25)
    tls = not hidden and (port == 587 or asked.get("tls", "") == "on")
    options = {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": hidden,
        "use_tls": tls,
        "timeout": _SECONDS,
    }
    return MailServer(asked["from"], options)
