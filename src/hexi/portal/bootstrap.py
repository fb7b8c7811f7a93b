"""Bringing the portal up (启动门户): database, pack, sample, static files, then the server.

``hexi up`` calls ``up``. Every step can be repeated without harm: a second start migrates nothing,
seeds nothing that is there, and prints a new sign-in link. Modules that need Django to be set up
are loaded by name after it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from importlib import import_module

import django

from hexi.portal.start_fault import StartFault, told

__all__ = ["StartFault", "main", "prepare", "serve", "setup", "sign_in_link", "told", "up"]

Echo = Callable[[str], None]


def setup() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.portal.config.settings")
    # workers share the cores: more threads for a product of matrices burn time and gain none
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with told():
        django.setup()


def up(
    host: str = "127.0.0.1", port: int = 8000, *, browser: bool = False, echo: Echo | None = None
) -> int:
    """Prepare everything and serve until stopped. Returns the exit code."""
    say = echo or _print
    setup()
    prepare(say)
    address = f"http://{host}:{port}"
    link = sign_in_link(address)
    say(f"门户 / portal: {address}")
    if link:
        say(f"登录链接，一次有效 / sign-in link, works once: {link}")
    say("停止 / stop: Ctrl+C")
    if browser:
        threading.Timer(1.5, webbrowser.open, [link or address]).start()
    return serve(host, port)


def prepare(echo: Echo | None = None) -> None:
    """Database, pack, sample plan and static files."""
    with told():
        import_module("hexi.portal.preparation").prepare(echo or _print, tour=True)


def sign_in_link(address: str) -> str:
    """A link that signs the administrator in once; empty on a server, where people have
    passwords."""
    code = import_module("hexi.portal.preparation").administrator_link()
    return f"{address}/sign-in/link/{code}/" if code else ""


def serve(host: str, port: int) -> int:
    """Serve pages and read documents until stopped."""
    code: int = import_module("hexi.portal.server").serve(host, port)
    return code


def main(arguments: Sequence[str]) -> int:
    """The module's own small command line."""
    parser = argparse.ArgumentParser(prog="python -m hexi.portal")
    parser.add_argument("verb", choices=["up", "prepare", "worker", "link", "manage"])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--browser", action="store_true")
    chosen, rest = parser.parse_known_args(arguments)
    try:
        return _run(chosen, rest)
    except StartFault as fault:
        sys.stderr.write(f"{fault.message}{fault.remedy}\n{fault.message_en} {fault.remedy_en}\n")
        return 4


def _run(chosen: argparse.Namespace, rest: list[str]) -> int:
    if chosen.verb == "up":
        return up(chosen.host, chosen.port, browser=chosen.browser)
    setup()
    if chosen.verb == "prepare":
        prepare()
    elif chosen.verb == "link":
        _print(sign_in_link(f"http://{chosen.host}:{chosen.port}"))
    elif chosen.verb == "worker":
        batches = import_module("hexi.portal.returns.batches.worker")
        lamps = import_module("hexi.portal.projects.sweep.worker")
        practice = import_module("hexi.portal.projects.practice.worker")
        monitoring = import_module("hexi.portal.scoreboard.sweep.worker")
        reading = import_module("hexi.portal.plans.reading.worker")
        supervision = import_module("hexi.portal.supervision.sweep.worker")
        reading.work_forever(
            lambda bell: batches.take_waiting(bell, most=1),
            practice.take_turn,
            lamps.take_turn,
            monitoring.take_turn,
            supervision.take_turn,
        )
    else:
        management = import_module("django.core.management")
        management.execute_from_command_line(["hexi-portal", *rest])
    return 0


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
