"""What a reader says when a file cannot be read (读取失败): one clear message, never half a plan.

A code stands for one kind of failure; the sentences live here, in both languages, so that the
command line, the API and the page say the same. ``place`` is where in the file (a page, a part
of the package); readers fill it in where they know it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["MESSAGES", "DocumentError"]

#: places are written in Chinese; these are the forms that have words in them
_PAGE: Final = re.compile(r"第(\d+)页")
_PAGES: Final = re.compile(r"(\d+)页")

#: code -> (message zh, message en, remedy zh, remedy en)
MESSAGES: Final[dict[str, tuple[str, str, str, str]]] = {
    "missing": (
        "找不到该文件，或者没有读取权限",
        "the file does not exist or may not be read",
        "请核对路径和权限后重试",
        "check the path and the permissions",
    ),
    "empty": (
        "文件是空的，没有可读的文字",
        "the file holds no text",
        "请确认选择的是正式文本，重新保存后再上传",
        "make sure it is the right file and save it again",
    ),
    "encrypted": (
        "文件设有打开密码",
        "the file is protected by a password",
        "请在原软件中取消密码后另存，再上传",
        "remove the password in the program that wrote it and save a copy",
    ),
    "broken": (
        "文件已损坏，无法完整读取",
        "the file is damaged and cannot be read in full",
        "请用原软件打开并另存一份，再上传",
        "open it in the program that wrote it and save a new copy",
    ),
    "too_large": (
        "文件超过允许的大小",
        "the file is larger than allowed",
        "请拆分文件，或由管理员调高上限",
        "split the file or have the limit raised",
    ),
    "expands": (
        "压缩内容展开后过大，可能是恶意文件",
        "the packed content unfolds to more than is allowed",
        "请确认文件来源，用原软件另存一份",
        "check where the file comes from and save a new copy",
    ),
    "too_many_pages": (
        "页数超过允许的上限",
        "the file has more pages than allowed",
        "请拆分为几份分别上传",
        "split it into several files",
    ),
    "too_slow": (
        "读取时间超过上限，已停止",
        "reading took longer than allowed and was stopped",
        "请拆分文件，或另存为 docx 后再上传",
        "split the file or save it as docx",
    ),
    "too_deep": (
        "表格或内容嵌套层数过多",
        "tables or content are nested too deeply",
        "请把嵌套的表格拆开后再上传",
        "take the nested tables apart",
    ),
    "unknown_format": (
        "不是可以读取的格式",
        "this is not a format that can be read",
        "可以读取 docx、pdf、html、txt、md、xlsx，请另存为其中一种",
        "docx, pdf, html, txt, md and xlsx can be read; save it as one of them",
    ),
    "legacy_word": (
        "这是旧版 Word 文件（.doc），本机没有安装 LibreOffice，无法转换",
        "this is an old Word file (.doc) and LibreOffice, which converts it, is not installed",
        "请另存为 docx 后再上传，或安装 LibreOffice",
        "save it as docx, or install LibreOffice",
    ),
    "legacy_excel": (
        "这是旧版二进制文件，无法读取",
        "this is an old binary file that cannot be read",
        "请另存为 xlsx 后再上传",
        "save it as xlsx",
    ),
    "macros": (
        "文件带有宏，为安全起见不予读取",
        "the file carries macros and is refused for safety",
        "请另存为不带宏的 docx 或 xlsx 后再上传",
        "save it as docx or xlsx without macros",
    ),
    "entities": (
        "文件引用外部实体，为安全起见不予读取",
        "the file declares XML entities and is refused for safety",
        "请用原软件另存一份后再上传",
        "save a new copy in the program that wrote it",
    ),
    "no_text": (
        "这份 pdf 没有文字层（可能是扫描件），未启用文字识别",
        "this pdf has no text (it may be scanned) and recognition is not in use",
        "请安装文字识别组件（pip install hexi[ocr]）并启用识别，或上传带文字的版本",
        "install the recognition extra (pip install hexi[ocr]) and turn it on,"
        " or upload a version with text",
    ),
    "no_ocr": (
        "这是图片，未安装文字识别组件",
        "this is an image and the recognition extra is not installed",
        "请安装文字识别组件（pip install hexi[ocr]）",
        "install the recognition extra (pip install hexi[ocr])",
    ),
    "encoding": (
        "无法判断文字编码",
        "the character encoding cannot be told",
        "请另存为 UTF-8 或 GB18030 编码后再上传",
        "save it as UTF-8 or GB18030",
    ),
}


class DocumentError(Exception):
    """A file that cannot be read, with what is wrong, where, and what to do."""

    def __init__(self, code: str, file: str = "", place: str = "") -> None:
        self.code = code
        self.file = file
        self.place = place
        self.message, self.message_en, self.remedy, self.remedy_en = MESSAGES[code]
        super().__init__(self.sentence())

    def sentence(self, language: str = "zh") -> str:
        """The whole message as a person reads it: file, place, what is wrong, what to do."""
        if language == "en":
            place = _PAGES.sub(r"\1 pages", _PAGE.sub(r"page \1", self.place))
            where = ", ".join(part for part in (self.file, place) if part)
            text = f"{self.message_en}; {self.remedy_en}"
            return f"{where}: {text}" if where else text
        where = "，".join(part for part in (self.file, self.place) if part)
        text = f"{self.message}。{self.remedy}。"
        return f"{where}：{text}" if where else text

    def as_record(self) -> dict[str, str]:
        """JSON-ready form for the API."""
        return {
            "code": self.code,
            "file": self.file,
            "place": self.place,
            "message": self.message,
            "message_en": self.message_en,
            "remedy": self.remedy,
            "remedy_en": self.remedy_en,
        }
