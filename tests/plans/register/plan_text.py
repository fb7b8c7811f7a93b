"""A small fictional plan (虚构规划) with everything that the register reads."""

from __future__ import annotations

from hexi.plans.documents import Document
from hexi.plans.statements.statement import Statement
from tests.plans.statement_maker import document, say

__all__ = ["TEXT", "plan_document", "plan_statements"]

TEXT = """云岭省青石新区“十四五”外贸发展规划

为推动青石新区（以下简称新区）高质量发展，根据《云岭省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》（云政发〔2021〕8号）和《云岭省招商引资办法》，制定本规划。规划期为2021—2025年，展望到2035年。

第一章　发展基础

“十三五”时期，新区发展环境明显改善。2020年，进出口总额达到20亿元。

第二章　总体要求

一、指导思想

坚持新发展理念，《不相干的文件》也要学习。

二、发展目标

到2025年，进出口总额达到40亿元以上，年均增长15%。

（一）开放水平：到2025年，五年累计利用外资6亿美元，引进外资企业20—30家。

专栏1　主要预期指标

指标\t单位\t2020年\t2025年\t年均增长\t属性
进出口总额\t亿元\t20\t40\t15%\t预期性
单位地区生产总值能耗下降\t%\t\t13.5\t\t约束性
外贸企业数\t家\t50\t120\t\t预期性

第三章　空间布局

第一节　北部产业园区

北部产业园区位于新区北部，规划面积12.5平方公里，重点发展生物医药、新材料和现代物流等三大主导产业。

第二节　临空片区

临空片区规划面积8平方公里，以航空物流为主。

第四章　主要任务

第一节　壮大外贸主体

（一）培育龙头企业。建立重点企业名录，由区商务局负责，区财政局配合。

（二）优化营商环境。压缩通关时限（责任单位：青石海关、区商务局；配合单位：区市场监管局）。

——提升口岸功能。建设进口冰鲜水产品指定口岸。

第二节　建设开放平台

推进综合保税区申报。

专栏2　开放平台重点项目

基础设施项目：综合保税区（一期）、北部产业园区标准厂房（A区、B区）、铁路口岸作业场等项目。
物流项目：冷链物流基地项目、航空货运站项目和国际邮件互换中心项目。

第五章　保障措施

一、加强组织领导

成立规划实施领导小组。

二、强化监督考核

将主要指标纳入年度考核。
"""


def plan_document() -> Document:
    """The plan as read."""
    return document(TEXT)


def plan_statements(doc: Document) -> list[Statement]:
    """Its statements, said by hand."""
    own = {"subject": "青石新区"}
    trade = {"indicator": "进出口总额", "unit": "亿元"}
    rate = {"indicator": "进出口总额", "measure": "growth_annual", "period": "2021-2025"}
    inflow = {"indicator": "利用外资", "measure": "cumulative", "period": "2021-2025"}
    entered = {"indicator": "外资企业", "measure": "count", "unit": "家", "period": "2025"}
    energy = {"indicator": "单位地区生产总值能耗下降", "measure": "growth_total", "unit": "%"}
    firms = {"indicator": "外贸企业数", "measure": "count", "unit": "家"}
    area = {"indicator": "规划面积", "period": None, "modality": "other"}
    was = {"period": "2020", "modality": "actual"}
    shall = {"period": "2025"}
    return [
        say(doc, "20亿元", "改善", **trade, **was),
        say(doc, "40亿元", "二、", **trade, **shall, bound="ge"),
        say(doc, "15%", "40亿元", **rate),
        say(doc, "6亿美元", "五年累计", **inflow),
        say(doc, "20", "引进", **entered, bound="ge"),
        say(doc, "30家", "引进", **entered, bound="le"),
        say(doc, "20", "亿元\t", **own, **trade, **was),
        say(doc, "40", "亿元\t", **own, **trade, **shall),
        say(doc, "15%", "亿元\t", **own, **rate),
        say(doc, "13.5", "能耗下降", **own, **energy, period="2021-2025"),
        say(doc, "50", "外贸企业数", **own, **firms, **was),
        say(doc, "120", "外贸企业数", **own, **firms, **shall),
        say(doc, "12.5平方公里", **area, subject="北部产业园区"),
        say(doc, "8平方公里", **area, subject="临空片区"),
    ]
