"""Loading (装载): CSV, workbooks, Parquet and SDMX-CSV into facts, answered cell by cell."""

from hexi.warehouse.loading.batch import FileReport, LoadReport, load_files
from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.periods import PeriodFault, read_period
from hexi.warehouse.loading.register_files import read_register
from hexi.warehouse.loading.sheet import Unreadable

__all__ = [
    "FileReport",
    "LoadFault",
    "LoadReport",
    "PeriodFault",
    "Unreadable",
    "load_files",
    "read_period",
    "read_register",
]
