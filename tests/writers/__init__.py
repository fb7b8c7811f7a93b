"""Writers of small real files for tests (测试文件): docx, pdf, html, xlsx and text.

They write the formats themselves, so a test can put in what an office program would: automatic
numbering, merged cells, tracked changes, text boxes, ruled tables, running heads.
"""
