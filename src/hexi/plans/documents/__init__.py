"""Documents (规划文本): a file in any office format becomes text and blocks with places."""

from hexi.plans.documents.document import Block, BlockKind, Cell, Document, Flag, FlagKind
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Limits
from hexi.plans.documents.reading import read_document, read_text
from hexi.plans.documents.tables import TableView, header_path, row_label, row_path, table_view

__all__ = [
    "Block",
    "BlockKind",
    "Cell",
    "Document",
    "DocumentError",
    "Flag",
    "FlagKind",
    "Limits",
    "TableView",
    "header_path",
    "read_document",
    "read_text",
    "row_label",
    "row_path",
    "table_view",
]
