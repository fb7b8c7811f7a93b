"""A chart inside a Word document (文档内图表), one that Word itself can edit.

Office draws charts from one XML part, whether they stand in a workbook or in a document. The part
is written by the library that writes our workbooks, with its data; both go into the document, so
that a double click opens the figures. Source of the form: ECMA-376, DrawingML charts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import xlsxwriter  # type: ignore[import-untyped]
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

__all__ = ["ChartLine", "add_chart"]

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EPOCH = datetime(2000, 1, 1)
_WIDE, _HIGH = Mm(150), Mm(72)
#: few values, or the one that counts
_LABELLED = ("count", "target")
#: told apart without colour too: solid with dots, dashed, big marks alone
_STYLES: dict[str, dict[str, object]] = {
    "observed": {
        "line": {"color": "#1F4E79", "width": 2},
        "marker": {"type": "circle", "size": 6, "fill": {"color": "#1F4E79"}},
    },
    "path": {"line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"}},
    "target": {
        "line": {"none": True},
        "marker": {
            "type": "diamond",
            "size": 10,
            "fill": {"color": "#C00000"},
            "border": {"color": "#C00000"},
        },
    },
    "count": {"fill": {"color": "#1F4E79"}},
}


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One series with its name; None is a gap."""

    name: str
    values: tuple[float | None, ...]
    style: Literal["observed", "path", "target", "count"]


def add_chart(
    document: Document,
    kind: Literal["line", "bar"],
    categories: Sequence[str],
    lines: Sequence[ChartLine],
    *,
    described: str,
) -> None:
    """Put a chart at the end of the document; ``described`` is read to those who do not see it."""
    book = _workbook(kind, categories, lines)
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        drawn = packed.read("xl/charts/chart1.xml").decode()
    package = document.part.package
    number = 1 + sum(part.content_type == _CHART_TYPE for part in package.iter_parts())
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    data = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, book, package)
    link = chart.relate_to(data, RT.PACKAGE)
    chart._blob = _linked(drawn, link).encode()
    shown = document.part.relate_to(chart, RT.CHART)
    run = document.add_paragraph().add_run()
    run._element.append(parse_xml(_frame(number, shown, described)))


def _workbook(
    kind: Literal["line", "bar"], categories: Sequence[str], lines: Sequence[ChartLine]
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # the same figures give the same bytes, on whatever day
    book.set_properties({"created": _EPOCH})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 1, [line.name for line in lines])
    sheet.write_column(1, 0, categories)
    chart = book.add_chart({"type": "column" if kind == "bar" else "line"})
    last = len(categories)
    for column, line in enumerate(lines, 1):
        for row, value in enumerate(line.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
        chart.add_series(
            {
                "name": ["Sheet1", 0, column],
                "categories": ["Sheet1", 1, 0, last, 0],
                "values": ["Sheet1", 1, column, last, column],
                **_STYLES[line.style],
                **({"data_labels": {"value": True}} if line.style in _LABELLED else {}),
            }
        )
    chart.set_legend({"position": "bottom"} if len(lines) > 1 else {"none": True})
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.show_blanks_as("gap")
    sheet.insert_chart(0, len(lines) + 2, chart)
    book.close()
    return out.getvalue()


#: what programs take for granted differently where the part is silent, said outright
_SAID = (
    (
        re.compile(r'(<c:dLbls>.*?)<c:showVal val="1"/>(.*?</c:dLbls>)'),
        r'\1<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        r'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>\2',
    ),
    (re.compile(r"</c:val></c:ser>(?=.*</c:lineChart>)"), r'</c:val><c:smooth val="0"/></c:ser>'),
    (re.compile(r"(?=</c:chart>)"), r'<c:dispBlanksAs val="gap"/>'),
)


def _linked(drawn: str, link: str) -> str:
    """The chart part with a way to its workbook, before the print settings as the schema asks."""
    for silent, said in _SAID:
        drawn = silent.sub(said, drawn)
    external = f'<c:externalData r:id="{link}"><c:autoUpdate val="0"/></c:externalData>'
    return re.sub(r"(?=<c:printSettings>|</c:chartSpace>)", external, drawn, count=1)


def _frame(number: int, relation: str, described: str) -> str:
    said = described.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDE}" cy="{_HIGH}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart {number}" descr="{said}"/>'
        "<wp:cNvGraphicFramePr/>"
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
