"""What the warehouse says when it refuses (仓库差错): which file, which table, what to do.

A code stands for one kind of fault; its sentences live here in both languages, so that the command
line, the pages and the API say the same. A torn or altered file is always named: a figure that
cannot be trusted is never handed out in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["MESSAGES", "WarehouseError", "WarehouseFault"]

#: code -> (message zh, message en, remedy zh, remedy en); ``{found}`` is what stands there
MESSAGES: Final[dict[str, tuple[str, str, str, str]]] = {
    "no_warehouse": (
        "这里没有数据仓库",
        "there is no warehouse here",
        "请核对路径，或先装载数据",
        "check the path, or load something first",
    ),
    "elsewhere": (
        "这里的数据文件由别处的清单管理",
        "the files here belong to a manifest that lies elsewhere",
        "请指明清单所在的数据库",
        "say which database holds the manifest",
    ),
    "database": (
        "清单数据库不可用：{found}",
        "the manifest's database can't be used: {found}",
        "请核对地址，并安装 psycopg（pip install hexi[postgres]）",
        "check the address and install psycopg (pip install hexi[postgres])",
    ),
    "newer_layout": (
        "数据仓库由更新版本的程序建立（版式 {found}）",
        "the warehouse was made by a newer program (layout {found})",
        "请升级程序后再打开",
        "upgrade before opening it",
    ),
    "no_snapshot": (
        "没有这个快照：{found}",
        "there is no such snapshot: {found}",
        "请从快照清单中选择",
        "take one from the list of snapshots",
    ),
    "before_first": (
        "在 {found} 数据仓库还没有任何数据",
        "at {found} the warehouse held nothing yet",
        "请选择较晚的日期",
        "choose a later date",
    ),
    "thinned": (
        "快照 {found} 的中间版次已清理，不能再现",
        "snapshot {found} was thinned out and can't be shown again",
        "请选择该日最后一个快照",
        "take the last snapshot of that day",
    ),
    "missing_file": (
        "数据文件缺失",
        "the segment file is missing",
        "请从备份恢复该文件后重新校验",
        "restore the file from the backup and verify again",
    ),
    "torn": (
        "数据文件不完整（{found}）",
        "the segment file is torn ({found})",
        "请从备份恢复该文件后重新校验",
        "restore the file from the backup and verify again",
    ),
    "altered": (
        "数据文件的内容与清单不符（{found}）",
        "the segment file differs from the manifest ({found})",
        "请从备份恢复该文件，并查明是谁改动的",
        "restore the file from the backup and find out who changed it",
    ),
    "orphan": (
        "文件不在任何快照中",
        "no snapshot names this file",
        "超过保留时间后由清理命令删除",
        "vacuum removes it after the grace time",
    ),
    "columns": (
        "列不符：{found}",
        "columns do not fit: {found}",
        "请按 reporter、item、facet、value、prior、submission 给出各列",
        "give reporter, item, facet, value, prior, submission",
    ),
    "inexact": (
        "数值不能精确存入四位小数：{found}",
        "not exact in four decimals: {found}",
        "请以十进制文本或定点数给出，不用浮点数",
        "give decimals or text, not floats",
    ),
    "null": (
        "必填列有空值：{found}",
        "a required column has nulls: {found}",
        "未填报的项不写行，零写 0",
        "leave out the row of what was not reported; write 0 for zero",
    ),
    "duplicate": (
        "同一单位同一指标重复：{found}",
        "given twice for one reporter and item: {found}",
        "请只保留一行",
        "keep one row",
    ),
    "withdrawn": (
        "单位既有数据又要撤回：{found}",
        "both given and withdrawn: {found}",
        "请二者取一",
        "choose one of the two",
    ),
    "twice": (
        "同一报表同一时期在一次发布中出现两次：{found}",
        "one form and period twice in one publication: {found}",
        "请合并为一份",
        "put them into one",
    ),
    "period": (
        "不是年月（YYYYMM）：{found}",
        "not a month (YYYYMM): {found}",
        "请写时期的最后一个月，如 202403",
        "write the last month of the period, such as 202403",
    ),
    "unknown": (
        "登记表中没有：{found}",
        "not in the register: {found}",
        "请先登记，或核对代码",
        "register it first, or check the code",
    ),
    "code_twice": (
        "代码重复：{found}",
        "a code is used twice: {found}",
        "每个代码只用一次",
        "use each code once",
    ),
    "no_tables": (
        "文件夹中没有名录文件",
        "there is no table of a register in the folder",
        "名录文件可为 {found}",
        "tables may be {found}",
    ),
    "ends_before": (
        "止月不晚于起月：{found}",
        "it ends before it begins: {found}",
        "请核对起止年月，止月不含在内",
        "check both months; the end is not included",
    ),
    "outside_life": (
        "归属超出单位存续期：{found}",
        "a membership outside the unit's life: {found}",
        "请核对开业、关闭和归属的年月",
        "check the months of opening, closing and membership",
    ),
    "overlap": (
        "同一时间在同一体系中有两个归属：{found}",
        "two memberships in one tree at one time: {found}",
        "请先结束前一个归属，再开始后一个",
        "end the first before the second begins",
    ),
    "cycle": (
        "上下级关系成环：{found}",
        "the tree runs in a circle: {found}",
        "请核对上级单位",
        "check the parents",
    ),
    "empty_code": (
        "代码为空：{found}",
        "an empty code: {found}",
        "请给出代码",
        "give the code",
    ),
    "frequency": (
        "不认识的报送频率：{found}",
        "an unknown frequency: {found}",
        "可用 month、quarter、half、year",
        "use month, quarter, half or year",
    ),
    "path": (
        "路径含有计算引擎不能用的字符（{{}}*?,）",
        "the path has characters that the engine can't use ({{}}*?,)",
        "请把数据仓库移到别的文件夹",
        "move the warehouse to another folder",
    ),
    "unseen": (
        "计算引擎看不到全部数据文件（{found}）",
        "the engine doesn't see all segment files ({found})",
        "请核对服务器上的文件夹和 files 参数",
        "check the server's folder and the option files",
    ),
    "engine": (
        "不认识或没有安装的计算引擎：{found}",
        "an engine that is unknown or not installed: {found}",
        "HEXI_ENGINE 可用 duckdb、spark://…、chdb、clickhouse://…",
        "HEXI_ENGINE may be duckdb, spark://…, chdb, clickhouse://…",
    ),
    "memory": (
        "不认识的内存大小：{found}",
        "no size of memory: {found}",
        "写作 900MB 或 2GB",
        "write 900MB or 2GB",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class WarehouseFault:
    """One fault at one place."""

    #: file, or table of the register, that is meant
    place: str
    code: str
    #: what stands there
    found: str = ""

    def sentence(self, language: str = "zh") -> str:
        """Place, what is wrong, what to do, on one line."""
        wrong, wrong_en, remedy, remedy_en = MESSAGES[self.code]
        if language == "en":
            text = f"{wrong_en}; {remedy_en}".format(found=self.found)
            return f"{self.place}: {text}" if self.place else text
        text = f"{wrong}。{remedy}。".format(found=self.found)
        return f"{self.place}：{text}" if self.place else text

    def as_record(self) -> dict[str, str]:
        """JSON-ready form for the API."""
        wrong, wrong_en, remedy, remedy_en = MESSAGES[self.code]
        return {
            "code": self.code,
            "place": self.place,
            "found": self.found,
            "message": wrong.format(found=self.found),
            "message_en": wrong_en.format(found=self.found),
            "remedy": remedy.format(found=self.found),
            "remedy_en": remedy_en.format(found=self.found),
        }


class WarehouseError(Exception):
    """Work that the warehouse refuses, with every fault it found."""

    def __init__(self, *faults: WarehouseFault) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence() for fault in faults))

    @property
    def code(self) -> str:
        """Code of the first fault."""
        return self.faults[0].code

    def sentence(self, language: str = "zh") -> str:
        """All faults, a line each."""
        return "\n".join(fault.sentence(language) for fault in self.faults)
