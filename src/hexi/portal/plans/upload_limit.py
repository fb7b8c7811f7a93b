"""Upload limits (上传限制): bodies and files that are too large are refused while they come in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal

__all__ = ["SizeLimit", "TooLarge", "refused_files", "too_large"]


class TooLarge(Refusal):
    """More bytes than the office allows."""

    status = 413


def too_large(name: str) -> TooLarge:
    """The refusal of one file."""
    megabytes = settings.UPLOAD_BYTES // (1024 * 1024)
    return TooLarge(
        "too_large",
        _("The file is larger than %(n)d MB.") % {"n": megabytes},
        _("Split it, or remove pictures from it, and upload it again."),
        file=name,
    )


def refused_files(request: HttpRequest) -> list[TooLarge]:
    """Files of this request that were skipped while they came in."""
    refused: list[TooLarge] = getattr(request, "hexi_refused", [])
    return refused


class SizeLimit(FileUploadHandler):
    """Counts the bytes of each file and skips the rest of one that is too large."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.seen = 0
        if content_length > settings.UPLOAD_BYTES * settings.DATA_UPLOAD_MAX_NUMBER_FILES:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > settings.UPLOAD_BYTES:
            refused = getattr(self.request, "hexi_refused", [])
            setattr(self.request, "hexi_refused", [*refused, too_large(self.file_name or "")])  # noqa: B010
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
