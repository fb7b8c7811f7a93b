"""Open data (数据开放): released tables as SDMX 3.0, CSV on the web and DCAT."""

from hexi.statistics.exchange.csvw import plain_csv, sidecar
from hexi.statistics.exchange.dcat import Distribution, catalogue
from hexi.statistics.exchange.published import Code, Dimension, PublishedTable, TableError
from hexi.statistics.exchange.sdmx_data import MEDIA_TYPES, data_csv, data_json
from hexi.statistics.exchange.sdmx_structure import structure_message

__all__ = [
    "MEDIA_TYPES",
    "Code",
    "Dimension",
    "Distribution",
    "PublishedTable",
    "TableError",
    "catalogue",
    "data_csv",
    "data_json",
    "plain_csv",
    "sidecar",
    "structure_message",
]
