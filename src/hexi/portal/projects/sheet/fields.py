"""Columns of the library's sheet (项目表栏目): what an office fills in, what an export writes.

Beside the record's own card a row may name the plan of one year, and since when and through which
row of the register the project stands in statistics (入统).
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import gapped
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.record_labels import LABELS as RECORD
from hexi.portal.projects.record_labels import MONEY
from hexi.portal.returns.registers.register_file import Heads

__all__ = ["BESIDE", "FIELDS", "HEADS", "LABELS", "PUBLIC", "REQUIRED", "SUMS"]

#: fields of money; a file may name another unit in its heads or cells
SUMS: Final = frozenset({*MONEY, "sources", "planned"})
#: what is of a plan's rows is chosen on the page, not typed into a sheet
_NOT_TYPED: Final = ("plan", "plan_box", "plan_project")
#: what hangs on the record: plan of a year, standing in statistics
BESIDE: Final[dict[str, Any]] = {
    "year": _("Year planned for"),
    "planned": _("Planned investment of the year"),
    "reporting": _("Code in the register of reporting projects"),
    "in_statistics_since": _("In statistics since"),
}

#: field to the head of its column; 万元 is what offices count projects in
LABELS: Final[dict[str, Any]] = {
    "number": _("Number in the library"),
    **{
        name: gapped(_("%(label)s (万元)"), label=label) if name in SUMS else label
        for name, label in {**RECORD, **BESIDE}.items()
        if name not in _NOT_TYPED
    },
}
FIELDS: Final = tuple(LABELS)
REQUIRED: Final = ("name", "kind", "unit")
#: what a published project shows to everybody
PUBLIC: Final = (
    "number", "name", "state_code", "kind", "unit", "place", "industry", "investor", "total",
    "content", "capacity", "stage", "stage_since", "planned_start", "actual_start", "planned_end",
    "actual_end", "longitude", "latitude", "tags",
)  # fmt: skip

HEADS: Final = Heads(
    title=_("Projects"),
    labels=LABELS,
    required=REQUIRED,
    others={
        "number": ("库内编号", "编号"),
        "name": ("项目名称", "项目", "名称"),
        "state_code": ("项目代码", "国家项目代码", "投资项目统一代码", "项目统一代码"),
        "kind": ("项目类别", "项目类型", "类别"),
        "unit": ("所属单位", "所属园区", "所属开发区", "园区", "开发区", "责任主体"),
        "place": ("所在地代码", "行政区划代码", "所在地"),
        "plot": ("地块", "建设地点", "建设地址", "具体位置"),
        "industry": ("行业代码", "行业", "国民经济行业代码"),
        "investor": ("投资方", "投资单位", "项目单位", "建设单位", "投资主体"),
        "investor_code": ("投资方统一社会信用代码", "统一社会信用代码", "信用代码"),
        "origin": ("资金来源地", "投资来源地"),
        "total": ("总投资", "计划总投资", "投资总额", "总投资额"),
        "sources": ("资金来源", "资金构成"),
        "land_mu": ("用地面积（亩）", "用地（亩）", "用地面积", "占地（亩）"),
        "content": ("建设内容", "主要建设内容", "建设规模及内容", "建设内容及规模"),
        "capacity": ("建设规模", "产能", "设计产能"),
        "jobs": ("带动就业", "就业人数", "用工"),
        "output": ("年产值", "预计年产值", "达产年产值"),
        "tax": ("年税收", "预计年税收", "达产年税收"),
        "energy": ("年综合能耗（吨标准煤）", "年综合能耗"),
        "stage": ("项目阶段", "阶段", "当前阶段", "项目状态"),
        "stage_since": ("进入本阶段日期", "阶段日期"),
        "planned_start": ("计划开工时间", "计划开工日期", "计划开工"),
        "actual_start": ("实际开工时间", "实际开工日期", "开工时间", "开工日期"),
        "planned_end": ("计划竣工时间", "计划竣工日期", "计划竣工", "计划建成"),
        "actual_end": ("实际竣工时间", "实际竣工日期", "竣工时间", "竣工日期"),
        "leader_name": ("包抓领导", "责任领导", "包联领导"),
        "steward_name": ("项目管家", "项目专员", "责任人"),
        "body": ("责任单位", "牵头单位", "主管部门"),
        "enterprise": ("承建企业信用代码", "实施企业", "落地企业", "项目法人单位", "项目法人"),
        "year": ("计划年度", "年度"),
        "planned": (
            "年度计划投资",
            "年度计划",
            "年度投资计划",
            "年度计划投资额",
            "年度计划完成投资",
            "当年计划投资",
            "本年计划投资",
        ),
        "reporting": ("名录代码", "入统项目代码", "在统项目代码", "统计项目代码", "填报项目代码"),
        "in_statistics_since": ("入统时间", "纳统时间", "纳统日期"),
        "tags": ("标签", "项目标签", "列入清单"),
    },
    choices={"origin": tuple(ORIGINS.values())},
    money=SUMS,
)
