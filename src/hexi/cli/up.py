"""``hexi up`` (启动平台): prepare the portal's home, then serve it on this machine."""

from __future__ import annotations

import socket
from argparse import Namespace
from importlib import import_module

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.output import deliver

__all__ = ["arguments", "run"]

#: the portal is loaded by name: no other command pays for it, and no room imports its neighbour
_PORTAL = "hexi.portal.bootstrap"


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi up``."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar=words("地址", "HOST"),
        help=words("监听地址（默认只限本机）", "address to listen on (this machine only)"),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar=words("端口", "PORT"),
        help=words("端口（默认 8000）", "port (8000)"),
    )
    parser.add_argument(
        "--no-serve",
        action="store_true",
        help=words("只准备，不启动服务", "prepare everything and do not serve"),
    )
    parser.add_argument(
        "--browser", action="store_true", help=words("打开浏览器", "open the browser")
    )


def run(options: Namespace, words: Words) -> Exit:
    """Prepare, and serve until stopped."""
    if not 1 <= options.port <= 65535:
        raise Refusal(
            f"端口 {options.port} 不存在。",
            f"there is no port {options.port}.",
            "请用 1 到 65535。",
            "Use 1 to 65535.",
        )
    if not options.no_serve:
        _free(options.host, options.port)
    portal = import_module(_PORTAL)
    try:
        if options.no_serve:
            portal.setup()
            portal.prepare(_say)
            return Exit.FINE
        code: int = portal.up(options.host, options.port, browser=options.browser, echo=_say)
    except portal.StartFault as fault:
        raise Refusal(
            fault.message, fault.message_en, fault.remedy, fault.remedy_en, Exit.PORTAL
        ) from fault
    return Exit.FINE if code == 0 else Exit.PORTAL


def _say(line: str) -> None:
    deliver([f"{line}\n".encode()], None)


def _free(host: str, port: int) -> None:
    """Say at once that the port is taken, before a minute of preparation."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refusal(
            f"{host}:{port} 用不了（{error.strerror}）。",
            f"{host}:{port} cannot be used ({error.strerror}).",
            "可能已有程序在用，请用 --port 换一个端口。",
            "Another program may be using it; choose another with --port.",
            Exit.PORTAL,
        ) from error
