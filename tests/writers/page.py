"""Writes web pages as official sites publish plans (网页测试文件): menus, layout tables, footer."""

from __future__ import annotations

_MENU = "".join(
    f'<li><a href="/{at}.html">{name}</a></li>'
    for at, name in enumerate(("首页", "政务公开", "政策文件", "规划计划", "统计数据", "互动交流"))
)
_RELATED = "".join(
    f'<li><a href="/news/{at}.html">关于印发某项工作实施方案的通知，请认真执行。之{at}</a></li>'
    for at in range(8)
)


def article_page(
    title: str, body: str, *, charset: str = "utf-8", layout_table: bool = False
) -> bytes:
    """A whole page around an article's html."""
    if layout_table:
        body = f"<table width=100%><tr><td width=120>导航</td><td>{body}</td></tr></table>"
    page = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_某某人民政府门户网站</title><style>p {{ margin: 0 }}</style>
<script>var 文字 = "脚本里的文字，不是正文。";</script></head>
<body><div class="top"><ul>{_MENU}</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/gh">规划计划</a></div>
<div class="main"><h1>{title}</h1><div class="meta">发布时间：2021-03-01　来源：办公室</div>
<div class="content">{body}</div></div>
<div class="side"><h3>相关文件</h3><ul>{_RELATED}</ul></div>
<div style="display:none">隐藏的文字，不应读出。</div>
<div class="footer">主办：某某人民政府办公室　备案号：00000000</div></body></html>"""
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(charset, charset)
    return page.encode(encoding)


def html_table(
    rows: list[list[str]], *, spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> str:
    """A table; places covered by a span are left out of their rows."""
    spans = spans or {}
    covered = {
        (r + i, c + j)
        for (r, c), (down, across) in spans.items()
        for i in range(down)
        for j in range(across)
        if (i, j) != (0, 0)
    }
    out = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            down, across = spans.get((r, c), (1, 1))
            cells.append(f"<td rowspan={down} colspan={across}>{text}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(out)}</table>"
