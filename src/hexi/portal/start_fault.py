"""Why the portal cannot start (无法启动): settings, pack or database, said so that one can mend it.

The command line and the portal's own start show the same sentences; nothing else of a start is
the office's to mend, so everything else stays an internal error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import OperationalError

from hexi.catalogue import PackError
from hexi.portal.config.database import DatabaseAddressFault
from hexi.portal.config.environment import EnvironmentFault

__all__ = ["StartFault", "told"]

_MOST = 5


class StartFault(Exception):
    """What is wrong and what to do, in both languages."""

    def __init__(self, message: str, message_en: str, remedy: str, remedy_en: str) -> None:
        super().__init__(message_en)
        self.message, self.message_en = message, message_en
        self.remedy, self.remedy_en = remedy, remedy_en


@contextmanager
def told() -> Iterator[None]:
    """Turn what the office can mend into a ``StartFault``."""
    try:
        yield
    except (EnvironmentFault, DatabaseAddressFault) as fault:
        raise StartFault(
            f"设置有误：{fault}。",
            f"a setting is wrong: {fault}.",
            "请更正该环境变量后重试。",
            "Correct the variable and start again.",
        ) from fault
    except PackError as fault:
        shown = fault.faults[:_MOST]
        more = len(fault.faults) - len(shown)
        raise StartFault(
            f"数据包 {fault.pack} 有 {len(fault.faults)} 处缺陷："
            + "；".join(one.sentence("zh") for one in shown)
            + (f"；另有 {more} 处。" if more else "。"),
            f"the pack {fault.pack} has {len(fault.faults)} faults: "
            + "; ".join(one.sentence("en") for one in shown)
            + (f"; and {more} more." if more else "."),
            "请更正后用 hexi pack check 复核。已有数据未改动。",
            "Correct them and verify with hexi pack check. Nothing was changed.",
        ) from fault
    except OperationalError as fault:
        first = str(fault).strip().splitlines()[0]
        raise StartFault(
            f"数据库无法使用：{first}。",
            f"the database cannot be used: {first}.",
            "请核对 HEXI_DATABASE_URL，并确认数据库服务已启动、磁盘可写。",
            "Check HEXI_DATABASE_URL, that the server runs and that the disk can be written.",
        ) from fault
