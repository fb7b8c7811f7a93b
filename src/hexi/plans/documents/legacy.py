"""Old Word files (.doc, .rtf): converted by LibreOffice where it is installed, refused otherwise.

The program runs on a copy in a folder of its own, with a profile of its own, and is stopped when
it takes too long; macros in the file are never run by a headless conversion.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Limits

__all__ = ["converter", "to_docx"]


def converter() -> str | None:
    """Path of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, name: str, form: str, limits: Limits) -> bytes:
    """The file as docx."""
    program = converter()
    if program is None:
        raise DocumentError("legacy_word", name)
    with tempfile.TemporaryDirectory(prefix="hexi-") as folder:
        source = Path(folder) / f"source.{form}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 - fixed arguments, no shell
                command,
                check=True,
                capture_output=True,
                timeout=limits.seconds,
                env={"PATH": os.environ.get("PATH", ""), "HOME": folder},
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentError("too_slow", name) from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise DocumentError("broken", name) from error
        result = Path(folder) / "source.docx"
        if not result.exists():
            raise DocumentError("broken", name)
        return result.read_bytes()
