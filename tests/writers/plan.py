"""A small plan of an invented zone, as every writer's content (测试规划文本).

Used to make the same document in each format, so that readers can be compared with each other.
"""

from __future__ import annotations

from tests.writers import docx, page, pdf

TITLE = "青原经济开发区“十四五”发展规划"
CHAPTERS: list[tuple[str, list[tuple[str, list[str]]]]] = [
    (
        "发展基础和环境",
        [
            (
                "发展基础",
                [
                    "“十三五”时期，青原经济开发区（以下简称开发区）经济总量稳步增长。2020年，实现地区"
                    "生产总值186.4亿元，年均增长9.5%；固定资产投资累计完成412亿元，较“十二五”时期"
                    "增长38%。",
                    "企业总数达到1,260家，其中规模以上工业企业86家，高新技术企业31家。",
                ],
            ),
            (
                "存在问题",
                ["产业层次不高，研发经费投入强度仅为1.4%，低于全省平均水平0.3个百分点。"],
            ),
        ],
    ),
    (
        "发展目标",
        [
            (
                "总体目标",
                [
                    "到2025年，地区生产总值达到300亿元以上，年均增长10%左右；工业增加值占地区生产"
                    "总值比重达到45%。"
                ],
            ),
        ],
    ),
]
TABLE_TITLE = "表1　“十四五”时期主要指标"
TABLE = [
    ["指标", "单位", "2020年", "2025年", "年均增长"],
    ["地区生产总值", "亿元", "186.4", "300", "10%"],
    ["固定资产投资", "亿元", "96.8", "150", "9%"],
    ["进出口总额", "万美元", "2150", "3200", "8.3%"],
    ["研发经费投入强度", "%", "1.4", "2.2", "[0.8]"],
]
HAN = "一二三四五六七八九十"


def plain_lines() -> list[str]:
    """The plan as lines of text, numbered, its table with tabs."""
    lines = ["　　" + TITLE]
    for at, (chapter, sections) in enumerate(CHAPTERS):
        lines.append(f"第{HAN[at]}章　{chapter}")
        for number, (section, paragraphs) in enumerate(sections):
            lines.append(f"　　{HAN[number]}、{section}")
            lines.extend("　　" + text for text in paragraphs)
    lines.append(TABLE_TITLE)
    lines.extend("\t".join(row) for row in TABLE)
    return lines


def plan_text() -> str:
    return "\n".join(plain_lines()) + "\n"


def plan_docx() -> bytes:
    """Chapters and sections counted by Word through heading styles."""
    file = docx.WordFile()
    file.lists.append(
        docx.list_definition(
            "1", ("chineseCounting", "第%1章　"), ("chineseCounting", "%2、"), ("decimal", "%3.")
        )
    )
    file.heading_styles(numbered_by="1")
    file.add(TITLE)
    for chapter, sections in CHAPTERS:
        file.add(docx.paragraph(chapter, style="1"))
        for section, paragraphs in sections:
            file.add(docx.paragraph(section, style="2"))
            file.add(*paragraphs)
    file.add(TABLE_TITLE)
    file.add(docx.table(*TABLE))
    return file.bytes()


def plan_pdf(*, ruled: bool = True) -> bytes:
    file = pdf.PdfFile(head=TITLE)
    file.page().heading(TITLE, 20)
    for at, (chapter, sections) in enumerate(CHAPTERS):
        file.heading(f"第{HAN[at]}章　{chapter}")
        for number, (section, paragraphs) in enumerate(sections):
            file.paragraph(f"{HAN[number]}、{section}")
            for text in paragraphs:
                file.paragraph(text)
    file.heading(TABLE_TITLE, 14)
    file.table(TABLE, [120, 60, 70, 70, 80], ruled=ruled)
    return file.bytes()


def plan_html(charset: str = "utf-8") -> bytes:
    body = []
    for at, (chapter, sections) in enumerate(CHAPTERS):
        body.append(f"<p><strong>第{HAN[at]}章　{chapter}</strong></p>")
        for number, (section, paragraphs) in enumerate(sections):
            body.append(f"<p>　　{HAN[number]}、{section}</p>")
            body.extend(f"<p>　　{text}</p>" for text in paragraphs)
    body.append(f"<p align=center>{TABLE_TITLE}</p>")
    body.append(page.html_table(TABLE))
    return page.article_page(TITLE, "\n".join(body), charset=charset)
