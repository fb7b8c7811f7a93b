"""Uploads in batches (批量上传): a workbook, a zip of workbooks or a table, read by the worker."""
