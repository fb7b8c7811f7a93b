"""What is wrong with a file that is loaded (装载差错): file, sheet, cell, and what to do.

Some faults are questions (``asked``): the file is taken once somebody says that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ASKED", "MESSAGES", "LoadFault"]

#: codes that ask and do not refuse
ASKED: Final = frozenset({"scale"})

#: code -> (message zh, message en, remedy zh, remedy en); ``{found}`` is what stands there
MESSAGES: Final[dict[str, tuple[str, str, str, str]]] = {
    "missing": (
        "找不到该文件，或者没有读取权限",
        "the file does not exist or may not be read",
        "请核对路径和权限",
        "check the path and the permissions",
    ),
    "broken": (
        "文件已损坏，无法读取（{found}）",
        "the file is damaged and cannot be read ({found})",
        "请用原软件打开并另存一份",
        "open it in the program that wrote it and save a new copy",
    ),
    "expands": (
        "压缩内容展开后过大（{found}）",
        "the packed content unfolds to more than is allowed ({found})",
        "请拆分文件",
        "split the file",
    ),
    "far": (
        "表格范围过大（{found}），可能在很远处留有内容",
        "the sheet reaches too far ({found}); something may stand far out",
        "请删去数据以外的行和列，或另存为 CSV",
        "delete rows and columns beyond the data, or save it as CSV",
    ),
    "format": (
        "不是可以装载的格式：{found}",
        "this is not a format that can be loaded: {found}",
        "可用 csv、xlsx、parquet",
        "csv, xlsx and parquet can be loaded",
    ),
    "encoding": (
        "既不是 UTF-8 也不是 GB18030 编码",
        "the text is neither UTF-8 nor GB18030",
        "请另存为 UTF-8 编码的 CSV",
        "save it as CSV in UTF-8",
    ),
    "empty": (
        "没有数据行",
        "there is no row of data",
        "请确认文件和工作表",
        "check that it is the right file and sheet",
    ),
    "no_header": (
        "找不到表头：没有单位代码列",
        "no header: there is no column of reporters",
        "首行应有“统一社会信用代码”或 reporter 列",
        "the first row should name a column reporter",
    ),
    "no_value": (
        "找不到数值列，也没有以指标代码命名的列",
        "there is neither a value column nor one named by an item",
        "长表用 item、value 列，宽表以指标代码为列名",
        "give item and value columns, or a column for each item code",
    ),
    "column": (
        "不认识的列：{found}",
        "an unknown column: {found}",
        "请改为指标代码，或删去该列",
        "name it by an item code or remove it",
    ),
    "column_twice": (
        "列重复：{found}",
        "a column is given twice: {found}",
        "请只保留一列",
        "keep one",
    ),
    "ragged": (
        "列数与表头不同：{found}",
        "not as many cells as the header has: {found}",
        "含逗号的内容请加引号",
        "put quotes around text with commas",
    ),
    "no_reporter": (
        "没有单位代码",
        "the reporter is missing",
        "请填写统一社会信用代码",
        "give the reporter's code",
    ),
    "unknown_reporter": (
        "名录中没有这个单位：{found}",
        "no such reporter in the register: {found}",
        "请核对代码，或先登记入名录",
        "check the code, or register it first",
    ),
    "unknown_item": (
        "没有这个指标：{found}",
        "no such item: {found}",
        "请核对指标代码",
        "check the item's code",
    ),
    "unknown_facet": (
        "没有这个类别：{found}",
        "no such class: {found}",
        "请核对类别代码",
        "check the code of the class",
    ),
    "not_number": (
        "数值格中是文字：{found}",
        "text in a number cell: {found}",
        "请填数字；未填报留空，零写 0",
        "write a number; leave it empty where nothing is reported, 0 for zero",
    ),
    "formula": (
        "公式结果出错：{found}",
        "the formula of this cell has failed: {found}",
        "请改正公式，或直接填数",
        "mend the formula or write the number",
    ),
    "too_precise": (
        "小数多于四位：{found}",
        "more than four decimals: {found}",
        "请四舍五入到四位小数",
        "round it to four decimals",
    ),
    "too_large": (
        "数值过大：{found}",
        "the number is too large: {found}",
        "请核对计量单位",
        "check the unit of measure",
    ),
    "prior_alone": (
        "上年同期有数而本期空白（上年同期 {found}）",
        "there is last year's figure and none for this period (last year {found})",
        "本期为零请写 0，未填报则两格都留空",
        "write 0 for zero, or leave both empty",
    ),
    "duplicate": (
        "同一单位同一指标重复：{found}",
        "given twice for one reporter and item: {found}",
        "请只保留一处",
        "keep one",
    ),
    "period_text": (
        "看不懂的时期：{found}",
        "not a period: {found}",
        "请写 2024-03、2024-Q1 或 2024",
        "write 2024-03, 2024-Q1 or 2024",
    ),
    "no_period": (
        "没有时期",
        "the period is missing",
        "请加时期列，或用 --period 指定",
        "add a period column or say --period",
    ),
    "other_period": (
        "时期与指定的不同：{found}",
        "not the period that was asked for: {found}",
        "请核对文件，或不指定时期",
        "check the file, or leave the period out",
    ),
    "frequency": (
        "时期与报表的报送频率不符：{found}",
        "the form is not reported for such a period: {found}",
        "月报写月，季报写季，年报写年",
        "give a month, quarter or year as the form asks",
    ),
    "future": (
        "时期尚未开始：{found}",
        "the period is in the future: {found}",
        "请核对年月",
        "check the year and month",
    ),
    "closed": (
        "单位在该时期不存续：{found}",
        "the reporter did not exist in the period: {found}",
        "请核对单位代码和开业、关闭年月",
        "check the code and the months of opening and closing",
    ),
    "action": (
        "SDMX 动作 {found} 不能执行：版次只增不删",
        "the SDMX action {found} is not carried out: vintages are added, never taken away",
        "要去掉的行，请重新给出不含该行的整期数据（ACTION 为 I、A、R 或 M），即成新版次",
        "give the whole period again without the row (ACTION I, A, R or M): a new vintage",
    ),
    "scale": (
        "与上期或上年同期相差约一万倍，是否误用了计量单位：{found}",
        "about ten thousand times the last or last year's figure; is the unit right: {found}",
        "核对后如无误，请确认再装载",
        "check it and confirm if it is right",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class LoadFault:
    """One fault or question at one place of a file."""

    file: str
    #: sheet of a workbook; empty elsewhere
    sheet: str
    #: as the spreadsheet counts, from 1; 0 where the file or sheet as a whole is meant
    row: int
    #: cell such as C12 in a workbook, name of the column elsewhere; may be empty
    column: str
    code: str
    found: str = ""
    #: how many like it there are in the file where only some are listed
    like_it: int = 1

    @property
    def asked(self) -> bool:
        """True for a question, which somebody may answer with yes."""
        return self.code in ASKED

    def place(self, language: str = "zh") -> str:
        """File, sheet and cell or row, as a person finds it."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"“{self.sheet}”" if language == "zh" else f"sheet {self.sheet}")
        if self.row and self.sheet and self.column:
            parts.append(self.column)
        elif self.row:
            row = f"第 {self.row} 行" if language == "zh" else f"row {self.row}"
            parts.append(f"{row} {self.column}".rstrip())
        elif self.column:
            parts.append(self.column)
        return " ".join(parts)

    def sentence(self, language: str = "zh") -> str:
        """Place, what is wrong, what to do, on one line."""
        wrong, wrong_en, remedy, remedy_en = MESSAGES[self.code]
        if language == "en":
            more = f" (and {self.like_it - 1} more)" if self.like_it > 1 else ""
            return f"{self.place('en')}: {wrong_en.format(found=self.found)}{more}; {remedy_en}"
        more = f"（另有 {self.like_it - 1} 处）" if self.like_it > 1 else ""
        return f"{self.place()}：{wrong.format(found=self.found)}{more}。{remedy}。"

    def as_record(self) -> dict[str, object]:
        """JSON-ready form for the API."""
        wrong, wrong_en, remedy, remedy_en = MESSAGES[self.code]
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "found": self.found,
            "like_it": self.like_it,
            "asked": self.asked,
            "message": wrong.format(found=self.found),
            "message_en": wrong_en.format(found=self.found),
            "remedy": remedy,
            "remedy_en": remedy_en,
        }
