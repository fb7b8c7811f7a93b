"""What the surroundings say (运行环境): every ``HEXI_…`` variable is read here and nowhere else.

Two modes exist. *local* (本机) is one person on one machine: bound to the loopback address, public
reading on, plain http. *server* (服务器) is an office installation behind https: hosts must be
named, reading needs a log-in unless it is opened.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Environment", "read_environment", "secret_key"]

_TRUE = frozenset({"1", "on", "true", "yes"})
_FALSE = frozenset({"0", "off", "false", "no"})
#: a prefix of project identifiers, as the register of the standard gives them (项目编号前缀)
_PREFIX = re.compile("oc4ids-[a-z0-9]{6}")


class EnvironmentFault(ValueError):
    """A variable has a value that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings that an office chooses."""

    home: Path
    mode: str
    hosts: tuple[str, ...]
    database_url: str
    public_reading: bool
    https: bool
    debug: bool
    pack: str
    upload_megabytes: int
    upload_files: int
    reading_seconds: int
    reading_megabytes: int
    mail_url: str = ""
    #: the office's own map under the points of projects, shown only with its review number
    map_lines: str = ""
    map_review: str = ""
    #: what the register of OC4IDS gave the office; open data carry it in front of each number
    open_data_prefix: str = ""


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the variables; a fault names the variable and what it may be."""
    mode = variables.get("HEXI_MODE", "local")
    if mode not in ("local", "server"):
        raise EnvironmentFault(f"HEXI_MODE={mode!r}: must be local or server")
    local = mode == "local"
    hosts = tuple(h.strip() for h in variables.get("HEXI_HOSTS", "").split(",") if h.strip())
    if not local and not hosts:
        raise EnvironmentFault("HEXI_HOSTS is empty: name the host names that this server answers")
    return Environment(
        home=_home(variables),
        mode=mode,
        hosts=hosts or ("127.0.0.1", "localhost", "[::1]"),
        database_url=variables.get("HEXI_DATABASE_URL", ""),
        public_reading=_flag(variables, "HEXI_PUBLIC_READING", local),
        https=_flag(variables, "HEXI_HTTPS", not local),
        debug=_flag(variables, "HEXI_DEBUG", False),
        pack=variables.get("HEXI_PACK", "gansu"),
        upload_megabytes=_number(variables, "HEXI_UPLOAD_MEGABYTES", 50),
        upload_files=_number(variables, "HEXI_UPLOAD_FILES", 20),
        reading_seconds=_number(variables, "HEXI_READING_SECONDS", 300),
        reading_megabytes=_number(variables, "HEXI_READING_MEGABYTES", 4096),
        mail_url=variables.get("HEXI_MAIL_URL", ""),
        map_lines=variables.get("HEXI_MAP_LINES", ""),
        map_review=variables.get("HEXI_MAP_REVIEW", ""),
        open_data_prefix=_prefix(variables, "HEXI_OPEN_DATA_PREFIX"),
    )


def secret_key(home: Path, variables: Mapping[str, str] = os.environ) -> str:
    """The signing key: from the environment, else made once and kept private under the home."""
    if given := variables.get("HEXI_SECRET_KEY"):
        return given
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret-key"
    if not path.exists():
        draft = home / f"secret-key.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            # a link appears whole or not at all, and the first of two processes wins
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _home(variables: Mapping[str, str]) -> Path:
    if given := variables.get("HEXI_HOME"):
        return Path(given).expanduser().resolve()
    base = variables.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "hexi"


def _flag(variables: Mapping[str, str], name: str, default: bool) -> bool:
    text = variables.get(name, "").strip().lower()
    if not text:
        return default
    if text not in _TRUE | _FALSE:
        raise EnvironmentFault(f"{name}={text!r}: must be on or off")
    return text in _TRUE


def _number(variables: Mapping[str, str], name: str, default: int) -> int:
    text = variables.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) == 0:
        raise EnvironmentFault(f"{name}={text!r}: must be a whole number above 0")
    return int(text)


def _prefix(variables: Mapping[str, str], name: str) -> str:
    text = variables.get(name, "").strip()
    if text and not _PREFIX.fullmatch(text):
        raise EnvironmentFault(f"{name}={text!r}: must be as oc4ids-a1b2c3")
    return text
